//! Endpoints of the circle of care. None of them is called for another: nobody who acts for an elder
//! changes her circle, or acts for those for whom she acts.

use super::{Circle, InvitationDraft, JoinRequest, Line};
use crate::{
    endpoint::{Audience, Endpoint, Method},
    id::BondId,
};

/// One's own circle, and for whom one acts.
pub struct GetCircle;
impl Endpoint for GetCircle {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/circle";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Who may act for me, and for whom I may act";
    type Params = ();
    type Input = ();
    type Output = Circle;
}

/// Makes a code for a relative; one from before can be used no more.
pub struct InviteRelative;
impl Endpoint for InviteRelative {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/circle/invitation";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Invite a relative into my circle";
    type Params = ();
    type Input = InvitationDraft;
    type Output = Circle;
}

/// Comes with a code.
pub struct JoinCircle;
impl Endpoint for JoinCircle {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/circle/bonds";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Come into somebody's circle, with a code";
    type Params = ();
    type Input = JoinRequest;
    type Output = Circle;
}

/// Sends a relative away, or leaves. What was booked stays hers.
pub struct EndBond;
impl Endpoint for EndBond {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/api/circle/bonds/{bond}";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "End a bond, from either side";
    type Params = BondId;
    type Input = ();
    type Output = Circle;
}

/// What happened in one's own circle, latest first.
pub struct GetCircleLog;
impl Endpoint for GetCircleLog {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/circle/log";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "What relatives did for me";
    type Params = ();
    type Input = ();
    type Output = Vec<Line>;
}

/// What was done by one bond, latest first; for both sides, as long as it holds.
pub struct GetBondLog;
impl Endpoint for GetBondLog {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/circle/bonds/{bond}/log";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "What was done by one bond";
    type Params = BondId;
    type Input = ();
    type Output = Vec<Line>;
}
