//! Endpoints of the workbench. All are of the staff, and of those only of who works at the centre
//! that they are about: to others it does not exist.

use super::{
    Arrival, Because, Caller, CallerEntry, CentreDay, DeskEntry, ForCaller, HouseholdAsk, NewPlaces, Papers,
    Party, Purpose, Record, Roster, Scan, WorkDay,
};
use crate::{
    booking::{Alternative, attendance::Note, meeting::MeetingChange},
    consent::PaperConsent,
    endpoint::{Audience, Endpoint, Method},
    household::Person,
    id::{BookingId, CentreId, DrawId, PersonId, SlotId},
    time::Span,
};

/// The slots of a day at a centre, with how their places stand.
pub struct GetWorkDay;
impl Endpoint for GetWorkDay {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/work/centres/{centre}/day/{day}";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "A day at a centre, slot by slot";
    type Params = CentreDay;
    type Input = ();
    type Output = WorkDay;
}

/// Who comes to a slot, by first sign and relation; each child on it is put on record.
pub struct GetRoster;
impl Endpoint for GetRoster {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/work/slots/{slot}";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Who comes to a slot";
    type Params = SlotId;
    type Input = ();
    type Output = Roster;
}

/// Says that a party has come.
pub struct CheckIn;
impl Endpoint for CheckIn {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/bookings/{booking}/check-in";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "A party has come";
    type Params = BookingId;
    type Input = ();
    type Output = Roster;
}

/// Notes how it was with one of a party at one of the meetings: there, not there, excused, or nothing.
pub struct NoteAttendance;
impl Endpoint for NoteAttendance {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/bookings/{booking}/attendance";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Note who was at a meeting";
    type Params = BookingId;
    type Input = Note;
    type Output = Roster;
}

/// Says that the party has come that shows a code, to whatever it has booked today.
pub struct CheckInByCode;
impl Endpoint for CheckInByCode {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/centres/{centre}/check-in";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Whoever shows this code has come";
    type Params = CentreId;
    type Input = Scan;
    type Output = Arrival;
}

/// Books for somebody who calls or stands at the desk: places kept for the counter are open to it.
pub struct BookAtCounter;
impl Endpoint for BookAtCounter {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/slots/{slot}/book";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Book for somebody at the counter or on the telephone";
    type Params = SlotId;
    type Input = Caller;
    type Output = Party;
}

/// Enters somebody into a draw who calls or stands at the desk: the same entry as if they did it.
pub struct EnterForCaller;
impl Endpoint for EnterForCaller {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/draws/{draw}/enter";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Enter somebody into a draw at the counter or on the telephone";
    type Params = DrawId;
    type Input = CallerEntry;
    type Output = DeskEntry;
}

/// Takes a place back; the party is told why, and its places are offered on.
pub struct WithdrawPlace;
impl Endpoint for WithdrawPlace {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/bookings/{booking}/withdraw";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Take a place back, with a reason";
    type Params = BookingId;
    type Input = Because;
    type Output = Roster;
}

/// What a party will be shown in the place of what it loses: where all of it fits, and nobody of it has
/// to be elsewhere.
pub struct ListInstead;
impl Endpoint for ListInstead {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/work/bookings/{booking}/alternatives";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "What a party is shown in the place of its slot";
    type Params = BookingId;
    type Input = ();
    type Output = Vec<Alternative>;
}

/// Takes or lets go an offer, gives a booking back or takes it up again, on the word of whose it is: for
/// who calls, and for who has no phone. It is put on record with how they asked.
pub struct AnswerForCaller;
impl Endpoint for AnswerForCaller {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/bookings/{booking}/for-caller";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Answer an offer or cancel, for somebody who calls";
    type Params = BookingId;
    type Input = ForCaller;
    type Output = Roster;
}

/// Changes how many places there are and how many the counter keeps; never below what is taken.
pub struct ResizeSlot;
impl Endpoint for ResizeSlot {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/slots/{slot}/resize";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Change the places of a slot";
    type Params = SlotId;
    type Input = NewPlaces;
    type Output = Roster;
}

/// Moves one meeting of a slot or calls it off; everybody in the slot is told why, and keeps the place.
pub struct ChangeMeeting;
impl Endpoint for ChangeMeeting {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/slots/{slot}/meeting";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Move a meeting or call it off, with a reason";
    type Params = SlotId;
    type Input = MeetingChange;
    type Output = Roster;
}

/// The bookings of a slot of which somebody has something else at that time; what it is stays theirs.
pub struct ListClashes;
impl Endpoint for ListClashes {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/slots/{slot}/clashes";
    const AUDIENCE: Audience = Audience::Staff;
    const KEYED: bool = false;
    const SUMMARY: &'static str = "Who of a slot is elsewhere at that time";
    type Params = SlotId;
    type Input = Span;
    type Output = Vec<BookingId>;
}

/// Closes a slot: nobody books it any more, and whoever has is told why.
pub struct CloseSlot;
impl Endpoint for CloseSlot {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/slots/{slot}/close";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Close a slot, with a reason";
    type Params = SlotId;
    type Input = Because;
    type Output = Roster;
}

/// Closes every slot of a day that has one meeting and is not over, each like [`CloseSlot`].
pub struct CloseDay;
impl Endpoint for CloseDay {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/centres/{centre}/day/{day}/close";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Close a day, with a reason";
    type Params = CentreDay;
    type Input = Because;
    type Output = WorkDay;
}

/// Opens the record of somebody who is booked at one's centre; it is put on record with the purpose.
pub struct LookAtRecord;
impl Endpoint for LookAtRecord {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/people/{person}/look";
    const AUDIENCE: Audience = Audience::Staff;
    const KEYED: bool = false;
    const SUMMARY: &'static str = "Open somebody's record, for a purpose";
    type Params = PersonId;
    type Input = Purpose;
    type Output = Record;
}

/// The people of a household that stands at the desk and gives its telephone; it is put on record with the
/// purpose, and nobody at a desk looks for numbers without end.
pub struct FindHousehold;
impl Endpoint for FindHousehold {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/centres/{centre}/household";
    const AUDIENCE: Audience = Audience::Staff;
    const KEYED: bool = false;
    const SUMMARY: &'static str = "A household at the desk, by telephone, for a purpose";
    type Params = CentreId;
    type Input = HouseholdAsk;
    type Output = Vec<Person>;
}

/// Keeps that a guardian signed the consent on paper at the desk, or had it taken back there, with who that
/// was on record. Answers with the child alone.
pub struct SignOnPaper;
impl Endpoint for SignOnPaper {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/centres/{centre}/consent";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "A guardian signed the consent on paper";
    type Params = CentreId;
    type Input = PaperConsent;
    type Output = Person;
}

/// Keeps what the desk found in somebody's papers, and answers with them alone. That they do not match is
/// for a centre to say that has to do with them.
pub struct SeePapers;
impl Endpoint for SeePapers {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/centres/{centre}/papers";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "The desk has seen somebody's papers";
    type Params = CentreId;
    type Input = Papers;
    type Output = Person;
}
