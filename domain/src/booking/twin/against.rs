//! Every reason against a party.

use super::{Twin, deeds::Asking};
use crate::{
    booking::{BookingState::Missed, Rules},
    id::{AccountId, PersonId},
    offering::Unit,
    refusal::Refusal,
    time::{DAY, HOUR, MINUTE, Moment, age_in_months, weekday},
};

impl Twin {
    pub(super) fn size(&self, page: usize, heads: usize) -> u32 {
        match self.pages[page].rules.unit {
            Unit::Person => u32::try_from(heads).unwrap_or(u32::MAX),
            Unit::Party => 1,
        }
    }

    pub(super) fn gate(&self, page: usize, now: Moment) -> Vec<Refusal> {
        let slot = &self.pages[page].slot;
        let mut against = Vec::new();
        if self.pages[page].rules.drop_in {
            against.push(Refusal::DropIn);
        }
        if slot.draw.is_some() && !slot.drawn {
            against.push(Refusal::DrawPending);
        }
        if self.released(page).is_some_and(|released| released <= now && now < slot.ends()) {
            return against;
        }
        if now >= slot.starts() {
            against.push(Refusal::SlotPast);
        }
        if now >= slot.closes {
            against.push(Refusal::SlotClosed { closed: slot.closes });
        }
        if now < slot.opens {
            against.push(Refusal::NotYetOpen { opens: slot.opens });
        }
        against
    }

    pub(super) fn against_party(&self, page: usize, asking: &Asking<'_>) -> Vec<Refusal> {
        let people = asking.people;
        let Rules { party_max, unit, terms, .. } = self.pages[page].rules;
        let mut against = Vec::new();
        if people.is_empty() {
            against.push(Refusal::NobodyNamed);
        }
        for (n, person) in people.iter().enumerate() {
            if people[..n].contains(person) {
                against.push(Refusal::NamedTwice { person: person.clone() });
            }
            if self.people.get(person).is_none_or(|facts| facts.account != *asking.account) {
                against.push(Refusal::PersonUnknown);
            }
        }
        let capacity = self.pages[page].slot.capacity;
        // Of a group one has a name, and the others may have none.
        let together = terms.guests_max.map_or(party_max, |guests| party_max.max(1 + guests));
        let most = if unit == Unit::Person { together.min(capacity) } else { together };
        let heads = people.len() + asking.guests as usize;
        let nameless = asking.guests > terms.guests_max.unwrap_or(0);
        let many = people.len() > party_max as usize || heads > together as usize;
        if nameless || many || self.size(page, heads) > capacity {
            against.push(Refusal::PartyTooLarge { most });
        }
        let first = self.pages[page].rules.terms.residents_first_minutes.unwrap_or(0);
        let from = self.pages[page].slot.opens.plus(i64::from(first) * MINUTE);
        let centre = Some(&self.pages[page].centre);
        let lives_here =
            |person| self.people.get(person).is_some_and(|facts| facts.resident_of.as_ref() == centre);
        let all = asking.ready.unwrap_or_else(|| people.iter().all(lives_here));
        if asking.now < from && !all {
            against.push(Refusal::ResidentsFirst { from });
        }
        against
    }

    pub(super) fn against_person(&self, page: usize, person: &PersonId, asking: &Asking<'_>) -> Vec<Refusal> {
        let (rules, slot) = (&self.pages[page].rules, &self.pages[page].slot);
        let Some(facts) = self.people.get(person).filter(|_| asking.ready.is_none()) else {
            return Vec::new();
        };
        let mut against = Vec::new();
        // Who would live there must be old enough today.
        let day = if rules.terms.stay { asking.now } else { slot.starts() }.day(self.pages[page].zone);
        let age = |born| age_in_months(born, day).unwrap_or(0);
        let who = || person.clone();
        match (rules.ages, facts.born) {
            (None, _) => {}
            // The band is the children's.
            _ if rules.terms.with_adult && !self.is_child(page, person) => {}
            (Some(_), None) => against.push(Refusal::BirthdayMissing { person: who() }),
            (Some(ages), Some(born)) => {
                if let Some(from_months) = ages.from_months.filter(|from| age(born) < *from) {
                    against.push(Refusal::TooYoung { person: who(), from_months });
                }
                if let Some(to_months) = ages.to_months.filter(|to| age(born) >= *to) {
                    against.push(Refusal::TooOld { person: who(), to_months });
                }
            }
        }
        against.extend(self.against_facts(page, person));
        against
    }

    /// Whether somebody is under eighteen at the first meeting.
    fn is_child(&self, page: usize, person: &PersonId) -> bool {
        let first = self.pages[page].slot.starts().day(self.pages[page].zone);
        let born = self.people.get(person).and_then(|facts| facts.born);
        born.is_some_and(|born| age_in_months(born, first).unwrap_or(0) < 18 * 12)
    }

    /// Who is missing where children and adults come together.
    pub(super) fn against_company(&self, page: usize, asking: &Asking<'_>) -> Vec<Refusal> {
        if !self.pages[page].rules.terms.with_adult || asking.ready.is_some() {
            return Vec::new();
        }
        let children = asking.people.iter().filter(|person| self.is_child(page, person)).count();
        let mut against = Vec::new();
        if children == 0 {
            against.push(Refusal::ChildMissing);
        }
        if children == asking.people.len() {
            against.push(Refusal::AdultMissing);
        }
        against
    }

    /// Why somebody may not have a shift: it is a volunteer's, who comes and is not elsewhere with a task.
    pub(super) fn against_volunteer(
        &self,
        page: usize,
        account: &AccountId,
        party: &[PersonId],
    ) -> Vec<Refusal> {
        let (rules, slot) = (&self.pages[page].rules, &self.pages[page].slot);
        if !rules.terms.volunteers {
            return Vec::new();
        }
        let mut against = match self.volunteers.get(account) {
            None => vec![Refusal::VolunteersOnly],
            Some(Some(reason)) => vec![Refusal::VolunteerSuspended { reason: reason.clone() }],
            Some(None) => Vec::new(),
        };
        if !party.iter().any(|person| self.people.get(person).is_some_and(|facts| facts.holder)) {
            against.push(Refusal::VolunteerMissing);
        }
        for (person, task) in self.tasks.iter().filter(|(person, _)| party.contains(person)) {
            if slot.meetings.iter().any(|own| !own.off && own.span().overlaps(task)) {
                let (title, starts) = (crate::text::Text::default(), task.starts);
                against.push(Refusal::Overlaps { person: person.clone(), title, starts });
            }
        }
        against
    }

    /// What is missing of consent and papers.
    fn against_facts(&self, page: usize, person: &PersonId) -> Vec<Refusal> {
        let (terms, slot) = (&self.pages[page].rules.terms, &self.pages[page].slot);
        let Some(facts) = self.people.get(person) else { return Vec::new() };
        let mut against = Vec::new();
        let age = |born| age_in_months(born, slot.starts().day(self.pages[page].zone)).unwrap_or(0);
        if terms.needs_verified && !facts.verified {
            against.push(Refusal::NotVerified { person: person.clone() });
        }
        if terms.needs_consent && !facts.consent && facts.born.is_some_and(|born| age(born) < 14 * 12) {
            against.push(Refusal::NoConsent { person: person.clone() });
        }
        against
    }

    /// Why somebody of a booking that was given back may not come again.
    pub(super) fn against_return(&self, page: usize, person: &PersonId, account: &AccountId) -> Vec<Refusal> {
        if self.people.get(person).is_none_or(|facts| facts.account != *account) {
            return vec![Refusal::PersonUnknown];
        }
        self.against_facts(page, person)
    }

    /// Where the person is already.
    pub(super) fn clashes(&self, page: usize, person: &PersonId) -> Vec<Refusal> {
        let slot = &self.pages[page].slot;
        let mut against = Vec::new();
        for party in self.parties.iter().filter(|party| party.live() && party.people.contains(person)) {
            let other = &self.pages[party.page];
            if party.page == page {
                against.push(Refusal::AlreadyIn { person: person.clone(), booking: party.id.clone() });
                continue;
            }
            // Wherever one lives, one goes out.
            if self.pages[page].rules.terms.stay || other.rules.terms.stay {
                continue;
            }
            for held in &other.slot.meetings {
                if slot.meetings.iter().any(|own| own.overlaps(held)) {
                    let (title, starts) = (crate::text::Text::default(), held.starts);
                    against.push(Refusal::Overlaps { person: person.clone(), title, starts });
                }
            }
        }
        against
    }

    /// The household's share of the week.
    pub(super) fn against_share(&self, page: usize, account: &AccountId, now: Moment) -> Option<Refusal> {
        let (starts, zone) = (self.pages[page].slot.starts(), self.pages[page].zone);
        let fair = self.pages[page].rules.terms.fair?;
        let spare_from = starts.plus(-i64::from(fair.spare_hours) * HOUR);
        if now >= spare_from {
            return None;
        }
        let monday = |at: Moment| {
            let day = at.day(zone);
            zone.moment(day, 0).plus(-DAY * i64::from(weekday(day) - 1))
        };
        let mine = || self.parties.iter().filter(|party| party.account == *account);
        let used = mine().filter(|party| {
            self.pages[party.page].offering == self.pages[page].offering
                && monday(self.pages[party.page].slot.starts()) == monday(starts)
                && (party.live() || party.state == Missed)
        });
        let marks = mine().filter(|party| {
            let began = self.pages[party.page].slot.starts();
            party.state == Missed && began > now.plus(-30 * DAY)
        });
        let marks = u32::try_from(marks.count()).unwrap_or(u32::MAX);
        let allowed = fair.per_week.saturating_sub(marks).max(1);
        (used.count() >= allowed as usize).then_some(Refusal::WeekFull { allowed, marks, spare_from })
    }
}
