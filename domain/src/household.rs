//! The people of an account who attend things: oneself, children, elders.

use serde::{Deserialize, Serialize};

use crate::{
    id::PersonId,
    refusal::Refusal,
    time::{Day, age_in_months},
};

/// The most people one account may have.
pub const MOST_PEOPLE: u32 = 12;
/// The longest name, in characters.
pub const LONGEST_NAME: u32 = 20;

/// What somebody is to the account's holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Relation {
    /// The holder; there is exactly one.
    Myself,
    /// A child.
    Child,
    /// A parent or grandparent.
    Elder,
    /// Another adult of the household.
    Adult,
}

/// Somebody who attends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// Identifier.
    pub id: PersonId,
    /// What they are to the holder.
    pub relation: Relation,
    /// What they are called; empty where the holder has not said.
    pub name: String,
    /// Date of birth, needed where there is an age band.
    #[serde(with = "crate::time::day_text_option", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub born: Option<Day>,
}

/// Somebody to be added or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonDraft {
    /// What they are to the holder; never [`Relation::Myself`] for somebody new.
    pub relation: Relation,
    /// What they are called.
    pub name: String,
    /// Date of birth; needed for a child.
    #[serde(with = "crate::time::day_text_option", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub born: Option<Day>,
}

impl PersonDraft {
    /// What is wrong with it on the day `today`; empty when nothing is.
    pub fn check(&self, today: Day) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let name = self.name.trim();
        if name.is_empty() && self.relation != Relation::Myself {
            refusals.push(Refusal::TextTooShort { least: 1 });
        }
        if name.chars().count() > LONGEST_NAME as usize {
            refusals.push(Refusal::TextTooLong { most: LONGEST_NAME });
        }
        match self.born {
            Some(born) if age_in_months(born, today).is_none_or(|months| months > 130 * 12) => {
                refusals.push(Refusal::BirthdayImpossible);
            }
            None if self.relation == Relation::Child => refusals.push(Refusal::BirthdayImpossible),
            _ => {}
        }
        refusals
    }
}

pub mod api {
    //! Endpoints of the household. The people themselves come with `GET /api/me`.

    use super::PersonDraft;
    use crate::{
        endpoint::{Audience, Endpoint, Method},
        id::PersonId,
        session::Me,
    };

    /// Adds somebody.
    pub struct AddPerson;
    impl Endpoint for AddPerson {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/people";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Add somebody to the household";
        type Params = ();
        type Input = PersonDraft;
        type Output = Me;
    }

    /// Changes name, date of birth or relation (not of oneself).
    pub struct ChangePerson;
    impl Endpoint for ChangePerson {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/people/{person}";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Change somebody of the household";
        type Params = PersonId;
        type Input = PersonDraft;
        type Output = Me;
    }

    /// Takes somebody out who has no bookings ahead.
    pub struct RemovePerson;
    impl Endpoint for RemovePerson {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/people/{person}";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Take somebody out of the household";
        type Params = PersonId;
        type Input = ();
        type Output = Me;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day::from_ymd_opt(y, m, d).expect("a real date")
    }

    #[test]
    fn a_child_needs_a_name_and_a_birthday_that_can_be() {
        let today = day(2026, 7, 1);
        let child = |name: &str, born| PersonDraft { relation: Relation::Child, name: name.into(), born };
        assert!(child("朵朵", Some(day(2024, 2, 29))).check(today).is_empty());
        assert_eq!(child("  ", None).check(today).len(), 2);
        assert_eq!(child("朵朵", Some(day(2026, 7, 2))).check(today), [Refusal::BirthdayImpossible]);
        assert_eq!(child("朵朵", Some(day(1890, 1, 1))).check(today), [Refusal::BirthdayImpossible]);
    }
}
