//! The demo files as a person writes them. `demo/README.md` says what each field means.

use std::collections::BTreeMap;

use domain::{
    draw::DrawKind,
    geo::Point,
    offering::{Group, Kind, Measure, Per, Unit},
    text::Text,
    wish::{Category, StepKind},
};
use serde::Deserialize;

/// One file: a city with its centres and all that happens there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub city: City,
    #[serde(default, rename = "area")]
    pub areas: Vec<Area>,
    #[serde(default, rename = "centre")]
    pub centres: Vec<Centre>,
    #[serde(default, rename = "offering")]
    pub offerings: Vec<Offering>,
    #[serde(default, rename = "draw")]
    pub draws: Vec<Draw>,
    #[serde(default, rename = "task")]
    pub tasks: Vec<Task>,
    #[serde(default, rename = "wish")]
    pub wishes: Vec<Wish>,
    #[serde(default, rename = "staff")]
    pub staff: Vec<Staff>,
    #[serde(default, rename = "team")]
    pub teams: Vec<Team>,
    #[serde(default, rename = "member")]
    pub members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    pub phone: String,
    pub name: String,
    pub role: Role,
    /// Of the desk.
    pub centre: Option<String>,
    /// Of the office; the city where nothing is said.
    pub area: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Staff,
    Office,
    Admin,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    pub id: String,
    pub name: Words,
    /// Cities stand in this order, and where it is equal in the order of the file names.
    #[serde(default)]
    pub sort: i64,
    /// Minutes east of UTC of the city's clock.
    #[serde(default = "china")]
    pub zone: i32,
}

fn china() -> i32 {
    domain::time::CHINA.0
}

/// A district, or a street or town.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    pub id: String,
    pub name: Words,
    /// The area above, named before this one; the city where nothing is said.
    pub within: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    pub id: String,
    /// The area in which it lies; the city where nothing is said.
    pub within: Option<String>,
    pub name: Words,
    pub address: Words,
    pub phone: String,
    pub at: At,
    pub about: Words,
    pub area: Option<u32>,
    pub hours: Vec<Hours>,
    #[serde(default)]
    pub closures: Vec<Closure>,
    #[serde(default)]
    pub rooms: Vec<Room>,
}

/// Words in Chinese and in English; both have to be there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self { zh: words.zh, en: words.en }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct At {
    pub lat: f64,
    pub lng: f64,
}

impl From<At> for Point {
    fn from(at: At) -> Self {
        Self { lat: at.lat, lng: at.lng }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub days: String,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    pub name: Words,
    pub from: String,
    pub to: String,
    pub open_from: Option<String>,
    pub open_to: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub from: String,
    pub to: String,
    #[serde(default, rename = "pattern")]
    pub patterns: Vec<Pattern>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    pub name: Words,
    pub note: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offering {
    pub id: String,
    pub centre: String,
    pub kind: Kind,
    pub group: Group,
    pub title: Words,
    pub summary: Words,
    pub place: Words,
    pub price: Option<Price>,
    pub measure: Measure,
    pub unit: Unit,
    pub party_max: u32,
    pub ages: Option<Ages>,
    #[serde(default)]
    pub closes_minutes: u32,
    #[serde(default)]
    pub drop_in: bool,
    #[serde(default)]
    pub terms: Terms,
    #[serde(default, rename = "pattern")]
    pub patterns: Vec<Pattern>,
    #[serde(default)]
    pub except: Vec<Exception>,
    #[serde(default, rename = "course")]
    pub courses: Vec<Course>,
    #[serde(default, rename = "stay")]
    pub stays: Vec<Stay>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    pub name: Words,
    pub capacity: u32,
    #[serde(default)]
    pub desk: u32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    pub fen: u32,
    pub per: Per,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    pub from_months: Option<u32>,
    pub to_months: Option<u32>,
}

/// What an offering asks of who books.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked, or not, by itself")]
pub struct Terms {
    pub residents_first_minutes: Option<u32>,
    #[serde(default)]
    pub needs_verified: bool,
    #[serde(default)]
    pub needs_consent: bool,
    #[serde(default)]
    pub with_adult: bool,
    #[serde(default)]
    pub volunteers: bool,
    #[serde(default)]
    pub stay: bool,
    pub guests_max: Option<u32>,
    pub hold_minutes: Option<u32>,
    pub grace_minutes: Option<u32>,
    pub fair: Option<Fair>,
    pub table_seats: Option<u32>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fair {
    pub per_week: u32,
    pub spare_hours: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    pub days: String,
    pub first: String,
    pub last: String,
    pub every: u16,
    pub minutes: u16,
    pub capacity: u32,
    /// Places given out at the counter, by the time at which the slot starts.
    #[serde(default)]
    pub desk: BTreeMap<String, u32>,
    #[serde(default)]
    pub kept: u32,
    pub kept_hours: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    pub name: Words,
    pub opens_days: Option<i32>,
    pub opens: Option<String>,
    pub opens_at: String,
    pub starts_days: Option<i32>,
    pub starts: Option<String>,
    pub days: String,
    pub meetings: u16,
    pub from: String,
    pub to: String,
    pub capacity: u32,
    #[serde(default)]
    pub desk: u32,
    #[serde(default)]
    pub kept: u32,
    pub kept_hours: Option<u32>,
    pub draw: Option<String>,
    #[serde(default)]
    pub residents_first: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    pub id: String,
    pub centre: String,
    pub kind: DrawKind,
    pub title: Words,
    pub about: Words,
    pub enter_days: Option<i32>,
    pub enter: Option<String>,
    pub enter_at: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub id: String,
    pub centre: String,
    pub title: Words,
    pub summary: Words,
    pub place: Words,
    pub needs: u32,
    /// The team whose it is.
    pub team: Option<String>,
    /// Whether it is for volunteers alone.
    #[serde(default)]
    pub volunteers: bool,
    pub in_days: Option<i32>,
    pub on: Option<String>,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    pub id: String,
    pub centre: String,
    pub name: Words,
    pub about: Words,
}

/// Somebody of a team.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub phone: String,
    pub name: String,
    pub team: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    pub id: String,
    pub centre: String,
    pub category: Category,
    pub text: Words,
    pub made_days: i32,
    pub supports: u32,
    #[serde(default)]
    pub steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub kind: StepKind,
    pub days: i32,
    pub note: Words,
}
