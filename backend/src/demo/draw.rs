//! Checks the draws of a demo file, and that their courses go together.

use domain::{draw::DrawKind, time::Day};

use super::{
    check::{At, CheckedOffering, Wrong},
    file,
};
use crate::catalogue::details::{Course, DrawPlan, OfferingDetails};

/// What a draw is made from.
#[derive(Clone, Debug)]
pub struct CheckedDraw {
    pub id: String,
    pub centre: String,
    pub plan: DrawPlan,
}

/// Checks a draw: its courses are of one centre, count places alike and are drawn at one time, which
/// lies after the first day on which one can enter.
pub fn check(at: &At<'_>, draw: file::Draw, offerings: &[CheckedOffering]) -> Result<CheckedDraw, Wrong> {
    let enter_at = at.time("enter_at", &draw.enter_at)?;
    let enter = (draw.enter_days, draw.enter.as_deref());
    let enter = at.on(["enter_days".into(), "enter".into()], enter, -365..=365)?;
    let courses: Vec<(&CheckedOffering, &Course)> = offerings.iter().flat_map(drawn).collect();
    let courses: Vec<_> =
        courses.into_iter().filter(|(_, course)| course.draw.as_ref() == Some(&draw.id)).collect();
    let enough = match draw.kind {
        DrawKind::Lottery => courses.len() == 1,
        DrawKind::Ranked => (2..=9).contains(&courses.len()),
    };
    at.need(enough, "kind", "a lottery has one course, a ranked choice two to nine")?;
    let Some((first, first_course)) = courses.first() else { return Err(at.wrong("kind", "has no course")) };
    for (offering, course) in &courses {
        at.need(offering.centre == draw.centre, "centre", "a course is at another centre")?;
        let alike = |details: &OfferingDetails| (details.unit, details.party_max);
        at.need(alike(&offering.details) == alike(&first.details), "kind", "courses count places alike")?;
        let together = (course.opens, course.opens_at) == (first_course.opens, first_course.opens_at);
        at.need(together, "kind", "the courses of a draw open at the same time: then lots are drawn")?;
    }
    let field = if enter.is_date() { "enter" } else { "enter_days" };
    let alike = enter.is_date() == first_course.opens.is_date();
    at.need(alike, field, "a draw of courses with dates has one, and no other has")?;
    let enters = (enter.day(Day::default()), enter_at);
    let closes = (first_course.opens.day(Day::default()), first_course.opens_at);
    at.need(enters < closes, field, "one can enter before the lots are drawn")?;
    Ok(CheckedDraw {
        plan: DrawPlan {
            title: at.words("title", draw.title)?,
            about: at.words("about", draw.about)?,
            kind: draw.kind,
            enter,
            enter_at,
        },
        id: draw.id,
        centre: draw.centre,
    })
}

/// Checks that every draw a course names is there.
pub fn check_courses(offerings: &[CheckedOffering], draws: &[CheckedDraw]) -> Result<(), Wrong> {
    for (offering, course) in offerings.iter().flat_map(drawn) {
        let at = At { noun: "offering", id: &offering.id };
        let known = draws.iter().any(|draw| course.draw.as_ref() == Some(&draw.id));
        at.need(known, "course.draw", "there is no such draw in this file")?;
    }
    Ok(())
}

fn drawn(offering: &CheckedOffering) -> impl Iterator<Item = (&CheckedOffering, &Course)> {
    let courses = offering.details.courses.iter().filter(|course| course.draw.is_some());
    courses.map(move |course| (offering, course))
}
