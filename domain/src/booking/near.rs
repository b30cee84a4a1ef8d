//! What else there is for who waits: a course in the place of a course, then the nearest centre, then the
//! nearest time.

use super::Alternative;
use crate::{
    geo::{Point, metres},
    offering::Ages,
    time::Moment,
};

/// How many are shown.
pub const MOST: usize = 3;

/// A slot with places that might do, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// As it would be shown; its distance is worked out here.
    pub shown: Alternative,
    /// Where its centre is.
    pub at: Point,
    /// Its age band.
    pub ages: Option<Ages>,
}

/// What the candidates are compared with.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Where its centre is.
    pub at: Point,
    /// When it starts.
    pub starts: Moment,
    /// Its age band: whoever fits it must fit an alternative, too.
    pub ages: Option<Ages>,
    /// Whether it has more meetings than one: then others like it come first.
    pub course: bool,
}

/// Up to three of `candidates`: of each offering the slot nearest in time; first what meets as often, once
/// or many times, then the nearest centre.
pub fn nearest(wanted: &Wanted, candidates: Vec<Candidate>) -> Vec<Alternative> {
    let away = |shown: &Alternative| shown.starts.0.abs_diff(wanted.starts.0);
    let mut found: Vec<Alternative> = candidates
        .into_iter()
        .filter(|one| one.shown.free > 0 && includes(one.ages, wanted.ages))
        .map(|one| {
            let metres = whole_metres(metres(wanted.at, one.at));
            Alternative { metres, ..one.shown }
        })
        .collect();
    found.sort_by(|a, b| {
        let other = |one: &Alternative| (one.meetings > 1) != wanted.course;
        (other(a), a.metres, away(a), &a.centre, &a.slot).cmp(&(
            other(b),
            b.metres,
            away(b),
            &b.centre,
            &b.slot,
        ))
    });
    let mut known = Vec::new();
    found.retain(|one| {
        let first = !known.contains(&one.offering);
        known.push(one.offering.clone());
        first
    });
    found.truncate(MOST);
    found
}

/// Whether everybody who fits `inner` fits `outer`.
fn includes(outer: Option<Ages>, inner: Option<Ages>) -> bool {
    let (outer, inner) = (outer.unwrap_or_default(), inner.unwrap_or_default());
    let from = outer.from_months.unwrap_or(0) <= inner.from_months.unwrap_or(0);
    let to = outer.to_months.unwrap_or(u32::MAX) >= inner.to_months.unwrap_or(u32::MAX);
    from && to
}

/// Metres without their fraction; a city is smaller than 32 bits of them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance in a city")]
fn whole_metres(metres: f64) -> u32 {
    metres.clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CentreId, OfferingId, SlotId},
        offering::Measure,
        text::Text,
        time::CHINA,
    };

    fn candidate(offering: &str, north: f64, starts: i64, free: u32) -> Candidate {
        let shown = Alternative {
            offering: OfferingId::from(offering),
            title: Text::only("棋"),
            centre: CentreId::from("c"),
            centre_name: Text::only("新盛"),
            zone: CHINA,
            slot: SlotId(format!("{offering}.{starts}")),
            starts: Moment(starts),
            meetings: 1,
            measure: Measure::Table,
            free,
            metres: 0,
        };
        Candidate { shown, at: Point { lat: 32.39 + north, lng: 119.42 }, ages: None }
    }

    fn found(ages: Option<Ages>, candidates: Vec<Candidate>) -> Vec<String> {
        let wanted =
            Wanted { at: Point { lat: 32.39, lng: 119.42 }, starts: Moment(100), ages, course: false };
        nearest(&wanted, candidates).into_iter().map(|one| one.slot.0).collect()
    }

    #[test]
    fn the_nearest_centre_comes_first_then_the_nearest_time_and_an_offering_only_once() {
        let all = vec![
            candidate("far", 0.02, 100, 1),
            candidate("here", 0.0, 90, 1),
            candidate("here", 0.0, 115, 1),
            candidate("near", 0.01, 150, 1),
            candidate("full", 0.0, 100, 0),
            candidate("beside", 0.0, 80, 2),
        ];
        assert_eq!(found(None, all), ["here.90", "beside.80", "near.150"]);
    }

    #[test]
    fn a_course_comes_in_the_place_of_a_course() {
        let far = candidate("far", 0.02, 300, 1);
        let far = Candidate { shown: Alternative { meetings: 10, ..far.shown }, ..far };
        let all = vec![candidate("here", 0.0, 100, 1), far];
        let at = Point { lat: 32.39, lng: 119.42 };
        let found = |course| {
            let wanted = Wanted { at, starts: Moment(100), ages: None, course };
            nearest(&wanted, all.clone()).remove(0).slot.0
        };
        assert_eq!((found(true), found(false)), ("far.300".into(), "here.100".into()));
    }

    #[test]
    fn whoever_fits_the_one_must_fit_the_other() {
        let band = |from_months, to_months| Some(Ages { from_months, to_months });
        let with = |ages| Candidate { ages, ..candidate("a", 0.0, 100, 1) };
        let toddlers = band(Some(6), Some(36));
        assert_eq!(found(toddlers, vec![with(None)]).len(), 1);
        assert_eq!(found(toddlers, vec![with(band(Some(6), Some(40)))]).len(), 1);
        assert!(found(toddlers, vec![with(band(Some(12), Some(36)))]).is_empty());
        assert!(found(None, vec![with(toddlers)]).is_empty());
    }
}
