//! The rules of who gets a place.

use super::{Meeting, Slot, Terms};
use crate::{
    consent,
    id::{BookingId, PersonId, SlotId},
    offering::{Ages, Unit},
    refusal::Refusal,
    text::Text,
    time::{Day, MINUTE, Moment, Zone, age_in_months},
    volunteer::Stand,
};

/// The rules of an offering that decide on a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What takes a place.
    pub unit: Unit,
    /// Most people in one booking.
    pub party_max: u32,
    /// Age band, if any.
    pub ages: Option<Ages>,
    /// Nothing to book.
    pub drop_in: bool,
    /// What else the offering asks.
    pub terms: Terms,
}

impl Rules {
    /// How many places a party of so many people takes, those without a name included.
    pub fn size(&self, people: u32) -> u32 {
        match self.unit {
            Unit::Person => people,
            Unit::Party => 1,
        }
    }

    /// The most people who come together, with a name or without.
    pub fn most(&self) -> u32 {
        let with_guests = self.terms.guests_max.map_or(0, |guests| guests.saturating_add(1));
        self.party_max.max(with_guests)
    }

    /// The day on which ages count: that of the first meeting, and of a stay that on which one asks.
    pub fn age_day(&self, slot: &Slot, now: Moment, zone: Zone) -> Day {
        if self.terms.stay { now.day(zone) } else { slot.starts().day(zone) }
    }

    /// From when on what was left by those who stayed away is free for whoever comes first, until the
    /// slot ends; `None` where a place is kept for who booked it.
    pub fn released(&self, slot: &Slot) -> Option<Moment> {
        self.terms.released(slot)
    }

    /// Whether the slot can be booked at `now`: ahead, or from the end of the grace time until it ends.
    ///
    /// # Errors
    /// As [`Slot::gate`]; nothing to book.
    pub fn gate(&self, slot: &Slot, now: Moment) -> Result<(), Refusal> {
        if self.drop_in {
            return Err(Refusal::DropIn);
        }
        match self.released(slot) {
            Some(released)
                if released <= now && now < slot.ends() && !slot.is_to_be_drawn() && !slot.called_off =>
            {
                Ok(())
            }
            _ => slot.gate(now),
        }
    }
}

/// One of a party, with what the rules need to know of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: PersonId,
    /// Date of birth, where known.
    pub born: Option<Day>,
    /// What the desk and the guardian have said; `None` where that is for others to check.
    pub facts: Option<Facts>,
    /// Their other live bookings that are not over.
    pub holds: Vec<Held>,
}

/// What is known of a person beyond their age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// A guardian's consent is in force.
    pub consent: bool,
    /// The desk has seen the papers.
    pub verified: bool,
    /// They live in the neighbourhood of the slot's centre.
    pub resident: bool,
}

/// A live booking somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which booking.
    pub booking: BookingId,
    /// In which slot.
    pub slot: SlotId,
    /// Of what.
    pub title: Text,
    /// When.
    pub meetings: Vec<Meeting>,
}

/// Where a party comes to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It has its places.
    Confirmed,
    /// It waits at the end of the queue.
    Waitlisted,
}

/// How things stand when a party asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Places taken.
    pub taken: u32,
    /// Of those, places that the counter gave out.
    pub given: u32,
    /// Whether the counter asks for the party: it has the places that are kept, too.
    pub counter: bool,
    /// Whether the party would share, and a table has seats for all of it.
    pub seats: bool,
    /// How many come along without being named.
    pub guests: u32,
    /// What a ticket says, where the party brings a good one: whether all of it are of the
    /// neighbourhood. Age, consent and papers were checked when it was given out.
    pub ticket: Option<bool>,
}

/// Decides on a party that asks for `slot` at `now`. Rules 2, 3, 7 and 8 of the engine, in this order:
/// the time, who is named, the neighbourhood's first minutes, then for each person age, consent,
/// papers and what else they have, and who comes with whom.
///
/// A newcomer that fits is confirmed even where a larger party waits: freed places go to the first
/// in order that fits whole, and whoever still waits did not fit.
///
/// # Errors
/// The first rule that refuses, with its data.
pub fn decide(
    slot: &Slot,
    rules: &Rules,
    standing: Standing,
    party: &[Attendee],
    now: Moment,
    zone: Zone,
) -> Result<Placement, Refusal> {
    rules.gate(slot, now)?;
    let size = check_party(slot, rules, party, standing.guests)?;
    check_neighbourhood(slot, rules, standing, party, now)?;
    let first_day = rules.age_day(slot, now, zone);
    for attendee in party {
        if standing.ticket.is_none() {
            check_age(attendee, rules, first_day)?;
            check_facts(attendee, rules, first_day)?;
        }
        check_clashes(attendee, slot, &rules.terms)?;
    }
    if standing.ticket.is_none() {
        check_company(rules, party, first_day)?;
    }
    let kept = if standing.counter { 0 } else { slot.kept_left(standing.given, now) };
    if standing.seats || standing.taken.saturating_add(size).saturating_add(kept) <= slot.capacity {
        Ok(Placement::Confirmed)
    } else if now < slot.starts() {
        Ok(Placement::Waitlisted)
    } else {
        Err(Refusal::NoneLeft)
    }
}

/// Checks that in the first minutes all are of the centre's neighbourhood.
fn check_neighbourhood(
    slot: &Slot,
    rules: &Rules,
    standing: Standing,
    party: &[Attendee],
    now: Moment,
) -> Result<(), Refusal> {
    let Some(minutes) = rules.terms.residents_first_minutes else { return Ok(()) };
    let from = slot.opens.plus(i64::from(minutes) * MINUTE);
    let all = || party.iter().all(|attendee| attendee.facts.is_none_or(|facts| facts.resident));
    if now >= from || standing.ticket.unwrap_or_else(all) {
        Ok(())
    } else {
        Err(Refusal::ResidentsFirst { from })
    }
}

/// Checks, where the offering is a shift, that the account is that of a volunteer in good standing who
/// comes along; `stand` is how they stand, where they are one, and `comes` whether they come. It is asked
/// of whoever books, with a ticket or without, and of whoever takes up again what they gave back.
///
/// # Errors
/// They are no volunteer, or suspended; others of the household would come without them.
pub fn check_volunteer(rules: &Rules, stand: Option<&Stand>, comes: bool) -> Result<(), Refusal> {
    if !rules.terms.volunteers {
        return Ok(());
    }
    Stand::admit(stand)?;
    if comes { Ok(()) } else { Err(Refusal::VolunteerMissing) }
}

/// Checks somebody of a booking that was given back and comes again: what may have changed since they
/// were booked, consent, papers and what else they have by now.
///
/// # Errors
/// The first rule that refuses, with its data.
pub fn check_return(attendee: &Attendee, slot: &Slot, rules: &Rules, zone: Zone) -> Result<(), Refusal> {
    check_facts(attendee, rules, slot.starts().day(zone))?;
    check_clashes(attendee, slot, &rules.terms)
}

/// Checks consent and papers, where the offering asks for them.
fn check_facts(attendee: &Attendee, rules: &Rules, first_day: Day) -> Result<(), Refusal> {
    let Some(facts) = attendee.facts else { return Ok(()) };
    let person = || attendee.person.clone();
    if rules.terms.needs_consent && !facts.consent && consent::is_needed(attendee.born, first_day) {
        return Err(Refusal::NoConsent { person: person() });
    }
    if rules.terms.needs_verified && !facts.verified {
        return Err(Refusal::NotVerified { person: person() });
    }
    Ok(())
}

/// Checks who is named, and how many come along without a name; the places they take.
pub(crate) fn check_party(
    slot: &Slot,
    rules: &Rules,
    party: &[Attendee],
    guests: u32,
) -> Result<u32, Refusal> {
    if party.is_empty() {
        return Err(Refusal::NobodyNamed);
    }
    for (index, attendee) in party.iter().enumerate() {
        if party[..index].iter().any(|earlier| earlier.person == attendee.person) {
            return Err(Refusal::NamedTwice { person: attendee.person.clone() });
        }
    }
    let named = u32::try_from(party.len()).unwrap_or(u32::MAX);
    let heads = named.saturating_add(guests);
    let size = rules.size(heads);
    let too_many =
        named > rules.party_max || guests > rules.terms.guests_max.unwrap_or(0) || heads > rules.most();
    if too_many || size > slot.capacity {
        let most = match rules.unit {
            Unit::Person => rules.most().min(slot.capacity),
            Unit::Party => rules.most(),
        };
        return Err(Refusal::PartyTooLarge { most });
    }
    Ok(size)
}

/// Age in whole months from which somebody is an adult.
const ADULT: u32 = 18 * 12;

/// Whether somebody is an adult on that day. Of a child the birthday is known: who has given none is
/// one.
fn is_adult(attendee: &Attendee, day: Day) -> bool {
    attendee.born.is_none_or(|born| age_in_months(born, day).is_some_and(|age| age >= ADULT))
}

/// Checks that children come with an adult and adults with a child, where the offering asks for both.
pub(crate) fn check_company(rules: &Rules, party: &[Attendee], first_day: Day) -> Result<(), Refusal> {
    let adults = party.iter().filter(|attendee| is_adult(attendee, first_day)).count();
    match (rules.terms.with_adult, adults) {
        (true, 0) => Err(Refusal::AdultMissing),
        (true, adults) if adults == party.len() => Err(Refusal::ChildMissing),
        _ => Ok(()),
    }
}

/// Checks the age on the day of the first meeting; of the children alone, where adults come along.
pub(crate) fn check_age(attendee: &Attendee, rules: &Rules, first_day: Day) -> Result<(), Refusal> {
    let Some(ages) = rules.ages else { return Ok(()) };
    if rules.terms.with_adult && is_adult(attendee, first_day) {
        return Ok(());
    }
    let person = || attendee.person.clone();
    let born = attendee.born.ok_or_else(|| Refusal::BirthdayMissing { person: person() })?;
    let age = age_in_months(born, first_day);
    match ages {
        Ages { from_months: Some(from_months), .. } if age.is_none_or(|age| age < from_months) => {
            Err(Refusal::TooYoung { person: person(), from_months })
        }
        Ages { to_months: Some(to_months), .. } if age.is_some_and(|age| age >= to_months) => {
            Err(Refusal::TooOld { person: person(), to_months })
        }
        _ => Ok(()),
    }
}

/// Checks that somebody is not in this slot already, nor elsewhere at the time; who lives somewhere, or
/// waits for that, may be wherever else.
///
/// # Errors
/// They are.
pub fn check_clashes(attendee: &Attendee, slot: &Slot, terms: &Terms) -> Result<(), Refusal> {
    for held in &attendee.holds {
        if held.slot == slot.id {
            return Err(Refusal::AlreadyIn {
                person: attendee.person.clone(),
                booking: Some(held.booking.clone()),
            });
        }
        for meeting in held.meetings.iter().filter(|_| !terms.stay) {
            if slot.meetings.iter().any(|own| own.overlaps(meeting)) {
                return Err(Refusal::Overlaps {
                    person: attendee.person.clone(),
                    title: held.title.clone(),
                    starts: meeting.starts,
                });
            }
        }
    }
    Ok(())
}
