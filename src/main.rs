//! The residents' app of 家门口: mounts itself beside the first screen that the server wrote into
//! the page, and takes its place in the same frame.

mod acting;
mod app;
mod bookings;
mod call;
mod centres;
mod circle;
mod clock;
mod devices;
mod draws;
mod family;
mod helped;
mod home;
mod host;
mod join;
mod lang;
mod notices;
mod offerings;
mod place;
mod privacy;
mod session;
mod settings;
mod sign_in;
mod tasks;
mod teams;
mod trouble;
mod ui;
mod volunteers;
mod week;
mod wishes;
mod words;
mod work;

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;

fn main() {
    let document = document();
    let Some(place) = document.get_element_by_id("app") else { return };
    clock::take_from_page();
    call::take_first_data();
    mount_to(place.unchecked_into(), app::app).forget();
}
