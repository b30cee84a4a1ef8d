//! What is kept of somebody, taking it along, and being forgotten.

use serde::{Deserialize, Serialize};

use crate::{
    text::Text,
    time::{DAY, MINUTE, Moment},
};

/// For how long one can think better of being erased, in milliseconds.
pub const GRACE: i64 = 7 * DAY;
/// For how long the address of one's own data is good, in milliseconds.
pub const LINK_LIFE: i64 = 15 * MINUTE;

/// What is kept of everybody, as it is declared where it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Policy {
    /// Group by group.
    pub groups: Vec<PolicyGroup>,
}

/// Things of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyGroup {
    /// What they have in common.
    pub title: Text,
    /// The things.
    pub items: Vec<Holding>,
}

/// Something that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holding {
    /// What it is.
    pub title: Text,
    /// What for.
    pub why: Text,
    /// What it consists of, as people call it.
    pub holds: Vec<Text>,
    /// Whether some of it is encrypted where it lies.
    pub sealed: bool,
    /// For how long.
    pub kept: Text,
    /// What becomes of it when the account is erased.
    pub after: Text,
    /// Whether anything of it is left then.
    pub stays: bool,
}

/// Everything that is kept of the caller, to be read by them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyData {
    /// When it was put together.
    pub made: Moment,
    /// What there is, in the language of the app; what there is nothing of is left out.
    pub parts: Vec<Part>,
}

/// Things of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// What they are.
    pub title: String,
    /// One by one.
    pub items: Vec<Item>,
}

/// One thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Item {
    /// What it is about; empty where its lines say it.
    pub title: String,
    /// What is kept of it.
    pub lines: Vec<Line>,
}

/// A label with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// Label.
    pub label: String,
    /// Value.
    pub value: String,
}

/// An address at which the caller's own data lies for a few minutes, also for another browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DataLink {
    /// The page for people; it holds the data for machines as well.
    pub page: String,
    /// The data for machines.
    pub json: String,
    /// Until when.
    pub until: Moment,
}

/// An account that is going to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leaving {
    /// When its holder asked for it.
    pub asked: Moment,
    /// From then on it cannot be undone.
    pub until: Moment,
}

/// What being erased means for the caller at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Erasure {
    /// Whether it was asked for.
    pub leaving: Option<Leaving>,
    /// Bookings, waits and offers ahead, which are given back at once.
    pub bookings: u32,
    /// Tasks ahead, which are left to others at once.
    pub tasks: u32,
    /// People of the household who go with it, the holder not counted.
    pub people: u32,
    /// Children who stay, since another guardian has them: they become one of that household.
    #[serde(default)]
    pub stay: u32,
}

pub mod api {
    //! Endpoints of one's own data.

    use super::{DataLink, Erasure, MyData, Policy};
    use crate::endpoint::{Audience, Endpoint, Method};

    /// What is kept of everybody.
    pub struct GetPolicy;
    impl Endpoint for GetPolicy {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/privacy";
        const AUDIENCE: Audience = Audience::Public;
        const SUMMARY: &'static str = "What is kept, what for and for how long";
        type Params = ();
        type Input = ();
        type Output = Policy;
    }

    /// Everything that is kept of the caller.
    pub struct GetMyData;
    impl Endpoint for GetMyData {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/me/data";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Everything that is kept of oneself";
        type Params = ();
        type Input = ();
        type Output = MyData;
    }

    /// An address for a few minutes, to take the data along with another browser.
    pub struct MakeDataLink;
    impl Endpoint for MakeDataLink {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/me/data/link";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "An address for a few minutes to take one's data along";
        type Params = ();
        type Input = ();
        type Output = DataLink;
    }

    /// What being erased means.
    pub struct GetErasure;
    impl Endpoint for GetErasure {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/me/erasure";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "What erasing the account means at this moment";
        type Params = ();
        type Input = ();
        type Output = Erasure;
    }

    /// Asks for it.
    pub struct AskErasure;
    impl Endpoint for AskErasure {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/me/erasure";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Have the account erased after some days of grace";
        type Params = ();
        type Input = ();
        type Output = Erasure;
    }

    /// Thinks better of it.
    pub struct StopErasure;
    impl Endpoint for StopErasure {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/me/erasure";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Keep the account after all";
        type Params = ();
        type Input = ();
        type Output = Erasure;
    }
}
