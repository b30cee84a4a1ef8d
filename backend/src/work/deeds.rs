//! What the desk does with bookings and slots: all of it through the committer.

use domain::{
    audit::Act,
    booking::{Alternative, BookingState, Mark, attendance::Note, meeting, near},
    id::{AccountId, BookingId, CentreId, SlotId},
    notice::News,
    refusal::Refusal,
    time::{DAY, HOUR, Moment},
    work::{
        Arrival, Because, CallerDeed, CentreDay, ForCaller, NewPlaces, Roster, Scan, WorkDay, check_reason,
    },
};

use super::{
    day, own_slot, roster,
    store::{self, PartyRow, SlotRow},
};
use crate::{
    audit::{self, Entry},
    booking::writer::{Ask, By, Deed},
    call::{Call, Key},
    catalogue, draws,
    failure::Failure,
    household::plain_text,
    notices,
    snapshot::{Topic, announce},
};

/// What shows whether a slot takes place.
const TOPICS: [Topic; 2] = [Topic::Catalogue, Topic::Draws];

/// For how long ahead a code is looked for: who comes on the wrong day is told the right one.
const AHEAD: i64 = 30 * DAY;

/// Lets time do in these slots what it alone has done since; whether there was anything.
pub async fn settle(call: &Call, rows: &[SlotRow]) -> Result<bool, Failure> {
    let now = call.now();
    let mut any = false;
    for row in rows.iter().filter(|row| row.due.is_some_and(|due| due <= now)) {
        let account = call.account()?.clone();
        let text = call.app.dice.token();
        let key = Key { body_hash: String::new(), text };
        let deed = Deed::Settle { slot: row.id.clone() };
        call.app.bookings.order(Ask { account, key, now, deed, by: By::Household }).await?;
        any = true;
    }
    Ok(any)
}

/// Asks the committer on behalf of whose booking it is. One request may ask for several deeds, told
/// apart by `part`.
pub(super) async fn ask(call: &Call, account: AccountId, part: &str, deed: Deed) -> Result<(), Failure> {
    let key = call.key()?;
    let text = if part.is_empty() { key.text.clone() } else { part_of(&key.text, part) };
    let key = Key { text, body_hash: key.body_hash.clone() };
    let by = By::Desk(call.account()?.clone());
    call.app.bookings.order(Ask { account, key, now: call.now(), deed, by }).await
}

/// The key of a part of a request, no longer than keys are.
fn part_of(key: &str, part: &str) -> String {
    crate::digest::sha256(format!("{key}/{part}"))
}

/// A booking of a centre at which the caller works.
async fn own_booking(call: &Call, id: &BookingId) -> Result<(SlotId, CentreId, PartyRow), Failure> {
    let found = store::booking(&call.app.db, id).await?.ok_or(Failure::NotFound)?;
    call.staff_of(&found.1).await?;
    Ok(found)
}

/// Puts on record what is about to be asked for a booking.
async fn note(call: &Call, act: Act, party: &PartyRow, centre: &CentreId, why: &str) -> Result<(), Failure> {
    let by = Some(call.account()?);
    let entry = Entry {
        booking: Some(&party.id),
        centre: Some(centre),
        purpose: why,
        ..Entry::new(by, act, call.now())
    };
    audit::before(call, &[entry]).await
}

pub async fn check_in(call: Call, booking: BookingId, (): ()) -> Result<Roster, Failure> {
    let (slot, centre, party) = own_booking(&call, &booking).await?;
    note(&call, Act::CheckIn, &party, &centre, "").await?;
    ask(&call, party.account, "", Deed::CheckIn { booking }).await?;
    roster(&call, &slot).await
}

pub async fn note_attendance(call: Call, booking: BookingId, input: Note) -> Result<Roster, Failure> {
    let (slot, centre, party) = own_booking(&call, &booking).await?;
    if !store::is_of(&call.app.db, &booking, &input.person).await? {
        return Err(Failure::NotFound);
    }
    let by = Some(call.account()?);
    let what = format!("{} {}", input.meeting, input.mark.map_or("-", Mark::name));
    let entry = Entry {
        person: Some(&input.person),
        booking: Some(&party.id),
        centre: Some(&centre),
        subject: Some(&what),
        ..Entry::new(by, Act::Attendance, call.now())
    };
    audit::before(&call, &[entry]).await?;
    ask(&call, party.account, "", Deed::Note { booking, note: input }).await?;
    roster(&call, &slot).await
}

pub async fn check_in_by_code(call: Call, centre: CentreId, input: Scan) -> Result<Arrival, Failure> {
    call.staff_of(&centre).await?;
    let (named, code) = input.read().ok_or(Refusal::CodeUnknown)?;
    let now = call.now();
    let (from, to) = (now.plus(-HOUR), now.plus(AHEAD));
    let mut found = store::by_code(&call.app.db, &centre, &code, from, to).await?;
    found.retain(|(_, party)| named.as_ref().is_none_or(|named| *named == party.id));
    // A code of somebody who has given the place back says so, where there is no other.
    found.sort_by_key(|(_, party)| !(party.state.takes_places() || party.state == BookingState::Missed));
    let (slot, party) = found.into_iter().next().ok_or(Refusal::CodeUnknown)?;
    let booking = party.id.clone();
    note(&call, Act::CheckIn, &party, &centre, "").await?;
    ask(&call, party.account, "", Deed::CheckIn { booking: booking.clone() }).await?;
    let roster = roster(&call, &slot).await?;
    let party = roster.parties.into_iter().find(|party| party.booking == booking);
    let party = party.ok_or_else(|| Failure::Broken("a booking vanished".into()))?;
    Ok(Arrival { slot, title: roster.desk.title, span: roster.desk.span, party })
}

pub async fn withdraw(call: Call, booking: BookingId, input: Because) -> Result<Roster, Failure> {
    let (slot, centre, party) = own_booking(&call, &booking).await?;
    let reason = reason(&input)?;
    note(&call, Act::Withdraw, &party, &centre, &reason).await?;
    ask(&call, party.account, "", Deed::Withdraw { booking, reason }).await?;
    roster(&call, &slot).await
}

/// What a party is shown when its place is taken back: the same as on its own phone.
pub async fn list_instead(call: Call, booking: BookingId, (): ()) -> Result<Vec<Alternative>, Failure> {
    let (slot, _, party) = own_booking(&call, &booking).await?;
    let found = catalogue::alternatives(&call.app, &slot, party.people.max(1)).await?;
    Ok(near::fitting(found, &store::held_beside(&call.app.db, &booking, call.now()).await?))
}

/// What the desk does on the word of whose booking it is. Each of the party is on record: their
/// household reads who did it, from which desk, and on whose word.
pub async fn for_caller(call: Call, booking: BookingId, input: ForCaller) -> Result<Roster, Failure> {
    let (slot, centre, party) = own_booking(&call, &booking).await?;
    let input = ForCaller { note: plain_text(&input.note).replace('\n', " "), ..input };
    let refusals = input.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let people = store::people_of(&call.app.db, &booking).await?;
    let by = Some(call.account()?);
    let line = Entry {
        booking: Some(&booking),
        centre: Some(&centre),
        subject: Some(input.deed.name()),
        purpose: &input.note,
        ..Entry::new(by, Act::ForCaller, call.now())
    };
    let lines: Vec<Entry> = people.iter().map(|person| Entry { person: Some(person), ..line }).collect();
    audit::before(&call, &lines).await?;
    let deed = match input.deed {
        CallerDeed::Take => Deed::Take { booking },
        CallerDeed::Decline => Deed::Decline { booking },
        CallerDeed::Cancel => Deed::Cancel { booking },
        CallerDeed::Restore => Deed::Restore { booking },
    };
    ask(&call, party.account, "", deed).await?;
    roster(&call, &slot).await
}

pub async fn resize(call: Call, slot: SlotId, input: NewPlaces) -> Result<Roster, Failure> {
    let row = own_slot(&call, &slot).await?;
    let NewPlaces { capacity, kept } = input;
    if capacity > MOST_PLACES || kept > capacity {
        return Err(Refusal::PartyTooLarge { most: capacity.min(MOST_PLACES) }.into());
    }
    note_slot(&call, Act::Resize, &row, &format!("{capacity}/{kept}")).await?;
    ask(&call, call.account()?.clone(), "", Deed::Resize { slot: slot.clone(), capacity, kept }).await?;
    roster(&call, &slot).await
}

/// The most places of a slot.
const MOST_PLACES: u32 = 10_000;

pub async fn close_slot(call: Call, slot: SlotId, input: Because) -> Result<Roster, Failure> {
    let row = own_slot(&call, &slot).await?;
    let reason = reason(&input)?;
    if meeting::last_end(&row.meetings) <= call.now() {
        return Err(Refusal::SlotPast.into());
    }
    close(&call, &row, &reason).await?;
    roster(&call, &slot).await
}

pub async fn close_day(call: Call, params: CentreDay, input: Because) -> Result<WorkDay, Failure> {
    call.staff_of(&params.centre).await?;
    let reason = reason(&input)?;
    let (_, zone, _) = store::centre(&call.app.db, &params.centre).await?.ok_or(Failure::NotFound)?;
    let (from, to) = (zone.moment(params.day(), 0), zone.moment(params.day(), 24 * 60));
    let now = call.now();
    for row in store::slots_between(&call.app.db, &params.centre, from, to).await? {
        let within = |at: Moment| from <= at && at < to;
        match &*row.meetings {
            [one] if within(one.starts) && one.ends > now => close(&call, &row, &reason).await?,
            _ => {}
        }
    }
    day(&call, &params).await
}

/// Closes a slot: nobody gets into it any more, and who chose it in a draw is told; then all of its
/// parties are told, the queue from its end, and last go the places themselves.
async fn close(call: &Call, row: &SlotRow, reason: &str) -> Result<(), Failure> {
    note_slot(call, Act::Close, row, reason).await?;
    let app = &call.app;
    let mut tx = app.db.begin().await?;
    if store::call_off(&mut tx, &row.id, call.now()).await? {
        for (account, draw) in draws::choosing(&mut tx, &row.id).await? {
            let news = News::ClassOff { reason: reason.to_owned(), draw };
            notices::tell(app, &mut tx, &account, news, row.details.title.clone()).await?;
        }
        announce(&mut tx, &TOPICS).await?;
    }
    tx.commit().await?;
    for topic in &TOPICS {
        app.snapshots.touch(topic);
    }
    settle(call, core::slice::from_ref(row)).await?;
    let mut parties = store::parties(&app.db, &row.id).await?;
    parties.retain(|party| {
        matches!(party.state, BookingState::Confirmed | BookingState::Waitlisted | BookingState::Offered)
    });
    parties.sort_by_key(|party| (party.state != BookingState::Waitlisted, core::cmp::Reverse(party.seq)));
    for party in parties {
        let deed = Deed::Withdraw { booking: party.id.clone(), reason: reason.to_owned() };
        match ask(call, party.account, party.id.as_str(), deed).await {
            // They were quicker, and are out already.
            Ok(()) | Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    let now = store::slot(&app.db, &row.id).await?.ok_or(Failure::NotFound)?;
    let deed = Deed::Resize { slot: row.id.clone(), capacity: now.taken, kept: 0 };
    let closed = ask(call, call.account()?.clone(), row.id.as_str(), deed).await;
    app.snapshots.touch(&Topic::Seats(row.offering.clone()));
    closed
}

/// Puts on record what is about to be asked for a slot.
pub(super) async fn note_slot(call: &Call, act: Act, row: &SlotRow, why: &str) -> Result<(), Failure> {
    let by = Some(call.account()?);
    let entry = Entry {
        centre: Some(&row.centre),
        subject: Some(row.id.as_str()),
        purpose: why,
        ..Entry::new(by, act, call.now())
    };
    audit::before(call, &[entry]).await
}

/// The reason as it is kept, if it says something.
pub(super) fn reason(input: &Because) -> Result<String, Failure> {
    let reason = plain_text(&input.reason).replace('\n', " ");
    let refusals = check_reason(&reason);
    if refusals.is_empty() { Ok(reason) } else { Err(refusals.into()) }
}
