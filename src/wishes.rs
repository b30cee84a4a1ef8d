//! Wishes: the list, the form, and one with its story.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn list_page() -> AnyView {
    nothing()
}

/// To be written.
pub fn form_page() -> AnyView {
    nothing()
}

/// To be written.
pub fn wish_page(_id: domain::id::WishId) -> AnyView {
    nothing()
}
