//! Puts the style sheets together: one file, one request.

use std::path::{Path, PathBuf};

use crate::run::{Outcome, files, read, root, write};

/// Where the one sheet lies for Trunk; index.html names it, so it does not follow `CARGO_TARGET_DIR`.
pub fn bundle() -> Outcome<PathBuf> {
    let folder = root().join("style");
    let mut sheet = String::new();
    for file in in_order(&folder, &files(&folder)) {
        sheet.push_str(&smaller(&read(&file)?));
        sheet.push('\n');
    }
    if sheet.is_empty() {
        return Err("style/ has no style sheet".into());
    }
    let path = root().join("target/style/app.css");
    write(&path, sheet)?;
    Ok(path)
}

/// tokens, base, then components, then pages: what comes later may override what came before.
fn in_order(folder: &Path, files: &[PathBuf]) -> Vec<PathBuf> {
    let rank = |file: &PathBuf| {
        let name = file.strip_prefix(folder).unwrap_or(file);
        if name == Path::new("tokens.css") {
            0
        } else if name == Path::new("base.css") {
            1
        } else if name.starts_with("ui") {
            2
        } else if name.starts_with("pages") {
            3
        } else {
            4
        }
    };
    let mut sheets: Vec<PathBuf> =
        files.iter().filter(|file| file.extension().is_some_and(|e| e == "css")).cloned().collect();
    sheets.sort_by_key(|file| (rank(file), file.clone()));
    sheets
}

/// Takes comments and needless white space out and changes nothing else. Cleverer programs write
/// `inset` for four sides, which Chrome < 87 does not know.
fn smaller(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
                rest = &rest[end..];
                continue;
            }
            '"' | '\'' => {
                let end = end_of_string(rest, character);
                out.push_str(&rest[..end]);
                end
            }
            _ if character.is_whitespace() => {
                let next = rest.trim_start();
                let glued = out.ends_with(['{', '}', ';', ',', ':', ' '])
                    || out.is_empty()
                    || next.starts_with(['{', '}', ';', ','])
                    || next.is_empty();
                if !glued {
                    out.push(' ');
                }
                rest.len() - next.len()
            }
            '}' => {
                if out.ends_with(';') {
                    out.pop();
                }
                out.push('}');
                1
            }
            _ => {
                out.push(character);
                character.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

fn end_of_string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if character == quote && !escaped {
            return at + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smaller_means_the_same() {
        let css =
            "/* why */\n.a > b,\n .c :hover {\n  margin: 0 calc(1px + 2px);\n  content: \" /* ; } \";\n}\n";
        assert_eq!(smaller(css), ".a > b,.c :hover{margin:0 calc(1px + 2px);content:\" /* ; } \"}");
        assert_eq!(smaller("a{content:\"\\\" {  \"}"), "a{content:\"\\\" {  \"}");
    }

    #[test]
    fn tokens_come_first() {
        let folder = Path::new("style");
        let names =
            ["style/base.css", "style/pages/a.css", "style/tokens.css", "style/ui/z.css", "style/x.md"];
        let sorted = in_order(folder, &names.map(PathBuf::from));
        let wanted = ["style/tokens.css", "style/base.css", "style/ui/z.css", "style/pages/a.css"];
        assert_eq!(sorted, wanted.map(PathBuf::from));
    }
}
