//! Rules for Rust files: words in their place, and a sentence at the top.

use std::path::PathBuf;

use super::{Fault, ends_in, inside};
use crate::run::{Outcome, read};

/// Chinese in the app outside `words.rs`; comments may say what they like.
pub fn words(files: &[PathBuf]) -> Outcome<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| inside(file, "src") && ends_in(file, &["rs"])) {
        if file.file_name().is_some_and(|name| name == "words.rs") {
            continue;
        }
        for (number, line) in without_comments(&read(file)?).lines().enumerate() {
            if line.chars().any(is_chinese) {
                faults.push(Fault::new(file, number + 1, format!("belongs into words.rs: {}", line.trim())));
            }
        }
    }
    Ok(faults)
}

/// Every module opens with `//!`.
pub fn module_docs(files: &[PathBuf]) -> Outcome<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| ends_in(file, &["rs"])) {
        if !read(file)?.trim_start().starts_with("//! ") {
            faults.push(Fault::new(file, 1, "opens without a `//!` sentence that says what it is for"));
        }
    }
    Ok(faults)
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// The same lines with comments blanked out. Knows strings, raw strings and characters, so that
/// neither `"https://…"` nor `'"'` confuses it.
fn without_comments(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(character) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else {
            let taken = match character {
                '"' => string(rest),
                'r' if !out.ends_with(|c: char| c.is_alphanumeric() || c == '_') => {
                    raw_string(rest).unwrap_or(1)
                }
                '\'' => character_literal(rest),
                _ => character.len_utf8(),
            };
            out.push_str(&rest[..taken]);
            rest = &rest[taken..];
            continue;
        };
        out.extend(rest[..taken].chars().filter(|c| *c == '\n'));
        rest = &rest[taken..];
    }
    out
}

/// Block comments nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    let body = text[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(body.find(&end).map_or(text.len(), |at| 2 + hashes + at + end.len()))
}

/// `'x'` and `'\n'`, but not the lifetime `'a`.
fn character_literal(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => {
            text[2..].find('\'').map_or(1, |at| if at == 0 { 4 } else { at + 3 }).min(text.len())
        }
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_strings_stay() {
        let cases = [
            ("let a = \"//家\"; // 门", "let a = \"//家\"; "),
            ("/* 家 /* 门 */ 口 */x", "x"),
            ("r#\"a\"//家\"# // x", "r#\"a\"//家\"# "),
            ("'\"' // 家", "'\"' "),
            ("'\\'' // 家", "'\\'' "),
            ("fn f<'a>(x: &'a str) {} // 家", "fn f<'a>(x: &'a str) {} "),
            ("\"\\\\\" // 家", "\"\\\\\" "),
            ("for // 家\nx", "for \nx"),
        ];
        for (source, wanted) in cases {
            assert_eq!(without_comments(source), wanted);
        }
    }

    #[test]
    fn punctuation_is_chinese_too() {
        assert!("，。「家」！".chars().all(is_chinese));
        assert!(!"é–“”…·".chars().any(is_chinese));
    }
}
