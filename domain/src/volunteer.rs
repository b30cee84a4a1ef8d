//! Volunteers: neighbours who said once what they like to help with, at a centre of their choice.

use serde::{Deserialize, Serialize};

pub mod api;

use crate::{
    household::LONGEST_NAME,
    id::{CentreId, TeamId, VolunteerId},
    refusal::Refusal,
    team::Team,
    text::Text,
    time::Moment,
};

/// Something to help with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Liking {
    /// Taking meals to those who cannot come.
    Meals,
    /// Company for elders.
    Elders,
    /// Looking after children.
    Children,
    /// Putting things right.
    Repairs,
    /// Showing how a phone works.
    Phones,
    /// Setting up for events.
    Events,
    /// Keeping the neighbourhood tidy.
    Tidying,
}

impl Liking {
    /// All there are, in the order of being shown.
    pub const ALL: [Self; 7] =
        [Self::Meals, Self::Elders, Self::Children, Self::Repairs, Self::Phones, Self::Events, Self::Tidying];

    /// The name on the wire.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Meals => "meals",
            Self::Elders => "elders",
            Self::Children => "children",
            Self::Repairs => "repairs",
            Self::Phones => "phones",
            Self::Events => "events",
            Self::Tidying => "tidying",
        }
    }
}

/// How a volunteer stands with the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// May do what is for volunteers.
    Good,
    /// May not for the time being.
    Suspended {
        /// Why, in the words of the desk.
        reason: String,
    },
}

impl Stand {
    /// Whether somebody who stands so may do what is for volunteers; `None` for who is none.
    ///
    /// # Errors
    /// They are no volunteer, or suspended.
    pub fn admit(stand: Option<&Self>) -> Result<(), Refusal> {
        match stand {
            Some(Self::Good) => Ok(()),
            Some(Self::Suspended { reason }) => Err(Refusal::VolunteerSuspended { reason: reason.clone() }),
            None => Err(Refusal::VolunteersOnly),
        }
    }
}

/// A volunteer, as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Volunteer {
    /// At which centre.
    pub centre: CentreId,
    /// The centre's name.
    pub centre_name: Text,
    /// The name they go by.
    pub name: String,
    /// What they like to help with; nothing for anything.
    pub likes: Vec<Liking>,
    /// Since when.
    pub made: Moment,
    /// How they stand.
    pub stand: Stand,
}

/// What somebody is to those who need a hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Volunteering {
    /// Where they are a volunteer.
    pub volunteer: Option<Volunteer>,
    /// The teams that they are in.
    pub teams: Vec<Team>,
}

/// What decides which tasks somebody may do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Helper {
    /// How they stand as a volunteer, where they are one.
    pub volunteer: Option<Stand>,
    /// The teams that they are in.
    pub teams: Vec<TeamId>,
}

/// What somebody says who wants to be a volunteer, or to change what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VolunteerDraft {
    /// At which centre.
    pub centre: CentreId,
    /// The name they go by.
    pub name: String,
    /// What they like to help with; nothing for anything.
    pub likes: Vec<Liking>,
}

impl VolunteerDraft {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        if self.name.trim().is_empty() {
            vec![Refusal::TextTooShort { least: 1 }]
        } else if self.name.chars().count() > LONGEST_NAME as usize {
            vec![Refusal::TextTooLong { most: LONGEST_NAME }]
        } else {
            Vec::new()
        }
    }
}

/// A volunteer on the list of a desk: neither the whole name nor a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listed {
    /// Names them.
    pub id: VolunteerId,
    /// Their name, masked.
    pub name: String,
    /// What they like to help with; nothing for anything.
    pub likes: Vec<Liking>,
    /// Since when.
    pub made: Moment,
    /// How they stand.
    pub stand: Stand,
}

/// Who a volunteer is: shown for a purpose, and on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// The name they go by.
    pub name: String,
    /// Their telephone, masked.
    pub phone: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volunteer_needs_a_name_and_nothing_else() {
        let draft =
            |name: &str| VolunteerDraft { centre: "xinsheng".into(), name: name.into(), likes: vec![] };
        assert!(draft("小秦").check().is_empty());
        assert_eq!(draft(" ").check(), [Refusal::TextTooShort { least: 1 }]);
        assert_eq!(draft(&"秦".repeat(99)).check(), [Refusal::TextTooLong { most: LONGEST_NAME }]);
    }

    #[test]
    fn likings_have_the_names_of_the_wire() {
        for liking in Liking::ALL {
            let json = serde_json::to_string(&liking).expect("JSON");
            assert_eq!(json, format!("\"{}\"", liking.slug()));
        }
    }
}
