//! Calendars: a booking as a file, and a household's bookings at an address that only they know.

use std::fs;

use backend::{args, digest::sha256};
use domain::{
    booking::{
        BookingState,
        api::{Book, CancelBooking},
    },
    calendar::{
        Subscription,
        api::{GetCalendar, MakeCalendar, RemoveCalendar},
    },
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    refusal::Refusal,
    time::{DAY, Day},
};
use reqwest::{Method, header};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, crowd, request},
    world::{Client, World, fresh_key, outcome},
};

/// A calendar, after its headers were checked.
pub async fn fetch(client: &Client, path: &str) -> String {
    let answer = client.request(Method::GET, path).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    let headers = answer.headers().clone();
    assert_eq!(headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert_eq!(headers[header::CACHE_CONTROL], "private, no-store");
    answer.text().await.expect("a whole answer")
}

async fn problem(client: &Client, path: &str) -> Problem {
    let answer = client.request(Method::GET, path).send().await.expect("an answer");
    outcome::<()>(answer).await.expect_err(path)
}

async fn address(client: &Client) -> String {
    client.call::<MakeCalendar>((), ()).await.expect("an address").path
}

fn count(text: &str, line: &str) -> usize {
    text.split("\r\n").filter(|own| *own == line).count()
}

#[tokio::test]
async fn a_booking_is_a_file_for_its_household_alone() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(5, 1).await;
    let guests = crowd(&world, 2).await;
    let booking = guests[0].book(&slot).await.expect("booked");
    let path = format!("/api/bookings/{}/calendar.ics", booking.id);
    let text = fetch(&guests[0].client, &path).await;
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    for line in [
        format!("UID:{}-1@doorstep", booking.id),
        // The world begins at ten in China; the slot five hours later.
        "DTSTART:20260624T070000Z".to_owned(),
        "DTEND:20260624T080000Z".to_owned(),
        "STATUS:CONFIRMED".to_owned(),
    ] {
        assert_eq!(count(&text, &line), 1, "{line} in {text}");
    }
    assert!(!text.contains(&booking.code), "the code stays in the app");
    assert_eq!(text, fetch(&guests[0].client, &path).await, "nothing in it changes by itself");

    assert_eq!(problem(&guests[1].client, &path).await, Problem::NotFound);
    assert_eq!(problem(&world.anonymous(), &path).await, Problem::SignedOut);
    let odd = "/api/bookings/%00/calendar.ics";
    assert_eq!(problem(&guests[0].client, odd).await, Problem::NotFound);

    let waiting = guests[1].book(&slot).await.expect("on the waitlist");
    assert_eq!(waiting.state, BookingState::Waitlisted);
    let text = fetch(&guests[1].client, &format!("/api/bookings/{}/calendar.ics", waiting.id)).await;
    assert_eq!(count(&text, "STATUS:TENTATIVE"), 1);
    guests[0].client.call::<CancelBooking>(booking.id, ()).await.expect("given back");
    assert_eq!(problem(&guests[0].client, &path).await, Problem::NotFound);
}

#[tokio::test]
async fn the_address_shows_what_is_booked_and_nobodys_name() {
    let world = World::new().await;
    let title = "亲子手工；一起做灯笼, 认识邻居; 自带剪刀\\胶水".repeat(4);
    let rules = json!({ "unit": "person", "title": { "zh": title, "en": "Lantern\nmaking" } });
    let hall = Hall::new(&world.server.app, rules).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let born = Day::from_ymd_opt(2020, 2, 29);
    let draft = PersonDraft { relation: Relation::Child, name: "金丝雀朵朵".into(), born };
    let me = guest.client.call::<AddPerson>((), draft).await.expect("added");
    let child = me.people[1].id.clone();
    let (soon, later) = (hall.slot(5, 3).await, hall.slot(30, 3).await);
    guest.client.call::<Book>((), request(&soon, [&guest.person, &child])).await.expect("booked");
    let gone = guest.book(&later).await.expect("booked");
    let path = address(&guest.client).await;

    // Whoever fetches it is a calendar, not somebody who is signed in.
    let calendar = world.anonymous();
    let text = fetch(&calendar, &path).await;
    assert_eq!(count(&text, "BEGIN:VEVENT"), 2);
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded");
    let unfolded = text.replace("\r\n ", "");
    let escaped = title.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
    assert_eq!(count(&unfolded, &format!("SUMMARY:{escaped}")), 2);
    for secret in ["金丝雀", "朵朵", child.as_str(), "138"] {
        assert!(!unfolded.contains(secret), "{secret} in {unfolded}");
    }
    let english = fetch(&calendar, &format!("{path}?lang=en")).await;
    assert_eq!(count(&english, "SUMMARY:Lantern\\nmaking"), 2);

    guest.client.call::<CancelBooking>(gone.id.clone(), ()).await.expect("given back");
    let text = fetch(&calendar, &path).await;
    assert!(count(&text, "BEGIN:VEVENT") == 1 && !text.contains(gone.id.as_str()));
    world.clock.advance(59 * DAY);
    assert_eq!(count(&fetch(&calendar, &path).await, "BEGIN:VEVENT"), 1);
    world.clock.advance(2 * DAY);
    assert_eq!(count(&fetch(&calendar, &path).await, "BEGIN:VEVENT"), 0);
}

#[tokio::test]
async fn a_new_address_ends_the_old_one_and_taking_it_away_ends_both() {
    let world = World::new().await;
    let guests = crowd(&world, 2).await;
    let client = &guests[0].client;
    let none = Subscription { made: None };
    assert_eq!(client.call::<GetCalendar>((), ()).await, Ok(none));
    let key = fresh_key();
    let first = client.call_with_key::<MakeCalendar>(&key, (), ()).await.expect("an address");
    let again = client.call_with_key::<MakeCalendar>(&key, (), ()).await.expect("a retry");
    assert_eq!(first, again);
    assert_eq!(client.call::<GetCalendar>((), ()).await, Ok(Subscription { made: Some(world.now()) }));
    let other = address(&guests[1].client).await;
    let second = address(client).await;
    assert!(second != first.path && second != other);

    let calendar = world.anonymous();
    assert_eq!(problem(&calendar, &first.path).await, Problem::NotFound);
    fetch(&calendar, &second).await;
    let reused = client.call_with_key::<RemoveCalendar>(&key, (), ()).await;
    assert_eq!(reused, Err(Problem::Refused(vec![Refusal::KeyReused])));
    let key = fresh_key();
    for _ in 0..2 {
        assert_eq!(client.call_with_key::<RemoveCalendar>(&key, (), ()).await, Ok(none));
    }
    assert_eq!(problem(&calendar, &second).await, Problem::NotFound);
    let rows = world.server.app.db.rows("SELECT account_id FROM calendar", args![]).await.expect("rows");
    assert_eq!(rows.len(), 1, "nothing is left of it, and the neighbours' is untouched");
    fetch(&calendar, &other).await;

    for path in ["/api/calendar/x.ics", "/api/calendar/.ics", "/api/calendar/%00.ics", "/api/calendar/x"] {
        assert_eq!(problem(&calendar, path).await, Problem::NotFound);
    }
    assert_eq!(problem(&calendar, other.trim_end_matches(".ics")).await, Problem::NotFound);
    assert_eq!(calendar.call::<GetCalendar>((), ()).await, Err(Problem::SignedOut));
    assert_eq!(calendar.call::<MakeCalendar>((), ()).await, Err(Problem::SignedOut));
    assert_eq!(calendar.call::<RemoveCalendar>((), ()).await, Err(Problem::SignedOut));
}

#[tokio::test]
async fn of_the_address_only_a_hash_is_kept() {
    let world = World::new().await;
    let guest = crowd(&world, 1).await.remove(0);
    let path = address(&guest.client).await;
    let token = path.trim_start_matches("/api/calendar/").trim_end_matches(".ics");
    assert!(token.len() >= 43, "256 bits");
    let rows = world.server.app.db.rows("SELECT token_hash FROM calendar", args![]).await.expect("rows");
    assert_eq!(rows[0].text("token_hash").expect("a text"), sha256(token));
    let answers = world.server.app.db.rows("SELECT answer FROM answered", args![]).await.expect("rows");
    assert!(answers.iter().all(|row| !row.text("answer").expect("a text").contains(token)));
    for entry in fs::read_dir(world.folder.join("data")).expect("the data folder").flatten() {
        if entry.path().is_file() {
            let bytes = fs::read(entry.path()).expect("a file");
            let found = bytes.windows(token.len()).any(|window| window == token.as_bytes());
            assert!(!found, "{} holds the token", entry.path().display());
        }
    }
}
