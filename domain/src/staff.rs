//! Who works where: the posts of the staff, and who may appoint whom.

use serde::{Deserialize, Serialize};

pub mod api;

use crate::{
    household::LONGEST_NAME,
    id::{CentreId, CityId, StaffId},
    refusal::Refusal,
    session::Phone,
    text::Text,
    time::{Moment, Zone},
};

/// A post: what one does in the house, and how far it reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Post {
    /// At the desk of a centre.
    Staff(CentreId),
    /// At the district office, for all centres of a city.
    District(CityId),
    /// Runs the house.
    Admin,
}

impl Post {
    /// Whether who holds it works at that centre, which lies in `city`.
    pub fn covers(&self, centre: &CentreId, city: &CityId) -> bool {
        match self {
            Self::Staff(own) => own == centre,
            Self::District(own) => own == city,
            Self::Admin => true,
        }
    }

    /// Whether who holds it appoints others at all.
    pub fn appoints_some(&self) -> bool {
        matches!(self, Self::District(_) | Self::Admin)
    }

    /// Whether who holds it appoints to `other`, which belongs to `city` unless it belongs to none: a
    /// district office the desks of its centres, an administrator everybody.
    pub fn appoints(&self, other: &Self, city: Option<&CityId>) -> bool {
        match (self, other) {
            (Self::Admin, _) => true,
            (Self::District(own), Self::Staff(_)) => city == Some(own),
            _ => false,
        }
    }
}

/// How somebody of the staff stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Standing {
    /// Invited; that telephone has not signed in yet.
    Pending,
    /// At work.
    Active,
    /// Without the post for the time being.
    Suspended,
}

/// Somebody of the staff, as those see them who appoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Names the post of this person.
    pub id: StaffId,
    /// What they are called.
    pub name: String,
    /// Their telephone, masked.
    pub phone: String,
    /// What they do.
    pub post: Post,
    /// The name of their centre or city; empty for who runs the house.
    pub place: Text,
    /// How they stand.
    pub standing: Standing,
    /// When they were invited.
    pub made: Moment,
    /// Whether it is oneself.
    pub me: bool,
}

/// Somebody to be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// Their telephone, as typed.
    pub phone: String,
    /// What they are called.
    pub name: String,
    /// What they shall do.
    pub post: Post,
}

impl Invitation {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if let Err(refusal) = Phone::parse(&self.phone) {
            refusals.push(refusal);
        }
        if self.name.trim().is_empty() {
            refusals.push(Refusal::TextTooShort { least: 1 });
        }
        if self.name.chars().count() > LONGEST_NAME as usize {
            refusals.push(Refusal::TextTooLong { most: LONGEST_NAME });
        }
        refusals
    }
}

/// A centre at whose desk one works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Workplace {
    /// Which one.
    pub centre: CentreId,
    /// Its name.
    pub name: Text,
    /// In which city.
    pub city: CityId,
    /// The city's name.
    pub city_name: Text,
    /// Its clock.
    pub zone: Zone,
}

/// Where one works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Workbench {
    /// What one does.
    pub posts: Vec<Post>,
    /// At which centres, city by city.
    pub centres: Vec<Workplace>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posts() -> [Post; 3] {
        [Post::Staff("xinsheng".into()), Post::District("yangzhou".into()), Post::Admin]
    }

    #[test]
    fn a_post_reaches_as_far_as_it_says() {
        let reaches = |post: &Post, centre: &str, city: &str| post.covers(&centre.into(), &city.into());
        let reach = |centre, city| posts().map(|post| reaches(&post, centre, city));
        assert_eq!(reach("xinsheng", "yangzhou"), [true, true, true]);
        assert_eq!(reach("wenchang", "yangzhou"), [false, true, true]);
        assert_eq!(reach("shuangqiao", "xiaoyi"), [false, false, true]);
    }

    #[test]
    fn nobody_appoints_to_what_they_hold_but_who_runs_the_house() {
        let [staff, district, admin] = posts();
        let (here, there) = (CityId::from("yangzhou"), CityId::from("xiaoyi"));
        assert!(!staff.appoints(&staff, Some(&here)));
        assert!(district.appoints(&staff, Some(&here)) && !district.appoints(&staff, Some(&there)));
        assert!(!district.appoints(&district, Some(&here)) && !district.appoints(&admin, None));
        assert!(posts().iter().all(|post| admin.appoints(post, None)));
    }

    #[test]
    fn an_invitation_needs_a_telephone_and_a_name() {
        let invitation = |phone: &str, name: &str| Invitation {
            phone: phone.into(),
            name: name.into(),
            post: Post::Staff("xinsheng".into()),
        };
        assert!(invitation("139 0000 0003", "王老师").check().is_empty());
        assert_eq!(
            invitation("139", " ").check(),
            [Refusal::PhoneMalformed, Refusal::TextTooShort { least: 1 }]
        );
    }
}
