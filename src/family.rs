//! The people one books for.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn family_page() -> AnyView {
    nothing()
}
