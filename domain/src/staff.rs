//! Who works where: the posts of the staff, and who may appoint whom.

use serde::{Deserialize, Serialize};

pub mod api;

use crate::{
    area::{Area, Way},
    household::LONGEST_NAME,
    id::{AreaId, CentreId, CityId, StaffId},
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
    /// At the office of an area, for all that lies in it: of a street, a district or a whole city.
    Office(AreaId),
    /// Runs the house.
    Admin,
}

impl Post {
    /// Whether who holds it works at that centre, to which `way` leads.
    pub fn covers(&self, centre: &CentreId, way: &Way) -> bool {
        match self {
            Self::Staff(own) => own == centre,
            Self::Office(own) => way.through(own),
            Self::Admin => true,
        }
    }

    /// Whether who holds it appoints others at all.
    pub fn appoints_some(&self) -> bool {
        matches!(self, Self::Office(_) | Self::Admin)
    }

    /// Whether who holds it appoints to `other`, to whose centre or area `way` leads: an office to the
    /// desks and offices below it and not to itself, an administrator everybody.
    pub fn appoints(&self, other: &Self, way: &Way) -> bool {
        match (self, other) {
            (Self::Admin, _) => true,
            (Self::Office(own), Self::Staff(_)) => way.through(own),
            (Self::Office(own), Self::Office(other)) => own != other && way.through(own),
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
    /// The name of their centre or area; empty for who runs the house.
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
        check_invited(&self.phone, &self.name)
    }
}

/// What is wrong with the telephone and the name of somebody who is invited; empty when nothing is.
pub fn check_invited(phone: &str, name: &str) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if let Err(refusal) = Phone::parse(phone) {
        refusals.push(refusal);
    }
    if name.trim().is_empty() {
        refusals.push(Refusal::TextTooShort { least: 1 });
    }
    if name.chars().count() > LONGEST_NAME as usize {
        refusals.push(Refusal::TextTooLong { most: LONGEST_NAME });
    }
    refusals
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
    /// The way down to it.
    pub way: Way,
    /// Its clock.
    pub zone: Zone,
}

/// Where one works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Workbench {
    /// What one does.
    pub posts: Vec<Post>,
    /// At which centres, city by city and down the tree.
    pub centres: Vec<Workplace>,
    /// The areas that one's offices look after, in the order of the tree; none for a desk.
    pub areas: Vec<Area>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(area: &str) -> Post {
        Post::Office(area.into())
    }

    fn desk(centre: &str) -> Post {
        Post::Staff(centre.into())
    }

    const STREET: &str = "yangzhou/hanjiang/hanjiang-xinsheng/";

    #[test]
    fn a_post_reaches_as_far_as_it_says() {
        let posts = || {
            [
                desk("xinsheng"),
                office("hanjiang-xinsheng"),
                office("hanjiang"),
                office("yangzhou"),
                Post::Admin,
            ]
        };
        let reach =
            |centre: &str, path: &str| posts().map(|post| post.covers(&centre.into(), &Way::parse(path)));
        assert_eq!(reach("xinsheng", STREET), [true; 5]);
        assert_eq!(reach("shurenyuan", "yangzhou/hanjiang/"), [false, false, true, true, true]);
        assert_eq!(reach("wenchang", "yangzhou/guangling/"), [false, false, false, true, true]);
        assert_eq!(reach("shuangqiao", "xiaoyi/"), [false, false, false, false, true]);
    }

    #[test]
    fn an_office_appoints_below_itself_and_nobody_to_what_they_hold_or_above() {
        let street = Way::parse(STREET);
        let district = Way::parse("yangzhou/hanjiang/");
        let office_here = office("hanjiang");
        assert!(office_here.appoints(&desk("xinsheng"), &street));
        assert!(office_here.appoints(&desk("shurenyuan"), &district));
        assert!(office_here.appoints(&office("hanjiang-xinsheng"), &street));
        assert!(!office_here.appoints(&office("hanjiang"), &district));
        assert!(!office_here.appoints(&office("yangzhou"), &Way::parse("yangzhou/")));
        assert!(!office_here.appoints(&Post::Admin, &Way::default()));
        assert!(!office("guangling").appoints(&desk("xinsheng"), &street));
        assert!(!office("hanjiang-xinsheng").appoints(&office("hanjiang"), &district));
        assert!(!desk("xinsheng").appoints(&desk("xinsheng"), &street));
        for post in [desk("xinsheng"), office("yangzhou"), Post::Admin] {
            assert!(Post::Admin.appoints(&post, &street), "{post:?}");
        }
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
