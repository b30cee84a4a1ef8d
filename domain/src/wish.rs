//! A wish: what a resident would like to see done. Every wish has a number and can be followed.

use serde::{Deserialize, Serialize};

use crate::{
    id::{CentreId, WishId},
    refusal::Refusal,
    text::{Text, is_joiner, is_unseen},
    time::{Moment, Zone},
};

/// Fewest characters of a wish.
pub const SHORTEST: u32 = 4;
/// Most characters of a wish.
pub const LONGEST: u32 = 500;

/// What a wish is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Buildings, streets, sheds.
    Place,
    /// Safety.
    Safety,
    /// Elders.
    Elders,
    /// Children.
    Children,
    /// Culture and sport.
    Culture,
    /// Anything else.
    Other,
}

impl Category {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Place, Self::Safety, Self::Elders, Self::Children, Self::Culture, Self::Other];

    /// The name in data and in the database.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Safety => "safety",
            Self::Elders => "elders",
            Self::Children => "children",
            Self::Culture => "culture",
            Self::Other => "other",
        }
    }

    /// Reads a name from data or the database.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.slug() == slug)
    }
}

/// What happened to a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The centre took it on.
    Accepted,
    /// It was done.
    Done,
    /// The centre said no, and why.
    Declined,
    /// The resident took it back.
    Withdrawn,
}

impl StepKind {
    /// The name in data and in the database.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Done => "done",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a name from data or the database.
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::Accepted, Self::Done, Self::Declined, Self::Withdrawn]
            .into_iter()
            .find(|kind| kind.slug() == slug)
    }
}

/// A step in a wish's story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// When.
    pub at: Moment,
    /// What the centre says to it.
    pub note: Text,
}

/// Where a wish stands: the fold of its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishState {
    /// Nobody has answered yet.
    Submitted,
    /// The centre is on it.
    Accepted,
    /// It was done.
    Done,
    /// The centre said no.
    Declined,
    /// The resident took it back.
    Withdrawn,
}

/// Where a wish with these steps stands.
pub fn state(steps: &[Step]) -> WishState {
    steps.last().map_or(WishState::Submitted, |step| match step.kind {
        StepKind::Accepted => WishState::Accepted,
        StepKind::Done => WishState::Done,
        StepKind::Declined => WishState::Declined,
        StepKind::Withdrawn => WishState::Withdrawn,
    })
}

/// A wish as everybody sees it: it shows no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wish {
    /// Identifier.
    pub id: WishId,
    /// The number it is followed by.
    pub number: u32,
    /// To which centre.
    pub centre: CentreId,
    /// The centre's clock.
    pub zone: Zone,
    /// What it is about.
    pub category: Category,
    /// In the resident's words.
    pub text: Text,
    /// When it was made.
    pub made: Moment,
    /// How many neighbours wish it, the maker included.
    pub supports: u32,
    /// What happened since, in order.
    pub steps: Vec<Step>,
}

impl Wish {
    /// Where it stands.
    pub fn state(&self) -> WishState {
        state(&self.steps)
    }

    /// Whether neighbours can still join in.
    pub fn may_support(&self) -> bool {
        matches!(self.state(), WishState::Submitted | WishState::Accepted)
    }

    /// Whether its maker can take it back: until somebody is at work on it.
    pub fn may_withdraw(&self) -> bool {
        self.state() == WishState::Submitted
    }
}

/// A wish with what it is to who looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WishPage {
    /// The wish.
    pub wish: Wish,
    /// Whether the viewer made it.
    pub mine: bool,
    /// Whether the viewer joined in.
    pub supported: bool,
}

/// A wish to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WishDraft {
    /// To which centre.
    pub centre: CentreId,
    /// What about.
    pub category: Category,
    /// In one's own words.
    pub text: String,
}

impl WishDraft {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        let text = self.text.trim();
        let length = text.chars().count();
        let mut refusals = Vec::new();
        if length < SHORTEST as usize {
            refusals.push(Refusal::TextTooShort { least: SHORTEST });
        }
        if length > LONGEST as usize {
            refusals.push(Refusal::TextTooLong { most: LONGEST });
        }
        if has_private_number(text) {
            refusals.push(Refusal::PrivateNumber);
        }
        refusals
    }
}

/// Whether a text holds eleven digits or more in a row (spaces, dashes and what is not seen do not
/// break a row): a telephone or identity number, which does not belong where everybody reads.
fn has_private_number(text: &str) -> bool {
    let mut row = 0;
    for c in text.chars() {
        if c.is_ascii_digit() || ('０'..='９').contains(&c) {
            row += 1;
            if row >= 11 {
                return true;
            }
        } else if c == '\n' || !(c.is_whitespace() || is_dash(c) || is_unseen(c) || is_joiner(c)) {
            row = 0;
        }
    }
    false
}

/// Whether a sign looks like a dash.
const fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－')
}

pub mod api {
    //! Endpoints of wishes.

    use super::{Wish, WishDraft, WishPage};
    use crate::{
        circle::{Deed, ForAnother},
        endpoint::{Audience, Endpoint, Method},
        id::{CentreId, WishId},
    };

    /// The wishes of a centre, newest first; withdrawn ones are not among them.
    pub struct ListWishes;
    impl Endpoint for ListWishes {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/centres/{centre}/wishes";
        const AUDIENCE: Audience = Audience::Public;
        const SUMMARY: &'static str = "The wishes of a centre";
        type Params = CentreId;
        type Input = ();
        type Output = Vec<Wish>;
    }

    /// A wish and its story.
    pub struct GetWish;
    impl Endpoint for GetWish {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/wishes/{wish}";
        const AUDIENCE: Audience = Audience::Public;
        const FOR_ANOTHER: ForAnother = ForAnother::See;
        const SUMMARY: &'static str = "A wish and its story";
        type Params = WishId;
        type Input = ();
        type Output = WishPage;
    }

    /// The wishes one made oneself.
    pub struct MyWishes;
    impl Endpoint for MyWishes {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/wishes";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::See;
        const SUMMARY: &'static str = "The wishes one made oneself";
        type Params = ();
        type Input = ();
        type Output = Vec<Wish>;
    }

    /// Makes a wish.
    pub struct MakeWish;
    impl Endpoint for MakeWish {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/wishes";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Wish);
        const SUMMARY: &'static str = "Make a wish";
        type Params = ();
        type Input = WishDraft;
        type Output = WishPage;
    }

    /// Joins in a neighbour's wish; once is enough.
    pub struct SupportWish;
    impl Endpoint for SupportWish {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/wishes/{wish}/support";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Support);
        const SUMMARY: &'static str = "Join in a neighbour's wish";
        type Params = WishId;
        type Input = ();
        type Output = WishPage;
    }

    /// Takes one's own wish back.
    pub struct WithdrawWish;
    impl Endpoint for WithdrawWish {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/wishes/{wish}/withdraw";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Unwish);
        const SUMMARY: &'static str = "Take one's own wish back";
        type Params = WishId;
        type Input = ();
        type Output = WishPage;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> WishDraft {
        WishDraft { centre: CentreId::from("c"), category: Category::Place, text: text.into() }
    }

    #[test]
    fn a_wish_has_a_few_words_and_no_telephone_number() {
        assert!(draft("想要一个充电棚").check().is_empty());
        assert_eq!(draft("  好 ").check(), [Refusal::TextTooShort { least: 4 }]);
        assert_eq!(draft(&"好".repeat(501)).check(), [Refusal::TextTooLong { most: 500 }]);
        assert_eq!(draft("请打 138 0000-0001 找我").check(), [Refusal::PrivateNumber]);
        for hidden in ["138　0000　0001", "138–0000—0001", "138\u{200b}0000\u{200d}0001"] {
            assert_eq!(draft(hidden).check(), [Refusal::PrivateNumber], "{hidden:?}");
        }
        assert!(draft("有两个号码：0514-0000\n0103-0000").check().is_empty());
        assert!(draft("2026年7月1日 9:00 到 11:30 开放").check().is_empty());
    }

    #[test]
    fn a_wish_stands_where_its_last_step_left_it() {
        let step = |kind| Step { kind, at: Moment(0), note: Text::default() };
        assert_eq!(state(&[]), WishState::Submitted);
        assert_eq!(state(&[step(StepKind::Accepted), step(StepKind::Done)]), WishState::Done);
    }
}
