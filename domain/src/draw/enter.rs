//! Who may enter a draw: what holds for a place holds for an entry. When the lots are drawn it is looked
//! whether it still does.

use crate::{
    booking::{Attendee, Held, Rules, Slot, check_clashes},
    consent,
    draw::Why,
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
    refusals.extend(party.iter().filter_map(|one| clash(slot, rules, one)));
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

fn clash(slot: &Slot, rules: &Rules, Entrant { candidate, holds }: &Entrant) -> Option<Refusal> {
    let (person, born, holds) = (candidate.person.clone(), candidate.born, holds.clone());
    check_clashes(&Attendee { person, born, facts: None, holds }, slot, &rules.terms).err()
}

/// Why a party that has entered cannot come to a class after all, found out at `now`, when the lots are
/// drawn. A consent to words of an earlier version was given when it was asked for, and is enough.
pub fn barred(slot: &Slot, rules: &Rules, party: &[Entrant], now: Moment, zone: Zone) -> Option<Why> {
    if slot.called_off {
        return Some(Why::CalledOff);
    }
    if party.iter().any(|one| clash(slot, rules, one).is_some()) {
        return Some(Why::Elsewhere);
    }
    let as_given = |candidate: &Candidate| Candidate {
        consent: if candidate.consent > 0 { consent::VERSION } else { 0 },
        ..candidate.clone()
    };
    let candidates: Vec<Candidate> = party.iter().map(|one| as_given(&one.candidate)).collect();
    // How many places there are and when the class closes is not for the lots, nor how large a party is.
    let open = Slot { capacity: u32::MAX, closes: slot.starts(), ..slot.clone() };
    let matters = |refusal: &Refusal| !matches!(refusal, Refusal::PartyTooLarge { .. } | Refusal::SlotPast);
    let refusals = ticket::check(&open, rules, &candidates, now, zone).refusals();
    refusals.iter().any(matters).then_some(Why::Unfit)
}
