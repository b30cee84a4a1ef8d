//! What households and staff do with a booking once it is there. Each deed comes after the fold to
//! `now`, changes `parties`, offers on what it freed and says what happened to others.

use super::{
    BookingState::{
        Attended, Cancelled, Confirmed, Declined, Lapsed, Missed, Offered, Waitlisted, Withdrawn,
    },
    Frame, Happening, Party, Tally, UNDO, attendance, may_cancel, offer_on, table,
};
use crate::{
    notice::News,
    refusal::Refusal,
    time::{MINUTE, Moment},
};

/// One can check in this long before the start, in milliseconds.
pub const ARRIVE: i64 = 30 * MINUTE;

/// How often one may type wrong digits at doors: within so many milliseconds, at most.
pub const DOOR_TRIES: (i64, u32) = (15 * MINUTE, 5);

/// Takes what is offered.
///
/// # Errors
/// The offer has lapsed, or there is none.
pub fn take(party: &mut Party, now: Moment) -> Result<(), Refusal> {
    offered(party, now)?;
    party.turn(Confirmed, now);
    Ok(())
}

/// Lets an offer go.
///
/// # Errors
/// As [`take`].
pub fn decline(
    frame: &Frame<'_>,
    parties: &mut [Party],
    at: usize,
    now: Moment,
) -> Result<Vec<Happening>, Refusal> {
    offered(&parties[at], now)?;
    parties[at].turn(Declined, now);
    Ok(offer_on(frame, parties, now))
}

fn offered(party: &Party, now: Moment) -> Result<(), Refusal> {
    match (party.state, party.until, party.was) {
        (Offered, Some(until), _) if now < until => Ok(()),
        (Offered, Some(until), _) => Err(Refusal::OfferLapsed { until }),
        (Lapsed, _, Some(Offered)) => Err(Refusal::OfferLapsed { until: party.changed }),
        _ => Err(Refusal::NotOffered),
    }
}

/// Says until when a party wants to wait. The start of the slot is the end of all waiting, so a time
/// from then on is none.
///
/// # Errors
/// It does not wait; the time lies behind.
pub fn stop(frame: &Frame<'_>, party: &mut Party, after: Option<Moment>, now: Moment) -> Result<(), Refusal> {
    if party.state != Waitlisted {
        return Err(Refusal::NotWaiting);
    }
    if after.is_some_and(|after| after <= now) {
        return Err(Refusal::TimePast);
    }
    party.stop = after.filter(|after| *after < frame.slot.starts());
    Ok(())
}

/// Gives a booking back. Rule 11.
///
/// # Errors
/// It has begun, or has ended otherwise.
pub fn cancel(
    frame: &Frame<'_>,
    parties: &mut [Party],
    at: usize,
    now: Moment,
) -> Result<Vec<Happening>, Refusal> {
    if !may_cancel(parties[at].state, frame.slot.starts(), now) {
        return Err(Refusal::CannotCancel);
    }
    parties[at].turn(Cancelled, now);
    Ok(gone(frame, parties, at, now))
}

/// Takes a place back; the centre says why. Rule 10.
///
/// # Errors
/// It is over, or has ended otherwise.
pub fn withdraw(
    frame: &Frame<'_>,
    parties: &mut [Party],
    at: usize,
    reason: &str,
    now: Moment,
) -> Result<Vec<Happening>, Refusal> {
    let party = &mut parties[at];
    if !matches!(party.state, Confirmed | Waitlisted | Offered) || now >= frame.slot.ends() {
        return Err(Refusal::CannotCancel);
    }
    party.turn(Withdrawn, now);
    party.reason = Some(reason.to_owned());
    let news = News::Withdrawn { reason: reason.to_owned() };
    let mut told = vec![Happening { booking: party.booking.clone(), at: now, news }];
    told.extend(gone(frame, parties, at, now));
    Ok(told)
}

/// What follows when the party at `at` has left: its table goes on, its places are offered on.
pub(super) fn gone(frame: &Frame<'_>, parties: &mut [Party], at: usize, now: Moment) -> Vec<Happening> {
    let booking = parties[at].booking.clone();
    let mut told: Vec<Happening> = table::leave(parties, &booking, now).into_iter().collect();
    told.extend(offer_on(frame, parties, now));
    told
}

/// Notes that a party has come to the meeting at hand; done twice it is the same. Who was too late may
/// still come in while the place is free. Rule 14. The number of the meeting is answered.
///
/// # Errors
/// Too early, over, given back or waiting; the place has gone.
pub fn check_in(frame: &Frame<'_>, parties: &mut [Party], at: usize, now: Moment) -> Result<u32, Refusal> {
    let state = parties[at].state;
    if !matches!(state, Confirmed | Attended | Missed) {
        return Err(Refusal::CannotArrive);
    }
    let meeting = attendance::at_hand(&frame.slot.meetings, now)?;
    if state == Missed {
        let tally = Tally::of(frame.desk, parties);
        if frame.free_for(&parties[at], &tally, now) < parties[at].size {
            return Err(Refusal::NoneLeft);
        }
    }
    if state != Attended {
        parties[at].turn(Attended, now);
    }
    Ok(meeting)
}

/// Whether what was given back can be taken up again at `now`; until when.
pub fn undo_until(frame: &Frame<'_>, party: &Party) -> Option<Moment> {
    let may = matches!(party.state, Cancelled | Declined) && !frame.slot.called_off;
    may.then(|| party.changed.plus(UNDO).min(frame.slot.starts()))
}

/// Takes up again what was given back: at a table or with its places, where it had them and they are
/// still there; otherwise in the queue under its own number, before all who came later. Rule 11.
///
/// # Errors
/// Too late, or not given back by the household; the centre has called it off.
pub fn restore(
    frame: &Frame<'_>,
    parties: &mut [Party],
    at: usize,
    now: Moment,
) -> Result<Vec<Happening>, Refusal> {
    if frame.slot.called_off {
        return Err(Refusal::CalledOff);
    }
    let until = undo_until(frame, &parties[at]).ok_or(Refusal::UndoOver)?;
    if now >= until {
        return Err(Refusal::UndoOver);
    }
    let party = &parties[at];
    let (mut state, mut host) = (Waitlisted, None);
    if party.was == Some(Confirmed) {
        let table = party.shared.then(|| table::find(frame, parties, party.people)).flatten();
        let tally = Tally::of(frame.desk, parties);
        if table.is_some() || party.size <= frame.free_for(party, &tally, now) {
            (state, host) = (Confirmed, table);
        }
    }
    let party = &mut parties[at];
    party.turn(state, now);
    (party.host, party.stop) = (host, None);
    Ok(offer_on(frame, parties, now))
}
