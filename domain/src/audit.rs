//! What the staff looked at and did, as it is kept and as a guardian is shown it.

use serde::{Deserialize, Serialize};

use crate::{id::CentreId, text::Text, time::Moment};

/// What somebody of the staff looked at or asked for. A deed is noted before it is tried: what became
/// of it stands where it belongs, such as in the booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Saw a person's masked name in the list of a slot.
    Roster,
    /// Opened a person's record.
    Look,
    /// Checked a party in.
    CheckIn,
    /// Noted who was at a meeting.
    Attendance,
    /// Booked for somebody at the counter.
    Book,
    /// Took a place back.
    Withdraw,
    /// Answered an offer or cancelled, on the word of whose booking it is.
    ForCaller,
    /// Changed the places of a slot.
    Resize,
    /// Moved a meeting of a slot, or called it off.
    Reschedule,
    /// Closed a slot.
    Close,
    /// Checked a person's papers.
    Verify,
    /// Kept that a guardian signed the consent on paper.
    PaperConsent,
    /// Took a consent back, as the guardian wished at the desk.
    ConsentBack,
    /// Opened a circle of care, or made a code for one.
    Circle,
    /// Ended a bond of a circle.
    EndBond,
    /// Gave another number to somebody without a telephone.
    NewCard,
    /// Put a telephone in the place of such a number.
    MovePhone,
    /// Asked for somebody without a telephone to be erased.
    Erase,
    /// Stopped that, on their word.
    StopErasing,
    /// Gave somebody a post, or a place in a team.
    Invite,
    /// Took somebody's post or place away, or suspended a volunteer.
    Suspend,
    /// Gave it back.
    Resume,
    /// Set up their second lock.
    MakeLock,
    /// Tried their second lock in vain.
    TryLock,
    /// Took somebody's second lock off.
    ResetLock,
    /// Took somebody out of a team.
    Remove,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Roster,
        Self::Look,
        Self::CheckIn,
        Self::Attendance,
        Self::Book,
        Self::Withdraw,
        Self::ForCaller,
        Self::Resize,
        Self::Reschedule,
        Self::Close,
        Self::Verify,
        Self::PaperConsent,
        Self::ConsentBack,
        Self::Circle,
        Self::EndBond,
        Self::NewCard,
        Self::MovePhone,
        Self::Erase,
        Self::StopErasing,
        Self::Invite,
        Self::Suspend,
        Self::Resume,
        Self::MakeLock,
        Self::TryLock,
        Self::ResetLock,
        Self::Remove,
    ];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Look => "look",
            Self::CheckIn => "check_in",
            Self::Attendance => "attendance",
            Self::Book => "book",
            Self::Withdraw => "withdraw",
            Self::ForCaller => "for_caller",
            Self::Resize => "resize",
            Self::Reschedule => "reschedule",
            Self::Close => "close",
            Self::Verify => "verify",
            Self::PaperConsent => "paper_consent",
            Self::ConsentBack => "consent_back",
            Self::Circle => "circle",
            Self::EndBond => "end_bond",
            Self::NewCard => "new_card",
            Self::MovePhone => "move_phone",
            Self::Erase => "erase",
            Self::StopErasing => "stop_erasing",
            Self::Invite => "invite",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::MakeLock => "make_lock",
            Self::TryLock => "try_lock",
            Self::ResetLock => "reset_lock",
            Self::Remove => "remove",
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// One time that somebody of the staff had to do with a person, as the guardian sees it: never who by
/// name, but from which desk, when, and what for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Looked {
    /// When.
    pub at: Moment,
    /// What they looked at or asked for.
    pub act: Act,
    /// From the desk of which centre; `None` for the one who runs the house.
    pub centre: Option<CentreId>,
    /// The centre's name.
    pub centre_name: Option<Text>,
    /// What for, in the words of the staff; empty where the act says it.
    pub purpose: String,
}

#[cfg(test)]
mod tests {
    use super::Act;

    #[test]
    fn names_are_read_back() {
        for act in Act::ALL {
            assert_eq!(Act::from_name(act.name()), Some(act));
        }
        assert_eq!(Act::from_name("nothing"), None);
    }
}
