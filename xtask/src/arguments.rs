//! The rest of the command line, taken piece by piece; what nobody took is a mistake.

use crate::run::Outcome;

/// Words after the command's name.
pub struct Arguments(Vec<String>);

impl Arguments {
    /// From the words as they were typed; `--port=1` is the same as `--port 1`.
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        let mut split = Vec::new();
        for word in words {
            match word.split_once('=') {
                Some((name, value)) if name.starts_with("--") => split.extend([name.into(), value.into()]),
                _ => split.push(word),
            }
        }
        Self(split)
    }

    /// Takes `--name value`.
    pub fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let Some(at) = self.0.iter().position(|word| word == name) else { return Ok(None) };
        if at + 1 >= self.0.len() {
            return Err(format!("`{name}` wants a value"));
        }
        self.0.remove(at);
        Ok(Some(self.0.remove(at)))
    }

    /// Takes `--name`.
    pub fn flag(&mut self, name: &str) -> bool {
        let found = self.0.iter().position(|word| word == name);
        found.map(|at| self.0.remove(at)).is_some()
    }

    /// Takes the next word, if it is not an option.
    pub fn word(&mut self) -> Option<String> {
        let first = self.0.first().filter(|word| !word.starts_with("--"))?.clone();
        self.0.remove(0);
        Some(first)
    }

    /// Takes everything, for another program.
    pub fn rest(self) -> Vec<String> {
        self.0
    }

    /// Nothing may be left.
    pub fn finish(self) -> Outcome {
        match self.0.first() {
            Some(word) => Err(format!("`{word}` is not understood here")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_in_any_order_and_both_spellings() {
        let typed = ["page", "--json", "--port=1", "--data", "x"].map(String::from);
        let mut arguments = Arguments::new(typed.into_iter());
        assert_eq!(arguments.word().as_deref(), Some("page"));
        assert_eq!(arguments.value("--data"), Ok(Some("x".into())));
        assert_eq!(arguments.value("--port"), Ok(Some("1".into())));
        assert_eq!(arguments.value("--none"), Ok(None));
        assert!(arguments.flag("--json"));
        assert_eq!(arguments.finish(), Ok(()));
        assert!(Arguments::new(["--more".to_string()].into_iter()).finish().is_err());
    }
}
