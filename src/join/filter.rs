//! What one is looking for, as it stands in the address: so that back, reload and a link that
//! somebody was sent show the same list.

use domain::{
    offering::{Group, Kind, OfferingCard},
    screen::Screen,
    time::Day,
};

use crate::host;

/// How far one would go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Near {
    /// As far as the city goes.
    City,
    /// A quarter of an hour on foot.
    Walk,
    /// The chosen centre itself.
    Own,
}

/// Longest walk that is still near, in minutes.
const WALK: u32 = 15;

impl Near {
    /// All distances, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::City, Self::Walk, Self::Own];

    /// The name in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::City => "",
            Self::Walk => "walk",
            Self::Own => "own",
        }
    }

    fn from_slug(slug: &str) -> Self {
        Self::ALL.into_iter().find(|near| near.slug() == slug).unwrap_or(Self::City)
    }

    /// Whether a centre so many minutes away, which may be the chosen one, is near enough.
    pub fn reaches(self, minutes: u32, own: bool) -> bool {
        match self {
            Self::City => true,
            Self::Walk => minutes <= WALK,
            Self::Own => own,
        }
    }
}

/// What one is looking for; `None` where anything will do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Which sort.
    pub kind: Option<Kind>,
    /// For whom.
    pub group: Option<Group>,
    /// On which day.
    pub day: Option<Day>,
    /// How far away.
    pub near: Near,
}

impl Filter {
    /// Everything.
    pub const ANY: Self = Self { kind: None, group: None, day: None, near: Near::City };

    /// Reads it from this screen's address and follows it; what is not understood does not count.
    pub fn here() -> Self {
        let of = |name| host::query_live(name).unwrap_or_default();
        Self {
            kind: Kind::from_slug(&of("kind")).filter(|kind| kind.is_to_join()),
            group: Group::from_slug(&of("group")),
            day: domain::time::parse_day(&of("day")),
            near: Near::from_slug(&of("near")),
        }
    }

    /// The address of the list that is looked through so.
    pub fn address(self) -> String {
        let pieces = [
            ("kind", self.kind.map_or_else(String::new, |kind| kind.slug().to_owned())),
            ("group", self.group.map_or_else(String::new, |group| group.slug().to_owned())),
            ("day", self.day.map_or_else(String::new, |day| day.to_string())),
            ("near", self.near.slug().to_owned()),
        ];
        let mut address = Screen::Join.path();
        let mut mark = '?';
        for (name, value) in pieces.iter().filter(|piece| !piece.1.is_empty()) {
            address.push(mark);
            address.push_str(name);
            address.push('=');
            address.push_str(value);
            mark = '&';
        }
        address
    }

    /// How many of the filters behind the button are set; the sort has a row of its own.
    pub fn count(self) -> usize {
        usize::from(self.group.is_some())
            + usize::from(self.day.is_some())
            + usize::from(self.near != Near::City)
    }

    /// Whether an offering is what is looked for, wherever it is.
    pub fn fits(self, card: &OfferingCard) -> bool {
        let kind = card.kind.is_to_join() && self.kind.is_none_or(|kind| card.kind == kind);
        // What is for families is for children too.
        let group = self.group.is_none_or(|group| {
            card.group == group || (group == Group::Child && card.group == Group::Family)
        });
        kind && group && self.day.is_none_or(|day| is_on(card, day))
    }
}

/// Whether an offering is on that day, as far as is known: two weeks ahead.
fn is_on(card: &OfferingCard, day: Day) -> bool {
    let ahead = day.signed_duration_since(card.first_day).num_days();
    (0..14).contains(&ahead) && card.days & 1 << ahead != 0
}
