//! What people do, and every reason against it.

use std::collections::HashMap;

use super::{Act, No, Party, Told, Twin, Verdict, refuse};
use crate::{
    booking::{
        BookingState::{
            self, Attended, Cancelled, Confirmed, Declined, Missed, Offered, Waitlisted, Withdrawn,
        },
        Mark,
    },
    id::{AccountId, BookingId, PersonId, SlotId},
    refusal::Refusal,
    time::{MINUTE, Moment},
};

/// Someone asking for places.
pub(super) struct Asking<'a> {
    pub(super) account: &'a AccountId,
    pub(super) people: &'a [PersonId],
    pub(super) share: bool,
    pub(super) counter: bool,
    pub(super) guests: u32,
    pub(super) ready: Option<bool>,
    pub(super) now: Moment,
}

impl Twin {
    pub(super) fn act(&mut self, account: &AccountId, desk: bool, act: &Act, now: Moment) -> Verdict {
        match act {
            Act::Book { slot, people, share, counter, ready, guests } => {
                let (share, counter, ready, guests) = (*share, *counter, *ready, *guests);
                self.book(slot, &Asking { account, people, share, counter, guests, ready, now }).map(Some)
            }
            Act::Resize(slot, capacity, kept) => self.resize(slot, *capacity, *kept, now),
            Act::Reschedule(slot, meeting, to) => self.reschedule(slot, *meeting, *to, now),
            Act::Settle(slot) => self.page_of(slot).map(|_| None).ok_or(vec![No::NotFound]),
            Act::Take(id)
            | Act::Decline(id)
            | Act::Stop(id, _)
            | Act::Cancel(id)
            | Act::Restore(id)
            | Act::Withdraw(id)
            | Act::CheckIn(id)
            | Act::Note(id, ..) => {
                let party = self.owned(account, desk, id)?;
                match act {
                    Act::Take(_) => self.take(party, now),
                    Act::Decline(_) => self.decline(party, now),
                    Act::Stop(_, after) => self.stop(party, *after, now),
                    Act::Cancel(_) => self.cancel(party, now),
                    Act::Restore(_) => self.restore(party, now),
                    Act::Withdraw(_) => self.withdraw(party, now),
                    Act::Note(_, meeting, person, mark) => self.note(party, *meeting, person, *mark, now),
                    _ => self.check_in(party, now),
                }
                .map(|()| Some(party))
            }
        }
    }

    fn owned(&self, account: &AccountId, desk: bool, id: &BookingId) -> Result<usize, Vec<No>> {
        let party = self.party_of(id).filter(|party| desk || self.parties[*party].account == *account);
        party.ok_or(vec![No::NotFound])
    }

    fn book(&mut self, slot: &SlotId, asking: &Asking<'_>) -> Result<usize, Vec<No>> {
        let page = self.page_of(slot).ok_or(vec![No::NotFound])?;
        let mut against = self.gate(page, asking.now);
        let ticket = (asking.account.clone(), slot.clone());
        if asking.ready.is_some() && self.tickets.get(&ticket) == Some(&true) {
            against.push(Refusal::TicketVoid);
        }
        against.extend(self.against_party(page, asking));
        against.extend(self.against_company(page, asking));
        against.extend(self.against_volunteer(page, asking.account, asking.people));
        for person in asking.people {
            against.extend(self.against_person(page, person, asking));
            against.extend(self.clashes(page, person));
        }
        against.extend(self.against_share(page, asking.account, asking.now));
        let heads = asking.people.len() + asking.guests as usize;
        let size = self.size(page, heads);
        let late = asking.now >= self.pages[page].slot.starts();
        let place = self.place(page, asking.share, asking.counter, size, heads, asking.now);
        if place == Seat::None && late {
            against.push(Refusal::NoneLeft);
        }
        if !against.is_empty() {
            return Err(against.into_iter().map(No::Refused).collect());
        }
        let seq = self.on(page).count() + 1;
        if place == Seat::None {
            self.pages[page].queued += 1;
        }
        self.parties.push(Party {
            id: None,
            account: asking.account.clone(),
            page,
            seq: u32::try_from(seq).unwrap_or(u32::MAX),
            people: asking.people.to_vec(),
            guests: asking.guests,
            size,
            state: if place == Seat::None { Waitlisted } else { Confirmed },
            until: None,
            stop: None,
            was: None,
            shared: asking.share && self.pages[page].rules.terms.table_seats.is_some(),
            host: place.table(),
            counter: asking.counter,
            changed: asking.now,
            made: asking.now,
            lapsed: None,
            marks: HashMap::new(),
        });
        Ok(self.parties.len() - 1)
    }

    /// Where a party would sit: at somebody's table, on places of its own, or nowhere.
    fn place(&self, page: usize, share: bool, counter: bool, size: u32, heads: usize, now: Moment) -> Seat {
        if let Some(seats) = self.pages[page].rules.terms.table_seats.filter(|_| share) {
            let table = self.on(page).find(|host| {
                let Party { state, shared, host: at, .. } = self.parties[*host];
                let sits = |party: &Party| party.host == Some(*host) && party.seated();
                let guests = self.on(page).map(|party| &self.parties[party]).filter(|party| sits(party));
                let there: usize = guests.map(Party::heads).sum();
                state == Confirmed
                    && shared
                    && at.is_none()
                    && there + self.parties[*host].heads() + heads <= seats as usize
            });
            if let Some(table) = table {
                return Seat::At(table);
            }
        }
        let free = if counter {
            self.pages[page].slot.capacity.saturating_sub(self.taken(page))
        } else {
            self.free(page, now)
        };
        if size <= free { Seat::Own } else { Seat::None }
    }

    /// Why nothing is held for a party.
    fn not_offered(&self, party: usize) -> Vec<No> {
        let lapsed = self.parties[party].lapsed.map(|until| No::Refused(Refusal::OfferLapsed { until }));
        lapsed.into_iter().chain([No::Refused(Refusal::NotOffered)]).collect()
    }

    fn take(&mut self, party: usize, now: Moment) -> Result<(), Vec<No>> {
        if self.parties[party].state != Offered {
            return Err(self.not_offered(party));
        }
        self.stand(party, Confirmed, now);
        Ok(())
    }

    fn decline(&mut self, party: usize, now: Moment) -> Result<(), Vec<No>> {
        if self.parties[party].state != Offered {
            return Err(self.not_offered(party));
        }
        self.leave(party, Declined, now);
        Ok(())
    }

    fn stop(&mut self, party: usize, after: Option<Moment>, now: Moment) -> Result<(), Vec<No>> {
        let mut against = Vec::new();
        if self.parties[party].state != Waitlisted {
            against.push(No::Refused(Refusal::NotWaiting));
        }
        if after.is_some_and(|after| after <= now) {
            against.push(No::Refused(Refusal::TimePast));
        }
        if against.is_empty() {
            // After the start nobody is asked anyway.
            let starts = self.pages[self.parties[party].page].slot.starts();
            self.parties[party].stop = after.filter(|after| *after < starts);
            return Ok(());
        }
        Err(against)
    }

    fn cancel(&mut self, party: usize, now: Moment) -> Result<(), Vec<No>> {
        let may = matches!(self.parties[party].state, Confirmed | Waitlisted | Offered);
        if !may || now >= self.pages[self.parties[party].page].slot.starts() {
            return refuse(Refusal::CannotCancel);
        }
        self.leave(party, Cancelled, now);
        Ok(())
    }

    fn withdraw(&mut self, party: usize, now: Moment) -> Result<(), Vec<No>> {
        let may = matches!(self.parties[party].state, Confirmed | Waitlisted | Offered);
        if !may || now >= self.pages[self.parties[party].page].slot.ends() {
            return refuse(Refusal::CannotCancel);
        }
        self.told.push((now, party, Told::Withdrawn));
        self.leave(party, Withdrawn, now);
        Ok(())
    }

    fn restore(&mut self, party: usize, now: Moment) -> Result<(), Vec<No>> {
        let Party { page, state, was, changed, shared, counter, size, .. } = self.parties[party];
        let in_time = now < changed.plus(10 * MINUTE) && now < self.pages[page].slot.starts();
        let people = self.parties[party].people.clone();
        let mut against: Vec<Refusal> = people.iter().flat_map(|person| self.clashes(page, person)).collect();
        let account = self.parties[party].account.clone();
        against.extend(people.iter().flat_map(|person| self.against_return(page, person, &account)));
        against.extend(self.against_volunteer(page, &account, &people));
        against.extend(self.against_share(page, &account, now));
        if !matches!(state, Cancelled | Declined) || !in_time {
            against.push(Refusal::UndoOver);
        }
        if !against.is_empty() {
            return Err(against.into_iter().map(No::Refused).collect());
        }
        let place = self.place(page, shared, counter, size, self.parties[party].heads(), now);
        if was == Some(Confirmed) && place != Seat::None {
            self.stand(party, Confirmed, now);
            self.parties[party].host = place.table();
        } else {
            // Who waited before takes up its old place; who had one joins the queue.
            if was == Some(Confirmed) {
                self.pages[page].queued += 1;
            }
            self.stand(party, Waitlisted, now);
        }
        self.walk(page, now);
        Ok(())
    }

    fn check_in(&mut self, party: usize, now: Moment) -> Result<(), Vec<No>> {
        let Party { page, state, size, .. } = self.parties[party];
        let slot = &self.pages[page].slot;
        // Who comes between two meetings comes to the second.
        let ahead =
            (0..slot.meetings.len()).filter(|at| !slot.meetings[*at].off && now < slot.meetings[*at].ends);
        let next = ahead.min_by_key(|at| slot.meetings[*at].starts);
        let from = next.map(|next| slot.meetings[next].starts.plus(-30 * MINUTE));
        if let (Attended, Some(next), Some(from)) = (state, next, from)
            && now >= from
        {
            // They are there already, or were at another meeting.
            self.come(party, next);
            return Ok(());
        }
        let mut against = Vec::new();
        let room = self.taken(page) + size <= slot.capacity;
        if !self.parties[party].live() {
            let people = self.parties[party].people.clone();
            against.extend(people.iter().flat_map(|person| self.clashes(page, person)).map(No::Refused));
        }
        if !matches!(state, Confirmed | Missed | Attended) || next.is_none() {
            against.push(No::Refused(Refusal::CannotArrive));
        }
        if let Some(from) = from.filter(|from| now < *from) {
            against.push(No::Refused(Refusal::TooEarlyToArrive { from }));
        }
        if state == Missed && !room {
            against.extend([No::Refused(Refusal::CannotArrive), No::Refused(Refusal::NoneLeft)]);
        }
        if !against.is_empty() {
            return Err(against);
        }
        self.stand(party, Attended, now);
        if let Some(next) = next {
            self.come(party, next);
        }
        Ok(())
    }

    /// Everybody of a party comes to a meeting, but for whom somebody has excused; unless that is all.
    fn come(&mut self, party: usize, meeting: usize) {
        let meeting = u32::try_from(meeting + 1).unwrap_or_default();
        let Party { people, marks, .. } = &mut self.parties[party];
        let excused = |person: &PersonId, marks: &HashMap<(u32, PersonId), Mark>| {
            marks.get(&(meeting, person.clone())) == Some(&Mark::Excused)
        };
        let all = people.iter().all(|person| excused(person, marks));
        for person in people.iter() {
            if all || !excused(person, marks) {
                marks.insert((meeting, person.clone()), Mark::Attended);
            }
        }
    }

    /// The desk writes something beside a name, or rubs it out.
    fn note(
        &mut self,
        party: usize,
        meeting: u32,
        person: &PersonId,
        mark: Option<Mark>,
        now: Moment,
    ) -> Result<(), Vec<No>> {
        let Party { page, state, made, .. } = self.parties[party];
        let mut against = Vec::new();
        if !self.parties[party].people.contains(person) {
            against.push(No::NotFound);
        }
        if !matches!(state, Confirmed | Attended) {
            against.push(No::Refused(Refusal::CannotArrive));
        }
        let meetings = &self.pages[page].slot.meetings;
        match meetings.get(meeting.wrapping_sub(1) as usize).filter(|meeting| !meeting.off) {
            None => against.push(No::Refused(Refusal::CannotArrive)),
            Some(span) => {
                let (from, closed) = (span.starts.plus(-30 * MINUTE), span.ends.plus(7 * 24 * 60 * MINUTE));
                if now < from && matches!(mark, Some(Mark::Attended | Mark::Absent)) {
                    against.push(No::Refused(Refusal::TooEarlyToArrive { from }));
                }
                if now >= closed {
                    against.push(No::Refused(Refusal::ListClosed { closed }));
                }
            }
        }
        if !against.is_empty() {
            return Err(against);
        }
        let marks = &mut self.parties[party].marks;
        marks.remove(&(meeting, person.clone()));
        if let Some(mark) = mark {
            marks.insert((meeting, person.clone()), mark);
        }
        let somebody_came = marks.values().any(|mark| *mark == Mark::Attended);
        if somebody_came && state == Confirmed {
            self.stand(party, Attended, now);
        }
        if !somebody_came && state == Attended {
            // It was an error. Had nobody come in time, the place would have gone on.
            if self.released(page).is_some_and(|released| made < released && released <= now) {
                self.told.push((now, party, Told::Missed));
                self.leave(party, Missed, now);
            } else {
                self.stand(party, Confirmed, now);
            }
        }
        Ok(())
    }

    fn resize(&mut self, slot: &SlotId, capacity: u32, kept: u32, now: Moment) -> Verdict {
        let page = self.page_of(slot).ok_or(vec![No::NotFound])?;
        let taken = self.taken(page);
        if capacity < taken {
            return refuse(Refusal::CapacityTaken { taken });
        }
        self.pages[page].slot.capacity = capacity;
        self.pages[page].slot.kept = kept;
        self.walk(page, now);
        Ok(None)
    }

    fn stand(&mut self, party: usize, state: BookingState, now: Moment) {
        let one = &mut self.parties[party];
        (one.state, one.until, one.changed) = (state, None, now);
    }

    /// Leaves: the table goes to its guests, free places to the queue.
    fn leave(&mut self, party: usize, state: BookingState, now: Moment) {
        self.parties[party].was = Some(self.parties[party].state);
        self.stand(party, state, now);
        self.parties[party].stop = None;
        self.leave_table(party);
        self.walk(self.parties[party].page, now);
    }
}

/// Where a party would sit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seat {
    /// At the table of that party.
    At(usize),
    /// On places of its own.
    Own,
    /// Nowhere.
    None,
}

impl Seat {
    fn table(self) -> Option<usize> {
        if let Self::At(host) = self { Some(host) } else { None }
    }
}
