//! Endpoints of teams: of their members, and of the desk that keeps them.

use super::{NewMember, TeamPage, TeamRoll};
use crate::{
    endpoint::{Audience, Endpoint, Method},
    id::{CentreId, MemberId, TeamId},
};

/// A team, for those who are in it; to all others it does not exist.
pub struct GetTeam;
impl Endpoint for GetTeam {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/teams/{team}";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "A team, for its members";
    type Params = TeamId;
    type Input = ();
    type Output = TeamPage;
}

/// The teams of a centre with their members.
pub struct ListTeams;
impl Endpoint for ListTeams {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/work/centres/{centre}/teams";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "The teams of a centre and who is in them";
    type Params = CentreId;
    type Input = ();
    type Output = Vec<TeamRoll>;
}

/// Gives a telephone a place in a team; it counts from when that telephone signs in.
pub struct InviteMember;
impl Endpoint for InviteMember {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/teams/{team}/members";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Invite somebody to a team by telephone";
    type Params = TeamId;
    type Input = NewMember;
    type Output = Vec<TeamRoll>;
}

/// Suspends somebody of a team; it counts from the very next request.
pub struct SuspendMember;
impl Endpoint for SuspendMember {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/members/{member}/suspend";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Suspend somebody of a team";
    type Params = MemberId;
    type Input = ();
    type Output = Vec<TeamRoll>;
}

/// Gives a suspended place in a team back.
pub struct ResumeMember;
impl Endpoint for ResumeMember {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/members/{member}/resume";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Give somebody's place in a team back";
    type Params = MemberId;
    type Input = ();
    type Output = Vec<TeamRoll>;
}

/// Takes somebody out of a team, with all that was known of them there.
pub struct RemoveMember;
impl Endpoint for RemoveMember {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/api/work/members/{member}";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Take somebody out of a team";
    type Params = MemberId;
    type Input = ();
    type Output = Vec<TeamRoll>;
}
