//! What the resident has picked so far, as the page follows it, and what is written from it.

use domain::{
    booking::{
        Placement,
        api::{Book, BookRequest, ListBookings},
    },
    centre::api::{ListCounts, OfferingPage},
    endpoint::Endpoint,
    household::Person,
    id::{PersonId, SlotId},
    offering::Count,
    refusal::Refusal,
    screen::Screen,
    session::api::GetMe,
    task::api::MyTasks,
    ticket::Readiness,
    time::{CHINA, Day, Moment},
    volunteer::api::GetVolunteering,
};
use leptos::{prelude::*, task::spawn_local};

mod picked;
mod ready;

pub use picked::can_pick;
use picked::{Picked, first_day, only_term};

use crate::{
    acting,
    call::{self, Trouble},
    clock, host, session,
    ui::{self, Act, View, nothing},
};

/// The page's memory. A copy is as good as the original.
#[derive(Clone, Copy)]
pub struct Desk {
    picked: StoredValue<Picked, LocalStorage>,
    changed: RwSignal<u32>,
    /// Booking.
    pub act: Act,
    /// Getting ready.
    pub ready: Act,
    /// Whether the sheet with the people is open.
    pub sheet: RwSignal<bool>,
}

/// Whether there are terms to pick from rather than days.
pub fn is_course(page: &OfferingPage) -> bool {
    page.slots.iter().any(|seats| seats.slot.meetings.len() > 1 || seats.name.is_some())
}

/// Whether it is a volunteers' post with its shifts.
pub fn is_shift(page: &OfferingPage) -> bool {
    page.offering.terms.volunteers
}

/// Whether it is what somebody lives in.
pub fn is_stay(page: &OfferingPage) -> bool {
    page.offering.terms.stay
}

impl Desk {
    /// Nothing picked but what the address says.
    pub fn new() -> Self {
        let picked = Picked { slot: host::query("slot").map(SlotId), ..Picked::default() };
        let desk = Self {
            picked: StoredValue::new_local(picked),
            changed: RwSignal::new(0),
            act: Act::new(CHINA),
            ready: Act::new(CHINA),
            sheet: RwSignal::new(false),
        };
        desk.ask_who();
        desk.follow_ticket();
        desk
    }

    /// Draws anew: time has gone by.
    pub fn redraw(self) {
        self.changed.update(|count| *count = count.wrapping_add(1));
    }

    fn change(self, change: impl FnOnce(&mut Picked)) {
        if self.picked.try_update_value(change).is_some() {
            self.redraw();
        }
    }

    /// Takes a page that was loaded.
    pub fn show(self, page: OfferingPage) {
        self.change(|picked| {
            let zone = page.centre.zone;
            if picked.slot.is_none() {
                picked.slot = only_term(&page);
            }
            let chosen =
                picked.slot.as_ref().and_then(|id| page.slots.iter().find(|seats| seats.slot.id == *id));
            match chosen {
                Some(seats) => picked.day = Some(seats.slot.starts().day(zone)),
                None => picked.slot = None,
            }
            if picked.day.is_none() {
                picked.day = first_day(&page);
            }
            if picked.page.is_none() {
                ui::choice::reveal(".dates");
            }
            picked.page = Some(page);
            picked.propose();
        });
        self.ask_for_ticket();
        self.ask_whether_volunteer();
    }

    /// Asks, where the page is that of a shift, whether the resident is a volunteer and what they help
    /// with already. Of an elder for whom one acts the server alone knows.
    fn ask_whether_volunteer(self) {
        let shift = self.picked.with_value(|picked| picked.page.as_ref().is_some_and(is_shift));
        if !shift || !session::signed_in() || acting::is_on() {
            return;
        }
        quietly::<GetVolunteering>((), move |mine| self.change(|picked| picked.volunteering = Some(mine)));
        quietly::<MyTasks>((), move |tasks| self.change(|picked| picked.tasks = tasks));
    }

    /// Counts the places again, without anything else of the page.
    pub fn recount(self) {
        let id =
            self.picked.with_value(|picked| picked.page.as_ref().map(|page| page.offering.card.id.clone()));
        let Some(id) = id else { return };
        spawn_local(async move {
            if let Ok(counts) = call::read::<ListCounts>(id).await {
                self.take_counts(counts);
            }
        });
    }

    fn take_counts(self, counts: Vec<Count>) {
        let changed = self.picked.try_update_value(|picked| {
            let Some(page) = &mut picked.page else { return false };
            let mut changed = false;
            for count in counts {
                if let Some(seats) = page.slots.iter_mut().find(|seats| seats.slot.id == count.slot) {
                    changed |= seats.recount(count);
                }
            }
            changed
        });
        if changed == Some(true) {
            self.redraw();
        }
    }

    /// Whether the page has come; follows changes.
    pub fn is_here(self) -> bool {
        self.changed.track();
        self.picked.with_value(|picked| picked.page.is_some())
    }

    /// Draws from the page, once it is there; follows changes.
    pub fn page(self, draw: impl FnOnce(&OfferingPage) -> View) -> View {
        self.changed.track();
        self.picked.with_value(|picked| picked.page.as_ref().map_or_else(nothing, draw))
    }

    /// Whether there is one term and nothing else to pick; follows changes.
    pub fn is_one_term(self) -> bool {
        self.changed.track();
        self.picked.with_value(|picked| {
            picked.page.as_ref().is_some_and(|page| page.slots.len() == 1 && is_course(page))
        })
    }

    /// Whether booking of what is picked opens or opened within so many milliseconds.
    pub fn is_around_the_opening(self, within: i64) -> bool {
        let opens = self.picked.try_with_value(|picked| picked.seats().map(|seats| seats.slot.opens));
        opens.flatten().is_some_and(|opens| (opens.0 - clock::now().0).abs() < within)
    }

    /// The day that is shown.
    pub fn day(self) -> Option<Day> {
        self.changed.track();
        self.picked.with_value(|picked| picked.day)
    }

    /// The slot that is picked.
    pub fn slot(self) -> Option<SlotId> {
        self.changed.track();
        self.picked.with_value(|picked| picked.slot.clone())
    }

    /// Who comes.
    pub fn people(self) -> Vec<PersonId> {
        self.changed.track();
        self.picked.with_value(|picked| picked.people.clone())
    }

    /// The household, once it is known.
    pub fn household(self) -> Option<Vec<Person>> {
        self.changed.track();
        self.picked.with_value(|picked| picked.me.as_ref().map(|me| me.people.clone()))
    }

    /// Whether all days are shown where room is scarce.
    pub fn more(self) -> bool {
        self.changed.track();
        self.picked.with_value(|picked| picked.more)
    }

    /// Shows all days.
    pub fn show_more(self) {
        self.change(|picked| picked.more = true);
    }

    /// Shows another day.
    pub fn pick_day(self, day: Option<Day>) {
        self.change(|picked| picked.day = day);
    }

    /// Picks a slot; the address remembers it.
    pub fn pick_slot(self, id: SlotId) {
        let address =
            self.picked.with_value(|picked| picked.page.as_ref().map(|page| address(page, Some(&id))));
        self.act.renew();
        self.change(|picked| {
            picked.slot = Some(id);
            (picked.ticket, picked.asked) = (None, None);
            picked.propose();
        });
        self.ask_for_ticket();
        if let Some(address) = address {
            host::refine(&address);
        }
    }

    /// Adds somebody to the party or takes them out; where only one may come, they take the place.
    pub fn toggle(self, person: &PersonId) {
        self.act.renew();
        self.ready.renew();
        self.change(|picked| {
            picked.by_hand = true;
            let one = picked.page.as_ref().is_some_and(|page| page.offering.party_max == 1);
            if let Some(index) = picked.people.iter().position(|one| one == person) {
                picked.people.remove(index);
            } else {
                if one {
                    picked.people.clear();
                }
                picked.people.push(person.clone());
            }
        });
    }

    /// What the rules say to the slot and the party as they are; `None` while no slot is picked.
    pub fn verdict(self) -> Option<Result<Placement, Refusal>> {
        self.changed.track();
        self.picked.with_value(|picked| picked.verdict(&picked.people))
    }

    /// What they will say once booking is open for everybody.
    pub fn verdict_then(self) -> Option<Result<Placement, Refusal>> {
        self.changed.track();
        self.picked.with_value(|picked| picked.verdict_then(&picked.people))
    }

    /// When booking opens for the party, where that lies ahead.
    pub fn opening(self) -> Option<Moment> {
        self.changed.track();
        self.picked.with_value(Picked::opening)
    }

    /// How ready the party is.
    pub fn readiness(self) -> Option<Readiness> {
        self.changed.track();
        self.picked.with_value(Picked::readiness)
    }

    /// Whether the party has a ticket; `None` while that is not known.
    pub fn is_ready(self) -> Option<bool> {
        self.changed.track();
        self.picked.with_value(|picked| (picked.asked == picked.slot).then(|| picked.good_ticket().is_some()))
    }

    /// How often the household may still come in that week, and how often in all.
    pub fn share_left(self) -> Option<(u32, u32)> {
        self.changed.track();
        self.picked.with_value(Picked::share_left)
    }

    /// Whether the household has had its share of that week; why, if it has.
    pub fn week_is_full(self) -> Option<Refusal> {
        self.changed.track();
        self.picked.with_value(Picked::week_is_full)
    }

    /// How many seats a table has that could be shared, once a slot is picked.
    pub fn table_seats(self) -> Option<u32> {
        self.changed.track();
        self.picked.with_value(|picked| {
            picked.seats()?;
            picked.page.as_ref()?.offering.terms.table_seats
        })
    }

    /// How many come in all.
    pub fn heads(self) -> u32 {
        self.changed.track();
        self.picked.with_value(Picked::heads)
    }

    /// How many may come together, once a slot is picked that takes guests without names.
    pub fn most_heads(self) -> Option<u32> {
        self.changed.track();
        self.picked.with_value(Picked::most_heads)
    }

    /// So many more come, or fewer.
    pub fn step_heads(self, by: i32) {
        self.act.renew();
        self.change(|picked| {
            let heads = picked.heads().saturating_add_signed(by);
            picked.heads = heads.min(picked.most_heads().unwrap_or(0));
        });
    }

    /// Whether the party would share a table; for a switch that keeps itself.
    pub fn shares(self) -> bool {
        self.picked.with_value(|picked| picked.share)
    }

    /// Says whether it would.
    pub fn share(self, share: bool) {
        self.act.renew();
        self.change(|picked| picked.share = share);
    }

    /// Why somebody cannot come to the slot that is picked, or could not join the party.
    pub fn obstacle(self, person: &PersonId) -> Option<Refusal> {
        self.changed.track();
        self.picked.with_value(|picked| {
            let mut party = picked.people.clone();
            let one = picked.page.as_ref().is_some_and(|page| page.offering.party_max == 1);
            if one {
                party.clear();
            }
            if !party.contains(person) {
                party.push(person.clone());
            }
            let alone = std::slice::from_ref(person);
            // Only what concerns this person, and the size of the party.
            let alone = picked.verdict_then(alone)?.err();
            let alone =
                alone.filter(|refusal| !matches!(refusal, Refusal::AdultMissing | Refusal::ChildMissing));
            let together = picked.verdict_then(&party)?.err();
            alone.or(together.filter(|refusal| matches!(refusal, Refusal::PartyTooLarge { .. })))
        })
    }

    /// Why the resident may not take shifts, where the page is that of one.
    pub fn not_for_shifts(self) -> Option<Refusal> {
        self.changed.track();
        self.picked.with_value(Picked::not_for_shifts)
    }

    /// The address of this page with the slot that is picked, to come back to.
    pub fn here(self) -> String {
        self.changed.track();
        self.picked.with_value(|picked| {
            picked.page.as_ref().map_or_else(host::here, |page| address(page, picked.slot.as_ref()))
        })
    }

    /// Books. Whoever taps in the moment of the opening is not sent off before it is certain that the
    /// server's clock has reached it.
    pub fn book(self) {
        let wanted = self.picked.with_value(|picked| {
            let seats = picked.seats()?;
            let request = BookRequest {
                slot: seats.slot.id.clone(),
                people: picked.people.clone(),
                ticket: picked.good_ticket().map(|ticket| ticket.token.clone()),
                share: picked.share,
                guests: picked.guests(),
            };
            Some((request, seats.slot.opens))
        });
        let Some((request, opens)) = wanted else { return };
        // Where a ticket has become void, the server looks at everything itself without one.
        let plain = BookRequest { ticket: None, ..request.clone() };
        let again = move |trouble: &Trouble| {
            ready::is_void(trouble).then(|| {
                self.lose_ticket(&plain.slot);
                plain
            })
        };
        self.act.send_for_sure::<Book>(clock::certainly_in(opens), request, again, |booking| {
            for outdated in ["/api/bookings", "/api/offerings", "/api/cities", "/api/centres", "/api/slots"] {
                call::forget(outdated);
            }
            host::replace(&format!("{}?new=1", Screen::Booking(booking.id).path()));
        });
    }

    /// Asks, where somebody is signed in, who they are and what they have booked already.
    fn ask_who(self) {
        Effect::new(move |was_signed_in: Option<bool>| {
            let refused = self.act.trouble().is_some();
            let signed_in = session::signed_in();
            // Again after a refusal: something was booked elsewhere. Not at a tap, which takes the
            // trouble away: in a rush the centre has enough to do.
            if signed_in && (refused || was_signed_in != Some(true)) {
                quietly::<GetMe>((), move |mut me| {
                    // A child of another household may be there to be looked at only.
                    me.people.retain(Person::may_book);
                    self.change(|picked| {
                        picked.me = Some(me);
                        picked.propose();
                    });
                });
                self.ask_for_ticket();
                quietly::<ListBookings>((), move |bookings| {
                    self.change(|picked| {
                        picked.bookings = bookings;
                        picked.propose();
                    });
                });
            }
            signed_in
        });
    }
}

/// Reads what may also be missing: what was kept first, then what the server says.
fn quietly<E: Endpoint<Input = ()>>(params: E::Params, found: impl Fn(E::Output) + 'static) {
    if let Some(known) = call::kept(&E::path(&params)).and_then(|(kept, _)| kept.read()) {
        found(known);
    }
    spawn_local(async move {
        if let Ok(news) = call::read::<E>(params).await {
            found(news);
        }
    });
}

fn address(page: &OfferingPage, slot: Option<&SlotId>) -> String {
    let path = Screen::Offering(page.offering.card.id.clone()).path();
    match slot {
        Some(slot) => format!("{path}?slot={slot}"),
        None => path,
    }
}
