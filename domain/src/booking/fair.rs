//! A fair share of what many want: how often a household may come in a week.

use super::{BookingState, Fair};
use crate::{
    id::{BookingId, OfferingId},
    refusal::Refusal,
    time::{DAY, Moment, Zone, days_after},
    week::monday,
};

/// For how long not having come counts, in milliseconds from the start.
pub const MARK: i64 = 30 * DAY;

/// A booking of a household, as far as its share is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Which booking.
    pub booking: BookingId,
    /// Of what.
    pub offering: OfferingId,
    /// When the slot starts.
    pub starts: Moment,
    /// How it stands.
    pub state: BookingState,
}

/// How a household stands with its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Bookings allowed in that week.
    pub allowed: u32,
    /// Bookings it has in it.
    pub used: u32,
    /// Marks for not having come.
    pub marks: u32,
}

/// How a household that has had `uses` stands with its share of `offering` in the week in which
/// `starts` falls.
pub fn stands(
    fair: Fair,
    uses: &[Use],
    offering: &OfferingId,
    starts: Moment,
    now: Moment,
    zone: Zone,
) -> Share {
    let (from, to) = week_of(starts, zone);
    let counts = |state: BookingState| state.is_live() || state == BookingState::Missed;
    let used = uses
        .iter()
        .filter(|one| one.offering == *offering && counts(one.state))
        .filter(|one| from <= one.starts && one.starts < to)
        .count();
    let marks = uses.iter().filter(|one| is_mark(one, now)).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let marks = number(marks);
    Share { allowed: fair.per_week.saturating_sub(marks).max(1), used: number(used), marks }
}

/// Checks whether a household that has had `uses` may have another booking of `offering`, in a slot
/// that starts then. Rule 14.
///
/// # Errors
/// It has had its share of that week, and the slot is not spare yet.
pub fn share(
    fair: Fair,
    uses: &[Use],
    offering: &OfferingId,
    starts: Moment,
    now: Moment,
    zone: Zone,
) -> Result<(), Refusal> {
    let spare_from = starts.plus(-fair.spare());
    if now >= spare_from {
        return Ok(());
    }
    let Share { allowed, used, marks } = stands(fair, uses, offering, starts, now, zone);
    if used < allowed { Ok(()) } else { Err(Refusal::WeekFull { allowed, marks, spare_from }) }
}

/// Whether somebody did not come to it, less than 30 days ago; of whatever offering it was.
fn is_mark(one: &Use, now: Moment) -> bool {
    one.state == BookingState::Missed && now < one.starts.plus(MARK)
}

/// The week from Monday to Sunday in which `at` falls on the centre's clock: its first instant and the
/// first one after it.
pub fn week_of(at: Moment, zone: Zone) -> (Moment, Moment) {
    let first = monday(at.day(zone));
    (zone.moment(first, 0), zone.moment(days_after(first, 7), 0))
}
