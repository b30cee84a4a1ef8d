//! What else there is for who waits: a course in the place of a course, then the nearest centre, then the
//! nearest time.

use super::{Alternative, Rules};
use crate::{
    geo::{Point, metres},
    offering::Ages,
    time::{Moment, Span},
};

/// How many are shown.
pub const MOST: usize = 3;
/// How many are found, for those whom the first do not fit.
pub const PLENTY: usize = 18;
/// How many of them of one offering.
const MOST_OF_ONE: usize = 4;

/// A slot with places that might do, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// As it would be shown; its distance is worked out here.
    pub shown: Alternative,
    /// Where its centre is.
    pub at: Point,
    /// The rules of its offering.
    pub rules: Rules,
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
    /// How many come: all of them must fit.
    pub people: u32,
}

/// Those of `candidates` in which the whole party fits, of each offering the few slots nearest in time:
/// first what meets as often, once or many times, then the nearest centre.
pub fn nearest(wanted: &Wanted, candidates: Vec<Candidate>) -> Vec<Alternative> {
    let away = |shown: &Alternative| shown.starts.0.abs_diff(wanted.starts.0);
    let mut found: Vec<Alternative> = candidates
        .into_iter()
        .filter(|one| holds(one, wanted.people) && includes(one.rules.ages, wanted.ages))
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
    thinned(found, MOST_OF_ONE, PLENTY)
}

/// Up to three of what [`nearest`] found, one of each offering, at which nobody has to be elsewhere:
/// `held` are the meetings of whatever those who come have booked.
pub fn fitting(found: Vec<Alternative>, held: &[Span]) -> Vec<Alternative> {
    let is_free = |one: &Alternative| !one.spans.iter().any(|own| held.iter().any(|span| own.overlaps(span)));
    thinned(found.into_iter().filter(is_free).collect(), 1, MOST)
}

/// The first `most`, of no offering more than `each`.
fn thinned(mut found: Vec<Alternative>, each: usize, most: usize) -> Vec<Alternative> {
    let mut known = Vec::new();
    found.retain(|one| {
        let before = known.iter().filter(|offering| **offering == one.offering).count();
        known.push(one.offering.clone());
        before < each
    });
    found.truncate(most);
    found
}

/// Whether a party of so many fits whole.
fn holds(one: &Candidate, people: u32) -> bool {
    let needs = one.rules.size(people);
    people <= one.rules.most() && needs.max(1) <= one.shown.free
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
        booking::Terms,
        id::{CentreId, OfferingId, SlotId},
        offering::{Measure, Unit},
        text::Text,
        time::CHINA,
    };

    fn rules() -> Rules {
        Rules { unit: Unit::Person, party_max: 4, ages: None, drop_in: false, terms: Terms::default() }
    }

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
            spans: vec![Span { starts: Moment(starts), ends: Moment(starts + 10) }],
            measure: Measure::Table,
            free,
            metres: 0,
        };
        Candidate { shown, at: Point { lat: 32.39 + north, lng: 119.42 }, rules: rules() }
    }

    fn found(ages: Option<Ages>, candidates: Vec<Candidate>) -> Vec<String> {
        slots(fitting(nearest(&Wanted { ages, ..wanted() }, candidates), &[]))
    }

    fn slots(found: Vec<Alternative>) -> Vec<String> {
        found.into_iter().map(|one| one.slot.0).collect()
    }

    fn wanted() -> Wanted {
        let at = Point { lat: 32.39, lng: 119.42 };
        Wanted { at, starts: Moment(100), ages: None, course: false, people: 1 }
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
        let found = |course| nearest(&Wanted { course, ..wanted() }, all.clone()).remove(0).slot.0;
        assert_eq!((found(true), found(false)), ("far.300".into(), "here.100".into()));
    }

    #[test]
    fn whoever_fits_the_one_must_fit_the_other() {
        let band = |from_months, to_months| Some(Ages { from_months, to_months });
        let with = |ages| Candidate { rules: Rules { ages, ..rules() }, ..candidate("a", 0.0, 100, 1) };
        let toddlers = band(Some(6), Some(36));
        assert_eq!(found(toddlers, vec![with(None)]).len(), 1);
        assert_eq!(found(toddlers, vec![with(band(Some(6), Some(40)))]).len(), 1);
        assert!(found(toddlers, vec![with(band(Some(12), Some(36)))]).is_empty());
        assert!(found(None, vec![with(toddlers)]).is_empty());
    }
    #[test]
    fn a_party_is_shown_nothing_that_is_too_small_for_all_of_it() {
        let table = |free| {
            let one = candidate("table", 0.0, 100, free);
            Candidate { rules: Rules { unit: Unit::Party, ..rules() }, ..one }
        };
        let all = vec![candidate("two", 0.0, 100, 2), candidate("three", 0.01, 100, 3), table(1)];
        let found = |people| slots(nearest(&Wanted { people, ..wanted() }, all.clone()));
        assert_eq!(found(1), ["table.100", "two.100", "three.100"].map(String::from).to_vec());
        assert_eq!(found(3), ["table.100", "three.100"], "a table is one place for all");
        assert!(found(5).is_empty(), "more than come in one booking");
    }

    #[test]
    fn what_clashes_with_something_of_theirs_is_left_out_and_the_next_time_stands_for_it() {
        let all = vec![
            candidate("a", 0.0, 100, 1),
            candidate("a", 0.0, 115, 1),
            candidate("b", 0.01, 100, 1),
            candidate("c", 0.02, 100, 1),
            candidate("d", 0.03, 90, 1),
            candidate("e", 0.04, 110, 1),
        ];
        let found = nearest(&wanted(), all);
        let held = [Span { starts: Moment(100), ends: Moment(110) }];
        assert_eq!(slots(fitting(found.clone(), &held)), ["a.115", "d.90", "e.110"]);
        assert_eq!(slots(fitting(found, &[])), ["a.100", "b.100", "c.100"]);
    }
}
