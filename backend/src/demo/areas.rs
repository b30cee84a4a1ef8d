//! Checks the areas of a demo file: a tree whose root is the city.

use std::collections::BTreeMap;

use domain::text::Text;

use super::{
    check::{Checked, Seen, Wrong},
    file::{self, Words},
};

/// An area.
#[derive(Clone, Debug)]
pub struct CheckedArea {
    pub id: String,
    /// The path of the area above.
    pub parent: Option<String>,
    /// The way down to it, `yangzhou/hanjiang/`.
    pub path: String,
    pub name: Text,
}

/// The areas of a file, the city first; the paths by identifier. Each names one that was there before,
/// so that none lies in itself.
pub fn check(
    areas: Vec<file::Area>,
    city: &str,
    name: &Text,
    seen: &mut Seen,
    all: &mut Checked,
) -> Result<BTreeMap<String, String>, Wrong> {
    let mut paths = BTreeMap::new();
    // What is named first stands first, below what it lies in.
    let mut checked: BTreeMap<Vec<usize>, CheckedArea> = BTreeMap::new();
    let mut orders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let of_the_city = file::Area {
        id: city.to_owned(),
        name: Words { zh: name.zh.clone(), en: name.en.clone() },
        within: None,
    };
    for (index, area) in core::iter::once(of_the_city).chain(areas).enumerate() {
        let at = seen.enter("area", &area.id)?;
        let above = (index > 0).then(|| area.within.as_deref().unwrap_or(city));
        let expected = "expected the id of an area that is named before in this file";
        let known = |above: &str| paths.get(above).cloned().ok_or_else(|| at.wrong("within", expected));
        let parent: Option<String> = above.map(known).transpose()?;
        let path = format!("{}{}/", parent.as_deref().unwrap_or_default(), area.id);
        let mut order = above.and_then(|above| orders.get(above).cloned()).unwrap_or_default();
        order.push(index);
        let name = at.words("name", area.name)?;
        paths.insert(area.id.clone(), path.clone());
        orders.insert(area.id.clone(), order.clone());
        checked.insert(order, CheckedArea { id: area.id, parent, path, name });
    }
    all.areas.extend(checked.into_values());
    Ok(paths)
}
