//! The pictures in the README, taken when `DOORSTEP_PICTURES` is set (`cargo xtask pictures`).

use std::{fs, path::Path};

use domain::{booking::api::CancelBooking, circle::Scope};

use super::{circle, house::House, phone::Phone, screens, settings};

/// More than this is too much for a page of documentation, in bytes.
const MOST: usize = 150_000;

#[test]
fn the_pictures_of_the_readme_show_what_there_is() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let folder = settings::pictures();
    let stranger = Phone::new(&house);
    stranger.opens("/").sees("邻里办成的事");
    take(&stranger, folder.as_deref(), "home");
    stranger.opens("/wishes").sees("充电棚");
    take(&stranger, folder.as_deref(), "wishes");
    stranger.opens("/volunteer").sees("教孩子打乒乓球");
    take(&stranger, folder.as_deref(), "tasks");
    stranger.opens("/").taps("字大一些：长辈版").sees("订午饭");
    stranger.run("scrollTo(0, 0)");
    take(&stranger, folder.as_deref(), "elder");

    screens::child(&me, "朵朵", (2018, 5, 1));
    let waiting = Phone::of(&house, &me);
    waiting.opens("/offerings/xinyuan-holiday").taps("准备好").sees("已准备好");
    waiting.run("document.activeElement.blur(); scrollTo(0, 0)");
    take(&waiting, folder.as_deref(), "opening");
    let (first, slot) = (house.resident("13800000007"), "shurenyuan-memory.20260624T1100");
    let booked = screens::books(&first, slot);
    let mine = screens::books(&me, slot);
    first.call::<CancelBooking>(booked.id, ()).expect("given back");
    waiting.opens(&format!("/bookings/{}", mine.id)).sees_heading("轮到您了");
    take(&waiting, folder.as_deref(), "offer");

    circle::bond(&me, &house.resident("13800000008"), Scope::Act);
    let elder = Phone::of(&house, &me);
    elder.has_cookie("view=elder").opens("/circle").sees("能看，也能替我办事");
    take(&elder, folder.as_deref(), "circle");

    let phone = Phone::of(&house, &me);
    phone.opens("/offerings/xinsheng-pingpong").taps("19:00").could_tap("确认预约");
    phone.run("document.activeElement.blur(); scrollTo(0, 0)");
    take(&phone, folder.as_deref(), "slots");
    phone.taps("确认预约").sees_heading("订好了");
    phone.waits("the code", || phone.run("return document.querySelector('.ticket-code').complete") == true);
    phone.run("scrollTo(0, 0)");
    take(&phone, folder.as_deref(), "ticket");
}

/// Looks at the screen, and keeps what it shows where pictures are wanted.
fn take(phone: &Phone, folder: Option<&Path>, name: &str) {
    let picture = phone.picture();
    assert!((10_000..=MOST).contains(&picture.len()), "{name}: {} bytes", picture.len());
    if let Some(folder) = folder {
        fs::create_dir_all(folder).expect("a folder");
        fs::write(folder.join(format!("{name}.png")), picture).expect("written");
    }
}
