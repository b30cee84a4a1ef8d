//! The ready ticket: who may book a slot is checked days ahead, so that one tap is enough at the
//! opening.

use serde::{Deserialize, Serialize};

use crate::{
    booking::{Attendee, Rules, Slot, check_age, check_company, check_party},
    consent,
    household::Person,
    id::{CentreId, PersonId, SlotId},
    refusal::Refusal,
    time::{Day, MINUTE, Moment, Zone},
};

/// Somebody who would come, with what was settled about them beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Date of birth, where known.
    pub born: Option<Day>,
    /// The version of the guardian's consent that is in force, 0 for none.
    pub consent: u32,
    /// Whether the desk saw their papers.
    pub verified: bool,
    /// Whether they live in the neighbourhood of the slot's centre.
    pub resident: bool,
}

impl Candidate {
    /// Somebody of a household who would come to a slot of `centre`.
    pub fn of(person: &Person, centre: &CentreId) -> Self {
        Self {
            person: person.id.clone(),
            born: person.born,
            consent: person.consent.map_or(0, |given| given.version),
            verified: person.verified.is_some(),
            resident: person.resident_of.as_ref() == Some(centre),
        }
    }
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The age at the first meeting.
    Age,
    /// That the desk saw the papers.
    Identity,
    /// The guardian's consent.
    Consent,
    /// That they live near by, where those come first. Who does not only opens later.
    Residence,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Check {
    /// Of whom.
    pub person: PersonId,
    /// What.
    pub item: Item,
    /// What is missing; `None` where it is ready.
    pub missing: Option<Refusal>,
}

/// How ready a party is for a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// What the offering asks of each of them, in their order; nothing it does not ask.
    pub checks: Vec<Check>,
    /// What is wrong with the party as a whole, or with the time.
    pub party: Option<Refusal>,
    /// Whether all of them live near by.
    pub resident: bool,
    /// When booking opens for this party.
    pub opens: Moment,
}

impl Readiness {
    /// Why there is no ticket for them; empty where they are ready.
    pub fn refusals(&self) -> Vec<Refusal> {
        let blocks = self.checks.iter().filter(|check| check.item != Item::Residence);
        self.party.iter().chain(blocks.filter_map(|check| check.missing.as_ref())).cloned().collect()
    }

    /// Whether one tap will be enough.
    pub fn is_ready(&self) -> bool {
        self.refusals().is_empty()
    }
}

/// Looks at a party that wants to be ready for `slot`: everything the booking will ask that does not
/// depend on who else comes. `zone` is the centre's clock.
pub fn check(slot: &Slot, rules: &Rules, party: &[Candidate], now: Moment, zone: Zone) -> Readiness {
    let attendees: Vec<Attendee> = party.iter().map(attendee).collect();
    let timely = if rules.drop_in {
        Err(Refusal::DropIn)
    } else if slot.called_off {
        Err(Refusal::CalledOff)
    } else if now >= slot.starts() {
        Err(Refusal::SlotPast)
    } else if now >= slot.closes {
        Err(Refusal::SlotClosed { closed: slot.closes })
    } else {
        Ok(())
    };
    let first_day = rules.age_day(slot, now, zone);
    let whole = timely
        .and_then(|()| check_party(slot, rules, &attendees, 0))
        .and_then(|_| check_company(rules, &attendees, first_day));
    let resident = !party.is_empty() && party.iter().all(|one| one.resident);
    let open_to_all = opens(slot, rules, false);

    let mut checks = Vec::new();
    for (candidate, attendee) in party.iter().zip(&attendees) {
        let mut look = |item, missing| {
            checks.push(Check { person: candidate.person.clone(), item, missing });
        };
        if rules.ages.is_some() {
            look(Item::Age, check_age(attendee, rules, first_day).err());
        }
        if rules.terms.needs_verified {
            let missing = Refusal::NotVerified { person: candidate.person.clone() };
            look(Item::Identity, (!candidate.verified).then_some(missing));
        }
        if rules.terms.needs_consent && consent::is_needed(candidate.born, first_day) {
            let missing = Refusal::NoConsent { person: candidate.person.clone() };
            look(Item::Consent, (candidate.consent < consent::VERSION).then_some(missing));
        }
        if rules.terms.residents_first_minutes.is_some() {
            let missing = Refusal::ResidentsFirst { from: open_to_all };
            look(Item::Residence, (!candidate.resident).then_some(missing));
        }
    }
    Readiness { checks, party: whole.err(), resident, opens: opens(slot, rules, resident) }
}

fn attendee(candidate: &Candidate) -> Attendee {
    Attendee { person: candidate.person.clone(), born: candidate.born, facts: None, holds: Vec::new() }
}

/// When booking opens for a party all of whom live near by, or not.
pub fn opens(slot: &Slot, rules: &Rules, resident: bool) -> Moment {
    match rules.terms.residents_first_minutes {
        Some(minutes) if !resident => slot.opens.plus(i64::from(minutes) * MINUTE),
        _ => slot.opens,
    }
}

/// A party that is ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ticket {
    /// What goes with the booking. Good for this household, this slot and these people only.
    pub token: String,
    /// Which slot.
    pub slot: SlotId,
    /// Who comes.
    pub people: Vec<PersonId>,
    /// When booking opens for them; earlier for the neighbourhood, where it comes first.
    pub opens: Moment,
    /// What was looked at, all of it ready but perhaps where they live.
    pub checks: Vec<Check>,
    /// When it was made.
    pub made: Moment,
}

/// Who wants to be ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketDraft {
    /// Who comes, all of one household.
    pub people: Vec<PersonId>,
}

pub mod api {
    //! Endpoints of ready tickets. A household has at most one for a slot.

    use super::{Ticket, TicketDraft};
    use crate::{
        circle::{Deed, ForAnother},
        endpoint::{Audience, Endpoint, Method},
        id::SlotId,
    };

    /// Makes a party ready; another ticket of the household for the slot gives way. Nothing comes back
    /// only where a retry finds that the ticket has been lost meanwhile.
    pub struct MakeTicket;
    impl Endpoint for MakeTicket {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/slots/{slot}/ticket";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Ready);
        const SUMMARY: &'static str = "Get ready for a slot before it opens";
        type Params = SlotId;
        type Input = TicketDraft;
        type Output = Option<Ticket>;
    }

    /// The household's ticket for a slot, where it has one that is good now.
    pub struct GetTicket;
    impl Endpoint for GetTicket {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/slots/{slot}/ticket";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::See;
        const SUMMARY: &'static str = "The household's ready ticket for a slot";
        type Params = SlotId;
        type Input = ();
        type Output = Option<Ticket>;
    }

    /// Gives it up; nothing comes back.
    pub struct DropTicket;
    impl Endpoint for DropTicket {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/slots/{slot}/ticket";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Unready);
        const SUMMARY: &'static str = "Give a ready ticket up";
        type Params = SlotId;
        type Input = ();
        type Output = Option<Ticket>;
    }
}

#[cfg(test)]
mod tests;
