//! An offering: what it is, its days and slots, who comes, and the confirmation.

mod days;
mod desk;
mod foot;
mod head;
pub mod tags;
mod terms;
mod who;
pub mod words;

use domain::{centre::api::GetOffering, id::OfferingId};
use leptos::prelude::*;

use self::desk::Desk;
use crate::{
    call,
    ui::{Page, View, live, load, nothing},
};

/// How often the places are counted again while the page is in sight, in seconds.
const AGAIN: u64 = 20;

/// The screen of an offering.
pub fn offering_page(id: &OfferingId) -> View {
    let desk = Desk::new();
    count_again(desk);
    let head = load::<GetOffering>(id, move |page| {
        let head = head::head(&page);
        desk.show(page);
        head
    });
    let back = live(move || if desk.is_here() { nothing() } else { head::back_to_list() });
    Page::bare(words::title())
        .with(back)
        .with(head)
        .with(live(move || {
            desk.page(
                |page| if desk::is_course(page) { terms::terms(desk, page) } else { days::days(desk, page) },
            )
        }))
        .with(who::sheet(desk))
        .foot(live(move || foot::foot(desk)))
        .done()
}

/// Asks for the places again from time to time, as long as somebody looks.
fn count_again(desk: Desk) {
    let again = move || {
        if !document().hidden() {
            desk.redraw();
            call::refresh();
        }
    };
    if let Ok(timer) = set_interval_with_handle(again, std::time::Duration::from_secs(AGAIN)) {
        on_cleanup(move || timer.clear());
    }
}
