//! An offering: days, slots and the confirmation.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn offering_page(_id: domain::id::OfferingId) -> AnyView {
    nothing()
}
