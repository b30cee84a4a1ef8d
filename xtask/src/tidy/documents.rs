//! Documents name files; the files have to be there.

use std::path::{Path, PathBuf};

use super::{Fault, ends_in, line_of};
use crate::run::{Outcome, read, root};

/// Relative links, and paths in backticks that begin with a folder or file of this project.
pub fn dead_paths(files: &[PathBuf]) -> Outcome<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| ends_in(file, &["md"])) {
        let text = read(file)?;
        let here = file.parent().unwrap_or(file);
        for (position, path) in links(&text) {
            if !here.join(path).exists() {
                faults.push(Fault::new(
                    file,
                    line_of(&text, position),
                    format!("links to {path}, which is not there"),
                ));
            }
        }
        for (position, path) in paths(&text) {
            if !root().join(path).exists() && !here.join(path).exists() {
                faults.push(Fault::new(
                    file,
                    line_of(&text, position),
                    format!("names {path}, which is not there"),
                ));
            }
        }
    }
    Ok(faults)
}

/// `](target)` without addresses and anchors.
fn links(text: &str) -> Vec<(usize, &str)> {
    text.match_indices("](")
        .filter_map(|(at, _)| {
            let target = text[at + 2..].split([')', ' ', '\n']).next()?;
            let path = target.split('#').next()?;
            let elsewhere = path.contains(':') || path.starts_with('/');
            (!path.is_empty() && !elsewhere).then_some((at, path))
        })
        .collect()
}

/// `src/ui/button.rs`, `xtask/`, `backend/src/db.rs:12` between backticks.
fn paths(text: &str) -> Vec<(usize, &str)> {
    const MADE: [&str; 4] = ["target", "dist", "data", "node_modules"];
    let mut found = Vec::new();
    let mut at = 0;
    for (number, piece) in text.split('`').enumerate() {
        let path = piece.split(':').next().unwrap_or_default().trim_end_matches('/');
        let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
        let first = path.split('/').next().unwrap_or_default();
        let ours = piece.contains('/') && !first.is_empty() && !MADE.contains(&first) && is_ours(first);
        if number % 2 == 1 && plain && ours {
            found.push((at, path));
        }
        at += piece.len() + 1;
    }
    found
}

fn is_ours(first: &str) -> bool {
    !first.starts_with('.') && Path::new(&root()).join(first).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_count() {
        let text =
            "`xtask/src/main.rs:3` `xtask/none.rs` `application/json` `/api/time` `dist/x.js` `xtask/{a}`";
        let found: Vec<&str> = paths(text).into_iter().map(|(_, path)| path).collect();
        assert_eq!(found, ["xtask/src/main.rs", "xtask/none.rs"]);
        let text = "[a](docs/a.md#top) [b](https://x.org/) [c](#d)";
        let found: Vec<&str> = links(text).into_iter().map(|(_, path)| path).collect();
        assert_eq!(found, ["docs/a.md"]);
    }
}
