//! What is mine: bookings, wishes and tasks.

use domain::{
    booking::{Booking, BookingState, api::ListBookings},
    screen::Screen,
    session::api::GetMe,
    task::{Task, api::MyTasks},
    wish::{Wish, WishState, api::MyWishes},
};
use leptos::prelude::*;

use super::{links, ticket, words};
use crate::{
    acting, clock, draws, host,
    lang::say,
    session,
    ui::{
        self, Cell, Look, Page, Tone, View, button::button_el, cells, el, icon, link_button, live, load,
        load_or, nothing, section, tag,
    },
    words as common,
};

/// The tab 我的.
pub fn mine_page() -> View {
    let page = Page::new(words::mine());
    if !session::signed_in() {
        let action = link_button(Look::Main, words::sign_in(), session::sign_in_address(&host::here()));
        return page
            .with(ui::empty("me", words::signed_out(), Some(action)))
            .with(cells(vec![links::settings()]))
            .done();
    }
    let open = RwSignal::new(false);
    page.with(load_or::<GetMe>(&(), |me| links::leaving(&me), nothing))
        .with(load_or::<GetMe>(&(), |me| links::work(&me), nothing))
        .with(load::<ListBookings>(&(), move |bookings| view(&bookings, open)))
        .with(draws::mine())
        .with(load_or::<MyTasks>(&(), |mine| tasks(&mine), nothing))
        .with(load_or::<MyWishes>(&(), |mine| wishes(&mine), nothing))
        .with(load_or::<GetMe>(&(), |me| links::household(&me), nothing))
        .done()
}

fn view(bookings: &[Booking], open: RwSignal<bool>) -> View {
    let now = clock::now();
    let (next, past): (Vec<&Booking>, Vec<&Booking>) =
        bookings.iter().partition(|booking| booking.state.is_live() && booking.ends() > now);
    let coming = if next.is_empty() {
        let action = link_button(Look::Main, words::look_around(), Screen::Join.path());
        ui::empty("calendar", words::nothing_booked(), Some(action))
    } else {
        cells(next.into_iter().map(cell).collect())
    };
    let coming = section(words::next(), None, vec![coming]);
    el("div", "").child(coming).child(before(past, open)).done()
}

/// What is over, behind a button.
fn before(past: Vec<&Booking>, open: RwSignal<bool>) -> View {
    if past.is_empty() {
        return nothing();
    }
    let past: Vec<Booking> = past.into_iter().cloned().collect();
    let toggle = button_el(Look::Line, move || open.update(|open| *open = !*open))
        .attr_live("aria-expanded", move || Some(open.get().to_string()))
        .text(words::past(past.len()))
        .child(icon("down"))
        .done();
    let list = live(move || {
        if !open.get() {
            return nothing();
        }
        el("div", "section").child(cells(past.iter().map(cell).collect())).done()
    });
    el("div", "section").child(toggle).child(list).done()
}

fn cell(booking: &Booking) -> View {
    let zone = booking.zone;
    let (starts, today) = (booking.starts(), clock::now().day(booking.zone));
    let tone = match booking.state {
        BookingState::Confirmed | BookingState::Attended if booking.ends() > clock::now() => Tone::Open,
        BookingState::Waitlisted if booking.position.is_some() => Tone::Wait,
        BookingState::Offered => Tone::Hot,
        _ => Tone::Full,
    };
    let day = if booking.meetings.len() > 1 || booking.is_stay() {
        words::times(booking)
    } else {
        common::day(starts.day(zone), today)
    };
    let cell = Cell::new(ticket::title(booking));
    let cell = if booking.is_stay() { cell.icon("home") } else { cell.lead(common::clock(starts, zone)) };
    cell.note(format!("{day} · {}", say(&booking.centre_name)))
        .end(tag(tone, words::state(booking)))
        .to(Screen::Booking(booking.id.clone()).path())
        .done()
}

fn tasks(tasks: &[Task]) -> View {
    if tasks.is_empty() {
        return nothing();
    }
    let tasks = tasks.iter().map(task).collect();
    section(words::my_tasks(), None, vec![cells(tasks)])
}

fn task(task: &Task) -> View {
    Cell::new(say(&task.title))
        .icon("hand")
        .note(common::when(task.span, task.zone))
        .note(say(&task.centre_name))
        .to(Screen::Task(task.id.clone()).path())
        .arrow()
        .done()
}

fn wishes(wishes: &[Wish]) -> View {
    let new = Cell::new(words::new_wish()).icon("wish").to(Screen::NewWish.path()).arrow().done();
    let help = Cell::new(words::all_tasks()).icon("heart").to(Screen::Volunteer.path()).arrow().done();
    if wishes.is_empty() {
        // Lending a hand is everybody's own.
        let both = if acting::is_on() { vec![new] } else { vec![new, help] };
        return el("div", "section").child(cells(both)).done();
    }
    let all = wishes.iter().map(wish).chain([new]).collect();
    section(words::my_wishes(), None, vec![cells(all)])
}

fn wish(wish: &Wish) -> View {
    let state = wish.state();
    let tone = match state {
        WishState::Accepted => Tone::Wait,
        WishState::Done => Tone::Open,
        _ => Tone::Full,
    };
    Cell::new(common::shorten(&say(&wish.text), 40))
        .note(common::wish_number(wish.number))
        .end(tag(tone, common::wish_state(state)))
        .to(Screen::Wish(wish.id.clone()).path())
        .done()
}
