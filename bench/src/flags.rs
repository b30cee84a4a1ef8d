//! What is asked for on the command line.

use crate::Outcome;

/// What one can ask for.
pub const USAGE: &str = "bench rush|read|grow
  --database URL     postgres://… or sqlite:FILE, to be filled with made-up people; a passing file
  --users N          people in the rush; 5000
  --places N         places they want; 30
  --rounds N         how often they want them; 5
  --connections N    connections at once; 500
  --seconds N        seconds of each kind of reading; 5
  --most N           bookings in the tables in the end of growing; 1000000, of at most 10000000
  --json             figures for programs";

/// The settings of a run.
#[derive(Clone, Debug)]
pub struct Flags {
    /// The database's address; a file that goes with the run where there is none.
    pub database: Option<String>,
    /// People in the rush.
    pub users: usize,
    /// Places they want.
    pub places: u32,
    /// How often.
    pub rounds: usize,
    /// Connections at once.
    pub connections: usize,
    /// Seconds of each kind of reading.
    pub seconds: u64,
    /// Bookings in the tables in the end of growing.
    pub most: u64,
    /// Figures for programs.
    pub json: bool,
}

impl Flags {
    /// Reads flags.
    ///
    /// # Errors
    /// A line for the person at the keyboard.
    pub fn read(mut args: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut flags = Self {
            database: None,
            users: 5_000,
            places: 30,
            rounds: 5,
            connections: 500,
            seconds: 5,
            most: 1_000_000,
            json: false,
        };
        while let Some(flag) = args.next() {
            if flag == "--json" {
                flags.json = true;
                continue;
            }
            let value = args.next().ok_or_else(|| format!("{flag} needs a value\n{USAGE}"))?;
            let number = || value.parse::<usize>().map_err(|_| format!("{flag} {value}: a number is needed"));
            match flag.as_str() {
                "--database" => flags.database = Some(value),
                "--users" => flags.users = number()?.max(1),
                "--places" => flags.places = u32::try_from(number()?).unwrap_or(u32::MAX).max(1),
                "--rounds" => flags.rounds = number()?.max(1),
                "--connections" => flags.connections = number()?.max(1),
                "--seconds" => flags.seconds = number()?.max(1) as u64,
                "--most" => flags.most = number()? as u64,
                _ => return Err(format!("{flag}: no such flag\n{USAGE}")),
            }
        }
        Ok(flags)
    }
}
