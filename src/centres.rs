//! Choosing a centre, and the page of one.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn choose_page() -> AnyView {
    nothing()
}

/// To be written.
pub fn centre_page(_id: domain::id::CentreId) -> AnyView {
    nothing()
}
