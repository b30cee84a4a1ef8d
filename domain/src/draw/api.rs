//! Endpoints of draws. No address names somebody else's entry: one's own hangs on the draw.

use super::{Draw, DrawResult, EntryDraft, EntryLine, MyDraw};
use crate::{
    circle::{Deed, ForAnother},
    endpoint::{Audience, Endpoint, Method},
    id::{CentreId, DrawId},
};

/// The draws of a centre that are announced, open or not long over, the next to be drawn first.
pub struct ListDraws;
impl Endpoint for ListDraws {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/centres/{centre}/draws";
    const AUDIENCE: Audience = Audience::Public;
    const SUMMARY: &'static str = "The draws of a centre";
    type Params = CentreId;
    type Input = ();
    type Output = Vec<Draw>;
}

/// A draw: its classes, its rules, how many have entered.
pub struct GetDraw;
impl Endpoint for GetDraw {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/draws/{draw}";
    const AUDIENCE: Audience = Audience::Public;
    const SUMMARY: &'static str = "A draw and how many have entered";
    type Params = DrawId;
    type Input = ();
    type Output = Draw;
}

/// The result with seed and entries, without names: all that is needed to hold the draw again.
/// There is none before the draw.
pub struct GetDrawResult;
impl Endpoint for GetDrawResult {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/draws/{draw}/result.json";
    const AUDIENCE: Audience = Audience::Public;
    const SUMMARY: &'static str = "The result of a draw, to be worked out again by anybody";
    type Params = DrawId;
    type Input = ();
    type Output = DrawResult;
}

/// The household's own entries, those that are not drawn yet first.
pub struct MyEntries;
impl Endpoint for MyEntries {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/draws";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::See;
    const SUMMARY: &'static str = "The household's entries in draws";
    type Params = ();
    type Input = ();
    type Output = Vec<EntryLine>;
}

/// The household's own entry in a draw, and how many lots it has or would have.
pub struct GetEntry;
impl Endpoint for GetEntry {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/draws/{draw}/entry";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::See;
    const SUMMARY: &'static str = "The household's entry in a draw";
    type Params = DrawId;
    type Input = ();
    type Output = MyDraw;
}

/// Enters a draw; who has entered already changes party and wishes. When one enters makes no
/// difference.
pub struct EnterDraw;
impl Endpoint for EnterDraw {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/draws/{draw}/entry";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Enter);
    const SUMMARY: &'static str = "Enter a draw, or change the entry";
    type Params = DrawId;
    type Input = EntryDraft;
    type Output = MyDraw;
}

/// Takes the entry back; until the draw closes one can enter again.
pub struct WithdrawEntry;
impl Endpoint for WithdrawEntry {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/draws/{draw}/withdraw";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Withdraw);
    const SUMMARY: &'static str = "Take the entry in a draw back";
    type Params = DrawId;
    type Input = ();
    type Output = MyDraw;
}
