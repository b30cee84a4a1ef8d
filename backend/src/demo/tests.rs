//! The files of the house, and files that are wrong.

use std::path::PathBuf;

use super::*;

const GOOD: &str = r#"
[city]
id = "town"
name = { zh = "城", en = "Town" }

[[centre]]
id = "hall"
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

[[task]]
id = "hall-meals"
centre = "hall"
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
        (r#"id = "hall-meals""#, r#"id = "hall meals""#, "task hall meals: id"),
        ("想要一个棚", "打13800000001", "wish hall-shed: text.zh: PrivateNumber"),
        ("days = -38", "days = -41", "wish hall-shed: steps[0].days"),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let error = parse(&GOOD.replace(from, to)).expect_err(to).to_string();
        assert!(error.starts_with(&format!("town.toml: {said}")), "{error}");
    }
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
