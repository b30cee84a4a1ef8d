//! What answers depend on, and how long they are good for.

use std::time::Duration;

use domain::id::OfferingId;

/// What an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Cities, centres, offerings and their slots.
    Catalogue,
    /// Wishes, their steps and supporters.
    Wishes,
    /// Volunteer tasks and who claimed them.
    Tasks,
    /// Draws and what came of them.
    Draws,
    /// How full the slots of an offering are.
    Seats(OfferingId),
}

impl Topic {
    /// The name in the database, for what other servers are told; free places they look up each second.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Catalogue => Some("catalogue"),
            Self::Wishes => Some("wishes"),
            Self::Tasks => Some("tasks"),
            Self::Draws => Some("draws"),
            Self::Seats(_) => None,
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "catalogue" => Some(Self::Catalogue),
            "wishes" => Some(Self::Wishes),
            "tasks" => Some(Self::Tasks),
            "draws" => Some(Self::Draws),
            _ => None,
        }
    }
}

/// How long an answer is good for.
#[derive(Clone, Debug)]
pub struct Freshness {
    pub(super) topics: Vec<Topic>,
    pub(super) lasts: Duration,
}

impl Freshness {
    /// Good until one of `topics` is touched, at most a minute: lists leave out what is over.
    pub fn of(topics: impl IntoIterator<Item = Topic>) -> Self {
        Self { topics: topics.into_iter().collect(), lasts: Duration::from_mins(1) }
    }

    /// Good for a second at most: it shows free places, which other servers take, too.
    #[must_use]
    pub fn with_seats(self) -> Self {
        Self { lasts: Duration::from_secs(1), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_read_back_by_its_name() {
        for topic in [Topic::Catalogue, Topic::Wishes, Topic::Tasks, Topic::Draws] {
            assert_eq!(topic.name().and_then(Topic::from_name), Some(topic));
        }
        assert_eq!(Topic::Seats(OfferingId::from("a")).name(), None);
    }
}
