//! What the resident has picked so far, and what the rules say to it: the same rules that the
//! server will ask again.

use domain::{
    booking::{
        Attendee, Booking, Held, Placement, Standing,
        api::{Book, BookRequest, ListBookings},
        decide,
    },
    centre::api::OfferingPage,
    endpoint::Endpoint,
    household::{Person, Relation},
    id::{PersonId, SlotId},
    offering::{Group, SlotSeats},
    refusal::Refusal,
    screen::Screen,
    session::{Me, api::GetMe},
    time::{CHINA, Day},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    call, clock, host, session,
    ui::{self, Act, View, nothing},
};

/// The page's memory. A copy is as good as the original.
#[derive(Clone, Copy)]
pub struct Desk {
    picked: StoredValue<Picked, LocalStorage>,
    changed: RwSignal<u32>,
    /// The one write of this page.
    pub act: Act,
    /// Whether the sheet with the people is open.
    pub sheet: RwSignal<bool>,
}

/// What is known and picked.
struct Picked {
    page: Option<OfferingPage>,
    me: Option<Me>,
    bookings: Vec<Booking>,
    day: Option<Day>,
    slot: Option<SlotId>,
    people: Vec<PersonId>,
    /// The resident said who; before, the app proposes.
    by_hand: bool,
    /// All days are shown.
    more: bool,
}

/// Whether there are terms to pick from rather than days.
pub fn is_course(page: &OfferingPage) -> bool {
    page.slots.iter().any(|seats| seats.slot.meetings.len() > 1 || seats.name.is_some())
}

impl Desk {
    /// Nothing picked but what the address says.
    pub fn new() -> Self {
        let picked = Picked {
            page: None,
            me: None,
            bookings: Vec::new(),
            day: None,
            slot: host::query("slot").map(SlotId),
            people: Vec::new(),
            by_hand: false,
            more: false,
        };
        let desk = Self {
            picked: StoredValue::new_local(picked),
            changed: RwSignal::new(0),
            act: Act::new(CHINA),
            sheet: RwSignal::new(false),
        };
        desk.ask_who();
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
            picked.propose();
        });
        if let Some(address) = address {
            host::refine(&address);
        }
    }

    /// Adds somebody to the party or takes them out; where only one may come, they take the place.
    pub fn toggle(self, person: &PersonId) {
        self.act.renew();
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
            let alone = picked.verdict(alone)?.err();
            let together = picked.verdict(&party)?.err();
            alone.or(together.filter(|refusal| matches!(refusal, Refusal::PartyTooLarge { .. })))
        })
    }

    /// The address of this page with the slot that is picked, to come back to.
    pub fn here(self) -> String {
        self.changed.track();
        self.picked.with_value(|picked| {
            picked.page.as_ref().map_or_else(host::here, |page| address(page, picked.slot.as_ref()))
        })
    }

    /// Books.
    pub fn book(self) {
        let request = self
            .picked
            .with_value(|picked| Some(BookRequest::new(picked.slot.clone()?, picked.people.clone())));
        let Some(request) = request else { return };
        self.act.send_for_sure::<Book>((), request, |booking| {
            for outdated in ["/api/bookings", "/api/offerings", "/api/cities", "/api/centres"] {
                call::forget(outdated);
            }
            host::replace(&format!("{}?new=1", Screen::Booking(booking.id).path()));
        });
    }

    /// Asks, where somebody is signed in, who they are and what they have booked already.
    fn ask_who(self) {
        Effect::new(move |_| {
            // Again after a refusal: something was booked elsewhere.
            self.act.trouble();
            if session::signed_in() {
                quietly::<GetMe>((), move |me| {
                    self.change(|picked| {
                        picked.me = Some(me);
                        picked.propose();
                    });
                });
                quietly::<ListBookings>((), move |bookings| {
                    self.change(|picked| {
                        picked.bookings = bookings;
                        picked.propose();
                    });
                });
            }
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

/// The term that can be booked, where there is only one to pick.
fn only_term(page: &OfferingPage) -> Option<SlotId> {
    match page.slots.as_slice() {
        [only] if is_course(page) && only.slot.gate(clock::now()).is_ok() => Some(only.slot.id.clone()),
        _ => None,
    }
}

/// The day to begin with: the first with room, else the first that can be booked, else the first.
fn first_day(page: &OfferingPage) -> Option<Day> {
    let now = clock::now();
    let can = |seats: &&SlotSeats| seats.slot.gate(now).is_ok();
    let slots = || page.slots.iter();
    slots()
        .filter(can)
        .find(|seats| seats.free(now) > 0)
        .or_else(|| slots().find(can))
        .or_else(|| page.slots.first())
        .map(|seats| seats.slot.starts().day(page.centre.zone))
}

impl Picked {
    fn verdict(&self, people: &[PersonId]) -> Option<Result<Placement, Refusal>> {
        let page = self.page.as_ref()?;
        let seats = page.slots.iter().find(|seats| Some(&seats.slot.id) == self.slot.as_ref())?;
        let party: Vec<Attendee> = people.iter().map(|person| self.attendee(person)).collect();
        let standing = Standing { taken: seats.taken };
        Some(decide(&seats.slot, &page.offering.rules(), standing, &party, clock::now(), page.centre.zone))
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
            .collect();
        Attendee { person: person.clone(), born: known.and_then(|one| one.born), holds }
    }

    /// Proposes who comes, until the resident says so: for what is for children a child, else
    /// oneself, and otherwise the first who may.
    fn propose(&mut self) {
        let (Some(page), Some(me)) = (&self.page, &self.me) else { return };
        let known = |id: &PersonId| me.people.iter().any(|person| person.id == *id);
        if self.by_hand && self.people.iter().all(known) {
            return;
        }
        let child_first = matches!(page.offering.card.group, Group::Child);
        let mut people: Vec<&Person> = me.people.iter().collect();
        people.sort_by_key(|person| (person.relation == Relation::Child) != child_first);
        // Without a slot nobody can be checked.
        let verdict = |person: &&Person| self.verdict(std::slice::from_ref(&person.id));
        let first = if self.slot.is_none() {
            people.first()
        } else {
            let can = |person: &&&Person| matches!(verdict(person), Some(Ok(_)));
            // Whoever is booked already is told so, with the way to that booking.
            let booked = |person: &&&Person| {
                matches!(verdict(person), Some(Err(Refusal::AlreadyIn { .. } | Refusal::Overlaps { .. })))
            };
            people.iter().find(can).or_else(|| people.iter().find(booked))
        };
        self.people = first.map(|person| person.id.clone()).into_iter().collect();
    }
}
