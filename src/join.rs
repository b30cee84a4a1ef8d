//! Everything one can take part in.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn join_page() -> AnyView {
    nothing()
}
