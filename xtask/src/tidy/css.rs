//! Rules for style sheets: colours only as tokens, nothing that Chrome 86 or iOS 13.4 lacks.

use std::path::PathBuf;

use super::{Fault, ends_in, inside, line_of};
use crate::run::{Outcome, read};

/// A rule or a block of an at-rule.
#[derive(Default)]
struct Block {
    /// The selector, or `@media …`.
    prelude: String,
    line: usize,
    /// How many style rules are around it.
    inside_rules: usize,
    /// Is it inside `@supports`?
    guarded: bool,
    declarations: Vec<Declaration>,
}

struct Declaration {
    name: String,
    value: String,
    line: usize,
}

impl Block {
    fn has(&self, name: &str) -> bool {
        self.declarations.iter().any(|declaration| declaration.name == name)
    }

    fn value(&self, name: &str) -> &str {
        let found = self.declarations.iter().rev().find(|declaration| declaration.name == name);
        found.map_or("", |declaration| declaration.value.as_str())
    }
}

/// Colours outside `tokens.css`.
pub fn raw_colours(files: &[PathBuf]) -> Outcome<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| inside(file, "style") && ends_in(file, &["css"])) {
        if file.file_name().is_some_and(|name| name == "tokens.css") {
            continue;
        }
        for declaration in parse(&read(file)?).iter().flat_map(|block| &block.declarations) {
            if has_raw_colour(&declaration.value) {
                let what = format!("a raw colour in `{}`; use a token", declaration.value);
                faults.push(Fault::new(file, declaration.line, what));
            }
        }
    }
    Ok(faults)
}

fn has_raw_colour(value: &str) -> bool {
    let function = ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|name| value.contains(name));
    function
        || value.match_indices('#').any(|(at, _)| {
            let digits = value[at + 1..].chars().take_while(char::is_ascii_alphanumeric);
            let digits: Vec<char> = digits.collect();
            [3, 4, 6, 8].contains(&digits.len())
                && digits.iter().all(char::is_ascii_hexdigit)
                && (at == 0 || value[..at].ends_with([' ', ',', '(', '\n']))
                && !value[..at].ends_with("url(")
        })
}

/// What the oldest browsers do not know, in every given sheet.
pub fn below_the_floor(files: &[PathBuf]) -> Outcome<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| ends_in(file, &["css"])) {
        for (line, what) in floor_faults(&read(file)?) {
            faults.push(Fault::new(file, line, what));
        }
    }
    Ok(faults)
}

fn floor_faults(css: &str) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    for block in parse(css) {
        faults.extend(prelude_faults(&block).into_iter().map(|what| (block.line, what)));
        for (number, declaration) in block.declarations.iter().enumerate() {
            let before = &block.declarations[..number];
            faults
                .extend(declaration_fault(&block, before, declaration).map(|what| (declaration.line, what)));
        }
    }
    faults
}

fn prelude_faults(block: &Block) -> Vec<String> {
    const MISSING: [(&str, &str); 9] = [
        ("@layer", "Chrome < 99 drops every rule in it"),
        ("@container", "Chrome 105"),
        ("@scope", "Chrome 118"),
        ("@starting-style", "Chrome 117"),
        (":has(", "Chrome 105"),
        (":is(", "Chrome 88, Safari 14"),
        (":where(", "Chrome 88, Safari 14"),
        (":user-invalid", "Chrome 119"),
        (":dir(", "Chrome 120"),
    ];
    let prelude = block.prelude.as_str();
    let found = MISSING.iter().filter(|(name, _)| prelude.contains(name));
    let mut faults: Vec<String> =
        found.map(|(name, why)| format!("`{name}` is below the floor: {why}")).collect();
    let is_rule = !prelude.starts_with('@');
    if is_rule && block.inside_rules > 0 {
        faults.push("nested rules are below the floor: Chrome 112".into());
    }
    if is_rule && prelude.contains(":focus-visible") && prelude.contains(',') {
        faults.push(
            "`:focus-visible` in a list takes the whole rule with it on Safari < 15.4: a rule of its own"
                .into(),
        );
    }
    if prelude
        .match_indices(":not(")
        .any(|(at, _)| prelude[at..].split(')').next().is_some_and(|l| l.contains(',')))
    {
        faults.push("`:not()` with a list is below the floor: Chrome 88".into());
    }
    if prelude.starts_with("@media") && prelude.contains(['<', '>']) {
        faults.push(
            "ranges in media queries are below the floor: Chrome 104; use min-width and max-width".into(),
        );
    }
    faults
}

fn declaration_fault(block: &Block, before: &[Declaration], declaration: &Declaration) -> Option<String> {
    const PROPERTIES: [(&str, &str); 14] = [
        ("inset", "Chrome 87, Safari 14.1; write the four sides"),
        ("inset-inline", "Chrome 87"),
        ("inset-block", "Chrome 87"),
        ("margin-inline", "Chrome 87; -start and -end are fine"),
        ("margin-block", "Chrome 87"),
        ("padding-inline", "Chrome 87; -start and -end are fine"),
        ("padding-block", "Chrome 87"),
        ("accent-color", "Chrome 93"),
        ("translate", "Chrome 104; use transform"),
        ("rotate", "Chrome 104; use transform"),
        ("scale", "Chrome 104; use transform"),
        ("border-start-start-radius", "Chrome 89"),
        ("border-end-end-radius", "Chrome 89"),
        ("animation-timeline", "Chrome 115"),
    ];
    const FUNCTIONS: [&str; 7] = ["color-mix(", "oklch(", "oklab(", "lab(", "lch(", "light-dark(", "round("];
    const UNITS: [&str; 9] = ["dvh", "svh", "lvh", "dvw", "svw", "lvw", "cqw", "cqh", "cqi"];
    let Declaration { name, value, .. } = declaration;
    let name = name.as_str();
    // Inside `@supports` the old browsers do not look.
    if block.guarded {
        return None;
    }
    if let Some((_, why)) = PROPERTIES.iter().find(|(known, _)| *known == name) {
        return Some(format!("`{name}` is below the floor: {why}"));
    }
    if let Some(function) = FUNCTIONS.iter().find(|function| starts_a_word(value, function)) {
        return Some(format!("`{function})` is below the floor"));
    }
    let fallback = before.iter().any(|earlier| earlier.name == name);
    if let Some(unit) = UNITS.iter().find(|unit| has_unit(value, unit))
        && !fallback
    {
        return Some(format!("`{unit}` without the same property in `vh` or `vw` before it"));
    }
    let display = block.value("display");
    match name {
        // The gap between the lines of a wrapped flex box may be missing, it only looks tighter; and
        // none is what the old browsers have anyway.
        "row-gap" if block.value("flex-wrap") == "wrap" || value == "0" => None,
        "gap" | "row-gap" | "column-gap" if !display.contains("grid") && !block.has("columns") => {
            Some("`gap` counts only in grids (iOS < 14.1 has none in flex boxes): `display: grid` in the same rule".into())
        }
        "aspect-ratio" if !["height", "min-height", "padding-top", "padding-bottom"].iter().any(|n| block.has(n)) => {
            Some("`aspect-ratio` (Chrome 88) without a height as the fallback in the same rule".into())
        }
        "appearance" if !block.has("-webkit-appearance") => Some("`appearance` without `-webkit-appearance`".into()),
        "mask" | "mask-image" if !block.has(&format!("-webkit-{name}")) => Some(format!("`{name}` without `-webkit-{name}`")),
        "overflow" | "overflow-x" | "overflow-y" if value.contains("clip") && !fallback => {
            Some("`clip` (Chrome 90) without `hidden` before it".into())
        }
        _ => None,
    }
}

fn starts_a_word(value: &str, word: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '-';
    value.match_indices(word).any(|(at, _)| !value[..at].ends_with(joins))
}

fn has_unit(value: &str, unit: &str) -> bool {
    value.match_indices(unit).any(|(at, _)| {
        value[..at].ends_with(|c: char| c.is_ascii_digit())
            && !value[at + unit.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// As much of a parser as the rules need: blocks with their preludes and declarations.
fn parse(css: &str) -> Vec<Block> {
    let css = blank_comments(css);
    let mut done = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    let mut start = 0;
    let mut quote = None;
    let mut parentheses = 0_usize;
    for (at, character) in css.char_indices() {
        if let Some(end) = quote {
            quote = quote.filter(|_| character != end);
            continue;
        }
        match character {
            '"' | '\'' => quote = Some(character),
            '(' => parentheses += 1,
            ')' => parentheses = parentheses.saturating_sub(1),
            '{' => {
                let prelude = css[start..at].trim();
                let is_rule = |block: &&Block| !block.prelude.starts_with('@');
                open.push(Block {
                    prelude: prelude.to_string(),
                    line: line_of(&css, at - css[start..at].trim_start().len()),
                    inside_rules: open.iter().filter(is_rule).count(),
                    guarded: open.iter().any(|block| block.prelude.starts_with("@supports")),
                    declarations: Vec::new(),
                });
                start = at + 1;
            }
            ';' if parentheses > 0 => {}
            ';' | '}' => {
                let text = css[start..at].trim();
                let line = line_of(&css, at - css[start..at].trim_start().len());
                match (open.last_mut(), text.split_once(':')) {
                    (Some(block), Some((name, value))) => block.declarations.push(Declaration {
                        name: name.trim().to_ascii_lowercase(),
                        value: value.trim().to_string(),
                        line,
                    }),
                    // `@layer a, b;` and the like stand alone.
                    (None, _) if text.starts_with('@') => {
                        done.push(Block { prelude: text.to_string(), line, ..Block::default() });
                    }
                    _ => {}
                }
                if character == '}' {
                    done.extend(open.pop());
                    parentheses = 0;
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    done
}

/// Comments become spaces, so that lines stay where they are.
fn blank_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find("*/").map_or(rest.len(), |end| at + end + 2);
        out.extend(rest[at..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
#[path = "css_tests.rs"]
mod tests;
