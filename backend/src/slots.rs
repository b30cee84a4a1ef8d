//! Unfolds what offerings say of themselves into slots that can be booked.
//!
//! Recurring slots exist for [`WINDOW`] days from today on the centre's clock; a course exists as
//! soon as it is set up, and is set up again once its first meeting is past, unless the files name its
//! dates; courses of one draw are set up together, once all of them are past. Identifiers follow from the offering and the time, so
//! several servers may do this at once and nothing comes twice.

use std::collections::BTreeSet;

use domain::{
    booking::STAY,
    hours::{Closure, can_be_on},
    id::{DrawId, OfferingId, SlotId},
    pattern,
    text::Text,
    time::{Day, HOUR, MINUTE, Moment, Span, Zone, days_after},
};

use crate::{
    app::App,
    catalogue::details::{Course, Exception, Kept, OfferingDetails, Pattern},
    db::DbError,
    draws,
    snapshot::Topic,
};

mod store;

/// For how many days ahead there are slots, today included.
pub const WINDOW: u64 = 15;

/// A slot as it is when nobody has booked it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSlot {
    /// Identifier.
    pub id: SlotId,
    /// Of which offering.
    pub offering: OfferingId,
    /// Its meetings in order, never empty.
    pub meetings: Vec<Span>,
    /// The name of a course; `None` for a recurring slot.
    pub name: Option<Text>,
    /// Places in all.
    pub capacity: u32,
    /// Places given out at the counter: they count as taken from the start.
    pub desk: u32,
    /// Places kept for the counter,
    pub kept: u32,
    /// until then.
    pub kept_until: Moment,
    /// When booking opens.
    pub opens: Moment,
    /// When booking closes.
    pub closes: Moment,
    /// How its places are drawn, where they are.
    pub draw: Option<ByDraw>,
}

/// That the places of a slot are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByDraw {
    /// In which draw.
    pub id: DrawId,
    /// What that is made from.
    pub plan: String,
    /// Whether households of the neighbourhood come before all others.
    pub residents_first: bool,
}

/// An offering with what it takes to unfold it.
#[derive(Clone, Debug)]
pub struct Unfolding {
    /// Which offering.
    pub id: OfferingId,
    /// The centre's clock.
    pub zone: Zone,
    /// Days on which the centre is closed, or open for other hours.
    pub closures: Vec<Closure>,
    /// What it says of itself.
    pub details: OfferingDetails,
}

impl Unfolding {
    /// The recurring slots of [`WINDOW`] days from `today`.
    pub fn recurring(&self, today: Day) -> Vec<NewSlot> {
        (0..WINDOW).flat_map(|ahead| self.on(days_after(today, ahead))).collect()
    }

    /// The recurring slots of one day. Booking opens two weeks ahead, at midnight.
    fn on(&self, day: Day) -> Vec<NewSlot> {
        let opens = self.zone.moment(day, 0).plus(-14 * domain::time::DAY);
        let mut slots = Vec::new();
        for pattern in self.patterns(day) {
            for span in pattern.unfolding().on(day, self.zone) {
                if !self.can_be_on(day, span.starts.minute_of_day(self.zone), pattern.minutes) {
                    continue;
                }
                let desk = pattern.desk.get(&span.starts.minute_of_day(self.zone)).copied();
                slots.push(NewSlot {
                    id: SlotId(format!("{}.{}", self.id, stamp(span.starts, self.zone))),
                    offering: self.id.clone(),
                    meetings: vec![span],
                    name: None,
                    capacity: pattern.capacity,
                    desk: desk.unwrap_or_default().min(pattern.capacity),
                    kept: pattern.kept.places.min(pattern.capacity),
                    kept_until: kept_until(pattern.kept, span.starts),
                    opens,
                    closes: self.closes(span.starts),
                    draw: None,
                });
            }
        }
        slots
    }

    /// The patterns of a day: its own where it is an exception.
    fn patterns(&self, day: Day) -> &[Pattern] {
        self.exception(day).map_or(&self.details.patterns, |except| &except.patterns)
    }

    fn exception(&self, day: Day) -> Option<&Exception> {
        self.details.except.iter().find(|except| except.dates.cover(day))
    }

    /// Whether something that starts so many minutes after midnight and lasts so long can be on: the
    /// centre is open, or the offering says otherwise.
    fn can_be_on(&self, day: Day, from: u16, minutes: u16) -> bool {
        self.exception(day).is_some() || can_be_on(&self.closures, day, from, from.saturating_add(minutes))
    }

    /// Whether a course can meet on a day: the centre is open then, or the offering says otherwise.
    fn meets(&self, day: Day, from: u16, to: u16) -> bool {
        match self.exception(day) {
            Some(except) => !except.patterns.is_empty(),
            None => can_be_on(&self.closures, day, from, to),
        }
    }

    /// The meetings of a course that is set up on the day `base`. What would fall on a day on which the
    /// centre is closed is held on the next of its weekdays.
    fn unfold(&self, course: &Course, base: Day) -> Vec<Span> {
        let from_day = course.starts.day(base);
        let Course { days, meetings, from, to, .. } = *course;
        pattern::Course { from_day, days, meetings, from, to }
            .meetings(self.zone, |day| self.meets(day, from, to))
    }

    /// The courses as they are when they are set up on the day `base`, each with its number. One with dates
    /// is the same on whichever day.
    pub fn courses(&self, base: Day) -> impl Iterator<Item = NewSlot> {
        self.details.courses.iter().zip(1..).filter_map(move |(course, number)| {
            let meetings = self.unfold(course, base);
            let starts = meetings.first()?.starts;
            let opens = self.zone.moment(course.opens.day(base), course.opens_at.into());
            let named = course.starts.stamp(base);
            Some(NewSlot {
                id: SlotId(format!("{}.{}-{number}", self.id, named.format("%Y%m%d"))),
                offering: self.id.clone(),
                meetings,
                name: Some(course.name.clone()),
                capacity: course.capacity,
                desk: course.desk.min(course.capacity),
                kept: course.kept.places.min(course.capacity),
                kept_until: kept_until(course.kept, starts),
                opens,
                closes: self.closes(starts),
                draw: course.draw.as_ref().map(|plan| ByDraw {
                    id: DrawId(format!("{plan}.{}", course.opens.stamp(base).format("%Y%m%d"))),
                    plan: plan.clone(),
                    residents_first: course.residents_first,
                }),
            })
        })
    }

    /// What is lived in: there from the beginning, for good.
    fn stays(&self) -> impl Iterator<Item = NewSlot> {
        self.details.stays.iter().zip(1..).map(|(stay, number)| NewSlot {
            id: SlotId(format!("{}.stay-{number}", self.id)),
            offering: self.id.clone(),
            meetings: vec![STAY],
            name: Some(stay.name.clone()),
            capacity: stay.capacity,
            desk: stay.desk.min(stay.capacity),
            kept: 0,
            kept_until: Moment(0),
            opens: Moment(0),
            closes: STAY.starts,
            draw: None,
        })
    }

    fn closes(&self, starts: Moment) -> Moment {
        starts.plus(-i64::from(self.details.closes_minutes) * MINUTE)
    }
}

/// When what is left of kept places opens to all.
fn kept_until(kept: Kept, starts: Moment) -> Moment {
    starts.plus(-i64::from(kept.hours) * HOUR)
}

/// Local day and time as part of an identifier: `20260701T0900`.
fn stamp(at: Moment, zone: Zone) -> String {
    at.local(zone).format("%Y%m%dT%H%M").to_string()
}

/// What of a course's identifier stays the same when it is set up again: offering and number.
fn course_key(id: &str) -> Option<(&str, &str)> {
    let (offering, rest) = id.rsplit_once('.')?;
    let (_, number) = rest.split_once('-')?;
    Some((offering, number))
}

/// Makes the slots that are missing; how many those were.
pub async fn fill(app: &App) -> Result<u64, DbError> {
    let now = app.now();
    let unfoldings = store::unfoldings(&app.db).await?;
    let ahead = store::ahead(&app.db, now).await?;
    let missing = missing(&unfoldings, &ahead, now);
    if missing.is_empty() {
        return Ok(0);
    }
    let draws = draws::planned(app, &missing).await?;
    let made = store::insert(&app.db, &missing, &draws).await?;
    if made > 0 {
        app.snapshots.touch(&Topic::Catalogue);
        app.snapshots.touch(&Topic::Draws);
        tracing::info!(made, "slots made");
    }
    Ok(made)
}

/// The slots that should be there, but for those in `ahead`: identifiers of what [`store::ahead`]
/// finds: it has not ended, or as a course has not begun.
fn missing(unfoldings: &[Unfolding], ahead: &BTreeSet<String>, now: Moment) -> Vec<NewSlot> {
    let keys: BTreeSet<(&str, &str)> = ahead.iter().filter_map(|id| course_key(id)).collect();
    let draws = draws_ahead(unfoldings, &keys);
    let mut missing = Vec::new();
    for unfolding in unfoldings {
        let today = now.day(unfolding.zone);
        let is_past = |slot: &NewSlot| slot.meetings.first().is_none_or(|first| first.ends <= now);
        let recurring = unfolding.recurring(today);
        missing.extend(unfolding.stays().filter(|slot| !ahead.contains(&slot.id.0)));
        missing.extend(recurring.into_iter().filter(|slot| !is_past(slot) && !ahead.contains(&slot.id.0)));
        let has_begun = |slot: &NewSlot| slot.meetings.first().is_none_or(|first| first.starts <= now);
        let courses = unfolding.courses(today).filter(|slot| !has_begun(slot));
        missing.extend(courses.filter(|slot| match &slot.draw {
            Some(draw) => !draws.contains(&*draw.plan),
            None => course_key(&slot.id.0).is_some_and(|key| !keys.contains(&key)),
        }));
    }
    missing
}

/// The plans of the draws of which a course lies ahead; `courses` has the keys of those that do.
fn draws_ahead<'a>(unfoldings: &'a [Unfolding], courses: &BTreeSet<(&str, &str)>) -> BTreeSet<&'a str> {
    let of_unfolding = |unfolding: &'a Unfolding| {
        let ahead = |number: usize| courses.contains(&(unfolding.id.as_str(), &*number.to_string()));
        let numbered = unfolding.details.courses.iter().zip(1..);
        numbered.filter(move |(_, number)| ahead(*number)).filter_map(|(course, _)| course.draw.as_deref())
    };
    unfoldings.iter().flat_map(of_unfolding).collect()
}

#[cfg(test)]
mod tests;
