//! The circle of somebody who has no telephone, opened and ended at the desk on their word.

use serde::{Deserialize, Serialize};

use super::{Invitation, Line, Member, Scope, check_name, read_card};
use crate::{id::BondId, privacy::Leaving, refusal::Refusal, time::Day, work::check_reason};

/// Somebody without a telephone stands at the desk and wants a relative to act for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Opening {
    /// What they are called; the relative calls them so, too.
    pub name: String,
    /// Date of birth, where they say it.
    #[serde(with = "crate::time::day_text_option", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub born: Option<Day>,
    /// What they call the relative.
    pub relative: String,
    /// What the relative may do.
    pub scope: Scope,
    /// Why, in words that stay on record.
    pub reason: String,
}

impl Opening {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        let names = [&self.name, &self.relative].into_iter().filter_map(|name| check_name(name));
        names.chain(check_reason(&self.reason)).collect()
    }
}

/// Whose circle is looked at, by the number on the slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CardAsk {
    /// As typed.
    pub card: String,
    /// Why.
    pub reason: String,
}

impl CardAsk {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check(&self.card, &self.reason)
    }
}

/// Whose circle is looked at where the slip is lost: by what they said when they got it, at the same
/// desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LostAsk {
    /// What they are called.
    pub name: String,
    /// Date of birth, where they said it.
    #[serde(with = "crate::time::day_text_option", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub born: Option<Day>,
    /// Why.
    pub reason: String,
}

impl LostAsk {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check_name(&self.name).into_iter().chain(check_reason(&self.reason)).collect()
    }
}

/// Another relative is to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InviteAsk {
    /// Whose circle, as typed.
    pub card: String,
    /// What they call the relative.
    pub relative: String,
    /// What the relative may do.
    pub scope: Scope,
    /// Why.
    pub reason: String,
}

impl InviteAsk {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check_name(&self.relative).into_iter().chain(check(&self.card, &self.reason)).collect()
    }
}

/// A relative is sent away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndAsk {
    /// Whose circle, as typed.
    pub card: String,
    /// Which bond.
    pub bond: BondId,
    /// Why.
    pub reason: String,
}

impl EndAsk {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check(&self.card, &self.reason)
    }
}

pub(super) fn check(card: &str, reason: &str) -> Vec<Refusal> {
    let card = read_card(card).is_none().then_some(Refusal::CardUnknown);
    card.into_iter().chain(check_reason(reason)).collect()
}

/// The circle of somebody without a telephone, as the desk sees it and prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeskCircle {
    /// The number by which the desk finds them: eight digits.
    pub card: String,
    /// What they are called.
    pub name: String,
    /// Who may act or see.
    pub members: Vec<Member>,
    /// A code that can still be used.
    pub invitation: Option<Invitation>,
    /// What happened so far, latest first.
    pub log: Vec<Line>,
    /// That all of it is going to be erased, where they wished so.
    #[serde(default)]
    pub leaving: Option<Leaving>,
}

pub mod api {
    //! Endpoints of the circle at the desk. All are of the staff who work at the centre.

    use super::{CardAsk, DeskCircle, EndAsk, InviteAsk, LostAsk, Opening};
    use crate::{
        endpoint::{Audience, Endpoint, Method},
        id::CentreId,
    };

    /// Opens a circle for somebody without a telephone: an account to which nobody signs in, a number
    /// and a code.
    pub struct OpenCircle;
    impl Endpoint for OpenCircle {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle";
        const AUDIENCE: Audience = Audience::Staff;
        const SUMMARY: &'static str = "Open a circle for somebody without a telephone";
        type Params = CentreId;
        type Input = Opening;
        type Output = DeskCircle;
    }

    /// Shows a circle by the number on the slip, with a reason; it is put on record.
    pub struct FindCircle;
    impl Endpoint for FindCircle {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/find";
        const AUDIENCE: Audience = Audience::Staff;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "The circle of somebody without a telephone";
        type Params = CentreId;
        type Input = CardAsk;
        type Output = DeskCircle;
    }

    /// Shows a circle by name and date of birth, for who has lost the slip; it is put on record.
    pub struct FindLostCircle;
    impl Endpoint for FindLostCircle {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/lost";
        const AUDIENCE: Audience = Audience::Staff;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "The circle of somebody who has lost the slip";
        type Params = CentreId;
        type Input = LostAsk;
        type Output = DeskCircle;
    }

    /// Makes a code for another relative; one from before can be used no more.
    pub struct InviteAtDesk;
    impl Endpoint for InviteAtDesk {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/invitation";
        const AUDIENCE: Audience = Audience::Staff;
        const SUMMARY: &'static str = "Invite a relative for somebody without a telephone";
        type Params = CentreId;
        type Input = InviteAsk;
        type Output = DeskCircle;
    }

    /// Ends a bond on their word.
    pub struct EndBondAtDesk;
    impl Endpoint for EndBondAtDesk {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/end";
        const AUDIENCE: Audience = Audience::Staff;
        const SUMMARY: &'static str = "End a bond for somebody without a telephone";
        type Params = CentreId;
        type Input = EndAsk;
        type Output = DeskCircle;
    }
}
