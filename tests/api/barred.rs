//! What keeps an entry from a class when the lots are drawn: it is looked at then, and published.

use domain::{
    booking::meeting::MeetingChange,
    consent::api::{GiveConsent, WithdrawConsent},
    draw::{Bar, DrawOutcome, DrawResult, Why, api::EnterDraw, check::check},
    failure::Problem,
    notice::{News, api::ListNotices},
    refusal::Refusal,
    time::{HOUR, Span},
    work::{
        Because,
        api::{ChangeMeeting, CloseSlot},
    },
};
use serde_json::json;

use crate::{
    consent::{NOW, child},
    lots::{Lots, household, mine},
    staff::DESK,
    world::{Client, World},
};

/// What came of a household, and what was in its way.
async fn fate(lots: &Lots, client: &Client, result: &DrawResult) -> (DrawOutcome, Vec<Bar>) {
    let entry = mine(client, &lots.id).await.entry.expect("an entry");
    let drawn = result.lots.iter().find(|drawn| drawn.lot.tag == entry.tag).expect("published");
    (drawn.fate.outcome.clone(), drawn.lot.barred.clone())
}

#[tokio::test]
async fn a_class_that_is_called_off_is_passed_over_and_who_chose_it_is_told() {
    let world = World::new().await;
    let lots = Lots::new(&world.server.app, &[2, 2], 0).await;
    let households = lots.households(&world, &[&[0], &[0, 1], &[1]]).await;
    let because = Because { reason: "老师请了长假".into() };
    let desk = world.staff(DESK).await;
    for _ in 0..2 {
        desk.call::<CloseSlot>(lots.slots[0].clone(), because.clone()).await.expect("called off");
    }
    let news = News::ClassOff { reason: because.reason, draw: lots.id.clone() };
    for (client, chose) in households.iter().zip([true, true, false]) {
        let told = client.call::<ListNotices>((), ()).await.expect("notices");
        let told: Vec<_> = told.into_iter().map(|notice| notice.about.news).collect();
        assert_eq!(told, if chose { vec![news.clone()] } else { vec![] }, "once, and who chose it");
    }
    assert!(lots.page(&world).await.classes[0].called_off);
    let (late, people) = household(&world, 1).await;
    let draft = lots.draft(&[&people[0]], &[0]);
    let refused = late.call::<EnterDraw>(lots.id.clone(), draft).await;
    assert_eq!(refused.err(), Some(Problem::Refused(vec![Refusal::CalledOff])));

    let result = lots.result(&world).await;
    assert_eq!(check(&result), [], "and anybody can work it out again");
    let off = vec![Bar { slot: lots.slots[0].clone(), why: Why::CalledOff }];
    let second = DrawOutcome::Placed { slot: lots.slots[1].clone() };
    assert_eq!(fate(&lots, &households[0], &result).await, (DrawOutcome::LeftOut, off.clone()));
    assert_eq!(fate(&lots, &households[1], &result).await, (second.clone(), off));
    assert_eq!(fate(&lots, &households[2], &result).await, (second, vec![]));
}

#[tokio::test]
async fn a_consent_that_was_taken_back_before_the_lots_fall_leaves_the_child_out() {
    let world = World::new().await;
    let lots = Lots::new(&world.server.app, &[5], 0).await;
    lots.asks(&world.server.app, &json!({ "needs_consent": true })).await;
    let (one, other) = (world.resident("13800000001").await, world.resident("13800000002").await);
    for (client, keeps) in [(&one, false), (&other, true)] {
        let kid = child(client, (2018, 3, 1)).await;
        client.call::<GiveConsent>(kid.clone(), NOW).await.expect("consent");
        lots.enter(client, &[&kid], &[0]).await;
        if !keeps {
            client.call::<WithdrawConsent>(kid, ()).await.expect("taken back");
        }
    }
    let result = lots.result(&world).await;
    let unfit = vec![Bar { slot: lots.slots[0].clone(), why: Why::Unfit }];
    assert_eq!(fate(&lots, &one, &result).await, (DrawOutcome::LeftOut, unfit));
    let placed = DrawOutcome::Placed { slot: lots.slots[0].clone() };
    assert_eq!(fate(&lots, &other, &result).await, (placed, vec![]));
    assert_eq!(check(&result), []);
}

#[tokio::test]
async fn who_is_too_old_for_a_first_meeting_that_was_moved_is_not_drawn_into_it() {
    let world = World::new().await;
    let lots = Lots::new(&world.server.app, &[5, 5], 0).await;
    lots.asks(&world.server.app, &json!({ "ages": { "from_months": 72, "to_months": 144 } })).await;
    let client = world.resident("13800000001").await;
    // Twelve in ten days, on 4 July.
    let kid = child(&client, (2014, 7, 4)).await;
    lots.enter(&client, &[&kid], &[0, 1]).await;
    let starts = world.now().plus(240 * HOUR);
    let to = Some(Span { starts, ends: starts.plus(HOUR) });
    let change = MeetingChange { meeting: 1, to, reason: "老师病了".into() };
    let desk = world.staff(DESK).await;
    desk.call::<ChangeMeeting>(lots.slots[0].clone(), change).await.expect("moved");
    let result = lots.result(&world).await;
    let old = vec![Bar { slot: lots.slots[0].clone(), why: Why::Unfit }];
    assert_eq!(
        fate(&lots, &client, &result).await,
        (DrawOutcome::Placed { slot: lots.slots[1].clone() }, old)
    );
}
