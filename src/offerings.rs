//! An offering: what it is, its days and slots, who comes, and the confirmation.

mod days;
mod desk;
mod foot;
mod head;
mod heads;
mod rush;
mod share;
pub mod tags;
mod terms;
mod who;
pub mod words;

use domain::{centre::api::GetOffering, id::OfferingId};
use leptos::prelude::*;

use self::desk::Desk;
use crate::ui::{Page, View, ask_again, el, live, load, nothing};

/// About how often the places are counted again while somebody looks, in seconds; and in the minutes
/// around the opening.
const AGAIN: u32 = 20;
const OFTEN: u32 = 5;
/// The minutes around the opening, in milliseconds.
const AROUND: i64 = 3 * domain::time::MINUTE;

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
    // Where there is one thing to wait for, it comes before the list of one.
    let one = Memo::new(move |_| desk.is_one_term());
    let above = live(move || if one.get() { rush::clock(desk) } else { nothing() });
    Page::bare(words::title())
        .with(back)
        .with(head)
        .with(share::note(desk))
        .with(above)
        .with(live(move || if one.get() { rush::ready(desk) } else { nothing() }))
        .with(live(move || {
            desk.page(
                |page| if desk::is_course(page) { terms::terms(desk, page) } else { days::days(desk, page) },
            )
        }))
        .with(live(move || {
            if one.get() {
                return nothing();
            }
            el("div", "rush").child(rush::clock(desk)).child(rush::ready(desk)).done()
        }))
        .with(heads::section(desk))
        .with(share::section(desk))
        .with(who::sheet(desk))
        .foot(live(move || foot::foot(desk)))
        .done()
}

/// Counts the places again from time to time, as long as somebody looks.
fn count_again(desk: Desk) {
    let every = move || if desk.is_around_the_opening(AROUND) { OFTEN } else { AGAIN };
    ask_again(every, move || {
        // Time has gone by, whatever the answer is.
        desk.redraw();
        desk.recount();
    });
}
