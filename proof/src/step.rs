//! The steps of a story, as values and as lines that a person can read, change and play again.

use core::fmt;
use std::str::FromStr;

use domain::booking::Mark;

/// Something that happens in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many minutes pass; fewer than none where somebody sets the clock back. What stands between
    /// two of these is asked at once.
    Wait(i64),
    /// Somebody asks for something.
    Ask(Asked),
    /// What was asked under that key is asked again, of that server.
    Again(u32, usize),
    /// Something else is asked under that key.
    Misuse(u32, usize),
    /// A household comes to stand otherwise as a volunteer.
    Stand(usize, Stands),
}

/// How a household stands as a volunteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is one in good standing.
    Helps,
    /// It is suspended.
    Pauses,
    /// It is none.
    Leaves,
}

/// How a household can stand, each with its word.
pub const STANDS: [(Stands, &str); 3] =
    [(Stands::Helps, "helps"), (Stands::Pauses, "pauses"), (Stands::Leaves, "leaves")];

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The number of its key; a party is known by the key under which it was booked.
    pub key: u32,
    /// Which household.
    pub household: usize,
    /// Of which server.
    pub server: usize,
    /// What.
    pub what: What,
}

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Places in a slot for people, by their numbers.
    Book {
        /// Which slot.
        slot: usize,
        /// Who.
        people: Vec<usize>,
        /// Whether they would share a table.
        share: bool,
        /// Whether the desk asks for them.
        desk: bool,
        /// Whether they come with a ticket.
        ticket: bool,
        /// How many come with them, nobody says who.
        guests: u32,
    },
    /// Something about a party.
    Party(Verb, u32),
    /// To be asked until so many minutes after the story began; to the end where there are none.
    Stop(u32, Option<i64>),
    /// To note how it was with somebody of a party at a meeting.
    Note {
        /// The party.
        party: u32,
        /// Who, by number.
        person: usize,
        /// Which meeting, counted from 1.
        meeting: u32,
        /// How it was.
        mark: Option<Mark>,
    },
    /// So many places in a slot, of which so many are kept.
    Resize(usize, u32, u32),
    /// A meeting of a slot begins so many minutes after the story and lasts so many, or is called off.
    Move(usize, u32, Option<(i64, i64)>),
    /// Nothing but that time is told in a slot.
    Settle(usize),
}

/// What can be done to a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Take what is offered.
    Take,
    /// Decline what is offered.
    Decline,
    /// Give back.
    Cancel,
    /// Take that back.
    Restore,
    /// The centre takes back.
    Withdraw,
    /// Come.
    Arrive,
}

const VERBS: [(Verb, &str); 6] = [
    (Verb::Take, "takes"),
    (Verb::Decline, "declines"),
    (Verb::Cancel, "cancels"),
    (Verb::Restore, "restores"),
    (Verb::Withdraw, "withdraws"),
    (Verb::Arrive, "arrives"),
];

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wait(minutes) => write!(out, "wait {minutes}"),
            Self::Again(key, server) => write!(out, "again k{key} server {server}"),
            Self::Misuse(key, server) => write!(out, "misuse k{key} server {server}"),
            Self::Stand(household, stands) => {
                let word = STANDS.iter().find(|(known, _)| known == stands).map_or("?", |(_, word)| word);
                write!(out, "h{household} {word}")
            }
            Self::Ask(Asked { key, household, server, what }) => {
                write!(out, "k{key} h{household} ")?;
                match what {
                    What::Book { slot, people, share, desk, ticket, guests } => {
                        write!(out, "books s{slot}")?;
                        for person in people {
                            write!(out, " p{person}")?;
                        }
                        if *guests > 0 {
                            write!(out, " +{guests}")?;
                        }
                        for (flag, word) in [(share, "shared"), (desk, "desk"), (ticket, "ticket")] {
                            if *flag {
                                write!(out, " {word}")?;
                            }
                        }
                    }
                    What::Party(verb, party) => {
                        let word =
                            VERBS.iter().find(|(known, _)| known == verb).map_or("?", |(_, word)| word);
                        write!(out, "{word} k{party}")?;
                    }
                    What::Stop(party, Some(minutes)) => write!(out, "stops k{party} after {minutes}")?,
                    What::Stop(party, None) => write!(out, "waits k{party}")?,
                    What::Note { party, person, meeting, mark } => {
                        let mark = mark.map_or("nothing", Mark::name);
                        write!(out, "notes k{party} p{person} meeting {meeting} {mark}")?;
                    }
                    What::Resize(slot, capacity, kept) => {
                        write!(out, "resizes s{slot} to {capacity} keeping {kept}")?;
                    }
                    What::Move(slot, meeting, Some((to, length))) => {
                        write!(out, "moves s{slot} meeting {meeting} to {to} for {length}")?;
                    }
                    What::Move(slot, meeting, None) => write!(out, "drops s{slot} meeting {meeting}")?,
                    What::Settle(slot) => write!(out, "settles s{slot}")?,
                }
                write!(out, " server {server}")
            }
        }
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        read(&words).ok_or_else(|| format!("not a step: {line}"))
    }
}

/// Reads the steps of a story: one a line; lines that begin with # are remarks.
///
/// # Errors
/// The first line that is none.
pub fn story(text: &str) -> Result<Vec<Step>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::parse).collect()
}

fn read(words: &[&str]) -> Option<Step> {
    let server =
        || words.iter().position(|word| *word == "server").and_then(|at| words.get(at + 1)?.parse().ok());
    let server = server().unwrap_or(0);
    Some(match words {
        ["wait", minutes] => Step::Wait(minutes.parse().ok()?),
        [household, word] => {
            let stands = STANDS.iter().find(|(_, known)| known == word)?.0;
            Step::Stand(number(household, 'h')?, stands)
        }
        ["again", key, ..] => Step::Again(number(key, 'k')?, server),
        ["misuse", key, ..] => Step::Misuse(number(key, 'k')?, server),
        [key, household, verb, of, rest @ ..] => {
            let (key, household) = (number(key, 'k')?, number(household, 'h')?);
            let what = match (*verb, rest) {
                ("books", _) => What::Book {
                    slot: number(of, 's')?,
                    people: rest.iter().filter_map(|word| number(word, 'p')).collect(),
                    share: rest.contains(&"shared"),
                    desk: rest.contains(&"desk"),
                    ticket: rest.contains(&"ticket"),
                    guests: rest.iter().find_map(|word| number(word, '+')).unwrap_or(0),
                },
                ("stops", ["after", minutes, ..]) => {
                    What::Stop(number(of, 'k')?, Some(minutes.parse().ok()?))
                }
                ("waits", _) => What::Stop(number(of, 'k')?, None),
                ("resizes", ["to", capacity, "keeping", kept, ..]) => {
                    What::Resize(number(of, 's')?, capacity.parse().ok()?, kept.parse().ok()?)
                }
                ("notes", [person, "meeting", meeting, mark, ..]) => What::Note {
                    party: number(of, 'k')?,
                    person: number(person, 'p')?,
                    meeting: meeting.parse().ok()?,
                    mark: Mark::from_name(mark),
                },
                ("moves", ["meeting", meeting, "to", to, "for", length, ..]) => {
                    let to = Some((to.parse().ok()?, length.parse().ok()?));
                    What::Move(number(of, 's')?, meeting.parse().ok()?, to)
                }
                ("drops", ["meeting", meeting, ..]) => {
                    What::Move(number(of, 's')?, meeting.parse().ok()?, None)
                }
                ("settles", _) => What::Settle(number(of, 's')?),
                (word, _) => {
                    let verb = VERBS.iter().find(|(_, known)| *known == word)?.0;
                    What::Party(verb, number(of, 'k')?)
                }
            };
            Step::Ask(Asked { key, household, server, what })
        }
        _ => return None,
    })
}

fn number<T: FromStr>(word: &str, letter: char) -> Option<T> {
    word.strip_prefix(letter)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_read_as_it_was_written() {
        let text = "k1 h0 books s2 p0 p1 +3 shared server 0\nk2 h1 books s2 p4 desk ticket server 1\nwait -60\n\
                    k3 h1 takes k2 server 0\nk4 h1 stops k2 after 90 server 0\nk5 h1 waits k2 server 0\n\
                    k6 h0 resizes s2 to 5 keeping 1 server 0\nk7 h0 settles s2 server 0\nk8 h1 notes k2 p4 meeting 2 excused server 0\n\
                    k9 h1 notes k2 p4 meeting 1 nothing server 0\nk10 h0 moves s2 meeting 1 to 300 for 60 server 0\n\
                    k11 h0 drops s2 meeting 2 server 0\nagain k1 server 1\n\
                    misuse k1 server 0\nh1 pauses\nh1 helps\nh2 leaves";
        let steps = story(text).expect("a story");
        let told: Vec<String> = steps.iter().map(Step::to_string).collect();
        assert_eq!(told.join("\n"), text);
        assert!(story("k1 h0 sings s2").is_err());
    }
}
