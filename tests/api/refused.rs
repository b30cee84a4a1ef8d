//! What a parent can ask that cannot be: each is refused with its data, and nothing has changed.

use domain::{
    booking::{
        Booking, BookingState,
        api::{Book, BookRequest, CancelBooking, ListBookings, TakeOffer},
    },
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    id::{PersonId, SlotId},
    refusal::Refusal,
    time::{CHINA, HOUR, days_after},
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, ledger, request},
    world::{World, fresh_key},
};

/// A parent with children, and a class of two places for those under three.
struct Family {
    world: World,
    hall: Hall,
    slot: SlotId,
    parent: Guest,
}

impl Family {
    async fn new() -> Self {
        let world = World::new().await;
        let rules = json!({ "unit": "person", "party_max": 4, "ages": { "to_months": 36 } });
        let hall = Hall::new(&world.server.app, rules).await;
        let slot = hall.slot(30, 2).await;
        let parent = Guest::of(world.resident("13800000001").await).await;
        Self { world, hall, slot, parent }
    }

    /// A child who turns three so many days after the first day of the class.
    async fn child(&self, days: u64) -> PersonId {
        let first = self.world.now().plus(30 * HOUR).day(CHINA);
        let born = days_after(first, days).checked_sub_months(chrono::Months::new(36));
        let draft = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born };
        let me = self.parent.client.call::<AddPerson>((), draft).await.expect("added");
        me.people.last().expect("the child").id.clone()
    }

    async fn book(&self, request: BookRequest) -> Result<Booking, Problem> {
        self.parent.client.call::<Book>((), request).await
    }

    /// All bookings of the family, and how all slots are counted.
    async fn everything(&self) -> String {
        let mine = self.parent.client.call::<ListBookings>((), ()).await.expect("bookings");
        let sql = "SELECT id, taken, waiting, next_seq, queued, lifted FROM slot \
                   WHERE offering_id = $1 ORDER BY id";
        let rows = self.world.server.app.db.rows(sql, backend::args![&self.hall.offering]).await;
        let count = |row: &backend::db::Row, name| row.int(name).expect("a number");
        let slots: Vec<_> = rows
            .expect("reads")
            .iter()
            .map(|row| ["taken", "waiting", "next_seq", "queued", "lifted"].map(|name| count(row, name)))
            .collect();
        format!("{mine:?} {slots:?}")
    }

    /// Is refused for that reason, and nothing has changed.
    async fn refuses(&self, what: BookRequest, why: Refusal) {
        let before = self.everything().await;
        assert_eq!(self.book(what).await, Err(Problem::Refused(vec![why])));
        assert_eq!(self.everything().await, before);
    }
}

#[tokio::test]
async fn what_cannot_be_booked_is_refused_with_its_data_and_changes_nothing() {
    let family = Family::new().await;
    let (one, two, three) = (family.child(1).await, family.child(2).await, family.child(3).await);
    let slot = &family.slot;
    // A party larger than all there is.
    let all = request(slot, [&one, &two, &three]);
    family.refuses(all, Refusal::PartyTooLarge { most: 2 }).await;
    // A child too old by one day.
    let old = family.child(0).await;
    family.refuses(request(slot, [&old]), Refusal::TooOld { person: old.clone(), to_months: 36 }).await;
    // Two slots at the same time.
    let first = family.book(request(slot, [&one])).await.expect("booked");
    let same_time = family.hall.slot(30, 2).await;
    let overlaps =
        Refusal::Overlaps { person: one.clone(), title: first.title.clone(), starts: first.starts() };
    family.refuses(request(&same_time, [&one]), overlaps).await;
    // A ticket that nobody gave out, and one that is no ticket at all.
    for forged in ["t.r1.00", "r0.0000000000000000", "👩‍👧"] {
        let forged = BookRequest { ticket: Some(forged.into()), ..request(slot, [&two]) };
        family.refuses(forged, Refusal::TicketVoid).await;
    }
}

#[tokio::test]
async fn a_key_with_another_body_is_refused_and_the_first_stands() {
    let family = Family::new().await;
    let (one, two) = (family.child(1).await, family.child(2).await);
    let key = fresh_key();
    let client = &family.parent.client;
    let first = client.call_with_key::<Book>(&key, (), request(&family.slot, [&one])).await.expect("booked");
    let before = family.everything().await;
    let other = client.call_with_key::<Book>(&key, (), request(&family.slot, [&two])).await;
    assert_eq!(other, Err(Problem::Refused(vec![Refusal::KeyReused])));
    assert_eq!(family.everything().await, before);
    let again = client.call_with_key::<Book>(&key, (), request(&family.slot, [&one])).await;
    assert_eq!(again.map(|booking| booking.id), Ok(first.id));
}

#[tokio::test]
async fn an_offer_is_taken_once_and_not_a_second_late() {
    let family = Family::new().await;
    let (one, two) = (family.child(1).await, family.child(2).await);
    let slot = family.hall.slot(30, 1).await;
    let neighbour = Guest::of(family.world.resident("13800000002").await).await;
    let born = days_after(family.world.now().day(CHINA), 0).checked_sub_months(chrono::Months::new(20));
    let draft = PersonDraft { relation: Relation::Child, name: "乐乐".into(), born };
    let lele = neighbour.client.call::<AddPerson>((), draft).await.expect("added").people[1].id.clone();
    let given = async |child: &PersonId| {
        let theirs = neighbour.client.call::<Book>((), request(&slot, [&lele])).await.expect("booked");
        let mine = family.book(request(&slot, [child])).await.expect("waits");
        neighbour.client.call::<CancelBooking>(theirs.id, ()).await.expect("given back");
        mine
    };
    let take = async |booking: &Booking| family.parent.client.call::<TakeOffer>(booking.id.clone(), ()).await;
    let mine = given(&one).await;
    assert_eq!(take(&mine).await.expect("taken").state, BookingState::Confirmed);
    let before = family.everything().await;
    assert_eq!(take(&mine).await, Err(Problem::Refused(vec![Refusal::NotOffered])));
    assert_eq!(family.everything().await, before, "it stays theirs");
    family.parent.client.call::<CancelBooking>(mine.id.clone(), ()).await.expect("given back");

    let late = given(&two).await;
    let until = family.world.now().plus(2 * HOUR);
    family.world.clock.advance(2 * HOUR + 1_000);
    assert_eq!(take(&late).await, Err(Problem::Refused(vec![Refusal::OfferLapsed { until }])));
    assert_eq!(ledger(&family.world.server.app.db, &slot).await.taken, 0, "nothing was taken");
}
