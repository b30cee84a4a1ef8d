//! The other guardian of a child: invited by a code, for looking or for booking, and sent away again.

use serde::{Deserialize, Serialize};

pub use crate::invitation::{CODE_LENGTH, INVITATION_LIFE, JoinRequest, read_code};
use crate::{id::GuardianId, time::Moment};

/// The most guardians of a child besides its household.
pub const MOST_GUARDIANS: u32 = 4;

/// What another guardian may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See the child and its bookings.
    See,
    /// Book for the child as well.
    Book,
}

impl Scope {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Book => "book",
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::See, Self::Book].into_iter().find(|scope| scope.name() == name)
    }
}

/// Another guardian of a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guardian {
    /// Identifier of the bond.
    pub id: GuardianId,
    /// Their telephone, masked.
    pub phone: String,
    /// What they may do.
    pub scope: Scope,
    /// Since when.
    pub since: Moment,
    /// Whether it is whoever asks.
    pub me: bool,
}

/// What happened between the guardians of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// The household made a code.
    Invited,
    /// Somebody came with it.
    Joined,
    /// The household sent them away.
    SentAway,
    /// They left.
    Left,
}

/// A line of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BondStep {
    /// When.
    pub at: Moment,
    /// What.
    pub deed: Deed,
    /// What it is about.
    pub scope: Scope,
    /// The other guardian's telephone, masked; `None` for a code.
    pub phone: Option<String>,
}

/// The guardians of a child, as each of them sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guardians {
    /// The telephone of the household the child belongs to, masked.
    pub household: String,
    /// Whether that is whoever asks: only they invite, and send away.
    pub mine: bool,
    /// The others.
    pub others: Vec<Guardian>,
    /// A code that can still be used; for the household alone.
    pub invitation: Option<Invitation>,
    /// What happened so far, latest first.
    pub steps: Vec<BondStep>,
}

/// A code with which one guardian can come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// The code.
    pub code: String,
    /// What who comes with it may do.
    pub scope: Scope,
    /// At that instant it is too late.
    pub lapses: Moment,
}

/// What is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvitationDraft {
    /// What who comes may do.
    pub scope: Scope,
}

pub mod api {
    //! Endpoints of a child's guardians.

    use super::{Guardians, InvitationDraft, JoinRequest};
    use crate::{
        endpoint::{Audience, Endpoint, Method},
        id::{GuardianId, PersonId},
        session::Me,
    };

    /// Who the guardians of a child are; for each of them.
    pub struct GetGuardians;
    impl Endpoint for GetGuardians {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/people/{person}/guardians";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "The guardians of a child";
        type Params = PersonId;
        type Input = ();
        type Output = Guardians;
    }

    /// Makes a code for another guardian; one from before can be used no more.
    pub struct InviteGuardian;
    impl Endpoint for InviteGuardian {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/people/{person}/guardians";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Invite another guardian of a child";
        type Params = PersonId;
        type Input = InvitationDraft;
        type Output = Guardians;
    }

    /// Comes with a code.
    pub struct JoinAsGuardian;
    impl Endpoint for JoinAsGuardian {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/guardians";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Become a guardian of a child, with a code";
        type Params = ();
        type Input = JoinRequest;
        type Output = Me;
    }

    /// The household sends a guardian away, or a guardian leaves. What they booked stays theirs.
    pub struct EndGuardian;
    impl Endpoint for EndGuardian {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/guardians/{guardian}";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Send a guardian away, or leave";
        type Params = GuardianId;
        type Input = ();
        type Output = Me;
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn names_are_read_back() {
        for scope in [Scope::See, Scope::Book] {
            assert_eq!(Scope::from_name(scope.name()), Some(scope));
        }
    }
}
