//! What the home page of a centre shows, the same for everybody.

use serde::{Deserialize, Serialize};

use crate::{
    centre::CentreCard,
    id::{DrawId, OfferingId, WishId},
    offering::{Kind, Measure, Price},
    text::Text,
    time::{Day, Moment},
};

/// The public part of the home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Home {
    /// The centre.
    pub centre: CentreCard,
    /// What is still on today, or, when nothing is left, tomorrow: the next slot of each offering,
    /// earliest first, at most six. [`Home::day`] says which.
    pub today: Vec<TodayItem>,
    /// Booking that opens soon, soonest first, at most three.
    pub soon: Vec<SoonItem>,
    /// Wishes that came true lately, newest first, at most three.
    pub done: Vec<DoneItem>,
}

impl Home {
    /// The day that the list of what is on is about: today, or tomorrow when today is over.
    pub fn day(&self, now: Moment) -> Day {
        let zone = self.centre.zone;
        let today = now.day(zone);
        self.today.first().map_or(today, |item| item.starts.day(zone).max(today))
    }
}

/// Something that is on today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodayItem {
    /// What.
    pub offering: OfferingId,
    /// Its sort.
    pub kind: Kind,
    /// Its name.
    pub title: Text,
    /// Free where `None`.
    pub price: Option<Price>,
    /// What a place is called.
    pub measure: Measure,
    /// No booking, just come.
    pub drop_in: bool,
    /// When it starts.
    pub starts: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Places left.
    pub free: u32,
}

/// Booking that opens soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SoonItem {
    /// What.
    pub offering: OfferingId,
    /// Its name.
    pub title: Text,
    /// The name of the slot, such as "first term".
    pub name: Option<Text>,
    /// When booking opens, or lots are drawn.
    pub opens: Moment,
    /// How many places.
    pub capacity: u32,
    /// The draw by which they are given out; then the item stands for all its classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<DrawId>,
}

/// A wish that came true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoneItem {
    /// Which wish.
    pub wish: WishId,
    /// Its number.
    pub number: u32,
    /// What was done.
    pub note: Text,
    /// How many neighbours wished it.
    pub supports: u32,
    /// When it was done.
    pub done: Moment,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::Point,
        id::{CentreId, CityId},
        time::{CHINA, HOUR},
    };

    fn home(starts: &[Moment]) -> Home {
        let centre = CentreCard {
            id: CentreId::from("c"),
            city: CityId::from("y"),
            name: Text::only("新盛社区"),
            address: Text::default(),
            phone: String::new(),
            at: Point { lat: 0.0, lng: 0.0 },
            zone: CHINA,
            hours: Vec::new(),
            closures: Vec::new(),
        };
        let item = |starts: &Moment| TodayItem {
            offering: OfferingId::from("o"),
            kind: Kind::Facility,
            title: Text::only("乒乓球桌"),
            price: None,
            measure: Measure::Table,
            drop_in: false,
            starts: *starts,
            ends: starts.plus(HOUR),
            free: 1,
        };
        Home { centre, today: starts.iter().map(item).collect(), soon: Vec::new(), done: Vec::new() }
    }

    #[test]
    fn late_in_the_evening_the_list_is_about_tomorrow() {
        let today = Day::from_ymd_opt(2026, 7, 1).expect("a real date");
        let tomorrow = Day::from_ymd_opt(2026, 7, 2).expect("a real date");
        let evening = CHINA.moment(today, 23 * 60);
        assert_eq!(home(&[CHINA.moment(tomorrow, 9 * 60)]).day(evening), tomorrow);
        assert_eq!(home(&[CHINA.moment(today, 23 * 60 + 30)]).day(evening), today);
        assert_eq!(home(&[]).day(evening), today);
    }

    #[test]
    fn what_began_before_midnight_and_goes_on_is_on_today() {
        let yesterday = Day::from_ymd_opt(2026, 6, 30).expect("a real date");
        let today = Day::from_ymd_opt(2026, 7, 1).expect("a real date");
        assert_eq!(home(&[CHINA.moment(yesterday, 23 * 60 + 30)]).day(CHINA.moment(today, 10)), today);
    }
}
