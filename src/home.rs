//! The home page of the chosen centre.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn home_page() -> AnyView {
    nothing()
}
