//! What is known and picked, and what the rules say to it: the same rules that the server asks again.

use domain::{
    booking::{
        Attendee, Booking, Facts, Held, Placement, Standing, check_volunteer, decide,
        fair::{self, Use},
    },
    centre::api::OfferingPage,
    consent,
    household::{Person, Relation},
    id::{BookingId, PersonId, SlotId},
    offering::{Group, SlotSeats, Unit},
    refusal::Refusal,
    session::Me,
    task::Task,
    ticket::{self, Candidate, Readiness, Ticket},
    time::{Day, Moment},
    volunteer::Volunteering,
};

use super::is_course;
use crate::clock;

/// What is known and picked.
#[derive(Default)]
pub struct Picked {
    pub page: Option<OfferingPage>,
    pub me: Option<Me>,
    pub bookings: Vec<Booking>,
    pub day: Option<Day>,
    pub slot: Option<SlotId>,
    pub people: Vec<PersonId>,
    /// The resident said who; before, the app proposes.
    pub by_hand: bool,
    /// All days are shown.
    pub more: bool,
    /// The household's ready ticket for the slot, where it has one.
    pub ticket: Option<Ticket>,
    /// For which slot that is known.
    pub asked: Option<SlotId>,
    /// Whether the party would share a table.
    pub share: bool,
    /// How many come in all, where that is more than are named.
    pub heads: u32,
    /// What the resident is as a volunteer, once that is known; asked where the page is a shift's.
    pub volunteering: Option<Volunteering>,
    /// What they lend a hand with; asked there, too.
    pub tasks: Vec<Task>,
}

/// The term that can be booked or waited for, where there is only one to pick.
pub fn only_term(page: &OfferingPage) -> Option<SlotId> {
    match page.slots.as_slice() {
        [only] if is_course(page) && can_pick(page, only, clock::now()) => Some(only.slot.id.clone()),
        _ => None,
    }
}

/// Whether a slot can be picked: it can be booked, or one can get ready for it.
pub fn can_pick(page: &OfferingPage, seats: &SlotSeats, now: Moment) -> bool {
    matches!(
        page.offering.rules().gate(&seats.slot, now),
        Ok(()) | Err(Refusal::NotYetOpen { .. } | Refusal::DrawPending)
    )
}

/// The day to begin with: the first with room, else the first that can be booked, else the first.
pub fn first_day(page: &OfferingPage) -> Option<Day> {
    let now = clock::now();
    let rules = page.offering.rules();
    let can = |seats: &&SlotSeats| rules.gate(&seats.slot, now).is_ok();
    let slots = || page.slots.iter();
    slots()
        .filter(can)
        .find(|seats| seats.free(now) > 0)
        .or_else(|| slots().find(can))
        .or_else(|| page.slots.first())
        .map(|seats| seats.slot.starts().day(page.centre.zone))
}

impl Picked {
    /// The slot that is picked.
    pub fn seats(&self) -> Option<&SlotSeats> {
        let slot = self.slot.as_ref()?;
        self.page.as_ref()?.slots.iter().find(|seats| seats.slot.id == *slot)
    }

    /// What the rules say to a party now.
    pub fn verdict(&self, people: &[PersonId]) -> Option<Result<Placement, Refusal>> {
        self.verdict_at(people, clock::now())
    }

    /// What they would say to it then.
    fn verdict_at(&self, people: &[PersonId], at: Moment) -> Option<Result<Placement, Refusal>> {
        let (page, seats) = (self.page.as_ref()?, self.seats()?);
        let party: Vec<Attendee> = people.iter().map(|person| self.attendee(person)).collect();
        let people_count = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let standing = Standing {
            taken: seats.taken,
            given: seats.counter,
            seats: self.share && seats.tables.iter().any(|free| *free >= people_count),
            // Guests come with the party, not with one of them who is looked at alone.
            guests: if people == self.people && !people.is_empty() { self.guests() } else { 0 },
            // It opens earlier for who lives near by: what the ticket says is what was found then.
            ticket: self.ticket_for(people).map(|ticket| ticket.opens <= seats.slot.opens),
            ..Standing::default()
        };
        Some(decide(&seats.slot, &page.offering.rules(), standing, &party, at, page.centre.zone))
    }

    /// What they will say to it once everybody may book: why somebody cannot come, but not the time.
    pub fn verdict_then(&self, people: &[PersonId]) -> Option<Result<Placement, Refusal>> {
        let (page, seats) = (self.page.as_ref()?, self.seats()?);
        let open = ticket::opens(&seats.slot, &page.offering.rules(), false);
        self.verdict_at(people, open.max(clock::now()))
    }

    /// How many come in all: who is named, and where guests are taken perhaps more.
    pub fn heads(&self) -> u32 {
        let named = u32::try_from(self.people.len()).unwrap_or(u32::MAX).max(1);
        self.most_heads().map_or(named, |_| self.heads.max(named))
    }

    /// How many of them have no name.
    pub fn guests(&self) -> u32 {
        self.heads().saturating_sub(u32::try_from(self.people.len()).unwrap_or(u32::MAX))
    }

    /// How many may come together, where guests are taken and a slot is picked.
    pub fn most_heads(&self) -> Option<u32> {
        let (page, seats) = (self.page.as_ref()?, self.seats()?);
        page.offering.terms.guests_max?;
        let rules = page.offering.rules();
        Some(match rules.unit {
            Unit::Person => rules.most().min(seats.slot.capacity),
            Unit::Party => rules.most(),
        })
    }

    /// Why the resident may not take shifts, as far as is known.
    pub fn not_for_shifts(&self) -> Option<Refusal> {
        let rules = self.page.as_ref()?.offering.rules();
        let comes = self.people.is_empty() || self.people.iter().any(|person| self.is_holder(person));
        let stand = self.volunteering.as_ref()?.volunteer.as_ref().map(|volunteer| &volunteer.stand);
        check_volunteer(&rules, stand, comes).err()
    }

    fn is_holder(&self, person: &PersonId) -> bool {
        let people = self.me.iter().flat_map(|me| &me.people);
        people.into_iter().any(|one| one.id == *person && one.relation == Relation::Myself)
    }

    /// When booking opens for the party, where that lies ahead.
    pub fn opening(&self) -> Option<Moment> {
        let (page, seats) = (self.page.as_ref()?, self.seats()?);
        let now = clock::now();
        if !can_pick(page, seats, now) || seats.slot.is_to_be_drawn() {
            return None;
        }
        let opens = match self.good_ticket() {
            Some(ticket) => ticket.opens,
            None => ticket::opens(&seats.slot, &page.offering.rules(), self.all_live_near()),
        };
        (opens > now).then_some(opens)
    }

    /// Whether all who come live near by; as long as that is not known, they may.
    fn all_live_near(&self) -> bool {
        let (Some(page), Some(me)) = (&self.page, &self.me) else { return true };
        let near = |id: &PersonId| {
            me.people.iter().any(|one| one.id == *id && one.resident_of.as_ref() == Some(&page.centre.id))
        };
        self.people.iter().all(near)
    }

    /// How ready the party is, for the list of what was looked at.
    pub fn readiness(&self) -> Option<Readiness> {
        let (page, seats, me) = (self.page.as_ref()?, self.seats()?, self.me.as_ref()?);
        let people = me.people.iter().filter(|person| self.people.contains(&person.id));
        let party: Vec<Candidate> = people.map(|person| Candidate::of(person, &page.centre.id)).collect();
        Some(ticket::check(&seats.slot, &page.offering.rules(), &party, clock::now(), page.centre.zone))
    }

    /// The ticket, where it is for this slot and this party.
    pub fn good_ticket(&self) -> Option<&Ticket> {
        self.ticket_for(&self.people)
    }

    /// The ticket, where it is for this slot and those people.
    fn ticket_for(&self, people: &[PersonId]) -> Option<&Ticket> {
        let ticket = self.ticket.as_ref()?;
        let same =
            ticket.people.len() == people.len() && ticket.people.iter().all(|person| people.contains(person));
        (same && Some(&ticket.slot) == self.slot.as_ref()).then_some(ticket)
    }

    /// Takes what is known of a ticket for the slot. Whom one that is lost named stay: it was the
    /// resident who said that they come.
    pub fn take_ticket(&mut self, ticket: Option<Ticket>) {
        self.by_hand |= ticket.is_none() && self.good_ticket().is_some();
        (self.ticket, self.asked) = (ticket, self.slot.clone());
    }

    /// How often the household may still come in the week of the slot, or of today where none is picked,
    /// and how often it may in all; `None` where nothing is said about that.
    pub fn share_left(&self) -> Option<(u32, u32)> {
        let page = self.page.as_ref()?;
        let fair = page.offering.terms.fair?;
        self.me.as_ref()?;
        let now = clock::now();
        let at = self.seats().map_or(now, |seats| seats.slot.starts());
        let stands = fair::stands(fair, &self.uses(), &page.offering.card.id, at, now, page.centre.zone);
        Some((stands.allowed.saturating_sub(stands.used), stands.allowed))
    }

    /// Whether the household has had its share of the week of the slot.
    pub fn week_is_full(&self) -> Option<Refusal> {
        let (page, seats) = (self.page.as_ref()?, self.seats()?);
        let fair = page.offering.terms.fair?;
        let (card, starts) = (&page.offering.card, seats.slot.starts());
        fair::share(fair, &self.uses(), &card.id, starts, clock::now(), page.centre.zone).err()
    }

    fn uses(&self) -> Vec<Use> {
        let one = |booking: &Booking| Use {
            booking: booking.id.clone(),
            offering: booking.offering.clone(),
            starts: booking.starts(),
            state: booking.state,
        };
        self.bookings.iter().map(one).collect()
    }

    fn attendee(&self, person: &PersonId) -> Attendee {
        let known = self.me.iter().flat_map(|me| &me.people).find(|one| one.id == *person);
        let now = clock::now();
        let holds = self
            .bookings
            .iter()
            .filter(|booking| {
                booking.state.is_live() && booking.ends() > now && booking.people.contains(person)
            })
            .map(|booking| Held {
                booking: booking.id.clone(),
                slot: booking.slot.clone(),
                title: booking.title.clone(),
                meetings: booking.meetings.clone(),
            })
            .collect::<Vec<_>>();
        let tasks = self.tasks.iter().filter(|_| self.is_holder(person)).map(|task| Held {
            booking: BookingId(task.id.0.clone()),
            slot: SlotId(task.id.0.clone()),
            title: task.title.clone(),
            meetings: vec![task.span.into()],
        });
        let holds = holds.into_iter().chain(tasks).collect();
        let centre = self.page.as_ref().map(|page| &page.centre.id);
        let facts = known.map(|one| Facts {
            consent: one.consent.is_some_and(consent::Given::is_current),
            verified: one.verified.is_some(),
            resident: one.resident_of.is_some() && one.resident_of.as_ref() == centre,
        });
        Attendee { person: person.clone(), born: known.and_then(|one| one.born), facts, holds }
    }

    /// Proposes who comes, until the resident says so: whom the ticket names, for what is for children a
    /// child, else oneself, and otherwise the first who may.
    pub fn propose(&mut self) {
        let (Some(page), Some(me)) = (&self.page, &self.me) else { return };
        let known = |id: &PersonId| me.people.iter().any(|person| person.id == *id);
        if self.by_hand && self.people.iter().all(known) {
            return;
        }
        if let Some(ticket) = &self.ticket
            && Some(&ticket.slot) == self.slot.as_ref()
            && ticket.people.iter().all(known)
        {
            self.people = ticket.people.clone();
            return;
        }
        let child_first = matches!(page.offering.card.group, Group::Child);
        let mut people: Vec<&Person> = me.people.iter().collect();
        if page.offering.terms.volunteers {
            people.retain(|person| person.relation == Relation::Myself);
        }
        people.sort_by_key(|person| (person.relation == Relation::Child) != child_first);
        // Without a slot nobody can be checked.
        let verdict = |person: &&Person| self.verdict_then(std::slice::from_ref(&person.id));
        let first = if self.slot.is_none() {
            people.first()
        } else {
            let can = |person: &&&Person| matches!(verdict(person), Some(Ok(_)));
            // Whoever is booked already is told so, with the way to that booking.
            let booked = |person: &&&Person| {
                matches!(verdict(person), Some(Err(Refusal::AlreadyIn { .. } | Refusal::Overlaps { .. })))
            };
            // Whom only papers or consent are missing can get ready.
            let almost = |person: &&&Person| {
                let missing = verdict(person).and_then(Result::err);
                matches!(missing, Some(Refusal::NoConsent { .. } | Refusal::NotVerified { .. }))
            };
            let mut all = people.iter();
            all.clone().find(can).or_else(|| all.clone().find(booked)).or_else(|| all.find(almost))
        };
        self.people = first.map(|person| person.id.clone()).into_iter().collect();
        if self.people.is_empty() && self.slot.is_some() && page.offering.terms.with_adult {
            self.people = self.two_together(&me.people).unwrap_or_default();
        }
    }

    /// The first two of a household who may come together.
    fn two_together(&self, people: &[Person]) -> Option<Vec<PersonId>> {
        let pairs = people.iter().flat_map(|child| people.iter().map(move |adult| (child, adult)));
        let mut pairs = pairs.map(|(child, adult)| vec![child.id.clone(), adult.id.clone()]);
        pairs.find(|pair| matches!(self.verdict_then(pair), Some(Ok(_))))
    }
}
