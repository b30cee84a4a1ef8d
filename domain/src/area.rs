//! The tree of areas that centres lie in: a city, its districts, their streets and towns ("1+19+N").

use serde::{Deserialize, Serialize};

use crate::{id::AreaId, text::Text};

/// The way down to a place: the city first, the area in which it lies last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Way(pub Vec<AreaId>);

impl Way {
    /// Reads a path as it is kept, `yangzhou/hanjiang/`: whatever lies below begins with it.
    pub fn parse(path: &str) -> Self {
        Self(path.split_terminator('/').map(AreaId::from).collect())
    }

    /// Whether it leads through that area, or ends in it.
    pub fn through(&self, area: &AreaId) -> bool {
        self.0.contains(area)
    }

    /// How far down it ends: 0 for a city.
    pub fn depth(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

/// An area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Area {
    /// Which one.
    pub id: AreaId,
    /// What it is called.
    pub name: Text,
    /// The way down to it, itself last.
    pub way: Way,
}

#[cfg(test)]
mod tests {
    use super::Way;

    #[test]
    fn a_way_leads_from_the_city_down_and_through_nothing_beside_it() {
        let way = Way::parse("yangzhou/hanjiang/hanjiang-xinsheng/");
        assert_eq!((way.depth(), way.0.len()), (2, 3));
        for area in ["yangzhou", "hanjiang", "hanjiang-xinsheng"] {
            assert!(way.through(&area.into()), "{area}");
        }
        assert!(!way.through(&"guangling".into()) && !way.through(&"hanjiang-xin".into()));
        assert_eq!(Way::parse("").0.len(), 0);
    }
}
