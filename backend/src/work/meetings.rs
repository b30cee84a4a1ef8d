//! Meetings that are moved or called off: who is elsewhere then is asked first, and told with the rest.

use std::collections::HashMap;

use domain::{
    audit::Act,
    booking::meeting::MeetingChange,
    id::{BookingId, SlotId},
    time::Span,
    work::{Because, Roster},
};

use super::{
    deeds::{ask, note_slot, reason},
    own_slot, roster, store,
};
use crate::{booking::writer::Deed, call::Call, failure::Failure, snapshot::Topic};

/// The bookings of which somebody is elsewhere at that time. What they have there is not for this desk.
pub async fn clashes(call: Call, slot: SlotId, at: Span) -> Result<Vec<BookingId>, Failure> {
    own_slot(&call, &slot).await?;
    let clashes = store::meetings::clashes(&call.app.db, &slot, at).await?;
    let mut bookings: Vec<BookingId> = clashes.into_keys().collect();
    bookings.sort();
    Ok(bookings)
}

pub async fn change(call: Call, slot: SlotId, input: MeetingChange) -> Result<Roster, Failure> {
    let row = own_slot(&call, &slot).await?;
    let reason = reason(&Because { reason: input.reason })?;
    note_slot(&call, Act::Reschedule, &row, &format!("{} {reason}", input.meeting)).await?;
    let clashes = match input.to {
        Some(to) => store::meetings::clashes(&call.app.db, &slot, to).await?,
        None => HashMap::new(),
    };
    let change = MeetingChange { reason, ..input };
    let meeting = change.meeting;
    let deed = Deed::Reschedule { slot: slot.clone(), change, clashes };
    ask(&call, call.account()?.clone(), "", deed).await?;
    // Lists, draws and pages say when it meets.
    for topic in [Topic::Catalogue, Topic::Draws] {
        call.app.snapshots.touch(&topic);
    }
    Ok(roster(&call, &slot).await?.at(meeting))
}
