//! The circle of care: relatives who look after an elder's affairs, or do them, in her place.
//!
//! Who acts for somebody does so as that account (`Endpoint::FOR_ANOTHER` says what may be done so),
//! by a bond that either side ends. Everything done leaves a line that she can read.

use serde::{Deserialize, Serialize};

pub mod api;
mod card;
pub mod desk;
pub mod moves;

pub use card::{CARD_LENGTH, read_card, write_card};

pub use crate::invitation::{INVITATION_LIFE, JoinRequest};
use crate::{
    household::LONGEST_NAME,
    id::{BondId, BookingId, SlotId},
    refusal::Refusal,
    text::Text,
    time::{Moment, Zone},
};

/// The header that names the bond by which somebody acts for another.
pub const HEADER: &str = "x-for";
/// What names it in addresses of pictures, which bring no header.
pub const QUERY: &str = "for";
/// The most relatives of one elder.
pub const MOST_MEMBERS: u32 = 8;
/// The most people for whom one account may act.
pub const MOST_ELDERS: u32 = 8;
/// The most lines that are shown.
pub const MOST_LINES: u32 = 200;

/// What a relative may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See what she has booked and who comes.
    See,
    /// See it, and book, give back, enter, ask in her name.
    Act,
}

impl Scope {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Act => "act",
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::See, Self::Act].into_iter().find(|scope| scope.name() == name)
    }
}

/// Whether an endpoint can be called for another, and what that is called in her log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForAnother {
    /// Only for oneself.
    Never,
    /// By whoever may see.
    See,
    /// By whoever may act.
    Act(Deed),
}

impl ForAnother {
    /// The least that a bond must allow; `None` where no bond does.
    pub const fn least(self) -> Option<Scope> {
        match self {
            Self::Never => None,
            Self::See => Some(Scope::See),
            Self::Act(_) => Some(Scope::Act),
        }
    }
}

macro_rules! deeds {
    ($($(#[$doc:meta])* $deed:ident $name:literal)*) => {
        /// What can be done for another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Deed {
            $($(#[$doc])* $deed,)*
        }

        impl Deed {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$deed,)*];

            /// The name in the database.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$deed => $name,)*
                }
            }
        }
    };
}

deeds! {
    /// Booked.
    Book "book"
    /// Gave a booking back.
    Cancel "cancel"
    /// Took up again what was given back.
    Restore "restore"
    /// Took an offer.
    Take "take"
    /// Let an offer go.
    Decline "decline"
    /// Said until when a party waits.
    Stop "stop"
    /// Checked in.
    Arrive "arrive"
    /// Got ready for an opening.
    Ready "ready"
    /// Is not ready for it any more.
    Unready "unready"
    /// Took part in a draw.
    Enter "enter"
    /// Takes part no more.
    Withdraw "withdraw"
    /// Made a wish.
    Wish "wish"
    /// Joined in somebody's wish.
    Support "support"
    /// Took a wish back.
    Unwish "unwish"
    /// Changed a name or a birthday.
    Person "person"
    /// Changed what those who look after somebody should know.
    Care "care"
}

impl Deed {
    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|deed| deed.name() == name)
    }
}

/// A circle as the one sees it whose it is, with those for whom they act themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Circle {
    /// Who may act or see, since longest first.
    pub members: Vec<Member>,
    /// A code that can still be used.
    pub invitation: Option<Invitation>,
    /// For whom one acts or looks oneself.
    pub elders: Vec<Elder>,
}

/// A relative, as the one sees them in whose circle they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Identifier of the bond.
    pub id: BondId,
    /// What she calls them.
    pub name: String,
    /// Their telephone, masked.
    pub phone: String,
    /// What they may do.
    pub scope: Scope,
    /// Since when.
    pub since: Moment,
}

/// Somebody for whom one acts or looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Elder {
    /// Identifier of the bond.
    pub id: BondId,
    /// What one calls them.
    pub name: String,
    /// What one may do.
    pub scope: Scope,
    /// Since when.
    pub since: Moment,
}

/// A code with which one relative can come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// The code.
    pub code: String,
    /// For whom, in the words of who invites.
    pub name: String,
    /// What who comes with it may do.
    pub scope: Scope,
    /// At that instant it is too late.
    pub lapses: Moment,
}

/// Who is asked to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvitationDraft {
    /// What one calls them: `女儿`.
    pub name: String,
    /// What they call one: `妈妈`.
    pub me: String,
    /// What they may do.
    pub scope: Scope,
}

impl InvitationDraft {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        [&self.name, &self.me].into_iter().filter_map(|name| check_name(name)).collect()
    }
}

/// What is wrong with what somebody is called.
pub fn check_name(name: &str) -> Option<Refusal> {
    match name.trim().chars().count() {
        0 => Some(Refusal::TextTooShort { least: 1 }),
        length if length > LONGEST_NAME as usize => Some(Refusal::TextTooLong { most: LONGEST_NAME }),
        _ => None,
    }
}

/// A line of what happened in a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// When.
    pub at: Moment,
    /// By which bond.
    pub bond: BondId,
    /// What she calls the relative.
    pub who: String,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// They came with a code.
    Joined {
        /// What they may do.
        scope: Scope,
    },
    /// They left.
    Left,
    /// She ended it.
    SentAway,
    /// The desk ended it, on her word.
    EndedAtDesk,
    /// They did something in her name.
    Did {
        /// What.
        deed: Deed,
        /// Whether it came to be; where not, it was tried.
        done: bool,
        /// With what, where that has a name.
        about: Option<About>,
    },
}

/// What something was done with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct About {
    /// Which booking of hers, where it is one.
    pub booking: Option<BookingId>,
    /// Which slot, where it is about one.
    pub slot: Option<SlotId>,
    /// What it is called.
    pub title: Text,
    /// When it starts.
    pub starts: Option<Moment>,
    /// The centre's clock.
    pub zone: Zone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for deed in Deed::ALL {
            assert_eq!(Deed::from_name(deed.name()), Some(*deed));
        }
        for scope in [Scope::See, Scope::Act] {
            assert_eq!(Scope::from_name(scope.name()), Some(scope));
        }
        assert!(Scope::See < Scope::Act, "who may act may see");
        assert_eq!((Deed::from_name("x"), Scope::from_name("x")), (None, None));
    }

    #[test]
    fn everybody_is_called_something() {
        let draft =
            |name: &str, me: &str| InvitationDraft { name: name.into(), me: me.into(), scope: Scope::Act };
        assert!(draft("女儿", "妈妈").check().is_empty());
        assert_eq!(draft(" ", "妈妈").check(), [Refusal::TextTooShort { least: 1 }]);
        assert_eq!(draft("女儿", &"妈".repeat(21)).check(), [Refusal::TextTooLong { most: LONGEST_NAME }]);
    }
}
