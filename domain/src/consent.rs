//! The guardian's consent for a child: which version is in force, and what is agreed to, as data.
//!
//! The words stand in the app, in both languages; what they say stands here, so that the two cannot
//! drift apart without somebody noticing.

use serde::{Deserialize, Serialize};

use crate::{
    id::{BookingId, PersonId},
    refusal::Refusal,
    text::Text,
    time::{Day, Moment, Zone, age_in_months},
};

/// The version of what is agreed to. Whoever changes [`TERMS`] raises it, and guardians are asked
/// again; what they agreed to before does not count for the new one.
pub const VERSION: u32 = 1;

/// The age in months from which nobody has to consent for somebody any more: fourteen years.
pub const FREE_MONTHS: u32 = 14 * 12;

/// Whether somebody born then needs a guardian's consent on the day `on`. Whose birthday is not known
/// is taken for grown up: a child has one, and an age band asks for it.
pub fn is_needed(born: Option<Day>, on: Day) -> bool {
    born.is_some_and(|born| age_in_months(born, on).is_none_or(|months| months < FREE_MONTHS))
}

/// What is kept of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What the child is called.
    Name,
    /// Date of birth.
    Birthday,
    /// Kindergarten or school.
    School,
    /// What the child must not eat or touch.
    Allergies,
    /// What else those who look after the child should know.
    Notes,
    /// What the child was booked into, and whether it came.
    Attendance,
}

/// What something is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To book places and to see that the age is right.
    Places,
    /// To look after the child safely.
    Care,
    /// To know who is there.
    Roll,
}

/// Who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The household itself.
    Household,
    /// Staff of a centre that the child is booked at; each look is on record.
    Staff,
}

/// How long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Until the guardian changes it or takes the child out of the household; then it is gone at once.
    UntilRemoved,
    /// For good, but without name and birthday once the child was taken out.
    Nameless,
}

/// One thing that is agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// What for.
    pub purpose: Purpose,
    /// What.
    pub fields: &'static [Field],
    /// Who reads it.
    pub readers: &'static [Reader],
    /// How long.
    pub keep: Keep,
}

/// All that is agreed to; nothing else is done with it.
pub const TERMS: [Term; 3] = [
    Term {
        purpose: Purpose::Places,
        fields: &[Field::Name, Field::Birthday],
        readers: &[Reader::Household, Reader::Staff],
        keep: Keep::UntilRemoved,
    },
    Term {
        purpose: Purpose::Care,
        fields: &[Field::School, Field::Allergies, Field::Notes],
        readers: &[Reader::Household, Reader::Staff],
        keep: Keep::UntilRemoved,
    },
    Term {
        purpose: Purpose::Roll,
        fields: &[Field::Attendance],
        readers: &[Reader::Household, Reader::Staff],
        keep: Keep::Nameless,
    },
];

/// A consent that is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Given {
    /// To which version.
    pub version: u32,
    /// Since when.
    pub at: Moment,
}

impl Given {
    /// Whether it is to what would be agreed to today.
    pub const fn is_current(self) -> bool {
        self.version >= VERSION
    }
}

/// Consent was given or taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentStep {
    /// Which version.
    pub version: u32,
    /// Given, or taken back.
    pub given: bool,
    /// When.
    pub at: Moment,
    /// At the desk of which centre, on paper; `None` for in the app.
    #[serde(default)]
    pub desk: Option<Text>,
}

/// A booking ahead that rests on the consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resting {
    /// Which booking.
    pub booking: BookingId,
    /// Of what.
    pub title: Text,
    /// When it starts.
    pub starts: Moment,
    /// The centre's clock.
    pub zone: Zone,
}

/// How a guardian's consent for somebody stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Consent {
    /// For whom.
    pub person: PersonId,
    /// Whether one is needed on this day.
    pub needed: bool,
    /// The version that would be agreed to today.
    pub version: u32,
    /// What is in force, if anything.
    pub given: Option<Given>,
    /// What was done so far, latest first.
    pub steps: Vec<ConsentStep>,
    /// Bookings ahead that rest on it, earliest first. They stay when it is taken back.
    pub ahead: Vec<Resting>,
}

impl Consent {
    /// The step by which what is in force was given.
    pub fn in_force(&self) -> Option<&ConsentStep> {
        self.given?;
        self.steps.iter().find(|step| step.given)
    }
}

/// The fewest characters that name a guardian.
pub const SHORTEST_GUARDIAN: u32 = 2;
/// The most.
pub const LONGEST_GUARDIAN: u32 = 40;

/// A guardian signed at the desk, or wants it taken back there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperConsent {
    /// The telephone of the household, or the number on their slip, as typed.
    pub phone: String,
    /// For whom.
    pub person: PersonId,
    /// Signed, or to be taken back.
    pub given: bool,
    /// The version on the paper.
    pub version: u32,
    /// Which guardian, such as "mother, Wang Fang": it stays on record, where the household reads it.
    pub guardian: String,
}

impl PaperConsent {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        let length = self.guardian.trim().chars().count();
        let mut refusals = Vec::new();
        if length < SHORTEST_GUARDIAN as usize {
            refusals.push(Refusal::TextTooShort { least: SHORTEST_GUARDIAN });
        }
        if length > LONGEST_GUARDIAN as usize {
            refusals.push(Refusal::TextTooLong { most: LONGEST_GUARDIAN });
        }
        if self.given && self.version != VERSION {
            refusals.push(Refusal::ConsentChanged { version: VERSION });
        }
        refusals
    }
}

/// A guardian agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentDraft {
    /// To the version they were shown.
    pub version: u32,
}

pub mod api {
    //! Endpoints of consent: a guardian reads it, gives it and takes it back.

    use super::{Consent, ConsentDraft};
    use crate::{
        endpoint::{Audience, Endpoint, Method},
        id::PersonId,
    };

    /// How consent for somebody of the household stands.
    pub struct GetConsent;
    impl Endpoint for GetConsent {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/people/{person}/consent";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "How the guardian's consent for a child stands";
        type Params = PersonId;
        type Input = ();
        type Output = Consent;
    }

    /// Consents, to the version that was shown.
    pub struct GiveConsent;
    impl Endpoint for GiveConsent {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/people/{person}/consent";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Consent for a child of the household";
        type Params = PersonId;
        type Input = ConsentDraft;
        type Output = Consent;
    }

    /// Takes it back: ready tickets that rest on it open nothing any more, bookings stay.
    pub struct WithdrawConsent;
    impl Endpoint for WithdrawConsent {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/people/{person}/consent";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Take the consent for a child back";
        type Params = PersonId;
        type Input = ();
        type Output = Consent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day::from_ymd_opt(y, m, d).expect("a real date")
    }

    #[test]
    fn consent_is_needed_until_the_fourteenth_birthday() {
        let born = Some(day(2012, 6, 24));
        assert!(is_needed(born, day(2026, 6, 23)));
        assert!(!is_needed(born, day(2026, 6, 24)));
        assert!(!is_needed(None, day(2026, 6, 24)));
        // Somebody who is not born yet is a child.
        assert!(is_needed(Some(day(2026, 7, 1)), day(2026, 6, 24)));
    }

    #[test]
    fn who_was_born_on_the_29th_of_february_is_fourteen_on_the_1st_of_march() {
        let born = Some(day(2012, 2, 29));
        assert!(is_needed(born, day(2026, 2, 28)));
        assert!(!is_needed(born, day(2026, 3, 1)));
    }
}
