//! The list of notices, latest first; looking at it marks them as read.

use domain::{
    failure::Problem,
    notice::{
        News, Notice,
        api::{ListNotices, SeeNotices, SeenRequest},
    },
    screen::Screen,
};
use leptos::{prelude::*, task::spawn_local};

use super::words;
use crate::{
    call::{self, Trouble},
    clock::now,
    host,
    lang::say,
    session, trouble,
    ui::{self, Look, Page, Tone, View, ask_again, cells, el, link_button, load, nothing, tag},
    words::moment,
};

/// About how often one asks whether there is anything new, in seconds.
const AGAIN: u32 = 40;

/// The page.
pub fn notices_page() -> View {
    let page = Page::new(words::notices()).back(words::mine(), Screen::Mine.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let told = RwSignal::new(false);
    ask_again(|| AGAIN, call::refresh);
    page.with(load::<ListNotices>(&(), move |notices| {
        see(&notices, told);
        list(&notices)
    }))
    .done()
}

fn list(notices: &[Notice]) -> View {
    if notices.is_empty() {
        let look = link_button(Look::Line, words::look_around(), Screen::Join.path());
        return ui::empty("bell", words::none(), Some(look));
    }
    el("div", "section").child(cells(notices.iter().map(row).collect())).done()
}

fn row(notice: &Notice) -> View {
    let about = &notice.about;
    let words = el("span", "grow")
        .child(el("span", "cell-title").text(words::news(&about.news)).done())
        .child(
            el("span", "cell-note")
                .text(words::of(&say(&about.title), about.starts.map(|starts| moment(starts, about.zone))))
                .done(),
        )
        .children(
            words::more(notice).map(|more| el("span", "cell-note").text(more).done()).into_iter().collect(),
        )
        .child(el("span", "cell-note").text(moment(notice.made, about.zone)).done());
    let end = match &about.news {
        News::Offered { until } if *until > now() => tag(Tone::Hot, words::answer()),
        _ if notice.seen.is_none() => tag(Tone::Wait, words::new()),
        _ => nothing(),
    };
    let cell = match (&notice.booking, &about.news) {
        (Some(booking), _) => el("a", "cell").attr("href", Screen::Booking(booking.clone()).path()),
        (None, News::VolunteerSuspended { .. } | News::VolunteerRestored) => {
            el("a", "cell").attr("href", Screen::Volunteering.path())
        }
        (
            None,
            News::DrawnOut { draw }
            | News::ClassOff { draw, .. }
            | News::MeetingMoved { draw: Some(draw), .. }
            | News::MeetingOff { draw: Some(draw), .. },
        ) => el("a", "cell").attr("href", Screen::Draw(draw.clone()).path()),
        (None, News::CircleJoined) => el("a", "cell").attr("href", Screen::Circle.path()),
        (None, _) => el("div", "cell"),
    };
    cell.child(words.done()).child(el("span", "cell-end").child(end).done()).done()
}

/// Marks as read what is on the screen; which of them are new stays to be seen until one comes again.
fn see(notices: &[Notice], told: RwSignal<bool>) {
    let latest = notices.iter().filter(|notice| notice.seen.is_none()).map(|notice| notice.made).max();
    let Some(up_to) = latest.filter(|_| !told.get_untracked()) else { return };
    told.set(true);
    spawn_local(async move {
        if call::write::<SeeNotices>(&host::new_key(), (), &SeenRequest { up_to }).await.is_ok() {
            call::forget("/api/notices");
        }
    });
}
