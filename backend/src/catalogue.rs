//! What centres are and offer, the same for everybody: lists, pages and free places.

use std::collections::HashMap;

use domain::{
    booking::{
        Alternative, Slot,
        api::{Instead, ListAlternatives},
        near::nearest,
    },
    centre::api::{
        CentrePage, Centres, GetCentre, GetHome, GetOffering, ListCentres, ListCounts, ListOfferings,
        ListSeats, OfferingList, OfferingPage,
    },
    home::{Home, SoonItem, TodayItem},
    id::{CentreId, CityId, OfferingId, SlotId},
    offering::{Count, OfferingCard, Seats, SlotSeats},
    pattern::day_bits,
    time::{Moment, Zone, days_after},
};

use crate::{
    app::App,
    failure::Failure,
    mount::Mount,
    snapshot::{Freshness, Topic},
};

pub mod details;
pub(crate) mod rows;
mod store;

pub use store::is_city;

use rows::{CourseRow, OfferingRow};

/// Most things of today on the home page.
const MOST_TODAY: usize = 6;
/// Most things that open soon, and most wishes that came true.
const MOST_NEWS: i64 = 3;
/// Most classes in a draw.
const MOST_CLASSES: i64 = 9;
/// How far apart in time alternatives may be, in milliseconds.
const ALTERNATIVE: i64 = 14 * domain::time::DAY;
/// For how many days a card says on which it is on.
const CARD_DAYS: u64 = 14;

/// Serves the catalogue.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve_shared::<ListCentres, _, _>(|()| Freshness::of([Topic::Catalogue]), list_centres)
        .serve_shared::<GetHome, _, _>(
            |_| Freshness::of([Topic::Catalogue, Topic::Wishes]).with_seats(),
            get_home,
        )
        .serve_shared::<GetCentre, _, _>(|_| Freshness::of([Topic::Catalogue]), get_centre)
        .serve_shared::<ListOfferings, _, _>(|_| Freshness::of([Topic::Catalogue]), list_offerings)
        .serve_shared::<ListSeats, _, _>(|_| Freshness::of([Topic::Catalogue]).with_seats(), list_seats)
        .serve_shared::<GetOffering, _, _>(
            |offering| Freshness::of([Topic::Catalogue, Topic::Seats(offering.clone())]).with_seats(),
            get_offering,
        )
        .serve_shared::<ListCounts, _, _>(
            |offering| Freshness::of([Topic::Catalogue, Topic::Seats(offering.clone())]).with_seats(),
            list_counts,
        )
        .serve_shared::<ListAlternatives, _, _>(
            |_| Freshness::of([Topic::Catalogue]).with_seats(),
            list_alternatives,
        )
}

async fn list_centres(app: App, (): ()) -> Result<Centres, Failure> {
    Ok(Centres { cities: store::cities(&app.db).await?, centres: store::cards(&app.db).await? })
}

async fn get_home(app: App, id: CentreId) -> Result<Home, Failure> {
    let now = app.now();
    let centre = store::centre(&app.db, &id).await?.ok_or(Failure::NotFound)?.card;
    let zone = centre.zone;
    let tomorrow = days_after(now.day(zone), 1);
    let (midnight, after) = (zone.moment(tomorrow, 0), zone.moment(days_after(tomorrow, 1), 0));
    let rest = store::on_between(&app.db, &id, now, after).await?;
    let today = first_of_each(&rest, |item| item.starts < midnight);
    let today = if today.is_empty() { first_of_each(&rest, |_| true) } else { today };
    let soon = one_a_draw(store::opening(&app.db, &id, now, MOST_NEWS * MOST_CLASSES).await?);
    let done = store::done(&app.db, &id, MOST_NEWS).await?;
    Ok(Home { centre, today, soon, done })
}

/// The first few, where the classes of one draw are one thing.
fn one_a_draw(items: Vec<SoonItem>) -> Vec<SoonItem> {
    let mut soon: Vec<SoonItem> = Vec::new();
    for item in items {
        let same = |known: &&mut SoonItem| known.draw.is_some() && known.draw == item.draw;
        if let Some(known) = soon.iter_mut().find(same) {
            known.capacity += item.capacity;
        } else {
            soon.push(item);
        }
    }
    soon.truncate(usize::try_from(MOST_NEWS).unwrap_or_default());
    soon
}

/// The first item of each offering among those that pass, earliest first.
fn first_of_each(items: &[TodayItem], passes: impl Fn(&TodayItem) -> bool) -> Vec<TodayItem> {
    let mut first: Vec<TodayItem> = Vec::new();
    for item in items.iter().filter(|item| passes(item)) {
        if first.len() < MOST_TODAY && !first.iter().any(|known| known.offering == item.offering) {
            first.push(item.clone());
        }
    }
    first
}

async fn get_centre(app: App, id: CentreId) -> Result<CentrePage, Failure> {
    let centre = store::centre(&app.db, &id).await?.ok_or(Failure::NotFound)?;
    let rows = store::offerings_of_centre(&app.db, &id).await?;
    let days = store::days_of_centre(&app.db, &id, window(app.now(), centre.card.zone)).await?;
    let courses = store::courses_of_centre(&app.db, &id, app.now()).await?;
    let zones = HashMap::from([(id, centre.card.zone)]);
    Ok(CentrePage { centre, offerings: cards(rows, &days, &courses, &zones, app.now()) })
}

async fn list_offerings(app: App, city: CityId) -> Result<OfferingList, Failure> {
    if !is_city(&app.db, &city).await? {
        return Err(Failure::NotFound);
    }
    let centres = store::cards_of_city(&app.db, &city).await?;
    let zones: HashMap<CentreId, Zone> =
        centres.iter().map(|centre| (centre.id.clone(), centre.zone)).collect();
    let Some(zone) = zones.values().next().copied() else {
        return Ok(OfferingList { centres, offerings: Vec::new() });
    };
    let rows = store::offerings_of_city(&app.db, &city).await?;
    let days = store::days_of_city(&app.db, &city, window(app.now(), zone)).await?;
    let courses = store::courses_of_city(&app.db, &city, app.now()).await?;
    let offerings = cards(rows, &days, &courses, &zones, app.now());
    Ok(OfferingList { centres, offerings })
}

async fn list_seats(app: App, city: CityId) -> Result<Vec<Seats>, Failure> {
    if !is_city(&app.db, &city).await? {
        return Err(Failure::NotFound);
    }
    Ok(store::seats(&app.db, &city, app.now()).await?)
}

async fn get_offering(app: App, id: OfferingId) -> Result<OfferingPage, Failure> {
    let now = app.now();
    let row = store::offering(&app.db, &id).await?.ok_or(Failure::NotFound)?;
    let centre = store::centre(&app.db, &row.centre).await?.ok_or(Failure::NotFound)?.card;
    let zone = centre.zone;
    let [_, _, end] = window(now, zone);
    let tables = row.details.terms.table_seats.is_some();
    let slots = store::slots(&app.db, &id, now, end, tables).await?;
    let recurring = slots.iter().filter(|seats| seats.name.is_none());
    let days = day_bits(now.day(zone), recurring.map(|seats| seats.slot.starts()), zone);
    let courses: Vec<&Slot> =
        slots.iter().filter(|seats| seats.name.is_some()).map(|seats| &seats.slot).collect();
    let days = days | course_days(&courses, now, zone);
    let opens = opening(&courses, now);
    let card = row.details.card(id, row.centre, row.kind, (now.day(zone), days), opens);
    Ok(OfferingPage { offering: row.details.whole(card), centre, slots })
}

async fn list_counts(app: App, id: OfferingId) -> Result<Vec<Count>, Failure> {
    Ok(get_offering(app, id).await?.slots.iter().map(SlotSeats::count).collect())
}

async fn list_alternatives(app: App, instead: Instead) -> Result<Vec<Alternative>, Failure> {
    alternatives(&app, &instead.slot, instead.people()).await
}

/// Other slots in which a party of so many fits, as [`ListAlternatives`] says.
///
/// # Errors
/// There is no such slot.
pub async fn alternatives(app: &App, slot: &SlotId, people: u32) -> Result<Vec<Alternative>, Failure> {
    let around = store::around(&app.db, (slot, people), app.now(), ALTERNATIVE).await?;
    let (wanted, candidates) = around.ok_or(Failure::NotFound)?;
    Ok(nearest(&wanted, candidates))
}

/// Now, the midnight with which today began, and the one with which the days of a card end.
fn window(now: Moment, zone: Zone) -> [Moment; 3] {
    let today = now.day(zone);
    [now, zone.moment(today, 0), zone.moment(days_after(today, CARD_DAYS), 0)]
}

/// The cards of offerings; `days` has the days of recurring slots, counted from today.
fn cards(
    rows: Vec<OfferingRow>,
    days: &HashMap<OfferingId, u16>,
    courses: &[(OfferingId, CourseRow)],
    zones: &HashMap<CentreId, Zone>,
    now: Moment,
) -> Vec<OfferingCard> {
    let mut of_course: HashMap<&OfferingId, Vec<&Slot>> = HashMap::new();
    for (offering, course) in courses {
        of_course.entry(offering).or_default().push(&course.slot);
    }
    let card = |row: OfferingRow| {
        let zone = *zones.get(&row.centre)?;
        let courses = of_course.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let bits = days.get(&row.id).copied().unwrap_or_default() | course_days(courses, now, zone);
        let opens = opening(courses, now);
        Some(row.details.card(row.id, row.centre, row.kind, (now.day(zone), bits), opens))
    };
    rows.into_iter().filter_map(card).collect()
}

/// The days on which courses meet, as bits from today; what is over today does not count.
fn course_days(courses: &[&Slot], now: Moment, zone: Zone) -> u16 {
    let meetings = courses.iter().flat_map(|slot| &slot.meetings);
    let meetings = meetings.filter(|meeting| !meeting.off && meeting.ends > now);
    day_bits(now.day(zone), meetings.map(|meeting| meeting.starts), zone)
}

/// When booking opens for the first of the courses, unless one of them can be booked already.
fn opening(courses: &[&Slot], now: Moment) -> Option<Moment> {
    if courses.iter().any(|slot| slot.gate(now).is_ok()) {
        return None;
    }
    courses.iter().map(|slot| slot.opens).filter(|opens| *opens > now).min()
}
