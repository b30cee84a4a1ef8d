//! What becomes of the number of somebody without a telephone: another one, a telephone in its place, or
//! nothing any more. All at the desk, on their word, with a reason on record.

use serde::{Deserialize, Serialize};

use super::desk::check;
use crate::{refusal::Refusal, session::Phone};

/// They have a telephone now: a code is sent to it, and typed at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PhoneAsk {
    /// The number on their slip, as typed.
    pub card: String,
    /// The telephone, as typed.
    pub phone: String,
    /// Why.
    pub reason: String,
}

impl PhoneAsk {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check(&self.card, &self.reason).into_iter().chain(Phone::parse(&self.phone).err()).collect()
    }
}

/// The code that the telephone got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PhoneMove {
    /// The number on their slip, as typed.
    pub card: String,
    /// What the request for the code was answered with.
    pub request: String,
    /// As typed.
    pub code: String,
    /// Why.
    pub reason: String,
}

impl PhoneMove {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check(&self.card, &self.reason)
    }
}

/// Somebody who signs in with a telephone from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moved {
    /// What they are called.
    pub name: String,
    /// Their telephone, masked.
    pub phone: String,
}

/// Everything that names them is to be erased, or they think better of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErasureAsk {
    /// The number on their slip, as typed.
    pub card: String,
    /// They think better of it: it stays.
    #[serde(default)]
    pub stay: bool,
    /// Why.
    pub reason: String,
}

impl ErasureAsk {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check(&self.card, &self.reason)
    }
}

pub mod api {
    //! Endpoints for the numbers of people without a telephone. All are of the staff who work at the
    //! centre.

    use super::{ErasureAsk, Moved, PhoneAsk, PhoneMove};
    use crate::{
        circle::desk::{CardAsk, DeskCircle},
        endpoint::{Audience, Endpoint, Method},
        id::CentreId,
        session::CodeSent,
    };

    /// Gives another number; the one from before is worth nothing any more, nor is a code on its slip.
    pub struct ReplaceCard;
    impl Endpoint for ReplaceCard {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/card";
        const AUDIENCE: Audience = Audience::Staff;
        const SUMMARY: &'static str = "Another number for somebody without a telephone";
        type Params = CentreId;
        type Input = CardAsk;
        type Output = DeskCircle;
    }

    /// Sends a code to the telephone that somebody has now.
    pub struct AskPhone;
    impl Endpoint for AskPhone {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/phone/code";
        const AUDIENCE: Audience = Audience::Staff;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "A code for the telephone that somebody has now";
        type Params = CentreId;
        type Input = PhoneAsk;
        type Output = CodeSent;
    }

    /// Puts a telephone in the place of the number: from now on they sign in with it.
    pub struct MoveToPhone;
    impl Endpoint for MoveToPhone {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/phone";
        const AUDIENCE: Audience = Audience::Staff;
        const SUMMARY: &'static str = "A telephone in the place of the number";
        type Params = CentreId;
        type Input = PhoneMove;
        type Output = Moved;
    }

    /// Erases everything that names them, with the grace that everybody has, or stops that.
    pub struct EraseAtDesk;
    impl Endpoint for EraseAtDesk {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/centres/{centre}/circle/erasure";
        const AUDIENCE: Audience = Audience::Staff;
        const SUMMARY: &'static str = "Erase somebody without a telephone, or stop that";
        type Params = CentreId;
        type Input = ErasureAsk;
        type Output = DeskCircle;
    }
}
