//! A volunteer task: a few hours in which somebody lends a hand.

use serde::{Deserialize, Serialize};

use crate::{
    id::{CentreId, TaskId, TeamId},
    refusal::Refusal,
    text::Text,
    time::{Moment, Span, Zone},
    volunteer::{Helper, Stand},
};

/// Whose hands a task asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Hands {
    /// Anybody's.
    #[default]
    Anybody,
    /// A volunteer's in good standing.
    Volunteers,
    /// Those of a team alone.
    Team {
        /// Which.
        team: TeamId,
        /// What it is called.
        name: Text,
    },
}

impl Hands {
    /// Whether somebody may lend theirs.
    ///
    /// # Errors
    /// They are no volunteer, or not in good standing, or not in the team.
    pub fn admit(&self, helper: &Helper) -> Result<(), Refusal> {
        match self {
            Self::Anybody => Ok(()),
            Self::Volunteers => Stand::admit(helper.volunteer.as_ref()),
            Self::Team { team, .. } if helper.teams.contains(team) => Ok(()),
            Self::Team { name, .. } => Err(Refusal::OfTeam { team: name.clone() }),
        }
    }
}

/// A task as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Task {
    /// Identifier.
    pub id: TaskId,
    /// For which centre.
    pub centre: CentreId,
    /// The centre's name.
    pub centre_name: Text,
    /// The desk's telephone.
    pub phone: String,
    /// The centre's clock.
    pub zone: Zone,
    /// What it is.
    pub title: Text,
    /// What to do and bring.
    pub summary: Text,
    /// Where to go.
    pub place: Text,
    /// When.
    pub span: Span,
    /// How many people are needed.
    pub needs: u32,
    /// How many have said yes.
    pub claimed: u32,
    /// Whose hands it asks for.
    #[serde(default)]
    pub hands: Hands,
}

/// A task with what it is to who looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskPage {
    /// The task.
    pub task: Task,
    /// Whether the viewer is in.
    pub mine: bool,
    /// What the viewer is to those who need a hand.
    #[serde(default)]
    pub helper: Helper,
}

impl Task {
    /// How many hands are still missing.
    pub fn left(&self) -> u32 {
        self.needs.saturating_sub(self.claimed)
    }

    /// Whether somebody who is not in yet can join at `now`; `by` names who has it.
    ///
    /// # Errors
    /// The task has begun, it is not for them, or others were quicker.
    pub fn may_claim(&self, now: Moment, helper: &Helper, by: Vec<String>) -> Result<(), Refusal> {
        if now >= self.span.starts {
            return Err(Refusal::TaskPast);
        }
        self.hands.admit(helper)?;
        if self.left() == 0 { Err(Refusal::TaskTaken { by }) } else { Ok(()) }
    }

    /// Whether somebody who is in can leave at `now`.
    pub fn may_leave(&self, now: Moment) -> bool {
        now < self.span.starts
    }
}

pub mod api {
    //! Endpoints of volunteer tasks.

    use super::{Task, TaskPage};
    use crate::{
        endpoint::{Audience, Endpoint, Method},
        id::{CityId, TaskId},
    };

    /// The tasks of a city that have not begun, earliest first.
    pub struct ListTasks;
    impl Endpoint for ListTasks {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/cities/{city}/tasks";
        const AUDIENCE: Audience = Audience::Public;
        const SUMMARY: &'static str = "The volunteer tasks of a city";
        type Params = CityId;
        type Input = ();
        type Output = Vec<Task>;
    }

    /// A task.
    pub struct GetTask;
    impl Endpoint for GetTask {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/tasks/{task}";
        const AUDIENCE: Audience = Audience::Public;
        const SUMMARY: &'static str = "A volunteer task";
        type Params = TaskId;
        type Input = ();
        type Output = TaskPage;
    }

    /// The tasks one is in, earliest first.
    pub struct MyTasks;
    impl Endpoint for MyTasks {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/tasks";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "The volunteer tasks one is in";
        type Params = ();
        type Input = ();
        type Output = Vec<Task>;
    }

    /// Joins a task. Of two who want the last place one gets it, the other is told.
    pub struct ClaimTask;
    impl Endpoint for ClaimTask {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/tasks/{task}/claim";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Lend a hand";
        type Params = TaskId;
        type Input = ();
        type Output = TaskPage;
    }

    /// Leaves a task before it begins.
    pub struct LeaveTask;
    impl Endpoint for LeaveTask {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/tasks/{task}/leave";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Leave a volunteer task";
        type Params = TaskId;
        type Input = ();
        type Output = TaskPage;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_for_whom_it_says_and_for_nobody_else() {
        let name = Text::only("维修队");
        let team = Hands::Team { team: "repairs".into(), name: name.clone() };
        let suspended = Stand::Suspended { reason: "没有来".into() };
        let helper = |volunteer, teams: &[&str]| Helper {
            volunteer,
            teams: teams.iter().map(|team| TeamId::from(*team)).collect(),
        };
        for (helper, expected) in [
            (
                helper(None, &[]),
                [Ok(()), Err(Refusal::VolunteersOnly), Err(Refusal::OfTeam { team: name.clone() })],
            ),
            (
                helper(Some(Stand::Good), &["other"]),
                [Ok(()), Ok(()), Err(Refusal::OfTeam { team: name.clone() })],
            ),
            (helper(None, &["repairs"]), [Ok(()), Err(Refusal::VolunteersOnly), Ok(())]),
            (
                helper(Some(suspended), &["repairs"]),
                [Ok(()), Err(Refusal::VolunteerSuspended { reason: "没有来".into() }), Ok(())],
            ),
        ] {
            let found = [&Hands::Anybody, &Hands::Volunteers, &team].map(|hands| hands.admit(&helper));
            assert_eq!(found, expected, "{helper:?}");
        }
    }
}
