//! Why a rule says no: always data, never text. Each language must have words for every one.

use serde::{Deserialize, Serialize};

use crate::{
    id::{BookingId, PersonId, SlotId},
    text::Text,
    time::Moment,
};

/// A refusal with what one needs to explain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Refusal {
    /// The slot has begun or is over.
    SlotPast,
    /// The centre has called the slot off.
    CalledOff,
    /// Booking closed at that time.
    SlotClosed {
        /// When it closed.
        closed: Moment,
    },
    /// Booking opens at that time.
    NotYetOpen {
        /// When it opens.
        opens: Moment,
    },
    /// Nothing to book: one just comes.
    DropIn,
    /// Nobody was named.
    NobodyNamed,
    /// The same person was named twice.
    NamedTwice {
        /// Who.
        person: PersonId,
    },
    /// More people than one booking, or the whole slot, can hold.
    PartyTooLarge {
        /// The most that go together.
        most: u32,
    },
    /// A child comes with an adult here, and the party has none.
    AdultMissing,
    /// An adult comes with a child here, and the party has none.
    ChildMissing,
    /// The age is unknown, and this offering has an age band.
    BirthdayMissing {
        /// Whose birthday.
        person: PersonId,
    },
    /// Too young at the first meeting.
    TooYoung {
        /// Who.
        person: PersonId,
        /// Months of age needed.
        from_months: u32,
    },
    /// Too old at the first meeting.
    TooOld {
        /// Who.
        person: PersonId,
        /// Months of age at which it ends.
        to_months: u32,
    },
    /// That person is in this slot already.
    AlreadyIn {
        /// Who.
        person: PersonId,
        /// By which booking; `None` where it is not yours to see.
        booking: Option<BookingId>,
    },
    /// That person is somewhere else at that time.
    Overlaps {
        /// Who.
        person: PersonId,
        /// What they are in.
        title: Text,
        /// When it starts.
        starts: Moment,
    },
    /// A booking that has started, or has ended otherwise, cannot be cancelled.
    CannotCancel,
    /// The same key came with another body.
    KeyReused,
    /// A text is missing or too short.
    TextTooShort {
        /// Least number of characters.
        least: u32,
    },
    /// A text is too long.
    TextTooLong {
        /// Largest number of characters.
        most: u32,
    },
    /// A public text holds a telephone or identity number.
    PrivateNumber,
    /// Not a mobile number of mainland China.
    PhoneMalformed,
    /// A new code can be had after so many seconds.
    CodeTooSoon {
        /// Seconds to wait.
        seconds: u32,
    },
    /// The code is wrong.
    CodeWrong {
        /// How many tries are left.
        left: u32,
    },
    /// The message with the code could not be sent; it counts for no limit.
    CodeNotSent,
    /// No message with a code can be sent to this number at present.
    PhoneRefused,
    /// The second lock is set up already, or no secret was drawn for it.
    LockMade,
    /// There is no second lock yet.
    LockMissing,
    /// The lock is one's own: whoever appoints takes it off.
    LockOwn,
    /// Password or code are wrong, whichever.
    LockWrong {
        /// How many tries are left.
        left: u32,
    },
    /// Too many tries; again after so many seconds.
    LockShut {
        /// Seconds to wait.
        seconds: u32,
    },
    /// This browser has not shown whose `WeChat` it is, or that was too long ago.
    WechatUnknown,
    /// The code has been used, has lapsed or was never sent.
    CodeLapsed,
    /// A date of birth that lies ahead or more than 130 years back.
    BirthdayImpossible,
    /// An account has as many people as it may.
    HouseholdFull {
        /// The most.
        most: u32,
    },
    /// A person with bookings ahead cannot be removed.
    PersonBooked,
    /// The wish is not in a state for that.
    WishSettled,
    /// Others were quicker.
    TaskTaken {
        /// What those are called who have it, where they said.
        by: Vec<String>,
    },
    /// The task has begun or is over.
    TaskPast,
    /// The task or shift is for volunteers: one can become one.
    VolunteersOnly,
    /// The task or shift is for volunteers, and the centre has suspended this one.
    VolunteerSuspended {
        /// Why, in the words of the desk.
        reason: String,
    },
    /// To a shift the volunteer comes, not only others of the household.
    VolunteerMissing,
    /// The task is a team's, and they are not in it.
    OfTeam {
        /// What the team is called.
        team: Text,
    },
    /// Something about one of those who come along with whom the desk books for.
    Along {
        /// Which of them, counted from 1.
        number: u32,
        /// What.
        refusal: Box<Refusal>,
    },
    /// Nobody by that name in your household.
    PersonUnknown,
    /// Only the centre's own neighbourhood may book until then.
    ResidentsFirst {
        /// From when on everybody may.
        from: Moment,
    },
    /// That person has not been verified at the desk.
    NotVerified {
        /// Who.
        person: PersonId,
    },
    /// A guardian's consent is missing for that person.
    NoConsent {
        /// Who.
        person: PersonId,
    },
    /// The household has had its share of that week.
    WeekFull {
        /// Bookings allowed in that week.
        allowed: u32,
        /// Marks for not having come in the last 30 days; each takes one away.
        marks: u32,
        /// From when on whatever is left of the slot can be had nevertheless.
        spare_from: Moment,
    },
    /// The places are drawn, and the draw has not been held.
    DrawPending,
    /// The ticket was not given out for this party and this slot, or holds no longer.
    TicketVoid,
    /// Every place is taken, and it is too late to wait for one.
    NoneLeft,
    /// The offer lapsed then.
    OfferLapsed {
        /// When.
        until: Moment,
    },
    /// Nothing is held for this booking.
    NotOffered,
    /// This booking does not wait.
    NotWaiting,
    /// A time that lies behind.
    TimePast,
    /// More than ten minutes ago, begun, or given back by nobody.
    UndoOver,
    /// A meeting cannot be that far away, that short or that long.
    MeetingTime {
        /// The latest at which it can start.
        latest: Moment,
    },
    /// Another meeting of the slot is at that time.
    MeetingThen {
        /// When that starts.
        starts: Moment,
    },
    /// It is the last one that takes place, or is called off already.
    LastMeeting,
    /// More places are taken than there would be.
    CapacityTaken {
        /// Places taken.
        taken: u32,
    },
    /// One can check in from then on.
    TooEarlyToArrive {
        /// When.
        from: Moment,
    },
    /// A booking that is over, was given back or waits cannot be checked in.
    CannotArrive,
    /// What is noted of a meeting can be changed no more.
    ListClosed {
        /// Since when.
        closed: Moment,
    },
    /// Not the digits that hang at the door.
    DoorWrong {
        /// How many tries are left.
        left: u32,
    },
    /// Too many wrong digits at doors; again after so many seconds.
    DoorShut {
        /// Seconds to wait.
        seconds: u32,
    },
    /// Another guardian has entered the draw for that person, or for their household.
    EnteredByOther {
        /// Who.
        person: PersonId,
    },
    /// No class was chosen for the draw.
    NoClassChosen,
    /// A class that is not drawn there, or was chosen twice.
    ClassUnclear {
        /// Which.
        slot: SlotId,
    },
    /// No such code, or it was used, or it lapsed.
    InvitationUnknown,
    /// A child has as many guardians as it may.
    GuardiansFull {
        /// The most, besides the household.
        most: u32,
    },
    /// Too many codes were tried; again within the hour.
    TooManyTries,
    /// A circle has as many relatives as it may, or somebody acts for as many as they may.
    CircleFull {
        /// The most.
        most: u32,
    },
    /// The desk has not said why it does it.
    ReasonMissing,
    /// Nobody without a telephone has that number.
    CardUnknown,
    /// At this desk nobody of that name and birthday got a number, or more than one did.
    SlipUnknown,
    /// That telephone has an account of its own.
    PhoneTaken,
    /// What is consented to has changed since it was shown.
    ConsentChanged {
        /// The version to read now.
        version: u32,
    },
    /// Nobody would be left who runs the house.
    LastAdministrator,
    /// No booking of this centre has that code.
    CodeUnknown,
    /// Too many people were looked for by their numbers; again after so many seconds.
    LooksSpent {
        /// Seconds to wait.
        seconds: u32,
    },
    /// The centre has not seen these papers, and the person is not booked there.
    PapersElsewhere,
}

impl Refusal {
    /// Whom it is about, where it is about one person of a party.
    pub const fn person(&self) -> Option<&PersonId> {
        match self {
            Self::NamedTwice { person }
            | Self::BirthdayMissing { person }
            | Self::TooYoung { person, .. }
            | Self::TooOld { person, .. }
            | Self::AlreadyIn { person, .. }
            | Self::Overlaps { person, .. }
            | Self::NotVerified { person }
            | Self::NoConsent { person } => Some(person),
            _ => None,
        }
    }

    /// The same as it is told to the desk, which books for `people` and knows no identifiers: those after
    /// the first came along.
    #[must_use]
    pub fn of_party(self, people: &[PersonId]) -> Self {
        let at = self.person().and_then(|person| people.iter().position(|one| one == person));
        match at.and_then(|at| u32::try_from(at).ok()).filter(|at| *at > 0) {
            Some(number) => Self::Along { number, refusal: Box::new(self) },
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_is_told_which_of_those_who_come_along_it_is_about() {
        let people = ["p1", "p2", "p3"].map(PersonId::from);
        let missing = |person: &str| Refusal::BirthdayMissing { person: person.into() };
        assert_eq!(missing("p1").of_party(&people), missing("p1"), "who calls");
        let third = Refusal::Along { number: 2, refusal: Box::new(missing("p3")) };
        assert_eq!(missing("p3").of_party(&people), third);
        assert_eq!(missing("p4").of_party(&people), missing("p4"));
        assert_eq!(Refusal::SlotPast.of_party(&people), Refusal::SlotPast);
    }
}
