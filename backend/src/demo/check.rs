//! Checks the demo files and says precisely what is wrong: which file, which thing, which field.

use std::{collections::BTreeSet, fmt, ops::RangeInclusive};

use domain::{
    centre::Room,
    hours::{Closure, Dates, Hours, Open},
    id::{AreaId, CentreId, TeamId, is_id},
    session::Phone,
    staff::Post,
    text::Text,
    time::{Zone, parse_day},
    wish::{StepKind, WishDraft},
};

use super::{
    areas::{self, CheckedArea},
    draw::{self, CheckedDraw},
    file::{self, File, Role, Words},
    offering,
    time::{dates, minutes, weekdays},
};
use crate::catalogue::details::{CentreDetails, OfferingDetails, On, TaskDetails};

/// Everything of all files, checked, in the order in which it is shown.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    pub cities: Vec<CheckedCity>,
    /// In the order of the tree, the cities among them.
    pub areas: Vec<CheckedArea>,
    pub centres: Vec<CheckedCentre>,
    pub offerings: Vec<CheckedOffering>,
    pub draws: Vec<CheckedDraw>,
    pub tasks: Vec<CheckedTask>,
    pub wishes: Vec<CheckedWish>,
    pub staff: Vec<CheckedStaff>,
    pub teams: Vec<CheckedTeam>,
    pub members: Vec<CheckedMember>,
}

/// A team of a centre.
#[derive(Clone, Debug)]
pub struct CheckedTeam {
    pub id: String,
    pub centre: String,
    pub name: Text,
    pub about: Text,
}

/// Somebody of a team.
#[derive(Clone, Debug)]
pub struct CheckedMember {
    pub phone: Phone,
    pub name: String,
    pub team: TeamId,
}

/// Somebody of the staff.
#[derive(Clone, Debug)]
pub struct CheckedStaff {
    pub phone: Phone,
    pub name: String,
    pub post: Post,
}

#[derive(Clone, Debug)]
pub struct CheckedCity {
    pub id: String,
    pub name: Text,
}

#[derive(Clone, Debug)]
pub struct CheckedCentre {
    pub id: String,
    pub city: String,
    pub area: String,
    pub details: CentreDetails,
}

#[derive(Clone, Debug)]
pub struct CheckedOffering {
    pub id: String,
    pub centre: String,
    pub kind: &'static str,
    pub details: OfferingDetails,
}

#[derive(Clone, Debug)]
pub struct CheckedTask {
    pub id: String,
    pub centre: String,
    pub zone: Zone,
    pub details: TaskDetails,
    pub needs: u32,
    pub team: Option<String>,
    pub volunteers: bool,
    pub on: On,
    pub from: u16,
    pub to: u16,
}

#[derive(Clone, Debug)]
pub struct CheckedWish {
    pub id: String,
    pub centre: String,
    pub zone: Zone,
    pub category: &'static str,
    pub text: Text,
    pub made_days: i32,
    pub supports: u32,
    pub steps: Vec<(StepKind, i32, Text)>,
}

/// What is wrong with a thing in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Such as `offering xinsheng-pingpong`.
    pub thing: String,
    /// Such as `pattern[0].desk`.
    pub field: String,
    /// What is expected.
    pub reason: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}: {}", self.thing, self.field, self.reason)
    }
}

/// Names the thing that is being checked.
pub struct At<'a> {
    pub noun: &'static str,
    pub id: &'a str,
}

impl At<'_> {
    /// The error for `field`.
    pub fn wrong(&self, field: impl Into<String>, reason: impl Into<String>) -> Wrong {
        Wrong { thing: format!("{} {}", self.noun, self.id), field: field.into(), reason: reason.into() }
    }

    /// An error unless `holds`.
    pub fn need(&self, holds: bool, field: impl Into<String>, reason: &str) -> Result<(), Wrong> {
        if holds { Ok(()) } else { Err(self.wrong(field, reason)) }
    }

    pub fn words(&self, field: &str, words: Words) -> Result<Text, Wrong> {
        self.need(!words.zh.trim().is_empty(), format!("{field}.zh"), "is empty")?;
        self.need(!words.en.trim().is_empty(), format!("{field}.en"), "is empty")?;
        Ok(words.into())
    }

    pub fn days(&self, field: impl Into<String>, text: &str) -> Result<u8, Wrong> {
        weekdays(text).ok_or_else(|| self.wrong(field, "expected weekdays such as \"1-5\" or \"2,4\""))
    }

    pub fn dates(&self, field: &str, from: &str, to: &str) -> Result<Dates, Wrong> {
        let expected = "expected days such as \"2026-10-01\", or \"10-01\" for every year, in order";
        dates(from, to).ok_or_else(|| self.wrong(format!("{field}.from"), expected))
    }

    /// A day in one of its two forms: so many days within `range`, or a date.
    pub fn on(
        &self,
        [days_field, date_field]: [String; 2],
        (days, date): (Option<i32>, Option<&str>),
        range: RangeInclusive<i32>,
    ) -> Result<On, Wrong> {
        match (days, date) {
            (Some(days), None) => {
                let expected = format!("expected {} to {}", range.start(), range.end());
                self.need(range.contains(&days), days_field, &expected)?;
                Ok(On::Days(days))
            }
            (None, Some(date)) => {
                let day = parse_day(date);
                day.map(On::Date)
                    .ok_or_else(|| self.wrong(date_field, "expected a day such as \"2026-07-01\""))
            }
            (Some(_), Some(_)) => {
                Err(self.wrong(date_field, format!("is said by {days_field} already: one of them")))
            }
            (None, None) => Err(self.wrong(date_field, format!("is missing, and so is {days_field}"))),
        }
    }

    pub fn time(&self, field: impl Into<String>, text: &str) -> Result<u16, Wrong> {
        minutes(text).ok_or_else(|| self.wrong(field, "expected a time such as \"09:30\""))
    }
}

/// The identifiers that were used, each with its noun.
#[derive(Default)]
pub struct Seen(BTreeSet<(&'static str, String)>);

impl Seen {
    /// A place to report errors at, where `id` is well formed and new.
    pub fn enter<'a>(&mut self, noun: &'static str, id: &'a str) -> Result<At<'a>, Wrong> {
        let at = At { noun, id };
        // Slots and tasks append a day and a time to the identifier.
        at.need(is_id(id) && id.len() <= 44, "id", "expected up to 44 letters, digits, - or _")?;
        at.need(self.0.insert((noun, id.to_owned())), "id", "is used twice")?;
        Ok(at)
    }
}

/// Checks one file and adds what it holds to `all`.
pub fn check(file: File, seen: &mut Seen, all: &mut Checked) -> Result<(), Wrong> {
    let city = file.city;
    let at = seen.enter("city", &city.id)?;
    let name = at.words("name", city.name)?;
    at.need((-720..=840).contains(&city.zone), "zone", "expected minutes east of UTC")?;
    let zone = Zone(city.zone);
    let paths = areas::check(file.areas, &city.id, &name, seen, all)?;
    let area = |at: &At<'_>, field: &str, named: Option<&String>| {
        let id = named.unwrap_or(&city.id);
        at.need(paths.contains_key(id), field, "there is no such area in this file")?;
        Ok(id.clone())
    };
    let first_centre = all.centres.len();
    for centre in file.centres {
        let at = seen.enter("centre", &centre.id)?;
        let (details, area) =
            (check_centre(&at, &centre, zone)?, area(&at, "within", centre.within.as_ref())?);
        all.centres.push(CheckedCentre { id: centre.id, city: city.id.clone(), area, details });
    }
    all.cities.push(CheckedCity { id: city.id.clone(), name });
    let centres: BTreeSet<&str> = all.centres[first_centre..].iter().map(|centre| &*centre.id).collect();
    let known = |at: &At<'_>, centre: &str| {
        at.need(centres.contains(centre), "centre", "there is no such centre in this file")
    };
    for offering in file.offerings {
        let (id, centre, kind) = (offering.id.clone(), offering.centre.clone(), offering.kind.slug());
        let at = seen.enter("offering", &id)?;
        known(&at, &centre)?;
        let details = offering::check(&at, offering)?;
        all.offerings.push(CheckedOffering { id, centre, kind, details });
    }
    for draw in file.draws {
        let id = draw.id.clone();
        let at = seen.enter("draw", &id)?;
        known(&at, &draw.centre)?;
        all.draws.push(draw::check(&at, draw, &all.offerings)?);
    }
    draw::check_courses(&all.offerings, &all.draws)?;
    let first_team = all.teams.len();
    for team in file.teams {
        let at = seen.enter("team", &team.id)?;
        known(&at, &team.centre)?;
        let (name, about) = (at.words("name", team.name)?, at.words("about", team.about)?);
        all.teams.push(CheckedTeam { id: team.id, centre: team.centre, name, about });
    }
    let teams: Vec<(String, String)> =
        all.teams[first_team..].iter().map(|team| (team.id.clone(), team.centre.clone())).collect();
    for task in file.tasks {
        let at = seen.enter("task", &task.id)?;
        known(&at, &task.centre)?;
        if let Some(team) = &task.team {
            let own = teams.iter().any(|(id, centre)| id == team && *centre == task.centre);
            at.need(own, "team", "the centre has no such team")?;
            at.need(!task.volunteers, "volunteers", "a task of a team is for the team")?;
        }
        all.tasks.push(check_task(&at, &task, zone)?);
    }
    for wish in file.wishes {
        let at = seen.enter("wish", &wish.id)?;
        known(&at, &wish.centre)?;
        all.wishes.push(check_wish(&at, &wish, zone)?);
    }
    for staff in file.staff {
        let at = At { noun: "staff", id: &staff.phone };
        at.need(
            staff.area.is_none() || staff.role == Role::Office,
            "area",
            "belongs to the role office alone",
        )?;
        let post = match (staff.role, &staff.centre) {
            (Role::Staff, Some(centre)) => {
                known(&at, centre)?;
                Post::Staff(CentreId::from(&**centre))
            }
            (Role::Staff, None) => return Err(at.wrong("centre", "is missing")),
            (Role::Office, None) => Post::Office(AreaId(area(&at, "area", staff.area.as_ref())?)),
            (Role::Admin, None) => Post::Admin,
            (_, Some(_)) => return Err(at.wrong("centre", "belongs to the role staff alone")),
        };
        let phone = check_somebody(&at, &staff.phone, &staff.name)?;
        all.staff.push(CheckedStaff { phone, name: staff.name, post });
    }
    for member in file.members {
        let at = At { noun: "member", id: &member.phone };
        at.need(
            teams.iter().any(|(id, _)| *id == member.team),
            "team",
            "there is no such team in this file",
        )?;
        let phone = check_somebody(&at, &member.phone, &member.name)?;
        all.members.push(CheckedMember { phone, name: member.name, team: TeamId(member.team) });
    }
    Ok(())
}

fn check_somebody(at: &At<'_>, phone: &str, name: &str) -> Result<Phone, Wrong> {
    at.need(!name.trim().is_empty(), "name", "is empty")?;
    Phone::parse(phone).map_err(|_| at.wrong("phone", "expected a mobile number of eleven digits"))
}

fn check_centre(at: &At<'_>, centre: &file::Centre, zone: Zone) -> Result<CentreDetails, Wrong> {
    let phone = centre.phone.clone();
    let plain = phone.len() >= 5 && phone.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    at.need(plain, "phone", "expected digits and -")?;
    at.need((-90.0..=90.0).contains(&centre.at.lat), "at.lat", "expected degrees north")?;
    at.need((-180.0..=180.0).contains(&centre.at.lng), "at.lng", "expected degrees east")?;
    let mut closures = Vec::new();
    for (index, row) in centre.closures.iter().enumerate() {
        let field = format!("closures[{index}]");
        let dates = at.dates(&field, &row.from, &row.to)?;
        let open = match (&row.open_from, &row.open_to) {
            (None, None) => None,
            (Some(from), Some(to)) => {
                let (from, to) =
                    (at.time(format!("{field}.open_from"), from)?, at.time(format!("{field}.open_to"), to)?);
                at.need(from < to, format!("{field}.open_to"), "must be later than open_from")?;
                Some(Open { from, to })
            }
            _ => return Err(at.wrong(field, "open_from and open_to go together")),
        };
        closures.push(Closure { name: at.words(&format!("{field}.name"), row.name.clone())?, dates, open });
    }
    at.need(!centre.hours.is_empty(), "hours", "is empty")?;
    let mut hours = Vec::new();
    for (index, row) in centre.hours.iter().enumerate() {
        let field = |name: &str| format!("hours[{index}].{name}");
        let days = at.days(field("days"), &row.days)?;
        let (from, to) = (at.time(field("from"), &row.from)?, at.time(field("to"), &row.to)?);
        at.need(from < to, field("to"), "must be later than from")?;
        hours.push(Hours { days, from, to });
    }
    let mut rooms = Vec::new();
    for (index, room) in centre.rooms.iter().enumerate() {
        rooms.push(Room {
            name: at.words(&format!("rooms[{index}].name"), room.name.clone())?,
            note: at.words(&format!("rooms[{index}].note"), room.note.clone())?,
        });
    }
    Ok(CentreDetails {
        name: at.words("name", centre.name.clone())?,
        address: at.words("address", centre.address.clone())?,
        phone,
        at: centre.at.into(),
        zone,
        hours,
        closures,
        about: at.words("about", centre.about.clone())?,
        area: centre.area,
        rooms,
    })
}

fn check_task(at: &At<'_>, task: &file::Task, zone: Zone) -> Result<CheckedTask, Wrong> {
    let (from, to) = (at.time("from", &task.from)?, at.time("to", &task.to)?);
    at.need(from < to, "to", "must be later than from")?;
    at.need((1..=1000).contains(&task.needs), "needs", "expected 1 to 1000")?;
    let on = at.on(["in_days".into(), "on".into()], (task.in_days, task.on.as_deref()), 0..=60)?;
    Ok(CheckedTask {
        id: task.id.clone(),
        centre: task.centre.clone(),
        zone,
        details: TaskDetails {
            title: at.words("title", task.title.clone())?,
            summary: at.words("summary", task.summary.clone())?,
            place: at.words("place", task.place.clone())?,
        },
        needs: task.needs,
        team: task.team.clone(),
        volunteers: task.volunteers,
        on,
        from,
        to,
    })
}

fn check_wish(at: &At<'_>, wish: &file::Wish, zone: Zone) -> Result<CheckedWish, Wrong> {
    let text = at.words("text", wish.text.clone())?;
    let centre = CentreId(wish.centre.clone());
    let draft = WishDraft { centre, category: wish.category, text: text.zh.clone() };
    if let Some(refusal) = draft.check().first() {
        return Err(at.wrong("text.zh", format!("{refusal:?}")));
    }
    at.need((-3650..=-1).contains(&wish.made_days), "made_days", "expected a day in the past")?;
    at.need((1..=100_000).contains(&wish.supports), "supports", "expected 1 or more")?;
    let mut steps = Vec::new();
    let mut last = wish.made_days;
    for (index, step) in wish.steps.iter().enumerate() {
        let field = |name: &str| format!("steps[{index}].{name}");
        let kinds = [StepKind::Accepted, StepKind::Done, StepKind::Declined];
        at.need(kinds.contains(&step.kind), field("kind"), "a demo wish is not withdrawn")?;
        at.need((last..0).contains(&step.days), field("days"), "steps lie in the past and in order")?;
        last = step.days;
        steps.push((step.kind, step.days, at.words(&field("note"), step.note.clone())?));
    }
    Ok(CheckedWish {
        id: wish.id.clone(),
        centre: wish.centre.clone(),
        zone,
        category: wish.category.slug(),
        text,
        made_days: wish.made_days,
        supports: wish.supports,
        steps,
    })
}
