//! A booking with its code, and what is mine.

use leptos::prelude::AnyView;

use crate::ui::nothing;

/// To be written.
pub fn booking_page(_id: domain::id::BookingId) -> AnyView {
    nothing()
}

/// To be written.
pub fn mine_page() -> AnyView {
    nothing()
}
