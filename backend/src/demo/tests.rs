//! The files of the house, and files that are wrong.

use std::path::PathBuf;

use super::*;
use crate::catalogue::details::OfferingDetails;

const GOOD: &str = r#"
[city]
id = "town"
name = { zh = "城", en = "Town" }

[[area]]
id = "east"
name = { zh = "东区", en = "East" }

[[area]]
id = "mill"
name = { zh = "磨坊街道", en = "Mill Street" }
within = "east"

[[area]]
id = "west"
name = { zh = "西区", en = "West" }

[[centre]]
id = "hall"
within = "mill"
name = { zh = "中心", en = "Hall" }
address = { zh = "路", en = "Road" }
phone = "0514-00000000"
at = { lat = 32.0, lng = 119.0 }
about = { zh = "好", en = "Good" }
hours = [ { days = "1-7", from = "08:00", to = "20:00" } ]

[[offering]]
id = "hall-tables"
centre = "hall"
kind = "facility"
group = "everyone"
title = { zh = "桌", en = "Tables" }
summary = { zh = "来", en = "Come" }
place = { zh = "楼", en = "Upstairs" }
measure = "table"
unit = "party"
party_max = 4
ages = { from_months = 72 }
terms = { needs_verified = true, residents_first_minutes = 30, table_seats = 4, fair = { per_week = 3, spare_hours = 2 } }
pattern = [ { days = "1-7", first = "09:00", last = "19:00", every = 60, minutes = 60, capacity = 3, desk = { "10:00" = 3 } } ]

[[offering.course]]
name = { zh = "一期", en = "First" }
opens_days = 2
opens_at = "09:00"
starts_days = 12
days = "1-5"
meetings = 15
from = "08:30"
to = "17:00"
capacity = 30

[[team]]
id = "hall-menders"
centre = "hall"
name = { zh = "修补队", en = "Menders" }
about = { zh = "修", en = "Mend" }

[[member]]
phone = "13900000009"
name = "孙"
team = "hall-menders"

[[task]]
id = "hall-meals"
centre = "hall"
team = "hall-menders"
title = { zh = "饭", en = "Lunch" }
summary = { zh = "送", en = "Take" }
place = { zh = "台", en = "Desk" }
needs = 2
in_days = 1
from = "10:50"
to = "12:00"

[[wish]]
id = "hall-shed"
centre = "hall"
category = "place"
text = { zh = "想要一个棚", en = "A shed" }
made_days = -40
supports = 42
steps = [ { kind = "accepted", days = -38, note = { zh = "好", en = "Yes" } } ]

[[staff]]
phone = "13900000001"
name = "王"
role = "office"
area = "east"
"#;

fn parse(text: &str) -> Result<Demo, DemoError> {
    Demo::parse(&[("town.toml".into(), text.into())])
}

#[test]
fn the_files_of_the_house_are_sound() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../demo");
    let demo = Demo::read(&folder).unwrap_or_else(|error| panic!("{error}"));
    assert!(demo.checked.cities.len() >= 5);
    assert_eq!(demo.checked.cities[0].id, "yangzhou", "cities stand in the order of `sort`");
}

#[test]
fn areas_stand_in_the_order_of_the_tree_whatever_lies_between_them_in_the_file() {
    let later = "\n[[area]]\nid = \"dyke\"\nname = { zh = \"堤\", en = \"Dyke\" }\nwithin = \"east\"\n";
    let demo = parse(&format!("{GOOD}{later}")).unwrap_or_else(|error| panic!("{error}"));
    let paths: Vec<&str> = demo.checked.areas.iter().map(|area| &*area.path).collect();
    assert_eq!(paths, ["town/", "town/east/", "town/east/mill/", "town/east/dyke/", "town/west/"]);
    assert_eq!(demo.checked.areas[2].parent.as_deref(), Some("town/east/"));
    assert_eq!(demo.checked.centres[0].area, "mill");
}

#[test]
fn what_is_wrong_is_named_with_file_thing_and_field() {
    parse(GOOD).unwrap_or_else(|error| panic!("{error}"));
    for (from, to, said) in [
        ("party_max = 4", "party_max = 0", "offering hall-tables: party_max: expected 1 to 50"),
        (
            r#""10:00" = 3"#,
            r#""10:00" = 4"#,
            r#"offering hall-tables: pattern[0].desk."10:00": is more than the capacity"#,
        ),
        (
            r#""10:00" = 3"#,
            r#""10:30" = 1"#,
            r#"offering hall-tables: pattern[0].desk."10:30": no slot starts then"#,
        ),
        ("every = 60", "every = 30", "offering hall-tables: pattern[0].minutes: a slot must end before"),
        (r#"last = "19:00""#, r#"last = "08:00""#, "offering hall-tables: pattern[0].last"),
        ("opens_days = 2", "opens_days = 12", "offering hall-tables: course[0].opens_days"),
        (
            "opens_days = 2",
            "opens_days = 2\nopens = \"2026-07-01\"",
            "offering hall-tables: course[0].opens: is said by course[0].opens_days already",
        ),
        ("opens_days = 2\n", "", "offering hall-tables: course[0].opens: is missing, and so is"),
        (
            "opens_days = 2",
            "opens = \"2026-07-01\"",
            "offering hall-tables: course[0].opens: opens and starts are dates, or both count days",
        ),
        (
            "starts_days = 12",
            "starts = \"2026-13-01\"",
            "offering hall-tables: course[0].starts: expected a day such as",
        ),
        ("in_days = 1", "on = \"tomorrow\"", "task hall-meals: on: expected a day such as"),
        ("in_days = 1", "in_days = 61", "task hall-meals: in_days: expected 0 to 60"),
        ("from_months = 72", "from_months = 72, to_months = 72", "offering hall-tables: ages.to_months"),
        ("table_seats = 4", "table_seats = 1", "offering hall-tables: terms.table_seats"),
        ("minutes = 30,", "minutes = 0,", "offering hall-tables: terms.residents_first_minutes"),
        ("per_week = 3", "per_week = 0", "offering hall-tables: terms.fair.per_week"),
        (r#"days = "1-7", from"#, r#"days = "1-9", from"#, "centre hall: hours[0].days"),
        (r#"en = "Good""#, r#"en = " ""#, "centre hall: about.en: is empty"),
        (
            "id = \"hall-meals\"\ncentre = \"hall\"",
            "id = \"hall-meals\"\ncentre = \"x\"",
            "task hall-meals: centre",
        ),
        ("needs = 2", "needs = 2\nvolunteers = true", "task hall-meals: volunteers: a task of a team is for"),
        (
            "centre = \"hall\"\nteam = \"hall-menders\"",
            "centre = \"hall\"\nteam = \"others\"",
            "task hall-meals: team: the centre has no such team",
        ),
        ("13900000009", "1390000000", "member 1390000000: phone"),
        (r#"id = "hall-meals""#, r#"id = "hall meals""#, "task hall meals: id"),
        ("想要一个棚", "打13800000001", "wish hall-shed: text.zh: PrivateNumber"),
        (r#"within = "east""#, r#"within = "mill""#, "area mill: within: expected the id of an area"),
        (r#"within = "east""#, r#"within = "west""#, "area mill: within: expected the id of an area"),
        (r#"within = "mill""#, r#"within = "north""#, "centre hall: within: there is no such area"),
        (r#"id = "west""#, r#"id = "town""#, "area town: id: is used twice"),
        (r#"area = "east""#, r#"area = "north""#, "staff 13900000001: area: there is no such area"),
        (r#"role = "office""#, r#"role = "admin""#, "staff 13900000001: area: belongs to the role office"),
        ("days = -38", "days = -41", "wish hall-shed: steps[0].days"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let error = parse(&GOOD.replace(from, to)).expect_err(to).to_string();
        assert!(error.starts_with(&format!("town.toml: {said}")), "{error}");
    }
}

#[test]
fn days_may_be_dates_and_are_checked_as_such() {
    let dated = |opens: &str, starts: &str| {
        let text = GOOD.replace("opens_days = 2", &format!("opens = \"{opens}\""));
        let text = text.replace("starts_days = 12", &format!("starts = \"{starts}\""));
        parse(&text.replace("in_days = 1", "on = \"2026-07-05\""))
    };
    let demo = dated("2026-07-01", "2026-07-06").unwrap_or_else(|error| panic!("{error}"));
    let course = &demo.checked.offerings[0].details.courses[0];
    assert!(course.opens.is_date() && course.starts.is_date() && demo.checked.tasks[0].on.is_date());
    // Kept and read again they are what they were, and so are those that count days.
    for details in [&demo, &parse(GOOD).expect("good")].map(|demo| &demo.checked.offerings[0].details) {
        let text = serde_json::to_string(details).expect("JSON");
        assert_eq!(&serde_json::from_str::<OfferingDetails>(&text).expect("the same"), details);
    }
    let error = dated("2026-07-06", "2026-07-06").expect_err("opens at nine, starts before").to_string();
    assert!(error.contains("course[0].opens: booking must open before it closes"), "{error}");
}

#[test]
fn an_unknown_field_and_a_word_that_is_none_are_errors_with_their_line() {
    for (from, to, said) in [
        ("party_max = 4", "party_max = 4\nparty_min = 1", "unknown field `party_min`"),
        ("from_months = 72", "form_months = 72", "unknown field `form_months`"),
        (r#"kind = "facility""#, r#"kind = "sport""#, "unknown variant `sport`"),
        ("needs = 2", "", "missing field `needs`"),
    ] {
        let error = parse(&GOOD.replace(from, to)).expect_err(to).to_string();
        assert!(error.contains(said) && error.contains("line"), "{error}");
    }
}

#[test]
fn an_identifier_is_used_once_over_all_files() {
    let twice = [("a.toml".to_owned(), GOOD.to_owned()), ("b.toml".to_owned(), GOOD.to_owned())];
    let error = Demo::parse(&twice).expect_err("the same city twice").to_string();
    assert_eq!(error, "b.toml: city town: id: is used twice");
}

#[test]
fn a_change_of_any_file_is_noticed() {
    let before = parse(GOOD).expect("good").print;
    assert_eq!(before, parse(GOOD).expect("good").print);
    assert_ne!(before, parse(&GOOD.replace("capacity = 30", "capacity = 31")).expect("good").print);
}
