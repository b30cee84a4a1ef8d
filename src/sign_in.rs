//! Signing in with a phone and a code.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn sign_in_page() -> AnyView {
    nothing()
}
