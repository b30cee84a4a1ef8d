//! Elder mode, language, signing out.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn settings_page() -> AnyView {
    nothing()
}
