//! The people of an account who attend things: oneself, children, elders.

use serde::{Deserialize, Serialize};

use crate::{
    consent,
    guardian::Scope,
    id::{CentreId, PersonId},
    refusal::Refusal,
    text::Text,
    time::{Day, Moment, age_in_months},
};

/// The most people one account may have.
pub const MOST_PEOPLE: u32 = 12;
/// The longest name, in characters.
pub const LONGEST_NAME: u32 = 20;
/// The longest text about what a child must not eat, or about anything else, in characters.
pub const LONGEST_CARE: u32 = 200;

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
    /// The guardian's consent that is in force, for a child.
    #[serde(default)]
    pub consent: Option<consent::Given>,
    /// When and where the desk saw the papers, if it did.
    #[serde(default)]
    pub verified: Option<Verified>,
    /// The centre in whose neighbourhood the desk has seen that they live.
    #[serde(default)]
    pub resident_of: Option<CentreId>,
    /// What one may do for a child of another household, whose guardian one is, too; `None` for one's
    /// own people.
    #[serde(default)]
    pub shared: Option<Scope>,
}

impl Person {
    /// Whether the caller can book for them.
    pub fn may_book(&self) -> bool {
        self.shared.is_none_or(|scope| scope == Scope::Book)
    }

    /// Whether a guardian has to consent before they can be booked on the day `on`, and has not, or
    /// to an earlier version only.
    pub fn lacks_consent(&self, on: Day) -> bool {
        consent::is_needed(self.born, on) && !self.consent.is_some_and(consent::Given::is_current)
    }
}

/// The desk saw somebody's papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verified {
    /// When.
    pub at: Moment,
    /// At which centre.
    pub centre: CentreId,
    /// Its name.
    pub centre_name: Text,
}

/// Where a child goes on other days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum School {
    /// At home, or in a group for the very young.
    Home,
    /// Kindergarten.
    Kindergarten,
    /// Primary school, first to third year.
    Lower,
    /// Primary school, fourth to sixth year.
    Upper,
    /// Middle school.
    Middle,
}

impl School {
    /// All of them, youngest first.
    pub const ALL: [Self; 5] = [Self::Home, Self::Kindergarten, Self::Lower, Self::Upper, Self::Middle];

    /// The name in data.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Kindergarten => "kindergarten",
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::Middle => "middle",
        }
    }

    /// Reads a name from data.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|school| school.slug() == slug)
    }
}

/// What those who look after somebody should know. All of it may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Care {
    /// Kindergarten or school.
    #[serde(default)]
    pub school: Option<School>,
    /// What they must not eat or touch.
    #[serde(default)]
    pub allergies: String,
    /// Anything else.
    #[serde(default)]
    pub notes: String,
}

impl Care {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        let long = |text: &String| text.chars().count() > LONGEST_CARE as usize;
        let too_long = [&self.allergies, &self.notes].into_iter().any(long);
        too_long.then_some(Refusal::TextTooLong { most: LONGEST_CARE }).into_iter().collect()
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether somebody who lives today can have been born then.
pub fn is_birthday(born: Day, today: Day) -> bool {
    age_in_months(born, today).is_some_and(|months| months <= 130 * 12)
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
            Some(born) if !is_birthday(born, today) => {
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

    use super::{Care, PersonDraft};
    use crate::{
        audit::Looked,
        circle::{Deed, ForAnother},
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

    /// Changes name, date of birth or relation (not of oneself). Where the date of birth changes,
    /// the desk has to see the papers again, and ready tickets open nothing any more.
    pub struct ChangePerson;
    impl Endpoint for ChangePerson {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/people/{person}";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Person);
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

    /// What those who look after somebody of the household should know.
    pub struct GetCare;
    impl Endpoint for GetCare {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/people/{person}/care";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::See;
        const SUMMARY: &'static str = "What those who look after somebody should know";
        type Params = PersonId;
        type Input = ();
        type Output = Care;
    }

    /// What staff had to do with somebody of the household, latest first.
    pub struct ListLooks;
    impl Endpoint for ListLooks {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/people/{person}/looks";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "When staff looked at somebody's record, and what for";
        type Params = PersonId;
        type Input = ();
        type Output = Vec<Looked>;
    }

    /// Changes it.
    pub struct ChangeCare;
    impl Endpoint for ChangeCare {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/people/{person}/care";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Care);
        const SUMMARY: &'static str = "Say what those who look after somebody should know";
        type Params = PersonId;
        type Input = Care;
        type Output = Care;
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

    #[test]
    fn what_to_know_of_a_child_is_short_or_nothing() {
        assert!(Care::default().check().is_empty() && Care::default().is_empty());
        let said = Care { allergies: "花生".repeat(100), ..Care::default() };
        assert!(said.check().is_empty() && !said.is_empty());
        let long = Care { notes: "长".repeat(201), ..Care::default() };
        assert_eq!(long.check(), [Refusal::TextTooLong { most: 200 }]);
        for school in School::ALL {
            assert_eq!(School::from_slug(school.slug()), Some(school));
        }
    }
}
