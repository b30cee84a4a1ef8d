//! `cargo xtask verify-draw`: holds a published draw again, from the file alone.

use domain::draw::{
    DrawOutcome, DrawResult, Fate,
    check::{Flaw, check},
};

use crate::{
    arguments::Arguments,
    run::{Outcome, read},
};

/// Works the result in a file out again, and says what it found.
pub fn verify_draw(mut arguments: Arguments) -> Outcome {
    let promised = arguments.value("--commitment")?;
    let file = arguments.word().ok_or("which file? A draw's page links to its result.json")?;
    arguments.finish()?;
    println!("{}", verdict(&read(file.as_ref())?, promised.as_deref())?);
    Ok(())
}

/// What there is to say of a sound result; all that is wrong with another one.
fn verdict(text: &str, promised: Option<&str>) -> Outcome<String> {
    let result: DrawResult =
        serde_json::from_str(text).map_err(|cause| format!("this is no result of a draw: {cause}"))?;
    let mut flaws: Vec<String> = check(&result).iter().map(|flaw| words(flaw, &result)).collect();
    if promised.is_some_and(|promised| !promised.trim().eq_ignore_ascii_case(&result.commitment)) {
        flaws.insert(0, format!("the file has another commitment than you noted: {}", result.commitment));
    }
    if !flaws.is_empty() {
        let name = format!("{} ({})", result.title.zh, result.draw);
        return Err(format!("{name} is NOT what its seed and entries make of it:\n  {}", flaws.join("\n  ")));
    }
    let count = |counts: fn(&DrawOutcome) -> bool| {
        result.lots.iter().filter(|drawn| counts(&drawn.fate.outcome)).count()
    };
    let noted = match promised {
        Some(_) => "and that is the one you noted",
        None => "compare it with the one that stood on the page before the draw",
    };
    Ok(format!(
        "{title} · {centre} ({draw})\n\
         ✓ the seed has the SHA-256 that was promised, {noted}:\n  {commitment}\n\
         ✓ {entries} entries give the same result: {placed} placed, {waiting} waiting, {out} left out",
        title = result.title.zh,
        centre = result.centre_name.zh,
        draw = result.draw,
        commitment = result.commitment,
        entries = result.lots.len(),
        placed = count(|outcome| matches!(outcome, DrawOutcome::Placed { .. })),
        waiting = count(|outcome| matches!(outcome, DrawOutcome::Waiting { .. })),
        out = count(|outcome| matches!(outcome, DrawOutcome::LeftOut)),
    ))
}

fn words(flaw: &Flaw, result: &DrawResult) -> String {
    match flaw {
        Flaw::Format => format!("the form {:?} is not one this program knows", result.format),
        Flaw::Seed { found } => {
            format!(
                "the seed is not the promised one: its SHA-256 is {found}, promised was {}",
                result.commitment
            )
        }
        Flaw::Twice { tag } => format!("entry {tag} is there twice"),
        Flaw::Weight { tag } => format!("entry {tag} has a weight or a size that no entry can have"),
        Flaw::Wish { tag } => format!("entry {tag} wishes for a class that is not drawn, or for one twice"),
        Flaw::Fate { tag, said, found } => {
            format!("entry {tag}: the file says {}, it comes out as {}", fate(said), fate(found))
        }
    }
}

fn fate(Fate { order, outcome }: &Fate) -> String {
    match outcome {
        DrawOutcome::Placed { slot } => format!("lot {order}, placed in {slot}"),
        DrawOutcome::Waiting { slot, position } => {
            format!("lot {order}, number {position} waiting for {slot}")
        }
        DrawOutcome::LeftOut => format!("lot {order}, left out"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A draw of three classes with nine entries, as the server published it.
    const GOOD: &str = include_str!("verify/draw.json");

    fn changed(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        GOOD.replacen(from, to, 1)
    }

    #[test]
    fn a_sound_result_is_confirmed() {
        let said = verdict(GOOD, None).expect("sound");
        assert!(said.contains("✓ 9 entries give the same result: 7 placed, 1 waiting, 1 left out"), "{said}");
        let result: DrawResult = serde_json::from_str(GOOD).expect("a result");
        assert!(verdict(GOOD, Some(&result.commitment)).is_ok());
        assert!(verdict(GOOD, Some("0123")).expect_err("another").contains("than you noted"));
    }

    #[test]
    fn an_outcome_that_was_changed_is_named() {
        let tampered = changed(r#""waiting":{"#, r#""placed":{"#).replacen(r#","position":1"#, "", 1);
        let said = verdict(&tampered, None).expect_err("tampered");
        assert!(said.contains("the file says lot") && said.contains("number 1 waiting for"), "{said}");
    }

    #[test]
    fn another_seed_is_not_the_promised_one() {
        let at = GOOD.find(r#""seed":""#).expect("a seed") + 8;
        let digit = if GOOD[at..].starts_with('0') { "1" } else { "0" };
        let mut tampered = GOOD.to_owned();
        tampered.replace_range(at..=at, digit);
        let said = verdict(&tampered, None).expect_err("tampered");
        assert!(said.contains("the seed is not the promised one"), "{said}");
    }

    #[test]
    fn a_lighter_lot_and_a_missing_one_change_the_result() {
        assert!(verdict(&changed(r#""weight":4"#, r#""weight":1"#), None).is_err());
        assert!(verdict(&changed(r#""weight":4"#, r#""weight":5"#), None).is_err());
        let first = GOOD.find(r#"{"tag""#).expect("a lot");
        let second = GOOD[first + 1..].find(r#"{"tag""#).expect("another") + first + 1;
        let without = format!("{}{}", &GOOD[..first], &GOOD[second..]);
        assert!(verdict(&without, None).is_err());
        assert!(verdict("{}", None).expect_err("nothing").contains("no result"));
    }
}
