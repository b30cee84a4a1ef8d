//! Bookings: a party asks for places, looks at what it has, and gives it back.

use axum::{
    Extension,
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, Response, header},
    routing::get,
};
use domain::{
    booking::{
        Booking,
        api::{
            Arrive, ArriveRequest, Book, BookRequest, CancelBooking, DeclineOffer, GetBooking, ListBookings,
            RestoreBooking, StopRequest, StopWaiting, TakeOffer,
        },
    },
    endpoint::Params,
    household::MOST_PEOPLE,
    id::{AccountId, BookingId, PersonId, is_id},
    refusal::Refusal,
    time::Moment,
};
use fast_qr::{
    ECL, QRBuilder,
    convert::{Builder, svg::SvgBuilder},
};

use crate::{
    app::App,
    call::Call,
    circle,
    db::DbError,
    failure::Failure,
    mount,
    mount::{Arrival, Mount},
    tickets,
};

mod about;
mod door;
pub mod fold;
pub(crate) mod store;
mod sweep;
pub mod writer;

pub use door::door_code;
pub use sweep::{keep_settled, settle_due};
pub use writer::Writer;
use writer::{By, Deed};

/// How many bookings a household is shown that are over.
const MOST_OVER: usize = 100;

/// Serves bookings.
pub fn mount(mount: Mount) -> Mount {
    let app = mount.app().clone();
    mount
        .serve::<Book, _, _>(book)
        .serve::<ListBookings, _, _>(list_bookings)
        .serve::<GetBooking, _, _>(get_booking)
        .serve::<CancelBooking, _, _>(cancel_booking)
        .serve::<TakeOffer, _, _>(take_offer)
        .serve::<DeclineOffer, _, _>(decline_offer)
        .serve::<StopWaiting, _, _>(stop_waiting)
        .serve::<RestoreBooking, _, _>(restore_booking)
        .serve::<Arrive, _, _>(arrive)
        .raw("/api/bookings/{booking}/code.svg", get(picture).with_state(app))
}

/// Asks the writer for places. Who retries with the same key is answered with the booking as it
/// stands by then: it may have moved up from the waitlist.
async fn book(call: Call, (): (), input: BookRequest) -> Result<Booking, Failure> {
    let BookRequest { slot, people, ticket, share, guests } = input;
    if !is_id(slot.as_str()) {
        return Err(Failure::NotFound);
    }
    check_names(&people)?;
    circle::check_own(&call, &people).await?;
    let account = call.account()?;
    let open = |token: String| tickets::open(&call.app.vault, account, &slot, &people, &token);
    let ready = ticket.map(open).transpose()?;
    ask(&call, Deed::Book { slot, people, ready, share, counter: false, guests }).await
}

async fn take_offer(call: Call, booking: BookingId, (): ()) -> Result<Booking, Failure> {
    ask(&call, Deed::Take { booking }).await
}

async fn decline_offer(call: Call, booking: BookingId, (): ()) -> Result<Booking, Failure> {
    ask(&call, Deed::Decline { booking }).await
}

async fn stop_waiting(call: Call, booking: BookingId, input: StopRequest) -> Result<Booking, Failure> {
    ask(&call, Deed::Stop { booking, after: input.after }).await
}

/// Checks in who knows the digits at the door.
async fn arrive(call: Call, booking: BookingId, input: ArriveRequest) -> Result<Booking, Failure> {
    let (app, account) = (&call.app, call.account()?);
    let (offering, zone) = store::offering(&app.db, account, &booking).await?.ok_or(Failure::NotFound)?;
    door::knock(&call, (&offering, zone), input.door.trim()).await?;
    ask(&call, Deed::CheckIn { booking }).await
}

async fn restore_booking(call: Call, booking: BookingId, (): ()) -> Result<Booking, Failure> {
    ask(&call, Deed::Restore { booking }).await
}

async fn cancel_booking(call: Call, booking: BookingId, (): ()) -> Result<Booking, Failure> {
    ask(&call, Deed::Cancel { booking }).await
}

async fn ask(call: &Call, deed: Deed) -> Result<Booking, Failure> {
    let (account, key) = (call.account()?.clone(), call.key()?.clone());
    let by = if call.acting.is_some() { By::Relative } else { By::Household };
    call.app.bookings.ask(writer::Ask { account, key, now: call.now(), deed, by }).await
}

/// Refuses what cannot name people of one household, before it costs anything: more than a household
/// may have, where somebody must be named twice or belong elsewhere.
fn check_names(people: &[PersonId]) -> Result<(), Refusal> {
    if people.len() > MOST_PEOPLE as usize || people.iter().any(|person| !is_id(person.as_str())) {
        let mut sorted: Vec<&PersonId> = people.iter().collect();
        sorted.sort();
        let twice = sorted.windows(2).find(|pair| pair[0] == pair[1] && is_id(pair[0].as_str()));
        return Err(match twice {
            Some(pair) => Refusal::NamedTwice { person: pair[0].clone() },
            None => Refusal::PersonUnknown,
        });
    }
    Ok(())
}

async fn get_booking(call: Call, booking: BookingId, (): ()) -> Result<Booking, Failure> {
    let (app, account) = (&call.app, call.account()?);
    let shown = store::one(&app.db, account, &booking, call.now()).await?;
    let shown = shown.filter(|booking| may_see(call.acting.is_some(), booking)).ok_or(Failure::NotFound)?;
    let helper = circle::helper(&app.db, &app.vault, account, &booking).await?;
    Ok(Booking { helper, ..shown })
}

async fn list_bookings(call: Call, (): (), (): ()) -> Result<Vec<Booking>, Failure> {
    let mut bookings = store::of_account(&call.app.db, call.account()?, call.now()).await?;
    bookings.retain(|booking| may_see(call.acting.is_some(), booking));
    Ok(in_order(bookings, call.now()))
}

/// Whether a booking that an account sees may be shown: what another guardian made for a child is not
/// for the account's relatives.
pub fn may_see(is_relative: bool, booking: &Booking) -> bool {
    !is_relative || !booking.theirs
}

/// Whether somebody of a household has a live booking that is not over; what time alone has ended does
/// not count.
///
/// # Errors
/// The database fails.
pub async fn is_in(app: &App, account: &AccountId, person: &PersonId) -> Result<bool, DbError> {
    let now = app.now();
    let bookings = store::of_account(&app.db, account, now).await?;
    Ok(bookings.iter().any(|one| one.state.is_live() && now < one.ends() && one.people.contains(person)))
}

/// What is to come, earliest first, then what is over or was given back, latest first.
fn in_order(bookings: Vec<Booking>, now: Moment) -> Vec<Booking> {
    let (mut ahead, mut over): (Vec<_>, Vec<_>) =
        bookings.into_iter().partition(|booking| booking.state.is_live() && now < booking.ends());
    ahead.sort_by_key(|booking| (booking.starts(), booking.made));
    over.sort_by_key(|booking| core::cmp::Reverse((booking.starts(), booking.made)));
    over.truncate(MOST_OVER);
    ahead.append(&mut over);
    ahead
}

/// The code as a picture for the desk's scanner, for the household alone.
async fn picture(
    State(app): State<App>,
    Extension(arrival): Extension<Arrival>,
    Path(booking): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = async {
        let account = mount::resident_or_relative(&app, &headers, query.as_deref()).await?.id;
        let booking = BookingId::parse(&[&booking]).ok_or(Failure::NotFound)?;
        let booking = store::one(&app.db, &account, &booking, app.now()).await?;
        let by_bond = mount::bond(query.as_deref()).is_some();
        let shown = |one: &Booking| one.state.is_live() && !one.code.is_empty() && may_see(by_bond, one);
        let booking = booking.filter(shown).ok_or(Failure::NotFound)?;
        draw(&format!("{}:{}", booking.id, booking.code))
    };
    match answer.await {
        Ok(picture) => {
            let mut answer = Response::new(Body::from(picture));
            let headers = answer.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
            // Whoever has looked at it once has it at the desk, too, where there may be no network.
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
            answer
        }
        Err(failure) => failure.into_answer(&arrival.request),
    }
}

/// A text as a square code in SVG.
fn draw(text: &str) -> Result<String, Failure> {
    let code = QRBuilder::new(text).ecl(ECL::M).build();
    let code = code.map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(SvgBuilder::default().margin(2).to_str(&code))
}

#[cfg(test)]
mod tests;
