//! What is served beside the endpoints, such as pictures and files: who gets what, address by address.

use backend::{
    config::{Config, Secret, Wechat},
    mount::Mount,
    start::features,
};
use domain::{
    calendar::api::{MakeCalendar, RemoveCalendar},
    privacy::{LINK_LIFE, api::MakeDataLink},
};
use reqwest::{Method, header, redirect::Policy};

use super::{
    Actor, Cast,
    kin::{Kin, kin},
};
use crate::world::{Client, World};

/// Who is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Anybody, with the same.
    Everybody,
    /// The household whose booking it is, and whoever may see it in their name by the bond in the query.
    Household,
    /// Whoever knows the address, signed in or not.
    Address,
    /// Anybody's browser, which is sent on, and signed in by nothing that stands in the address.
    SentOn,
}

const RAW: [(&str, Who); 9] = [
    ("/healthz", Who::Everybody),
    ("/readyz", Who::Everybody),
    ("/api/openapi.json", Who::Everybody),
    ("/api/bookings/{booking}/code.svg", Who::Household),
    ("/api/bookings/{booking}/calendar.ics", Who::Household),
    ("/api/calendar/{file}", Who::Address),
    ("/api/archive/{file}", Who::Address),
    ("/wechat/sign-in", Who::SentOn),
    ("/wechat/back", Who::SentOn),
];

/// A house with everything that it can serve.
fn with_wechat(config: &mut Config) {
    config.origin = Some("http://doorstep.example".into());
    config.wechat =
        Some(Wechat { app: "wx0123456789abcdef".into(), secret: Secret::new("secret"), ..Wechat::default() });
}

/// The addresses of a kind of answer.
fn of(who: Who) -> impl Iterator<Item = &'static str> {
    RAW.into_iter().filter(move |(_, known)| *known == who).map(|(path, _)| path)
}

async fn get(client: &Client, path: &str) -> (u16, String) {
    let answer = client.request(Method::GET, path).send().await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a whole answer"))
}

#[tokio::test]
async fn everything_that_is_served_is_in_the_list_and_nothing_else() {
    let world = World::with(with_wechat).await;
    let mut served = features(Mount::new(world.server.app.clone())).beside().to_vec();
    let mut known: Vec<&str> = RAW.iter().map(|(path, _)| *path).collect();
    served.sort_unstable();
    known.sort_unstable();
    assert_eq!(served, known, "who gets it? See tests/api/matrix/raw.rs");
}

#[tokio::test]
async fn a_booking_as_a_picture_or_a_file_is_for_the_household_and_its_relatives() {
    let world = World::new().await;
    let cast = Cast::new(&world).await;
    for path in of(Who::Household) {
        let path = |booking: &str| path.replace("{booking}", booking);
        let (ours, unknown) = (path(&cast.ours["booking"]), path("b-unknown"));
        for actor in Actor::ALL {
            let found = get(cast.client(actor), &ours).await;
            let expected = match actor {
                Actor::Owner => 200,
                Actor::Anonymous | Actor::Garbage | Actor::Expired => 401,
                _ => 404,
            };
            assert_eq!(found.0, expected, "{ours} by {actor:?}: {}", found.1);
            if expected != 200 {
                let same = get(cast.client(actor), &unknown).await;
                assert_eq!(found, same, "{ours} by {actor:?}: one can tell");
            }
        }
        for (who, client) in kin(&world, &cast).await {
            let bond = client.acting.clone().expect("a bond");
            let mut plain = client.clone();
            plain.acting = None;
            let expected = match who {
                Kin::Sees | Kin::Acts => 200,
                Kin::Anonymous => 401,
                _ => 404,
            };
            let found = get(&plain, &format!("{ours}?for={bond}")).await;
            assert_eq!(found.0, expected, "{ours} by {who:?}: {}", found.1);
            if who != Kin::Owner && who != Kin::Anonymous {
                assert_eq!(get(&plain, &ours).await.0, 404, "{ours} by {who:?} without the bond");
            }
        }
    }
}

#[tokio::test]
async fn an_address_that_is_a_secret_opens_to_whoever_knows_it_until_it_ends() {
    let world = World::new().await;
    let cast = Cast::new(&world).await;
    let owner = cast.client(Actor::Owner);
    let calendar = owner.call::<MakeCalendar>((), ()).await.expect("a calendar").path;
    let link = owner.call::<MakeDataLink>((), ()).await.expect("a link");
    let ours = [calendar, link.page, link.json];
    for path in of(Who::Address) {
        let beginning = path.trim_end_matches("{file}");
        assert!(ours.iter().any(|known| known.starts_with(beginning)), "{path} is not tried");
        let (nothing, end) =
            (format!("{beginning}unknown"), if path.contains("calendar") { "ics" } else { "json" });
        assert_eq!(get(owner, &nothing).await.0, 404);
        assert_eq!(get(owner, &format!("{nothing}.{end}")).await.0, 404);
    }
    for path in &ours {
        for actor in Actor::ALL {
            assert_eq!(get(cast.client(actor), path).await.0, 200, "{path} by {actor:?}");
        }
        // The secret of another kind, or one sign of it another.
        let (at, _) = path.char_indices().rfind(|(_, sign)| *sign == '.').expect("an end");
        let last = &path[at - 1..at];
        let other = format!("{}{}{}", &path[..at - 1], if last == "0" { "1" } else { "0" }, &path[at..]);
        assert_eq!(get(owner, &other).await.0, 404, "{other}");
    }
    owner.call::<RemoveCalendar>((), ()).await.expect("removed");
    world.clock.advance(LINK_LIFE);
    for path in &ours {
        assert_eq!(get(owner, path).await.0, 404, "{path} has ended");
    }
}

#[tokio::test]
async fn what_is_the_same_for_everybody_is_and_what_sends_on_signs_nobody_in() {
    let world = World::with(with_wechat).await;
    let cast = Cast::new(&world).await;
    for path in of(Who::Everybody) {
        let first = get(cast.client(Actor::Anonymous), path).await;
        assert_eq!(first.0, 200, "{path}");
        for actor in Actor::ALL {
            assert_eq!(get(cast.client(actor), path).await, first, "{path} by {actor:?}");
        }
    }
    let http = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
    for path in of(Who::SentOn) {
        for query in ["", "?code=code-1&state=0", "?next=//evil.example/", "?next=%2Fmine&code=x&state=x"] {
            for actor in Actor::ALL {
                let mut request = http.get(format!("{}{path}{query}", world.base));
                if let Some(cookie) = &cast.client(actor).cookie {
                    request = request.header(header::COOKIE, cookie);
                }
                let answer = request.send().await.expect("an answer");
                let told = format!("{path}{query} by {actor:?}");
                assert_eq!(answer.status(), 303, "{told}");
                let there = answer.headers()[header::LOCATION].to_str().expect("plain");
                let known = ["/sign-in?next=%2F", "https://open.weixin.qq.com/connect/oauth2/authorize?"];
                assert!(known.iter().any(|known| there.starts_with(known)), "{told}: {there}");
                assert!(!there.contains("evil"), "{told}: {there}");
                let session = world.server.app.config.session_cookie();
                for cookie in answer.headers().get_all(header::SET_COOKIE) {
                    let cookie = cookie.to_str().expect("plain");
                    assert!(!cookie.starts_with(&format!("{session}=")), "{told}: {cookie}");
                }
            }
        }
    }
}
