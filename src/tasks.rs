//! Volunteer tasks.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn list_page() -> AnyView {
    nothing()
}

/// To be written.
pub fn task_page(_id: domain::id::TaskId) -> AnyView {
    nothing()
}
