//! The centre this phone looks at: chosen by the resident, or the house's own until then.

use domain::{
    centre::CentreCard,
    id::{CentreId, CityId},
};
use leptos::prelude::document;

use crate::host;

/// The chosen centre.
pub fn centre() -> CentreId {
    CentreId(attribute("data-centre"))
}

/// Its city.
pub fn city() -> CityId {
    CityId(attribute("data-city"))
}

/// Chooses a centre, for this and later visits.
pub fn choose(card: &CentreCard) {
    host::set_cookie("centre", card.id.as_str());
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-centre", card.id.as_str());
        let _ = html.set_attribute("data-city", card.city.as_str());
    }
}

/// The server settles both before it sends the page.
fn attribute(name: &str) -> String {
    document().document_element().and_then(|html| html.get_attribute(name)).unwrap_or_default()
}
