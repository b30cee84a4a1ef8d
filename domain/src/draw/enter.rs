//! Who may enter a draw: what holds for a place holds for an entry, and nothing is asked again when
//! the lots are drawn.

use crate::{
    booking::{Attendee, Held, Rules, Slot, check_clashes},
    id::PersonId,
    refusal::Refusal,
    ticket::{self, Candidate},
    time::{Moment, Zone},
};

/// When entries are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From then on.
    pub opens: Moment,
    /// Until then; at that instant the lots are drawn.
    pub closes: Moment,
    /// Whether they have been drawn.
    pub drawn: bool,
}

impl Window {
    /// Whether an entry can be made, changed or taken back at `now`.
    ///
    /// # Errors
    /// Not yet, or not any more.
    pub fn gate(self, now: Moment) -> Result<(), Refusal> {
        if now < self.opens {
            Err(Refusal::NotYetOpen { opens: self.opens })
        } else if now >= self.closes || self.drawn {
            Err(Refusal::SlotClosed { closed: self.closes })
        } else {
            Ok(())
        }
    }
}

/// Checks that nobody of a party stands in somebody else's entry: a household takes part once, whoever
/// enters its children. `entered` is who does.
///
/// # Errors
/// The first who does.
pub fn once(entered: &[PersonId], party: &[PersonId]) -> Result<(), Refusal> {
    match party.iter().find(|person| entered.contains(person)) {
        Some(person) => Err(Refusal::EnteredByOther { person: person.clone() }),
        None => Ok(()),
    }
}

/// One of a party, with their other live bookings that are not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrant {
    /// Who, and what was settled about them.
    pub candidate: Candidate,
    /// What they are in.
    pub holds: Vec<Held>,
}

/// Checks a party that would come to a class. Where they live does not keep anybody out.
///
/// # Errors
/// Everything that keeps it from coming.
pub fn may_enter(
    slot: &Slot,
    rules: &Rules,
    party: &[Entrant],
    now: Moment,
    zone: Zone,
) -> Result<(), Vec<Refusal>> {
    let candidates: Vec<Candidate> = party.iter().map(|one| one.candidate.clone()).collect();
    let mut refusals = ticket::check(slot, rules, &candidates, now, zone).refusals();
    for Entrant { candidate, holds } in party {
        let attendee = Attendee {
            person: candidate.person.clone(),
            born: candidate.born,
            facts: None,
            holds: holds.clone(),
        };
        refusals.extend(check_clashes(&attendee, slot, &rules.terms).err());
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}
