//! Endpoints of volunteers: one's own, and those of the desk.

use super::{Contact, Listed, VolunteerDraft, Volunteering};
use crate::{
    endpoint::{Audience, Endpoint, Method},
    id::{CentreId, VolunteerId},
    work::{Because, Purpose},
};

/// What one is to those who need a hand.
pub struct GetVolunteering;
impl Endpoint for GetVolunteering {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/volunteering";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Where one is a volunteer, and one's teams";
    type Params = ();
    type Input = ();
    type Output = Volunteering;
}

/// Becomes a volunteer, or changes what one said.
pub struct BecomeVolunteer;
impl Endpoint for BecomeVolunteer {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/volunteering";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Become a volunteer at a centre";
    type Params = ();
    type Input = VolunteerDraft;
    type Output = Volunteering;
}

/// Is no volunteer any more. Tasks ahead that are for volunteers go to others.
pub struct StopVolunteering;
impl Endpoint for StopVolunteering {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/api/volunteering";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Stop being a volunteer";
    type Params = ();
    type Input = ();
    type Output = Volunteering;
}

/// The volunteers of a centre, latest first. That they were listed is on record.
pub struct ListVolunteers;
impl Endpoint for ListVolunteers {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/work/centres/{centre}/volunteers";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "The volunteers of a centre";
    type Params = CentreId;
    type Input = ();
    type Output = Vec<Listed>;
}

/// Who a volunteer is, for a purpose that they can read.
pub struct LookAtVolunteer;
impl Endpoint for LookAtVolunteer {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/volunteers/{volunteer}/look";
    const AUDIENCE: Audience = Audience::Staff;
    const KEYED: bool = false;
    const SUMMARY: &'static str = "Name and masked telephone of a volunteer, with a purpose";
    type Params = VolunteerId;
    type Input = Purpose;
    type Output = Contact;
}

/// Suspends a volunteer, with a reason that they are told.
pub struct SuspendVolunteer;
impl Endpoint for SuspendVolunteer {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/volunteers/{volunteer}/suspend";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Suspend a volunteer";
    type Params = VolunteerId;
    type Input = Because;
    type Output = Vec<Listed>;
}

/// Restores a volunteer, who is told so.
pub struct RestoreVolunteer;
impl Endpoint for RestoreVolunteer {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/work/volunteers/{volunteer}/restore";
    const AUDIENCE: Audience = Audience::Staff;
    const SUMMARY: &'static str = "Restore a suspended volunteer";
    type Params = VolunteerId;
    type Input = ();
    type Output = Vec<Listed>;
}
