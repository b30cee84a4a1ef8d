//! Teams of a centre: people who do a certain sort of work together, such as repairs.

use serde::{Deserialize, Serialize};

pub mod api;

use crate::{
    id::{CentreId, MemberId, TeamId},
    refusal::Refusal,
    staff::{Standing, check_invited},
    task::Task,
    text::Text,
    time::Moment,
};

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Team {
    /// Which one.
    pub id: TeamId,
    /// Of which centre.
    pub centre: CentreId,
    /// The centre's name.
    pub centre_name: Text,
    /// What it is called.
    pub name: Text,
    /// What it does.
    pub about: Text,
}

/// Somebody of a team, as the desk sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamMember {
    /// Names the place in the team of this person.
    pub id: MemberId,
    /// What they are called.
    pub name: String,
    /// Their telephone, masked.
    pub phone: String,
    /// How they stand.
    pub standing: Standing,
    /// When they were invited.
    pub made: Moment,
}

/// A team with everybody who is in it or invited to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamRoll {
    /// The team.
    pub team: Team,
    /// First come first.
    pub members: Vec<TeamMember>,
}

/// Somebody to be invited to a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewMember {
    /// Their telephone, as typed.
    pub phone: String,
    /// What they are called.
    pub name: String,
}

impl NewMember {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check_invited(&self.phone, &self.name)
    }
}

/// A task of a team, with who of it does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamTask {
    /// The task.
    pub task: Task,
    /// Whether the viewer does it.
    pub mine: bool,
    /// The names of all who do, masked, first come first.
    pub by: Vec<String>,
}

/// A team as its members see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamPage {
    /// The team.
    pub team: Team,
    /// The names of all who are in it, masked, first come first.
    pub members: Vec<String>,
    /// What lies ahead, earliest first.
    pub tasks: Vec<TeamTask>,
}
