//! Choosing a centre or an area by the tree: the browser's own list, which can be searched by typing.

use domain::{
    area::{Area, Way},
    id::{AreaId, CentreId},
    screen::Screen,
    staff::{Workbench, Workplace},
};

use super::words;
use crate::{
    host,
    lang::say,
    place,
    ui::{Choice, View, choice, el, nothing},
};

/// The words for a way: the names of the areas on it that are this person's to look after, from above.
fn way_in_words(areas: &[Area], way: &Way) -> String {
    let names: Vec<String> =
        areas.iter().filter(|area| way.through(&area.id)).map(|area| say(&area.name)).collect();
    names.join(" · ")
}

/// The centres of a workbench, those of an area together under its name.
pub fn centres(
    label: &'static str,
    bench: &Workbench,
    chosen: &CentreId,
    then: impl Fn(CentreId) + 'static,
) -> View {
    let heading = |place: &Workplace| match way_in_words(&bench.areas, &place.way) {
        nothing if nothing.is_empty() => say(&place.city_name),
        words => words,
    };
    let mut groups: Vec<(String, Vec<View>)> = Vec::new();
    for place in &bench.centres {
        let heading = heading(place);
        let option = option(place.centre.as_str(), say(&place.name), place.centre == *chosen);
        match groups.last_mut() {
            Some((last, options)) if *last == heading => options.push(option),
            _ => groups.push((heading, vec![option])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(words, options)| el("optgroup", "").attr("label", words).children(options).done());
    select(label, groups.collect(), move |id| then(CentreId(id)))
}

/// Some areas, each with those above it that are this person's to look after.
pub fn areas(
    label: &'static str,
    all: &[Area],
    among: &[&Area],
    chosen: &str,
    then: impl Fn(AreaId) + 'static,
) -> View {
    let options = among
        .iter()
        .map(|area| option(area.id.as_str(), way_in_words(all, &area.way), area.id.as_str() == chosen));
    select(label, options.collect(), move |id| then(AreaId(id)))
}

/// The centre in the address, else the one this phone looks at, else the first.
pub fn chosen(bench: &Workbench) -> Option<&Workplace> {
    let find = |id: &CentreId| bench.centres.iter().find(|place| place.centre == *id);
    let named = host::query_live("centre").map(CentreId);
    named.as_ref().and_then(find).or_else(|| find(&place::centre())).or_else(|| bench.centres.first())
}

/// Choosing among the centres of a workbench on a screen whose address names one.
pub fn which(bench: &Workbench, centre: &CentreId, screen: &Screen) -> View {
    if bench.centres.len() < 2 {
        return nothing();
    }
    let path = screen.path();
    centres(words::which_centre(), bench, centre, move |chosen| {
        host::refine(&format!("{path}?centre={chosen}"));
    })
}

/// At which centre one is: to be chosen where there are several, else its name.
pub fn here(bench: &Workbench, place: &Workplace, screen: &Screen) -> View {
    match bench.centres.len() {
        1 => el("p", "lede").text(say(&place.name)).done(),
        _ => which(bench, &place.centre, screen),
    }
}

fn option(value: &str, words: String, chosen: bool) -> View {
    choice::option(Choice::new(value, words), chosen)
}

fn select(label: &'static str, options: Vec<View>, then: impl Fn(String) + 'static) -> View {
    let select = choice::select(label, options, then).done();
    el("div", "field section no-print").child(select).done()
}
