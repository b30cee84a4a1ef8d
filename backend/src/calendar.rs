//! Bookings in a phone's own calendar: one as a file, or all of a household at a secret address.
//!
//! The secret is derived from the key of the write that asked for it, so that a retry is answered
//! the same although nothing but its hash is kept.

use axum::{
    Extension,
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, Response, header},
    routing::get,
};
use domain::{
    booking::Booking,
    calendar::{
        CalendarAddress, Subscription,
        api::{GetCalendar, MakeCalendar, RemoveCalendar},
        calendar,
    },
    endpoint::Params,
    id::{BookingId, is_id},
    text::Lang,
    time::DAY,
};

use crate::{
    app::App,
    booking,
    call::Call,
    digest::sha256,
    failure::Failure,
    household,
    mount::{self, Arrival, Mount, intake},
    once,
    vault::Purpose,
};

mod store;
mod words;

use words::words;

/// For how long a calendar keeps what is over, in milliseconds.
const KEPT: i64 = 60 * DAY;
/// How the calendar is asked for in English.
const ENGLISH: &str = "lang=en";

/// Serves calendars.
pub fn mount(mount: Mount) -> Mount {
    let app = mount.app().clone();
    mount
        .serve::<GetCalendar, _, _>(get_calendar)
        .serve::<MakeCalendar, _, _>(make_calendar)
        .serve::<RemoveCalendar, _, _>(remove_calendar)
        .raw("/api/bookings/{booking}/calendar.ics", get(one).with_state(app.clone()))
        .raw("/api/calendar/{file}", get(all).with_state(app))
}

async fn get_calendar(call: Call, (): (), (): ()) -> Result<Subscription, Failure> {
    Ok(Subscription { made: store::made(&call.app.db, call.account()?).await? })
}

async fn make_calendar(call: Call, (): (), (): ()) -> Result<CalendarAddress, Failure> {
    let account = call.account()?;
    let parts = [account.as_str(), &call.key()?.text];
    let token = call.app.vault.digest(Purpose::Calendar, &parts);
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        store::put(&mut tx, account, &sha256(&token), call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    let path = format!("/api/calendar/{token}.ics");
    Ok(CalendarAddress { path: if call.lang == Lang::En { format!("{path}?{ENGLISH}") } else { path } })
}

async fn remove_calendar(call: Call, (): (), (): ()) -> Result<Subscription, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        store::remove(&mut tx, account).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_calendar(call, (), ()).await
}

/// One booking, for the household alone.
async fn one(
    State(app): State<App>,
    Extension(arrival): Extension<Arrival>,
    Path(booking): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = async {
        let account = mount::resident_or_relative(&app, &headers, query.as_deref()).await?.id;
        let id = BookingId::parse(&[&booking]).ok_or(Failure::NotFound)?;
        let booking = booking::store::one(&app.db, &account, &id, app.now()).await?;
        let is_relative = mount::bond(query.as_deref()).is_some();
        let shown =
            |one: &Booking| one.state.is_live() && !one.is_stay() && booking::may_see(is_relative, one);
        let booking = booking.filter(shown).ok_or(Failure::NotFound)?;
        let lang = intake::lang(&headers);
        Ok(calendar(&[booking], lang, &words(lang)))
    };
    respond(answer.await, &arrival, &headers)
}

/// All that is to come, and a little of what was, for whoever knows the address.
async fn all(
    State(app): State<App>,
    Extension(arrival): Extension<Arrival>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = async {
        let token = file.strip_suffix(".ics").filter(|token| is_id(token)).ok_or(Failure::NotFound)?;
        let account = store::account(&app.db, &sha256(token)).await?.ok_or(Failure::NotFound)?;
        let mut bookings = booking::store::of_account(&app.db, &account, app.now()).await?;
        let since = app.now().plus(-KEPT);
        let is_on = |one: &Booking| one.state.is_live() && one.ends() > since && !one.is_stay();
        bookings.retain(is_on);
        bookings.sort_by(|a: &Booking, b| (a.starts(), &a.id).cmp(&(b.starts(), &b.id)));
        let lang = if query.as_deref() == Some(ENGLISH) { Lang::En } else { Lang::Zh };
        Ok(calendar(&bookings, lang, &words(lang)))
    };
    respond(answer.await, &arrival, &headers)
}

fn respond(answer: Result<String, Failure>, arrival: &Arrival, headers: &HeaderMap) -> Response<Body> {
    let text = match answer {
        Ok(text) => text,
        Err(failure) => return failure.into_page(&arrival.request, headers, intake::lang(headers)),
    };
    let mut answer = Response::new(Body::from(text));
    for (name, value) in [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"doorstep.ics\""),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}
