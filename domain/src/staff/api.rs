//! Endpoints of the staff: where one works, and who works with one.

use super::{Invitation, Member, Workbench};
use crate::{
    endpoint::{Audience, Endpoint, Method},
    id::StaffId,
};

/// Where one works.
pub struct GetWorkbench;
impl Endpoint for GetWorkbench {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/work";
    const AUDIENCE: Audience = Audience::Staff;
    // It names nobody, and who has no lock yet has to find out where to set it up.
    const LOCKED: bool = false;
    const SUMMARY: &'static str = "The posts one holds and the centres one works at";
    type Params = ();
    type Input = ();
    type Output = Workbench;
}

/// Those to whose posts one appoints.
pub struct ListStaff;
impl Endpoint for ListStaff {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/work/staff";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "The staff whom one appoints";
    type Params = ();
    type Input = ();
    type Output = Vec<Member>;
}

/// Gives a post to a telephone; it counts from when that telephone signs in.
pub struct InviteStaff;
impl Endpoint for InviteStaff {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/staff";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Invite somebody by telephone";
    type Params = ();
    type Input = Invitation;
    type Output = Vec<Member>;
}

/// Takes a post away until it is given back; it counts from the very next request.
pub struct SuspendStaff;
impl Endpoint for SuspendStaff {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/staff/{staff}/suspend";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Take somebody's post away for the time being";
    type Params = StaffId;
    type Input = ();
    type Output = Vec<Member>;
}

/// Gives a suspended post back.
pub struct ResumeStaff;
impl Endpoint for ResumeStaff {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/staff/{staff}/resume";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Give somebody's post back";
    type Params = StaffId;
    type Input = ();
    type Output = Vec<Member>;
}
