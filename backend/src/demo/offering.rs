//! Checks what a demo file says of an offering and of when it is on.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    booking::{Fair, HOLD_MINUTES, MOST_GUESTS, Terms},
    offering::{Ages, Kind, Measure, Price, Unit},
    time::Day,
};

use super::{
    check::{At, Wrong},
    file,
};
use crate::catalogue::details::{Course, Exception, Kept, OfferingDetails, Pattern, Stay};

/// Largest number of places of a slot.
const MOST_PLACES: u32 = 100_000;

/// Checks an offering.
pub fn check(at: &At<'_>, offering: file::Offering) -> Result<OfferingDetails, Wrong> {
    at.need((1..=50).contains(&offering.party_max), "party_max", "expected 1 to 50")?;
    at.need(offering.closes_minutes <= 60 * 24 * 14, "closes_minutes", "expected two weeks at most")?;
    let some = !offering.patterns.is_empty() || !offering.courses.is_empty() || !offering.stays.is_empty();
    at.need(some, "pattern", "an offering needs a pattern, a course or a stay")?;
    at.need(!offering.drop_in || offering.courses.is_empty(), "drop_in", "a course is booked")?;
    if let Some(price) = offering.price {
        at.need(price.fen > 0, "price.fen", "leave the price out where it is free")?;
    }
    let ages = offering.ages.map(|ages| check_ages(at, ages)).transpose()?;
    let terms = check_terms(at, &offering)?;
    let mut starts = BTreeSet::new();
    let mut patterns = Vec::new();
    for (index, pattern) in offering.patterns.iter().enumerate() {
        patterns.push(check_pattern(at, &format!("pattern[{index}]"), pattern, &mut starts)?);
    }
    let mut except = Vec::new();
    for (index, one) in offering.except.iter().enumerate() {
        let field = format!("except[{index}]");
        let dates = at.dates(&field, &one.from, &one.to)?;
        let (mut starts, mut patterns) = (BTreeSet::new(), Vec::new());
        for (index, pattern) in one.patterns.iter().enumerate() {
            patterns.push(check_pattern(at, &format!("{field}.pattern[{index}]"), pattern, &mut starts)?);
        }
        except.push(Exception { dates, patterns });
    }
    let mut courses = Vec::new();
    for (index, course) in offering.courses.iter().enumerate() {
        courses.push(check_course(at, &format!("course[{index}]"), course, offering.closes_minutes)?);
    }
    let mut stays = Vec::new();
    for (index, stay) in offering.stays.iter().enumerate() {
        stays.push(check_stay(at, &format!("stay[{index}]"), stay)?);
    }
    Ok(OfferingDetails {
        group: offering.group,
        title: at.words("title", offering.title)?,
        summary: at.words("summary", offering.summary)?,
        place: at.words("place", offering.place)?,
        price: offering.price.map(|price| Price { fen: price.fen, per: price.per }),
        measure: offering.measure,
        unit: offering.unit,
        party_max: offering.party_max,
        ages,
        closes_minutes: offering.closes_minutes,
        drop_in: offering.drop_in,
        terms,
        patterns,
        except,
        courses,
        stays,
    })
}

/// A week in minutes: nothing that an offering asks takes longer.
const WEEK: u32 = 7 * 1440;

fn check_terms(at: &At<'_>, offering: &file::Offering) -> Result<Terms, Wrong> {
    let file::Terms { residents_first_minutes, needs_verified, needs_consent, with_adult, .. } =
        offering.terms;
    let volunteers = offering.terms.volunteers;
    let shift = offering.kind == Kind::Shift;
    at.need(volunteers == shift, "terms.volunteers", "belongs to the kind shift, and that to it")?;
    let drawn = offering.courses.iter().any(|course| course.draw.is_some());
    at.need(
        (offering.measure == Measure::Hand) == shift,
        "measure",
        "hand belongs to the kind shift, and that to it",
    )?;
    at.need(
        !shift || !drawn && !offering.drop_in,
        "terms.volunteers",
        "a shift is neither drawn nor dropped in to",
    )?;
    let file::Terms { hold_minutes, grace_minutes, fair, table_seats, .. } = offering.terms;
    for (name, minutes) in [
        ("terms.residents_first_minutes", residents_first_minutes),
        ("terms.hold_minutes", hold_minutes),
        ("terms.grace_minutes", grace_minutes),
    ] {
        at.need(minutes.is_none_or(|minutes| (1..=WEEK).contains(&minutes)), name, "expected 1 to 10080")?;
    }
    let fair = fair.map(|fair| Fair { per_week: fair.per_week, spare_hours: fair.spare_hours });
    at.need(fair.is_none_or(|fair| fair.per_week > 0), "terms.fair.per_week", "expected at least 1")?;
    let table = table_seats.is_none_or(|seats| seats > 1 && offering.unit == Unit::Party);
    at.need(table, "terms.table_seats", "expected two seats or more, where a party takes one place")?;
    let stay = offering.terms.stay;
    check_stays(at, offering)?;
    let guests_max = offering.terms.guests_max;
    let few = guests_max.is_none_or(|guests| (1..=MOST_GUESTS).contains(&guests));
    at.need(few, "terms.guests_max", "expected 1 to 200")?;
    // Of whoever has no name nothing can be asked.
    let asks = offering.ages.is_some() || needs_verified || needs_consent || with_adult || volunteers;
    let plain = !asks && !drawn && table_seats.is_none();
    at.need(
        guests_max.is_none() || plain,
        "terms.guests_max",
        "only where nothing is asked of who comes, nothing is drawn and no table shared",
    )?;
    let ages = !with_adult || offering.ages.is_some();
    at.need(ages, "terms.with_adult", "expected the ages of the children, too")?;
    Ok(Terms {
        residents_first_minutes,
        needs_verified,
        needs_consent,
        with_adult,
        volunteers,
        stay,
        guests_max,
        hold_minutes: hold_minutes.unwrap_or(HOLD_MINUTES),
        grace_minutes,
        fair,
        table_seats,
    })
}

fn check_ages(at: &At<'_>, ages: file::Ages) -> Result<Ages, Wrong> {
    let file::Ages { from_months, to_months } = ages;
    at.need(from_months.is_some() || to_months.is_some(), "ages", "is empty")?;
    let ordered = from_months.unwrap_or(0) < to_months.unwrap_or(u32::MAX);
    at.need(ordered, "ages.to_months", "must be more than from_months")?;
    Ok(Ages { from_months, to_months })
}

fn check_pattern(
    at: &At<'_>,
    field: &str,
    pattern: &file::Pattern,
    starts: &mut BTreeSet<(u8, u16)>,
) -> Result<Pattern, Wrong> {
    let field = |name: &str| format!("{field}.{name}");
    let days = at.days(field("days"), &pattern.days)?;
    let first = at.time(field("first"), &pattern.first)?;
    let last = at.time(field("last"), &pattern.last)?;
    at.need(first <= last && last < 1440, field("last"), "must not be earlier than first, nor midnight")?;
    at.need((1..=1440).contains(&pattern.every), field("every"), "expected 1 to 1440 minutes")?;
    at.need((1..=1440).contains(&pattern.minutes), field("minutes"), "expected 1 to 1440 minutes")?;
    let apart = first == last || pattern.minutes <= pattern.every;
    at.need(apart, field("minutes"), "a slot must end before the next starts")?;
    let enough = (1..=MOST_PLACES).contains(&pattern.capacity);
    at.need(enough, field("capacity"), "expected 1 to 100000")?;
    for start in (first..=last).step_by(usize::from(pattern.every)) {
        for day in (0..7).filter(|day| days & (1 << day) != 0) {
            at.need(starts.insert((day, start)), field("first"), "another pattern has a slot at that time")?;
        }
    }
    let mut desk = BTreeMap::new();
    for (time, places) in &pattern.desk {
        let name = field(&format!("desk.\"{time}\""));
        let start = at.time(name.clone(), time)?;
        let is_start = (first..=last).contains(&start) && (start - first) % pattern.every == 0;
        at.need(is_start, name.clone(), "no slot starts then")?;
        at.need(*places <= pattern.capacity, name, "is more than the capacity")?;
        desk.insert(start, *places);
    }
    let kept = check_kept(at, field("kept"), pattern.kept, pattern.kept_hours, pattern.capacity)?;
    let file::Pattern { every, minutes, capacity, .. } = *pattern;
    Ok(Pattern { days, first, last, every, minutes, capacity, desk, kept })
}

/// Places kept for the counter, and how many hours before the start what is left of them opens.
fn check_kept(
    at: &At<'_>,
    field: String,
    places: u32,
    hours: Option<u32>,
    capacity: u32,
) -> Result<Kept, Wrong> {
    at.need(places <= capacity, field.clone(), "is more than the capacity")?;
    at.need(hours.is_none_or(|hours| hours <= 14 * 24), field, "kept_hours: expected 336 at most")?;
    Ok(Kept { places, hours: hours.unwrap_or(Kept::default().hours) })
}

/// Checks that what is lived in is nothing else.
fn check_stays(at: &At<'_>, offering: &file::Offering) -> Result<(), Wrong> {
    let file::Terms { stay, fair, grace_minutes, residents_first_minutes, needs_consent, .. } =
        offering.terms;
    let kinds = [offering.kind == Kind::Stay, offering.measure == Measure::Bed, !offering.stays.is_empty()];
    let all = kinds.iter().all(|one| *one == stay);
    at.need(all, "terms.stay", "goes with the kind stay, the measure bed and rows of stay")?;
    let timeless = offering.patterns.is_empty() && offering.courses.is_empty() && !offering.drop_in;
    let asks =
        fair.is_some() || grace_minutes.is_some() || residents_first_minutes.is_some() || needs_consent;
    at.need(!stay || timeless && !asks, "terms.stay", "nothing that has a time goes with it")
}

fn check_stay(at: &At<'_>, field: &str, stay: &file::Stay) -> Result<Stay, Wrong> {
    let field = |name: &str| format!("{field}.{name}");
    at.need((1..=MOST_PLACES).contains(&stay.capacity), field("capacity"), "expected 1 to 100000")?;
    at.need(stay.desk <= stay.capacity, field("desk"), "is more than the capacity")?;
    let name = at.words(&field("name"), stay.name.clone())?;
    Ok(Stay { name, capacity: stay.capacity, desk: stay.desk })
}

fn check_course(
    at: &At<'_>,
    field: &str,
    course: &file::Course,
    closes_minutes: u32,
) -> Result<Course, Wrong> {
    let field = |name: &str| format!("{field}.{name}");
    let days = at.days(field("days"), &course.days)?;
    let opens_at = at.time(field("opens_at"), &course.opens_at)?;
    let from = at.time(field("from"), &course.from)?;
    let to = at.time(field("to"), &course.to)?;
    at.need(from < to, field("to"), "must be later than from")?;
    at.need((1..=100).contains(&course.meetings), field("meetings"), "expected 1 to 100")?;
    let starts = (course.starts_days, course.starts.as_deref());
    let starts = at.on([field("starts_days"), field("starts")], starts, 1..=365)?;
    let opens = (course.opens_days, course.opens.as_deref());
    let opens = at.on([field("opens_days"), field("opens")], opens, -365..=365)?;
    let alike = opens.is_date() == starts.is_date();
    at.need(alike, field("opens"), "opens and starts are dates, or both count days")?;
    // From any day it is as far from the one to the other.
    let ahead = starts.day(Day::default()).signed_duration_since(opens.day(Day::default())).num_days();
    let in_time = i64::from(opens_at) < ahead * 1440 + i64::from(from) - i64::from(closes_minutes);
    let opens_field = if opens.is_date() { field("opens") } else { field("opens_days") };
    at.need(in_time, opens_field, "booking must open before it closes")?;
    at.need((1..=MOST_PLACES).contains(&course.capacity), field("capacity"), "expected 1 to 100000")?;
    at.need(course.desk <= course.capacity, field("desk"), "is more than the capacity")?;
    let by_lot = course.draw.is_some() || !course.residents_first;
    at.need(by_lot, field("residents_first"), "needs a draw")?;
    let kept = check_kept(at, field("kept"), course.kept, course.kept_hours, course.capacity)?;
    Ok(Course {
        name: at.words(&field("name"), course.name.clone())?,
        opens,
        opens_at,
        starts,
        days,
        meetings: course.meetings,
        from,
        to,
        capacity: course.capacity,
        desk: course.desk,
        kept,
        draw: course.draw.clone(),
        residents_first: course.residents_first,
    })
}
