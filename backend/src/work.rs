//! The staff's workbench: a day at a centre, who comes to a slot, and what the desk does there.
//!
//! Every handler first asks whether the caller works at the centre that it is about; what belongs to
//! another centre does not exist. What is shown of a child, and every record that is opened, is on
//! record before it is answered. Bookings are changed by the committer alone.

use std::collections::HashMap;

use domain::{
    booking::{BookingState, UNDO, meeting},
    consent,
    household::Relation,
    id::{CentreId, SlotId},
    time::{DAY, Moment, Span, Zone},
    work::{
        CentreDay, ConsentBack, Desk, Guest, Party, Places, Roster, WorkDay,
        api::{
            AnswerForCaller, BookAtCounter, ChangeMeeting, CheckIn, CheckInByCode, CloseDay, CloseSlot,
            EnterForCaller, FindHousehold, GetRoster, GetWorkDay, ListClashes, ListInstead, LookAtRecord,
            NoteAttendance, ResizeSlot, SeePapers, SignOnPaper, WithdrawPlace,
        },
        masked,
    },
};

mod counter;
mod deeds;
mod meetings;
mod offers;
mod pace;
mod records;
mod store;

pub use pace::count_look;

use crate::{audit, booking::door_code, call::Call, failure::Failure, household, mount::Mount, vault::Vault};
use store::{PartyRow, PersonRow, SlotRow};

/// Serves the workbench.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<GetWorkDay, _, _>(get_day)
        .serve::<GetRoster, _, _>(get_roster)
        .serve::<CheckIn, _, _>(deeds::check_in)
        .serve::<NoteAttendance, _, _>(deeds::note_attendance)
        .serve::<CheckInByCode, _, _>(deeds::check_in_by_code)
        .serve::<BookAtCounter, _, _>(counter::book)
        .serve::<EnterForCaller, _, _>(counter::enter_draw)
        .serve::<WithdrawPlace, _, _>(deeds::withdraw)
        .serve::<ListInstead, _, _>(deeds::list_instead)
        .serve::<AnswerForCaller, _, _>(deeds::for_caller)
        .serve::<ResizeSlot, _, _>(deeds::resize)
        .serve::<ChangeMeeting, _, _>(meetings::change)
        .serve::<ListClashes, _, _>(meetings::clashes)
        .serve::<CloseSlot, _, _>(deeds::close_slot)
        .serve::<CloseDay, _, _>(deeds::close_day)
        .serve::<LookAtRecord, _, _>(records::look)
        .serve::<FindHousehold, _, _>(records::find_household)
        .serve::<SeePapers, _, _>(records::see_papers)
        .serve::<SignOnPaper, _, _>(records::sign_on_paper)
}

async fn get_day(call: Call, params: CentreDay, (): ()) -> Result<WorkDay, Failure> {
    call.staff_of(&params.centre).await?;
    day(&call, &params).await
}

/// The slots of a day; whether the caller works there was asked before.
async fn day(call: &Call, params: &CentreDay) -> Result<WorkDay, Failure> {
    let db = &call.app.db;
    let (centre_name, zone, _) = store::centre(db, &params.centre).await?.ok_or(Failure::NotFound)?;
    let (from, to) = (zone.moment(params.day(), 0), zone.moment(params.day(), 24 * 60));
    let mut rows = store::slots_between(db, &params.centre, from, to).await?;
    if deeds::settle(call, &rows).await? {
        rows = store::slots_between(db, &params.centre, from, to).await?;
    }
    let mut stands: HashMap<SlotId, [u32; 3]> = HashMap::new();
    for (slot, state, [count, people]) in store::states_between(db, &params.centre, from, to).await? {
        let [expected, arrived, heads] = stands.entry(slot).or_default();
        if state.takes_places() {
            (*expected, *heads) = (*expected + count, *heads + people);
        }
        *arrived += if state == BookingState::Attended { count } else { 0 };
    }
    let came = store::came_between(db, &params.centre, from, to).await?;
    let mut slots: Vec<Desk> = Vec::new();
    for row in rows {
        // What was moved may meet twice on a day.
        for (number, one) in (1..).zip(&row.meetings) {
            if one.starts >= to || one.ends <= from {
                continue;
            }
            let mut stands = stands.get(&row.id).copied().unwrap_or_default();
            if row.meetings.len() > 1 {
                stands[1] = came.get(&(row.id.clone(), number)).copied().unwrap_or_default();
            }
            slots.push(desk(row.clone(), number, stands, call.now()));
        }
    }
    slots.sort_by(|a, b| (a.span.starts, &a.title.zh, &a.slot).cmp(&(b.span.starts, &b.title.zh, &b.slot)));
    // What is lived in has no day, and stands below each.
    let mut stays = store::stays(db, &params.centre).await?;
    if deeds::settle(call, &stays).await? {
        stays = store::stays(db, &params.centre).await?;
    }
    slots.extend(stays.into_iter().map(|row| desk(row, 1, [0; 3], call.now())));
    let consents = taken_back(call, &params.centre, zone).await?;
    let offers = offers::open(call, &params.centre, zone).await?;
    Ok(WorkDay { centre: params.centre.clone(), centre_name, zone, slots, consents, offers })
}

/// Consents that were taken back for children whom the centre still expects. Nobody is named here:
/// who it is stands in the list of the slot, where the look is on record.
async fn taken_back(call: &Call, centre: &CentreId, zone: Zone) -> Result<Vec<ConsentBack>, Failure> {
    let mut back = Vec::new();
    for row in store::taken_back(&call.app.db, centre, call.now()).await? {
        let born = household::unseal(&call.app.vault, &row.person, &row.sealed_box)?.born;
        let span = meeting::first(&row.meetings);
        if consent::is_needed(born, span.starts.day(zone)) {
            back.push(ConsentBack { slot: row.slot, title: row.details.title, span, at: row.at });
        }
    }
    Ok(back)
}

/// A slot with the numbers of the desk at the meeting with that number.
fn desk(row: SlotRow, number: u32, [expected, arrived, people]: [u32; 3], now: Moment) -> Desk {
    let given = row.desk + row.counter;
    let kept = if now < row.kept_until { row.kept.saturating_sub(given) } else { 0 };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let one = meeting::numbered(&row.meetings, number).copied().unwrap_or_else(|| Span::default().into());
    Desk {
        span: one.span(),
        meeting: number,
        planned: one.planned,
        off: one.off,
        meetings: count(row.meetings.len()),
        slot: row.id,
        offering: row.offering,
        title: row.details.title,
        name: row.name,
        place: row.details.place,
        measure: row.details.measure,
        unit: row.details.unit,
        closes: row.closes,
        places: Places {
            capacity: row.capacity,
            online: row.taken.saturating_sub(given),
            counter: given,
            kept,
            waiting: row.waiting,
            expected,
            arrived,
            people,
        },
    }
}

async fn get_roster(call: Call, slot: SlotId, (): ()) -> Result<Roster, Failure> {
    let row = own_slot(&call, &slot).await?;
    deeds::settle(&call, core::slice::from_ref(&row)).await?;
    roster(&call, &slot).await
}

/// A slot of a centre at which the caller works.
async fn own_slot(call: &Call, slot: &SlotId) -> Result<SlotRow, Failure> {
    let row = store::slot(&call.app.db, slot).await?.ok_or(Failure::NotFound)?;
    call.staff_of(&row.centre).await?;
    Ok(row)
}

/// Who comes to a slot; whether the caller works there was asked before. Children are put on record
/// first.
async fn roster(call: &Call, slot: &SlotId) -> Result<Roster, Failure> {
    let (app, now) = (&call.app, call.now());
    let row = store::slot(&app.db, slot).await?.ok_or(Failure::NotFound)?;
    let (centre_name, zone, phone) = store::centre(&app.db, &row.centre).await?.ok_or(Failure::NotFound)?;
    let mut people: HashMap<_, Vec<PersonRow>> = HashMap::new();
    let mut marks = store::marks(&app.db, slot).await?;
    for (booking, mut person) in store::people(&app.db, slot).await? {
        person.marks = marks.remove(&(booking.clone(), person.id.clone())).unwrap_or_default();
        people.entry(booking).or_default().push(person);
    }
    let (mut parties, mut waiting) = (Vec::new(), 0);
    let (mut stands, mut heads) = (0, 0);
    let guests_max = row.details.terms.guests_max;
    for party in store::parties(&app.db, slot).await? {
        if party.state.takes_places() {
            (stands, heads) = (stands + 1, heads + party.people);
        }
        let position = (party.state == BookingState::Waitlisted).then(|| {
            waiting += 1;
            waiting
        });
        let people = people.remove(&party.id).unwrap_or_default();
        let when = (meeting::first_start(&row.meetings), zone);
        let mut party = shown(&app.vault, party, position, people, when)?;
        party.guests = guests_max.map_or(0, |_| party.guests);
        parties.push(party);
    }
    let order = |party: &Party| match party.state {
        state if state.takes_places() => 0,
        BookingState::Waitlisted => 1,
        _ => 2,
    };
    parties.sort_by_key(|party| (order(party), party.seq));
    let centre = row.centre.clone();
    let children = parties.iter().flat_map(|party| &party.people).filter(|guest| guest.child);
    audit::listed(call, &centre, slot, children.map(|guest| &guest.person)).await?;
    let next = meeting::next(&row.meetings, now).map(|(number, _)| number);
    let next = next.unwrap_or_else(|| u32::try_from(row.meetings.len()).unwrap_or(u32::MAX));
    let (ages, terms) = (row.details.ages.is_some(), row.details.terms);
    let (papers, children) = (terms.needs_verified, ages || terms.needs_consent || terms.with_adult);
    let digits = |at: Moment| door_code(&app.vault, &row.offering, at.day(zone));
    let (door, door_next) = (digits(now), digits(now.plus(7 * DAY)));
    let meetings = row.meetings.clone();
    let desk = desk(row, next, [stands, 0, heads], now);
    let meeting = desk.meeting;
    let roster = Roster {
        desk,
        centre,
        centre_name,
        zone,
        ages,
        children,
        papers,
        guests_max,
        phone,
        door,
        door_next,
        meetings,
        parties,
    };
    Ok(roster.at(meeting))
}

/// A party as the list shows it: `starts` is when the first meeting does, on the centre's clock.
fn shown(
    vault: &Vault,
    party: PartyRow,
    position: Option<u32>,
    people: Vec<PersonRow>,
    (starts, zone): (Moment, Zone),
) -> Result<Party, Failure> {
    let (live, first) = (party.state.is_live(), starts.day(zone));
    let mut guests = Vec::with_capacity(people.len());
    for row in people {
        let plain = household::unseal(vault, &row.id, &row.sealed_box)?;
        let minor = consent::is_needed(plain.born, first);
        guests.push(Guest {
            child: row.relation == Relation::Child || minor,
            consent_back: row.consent_back.filter(|_| live && minor),
            name: masked(&plain.name),
            care: !plain.care.allergies.is_empty() || !plain.care.notes.is_empty(),
            person: row.id,
            relation: row.relation,
            verified: row.verified,
            marks: row.marks,
        });
    }
    let given_back = matches!(party.state, BookingState::Cancelled | BookingState::Declined);
    let undo_until = given_back.then(|| party.changed.plus(UNDO).min(starts));
    let PartyRow { id, seq, state, code, size, counter, until, reason, .. } = party;
    let named = u32::try_from(guests.len()).unwrap_or(u32::MAX);
    Ok(Party {
        booking: id,
        seq,
        state,
        code,
        size,
        people: guests,
        guests: party.people.saturating_sub(named),
        counter,
        position,
        until,
        reason,
        undo_until,
    })
}
