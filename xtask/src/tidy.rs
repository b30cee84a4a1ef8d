//! The house rules that a compiler does not know.

mod css;
mod documents;
mod rust;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::app::{self, Mode};
use crate::arguments::Arguments;
use crate::run::{Outcome, files, read, root, say, short};

/// A place where a rule is broken.
pub struct Fault {
    file: PathBuf,
    /// From 1; 0 is the whole file.
    line: usize,
    what: String,
}

impl Fault {
    fn new(file: &Path, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_path_buf(), line, what: what.into() }
    }
}

/// A rule: its name, and where it is broken.
type Rule = (&'static str, fn(&[PathBuf]) -> Outcome<Vec<Fault>>);

/// The rules, in the order of being told.
const RULES: [Rule; 7] = [
    ("files have less than 500 lines", lengths),
    ("Chinese words stand in words.rs", rust::words),
    ("modules say what they are for", rust::module_docs),
    ("colours stand in tokens.css", css::raw_colours),
    ("style sheets hold the floor", css::below_the_floor),
    ("paths in documents exist", documents::dead_paths),
    ("migrations come in step", migrations),
];

/// `cargo xtask tidy`
pub fn tidy(arguments: Arguments) -> Outcome {
    arguments.finish()?;
    let (_, failed) = check()?;
    if failed == 0 { Ok(()) } else { Err(format!("{failed} house rules are broken")) }
}

/// Tells every broken rule; how many rules hold and how many do not.
pub fn check() -> Outcome<(usize, usize)> {
    let all = files(&root());
    let mut failed = 0;
    for (name, rule) in RULES {
        let faults = rule(&all)?;
        println!("{} {name}", if faults.is_empty() { "ok    " } else { "BROKEN" });
        failed += usize::from(!faults.is_empty());
        for Fault { file, line, what } in faults {
            println!("         {}:{line}: {what}", short(&file));
        }
    }
    let built = app::folder(Mode::Release);
    if built.join("index.html").is_file() {
        let faults = built_sheets(&built)?;
        println!(
            "{} the built style sheet holds the floor",
            if faults.is_empty() { "ok    " } else { "BROKEN" }
        );
        failed += usize::from(!faults.is_empty());
        for Fault { what, .. } in faults {
            println!("         dist: {what}");
        }
        return Ok((RULES.len() + 1 - failed, failed));
    }
    Ok((RULES.len() - failed, failed))
}

/// What a bundler may have made of the sheets.
fn built_sheets(dist: &Path) -> Outcome<Vec<Fault>> {
    css::below_the_floor(&app::with_extension(dist, "css"))
}

fn ends_in(file: &Path, extensions: &[&str]) -> bool {
    file.extension().and_then(OsStr::to_str).is_some_and(|end| extensions.contains(&end))
}

fn inside(file: &Path, folder: &str) -> bool {
    file.starts_with(root().join(folder))
}

fn lengths(files: &[PathBuf]) -> Outcome<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| ends_in(file, &["rs", "css", "js", "sql", "html"])) {
        let lines = read(file)?.lines().count();
        if lines >= 500 {
            faults.push(Fault::new(file, 0, format!("{lines} lines; split it")));
        } else if lines > 300 {
            say(&format!("{} has {lines} lines; above 300 it starts to smell", short(file)));
        }
    }
    Ok(faults)
}

/// Both databases take the same steps, from one folder; their numbers are unique.
fn migrations(files: &[PathBuf]) -> Outcome<Vec<Fault>> {
    let mut numbers: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| inside(file, "backend/migrations") && ends_in(file, &["sql"])) {
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let (number, _) = name.split_once('_').unwrap_or_default();
        if number.is_empty() || !number.chars().all(|digit| digit.is_ascii_digit()) {
            faults.push(Fault::new(file, 0, "a migration is called `0001_what_it_does.sql`"));
        }
        if read(file)?.trim().is_empty() {
            faults.push(Fault::new(file, 0, "is empty"));
        }
        if numbers.iter().any(|taken| taken == number) {
            faults.push(Fault::new(file, 0, "its number is taken"));
        }
        numbers.push(number.to_string());
    }
    Ok(faults)
}

/// The line, from 1, of a position in a text.
fn line_of(text: &str, position: usize) -> usize {
    text.get(..position).map_or(0, |before| before.matches('\n').count()) + 1
}
