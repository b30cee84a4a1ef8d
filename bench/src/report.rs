//! Figures, for people and for programs.

use std::time::Duration;

use serde_json::{Value, json};

use crate::load::Load;

/// What was measured of one kind of request.
pub struct Figures {
    /// What it is.
    pub name: String,
    /// Answers a second.
    pub rate: f64,
    /// Milliseconds that half of the answers took at most.
    pub p50: f64,
    /// Milliseconds that 99 of 100 took at most.
    pub p99: f64,
    /// Mean bytes of an answer.
    pub bytes: f64,
}

impl Figures {
    /// The figures of some loads of one kind: the median rate, and all answers together.
    pub fn of(name: &str, loads: &[Load]) -> Self {
        let mut rates: Vec<f64> = loads.iter().map(Load::rate).collect();
        rates.sort_by(f64::total_cmp);
        let answers = || loads.iter().flat_map(|load| &load.answers);
        let mut times: Vec<Duration> = answers().map(|(_, answer)| answer.took).collect();
        times.sort_unstable();
        let at = |part: usize| {
            let index = (times.len() * part / 100).min(times.len().saturating_sub(1));
            times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        let bytes: usize = answers().map(|(_, answer)| answer.bytes).sum();
        Self {
            name: name.to_owned(),
            rate: rates.get(rates.len() / 2).copied().unwrap_or_default(),
            p50: at(50),
            p99: at(99),
            bytes: bytes as f64 / times.len().max(1) as f64,
        }
    }

    /// The line of a table; `ceiling` is the rate that counts as 100 %.
    pub fn line(&self, ceiling: f64) -> String {
        let Self { name, rate, p50, p99, bytes } = self;
        let share = rate / ceiling.max(1.0) * 100.0;
        format!("  {name:<34}{rate:>10.0}{share:>7.0} %{p50:>9.1}{p99:>9.1}{bytes:>9.0}")
    }

    /// The same for programs.
    pub fn json(&self, ceiling: f64) -> Value {
        let round = |value: f64| (value * 100.0).round() / 100.0;
        json!({
            "name": self.name,
            "rate": self.rate.round(),
            "of_ceiling": round(self.rate / ceiling.max(1.0)),
            "p50_ms": round(self.p50),
            "p99_ms": round(self.p99),
            "bytes": self.bytes.round(),
        })
    }
}

/// The heading of the table.
pub fn heading() -> String {
    format!("  {:<34}{:>10}{:>9}{:>9}{:>9}{:>9}", "", "a second", "ceiling", "p50 ms", "p99 ms", "bytes")
}
