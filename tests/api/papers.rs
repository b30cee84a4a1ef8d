//! Papers that the desk sees: a household found by its number, for a purpose and not without end; what
//! was found of one of them; and who may say that it does not match.

use backend::audit;
use domain::{
    audit::Act,
    circle::desk::{CardAsk, api::FindCircle},
    consent::{
        PaperConsent, VERSION,
        api::{GetConsent, GiveConsent, WithdrawConsent},
    },
    failure::Problem,
    household::{Person, api::ListLooks},
    id::{CentreId, PersonId},
    refusal::Refusal,
    time::{DAY, HOUR},
    work::{
        HouseholdAsk, LOOKS, Papers,
        api::{FindHousehold, SeePapers, SignOnPaper},
    },
};

use crate::{
    consent::NOW,
    desk::child_of,
    hall::Guest,
    staff::{ADMIN, DESK},
    world::{Client, World, fresh_key},
};

const PHONE: &str = "13800000001";

fn ask(phone: &str) -> HouseholdAsk {
    HouseholdAsk { phone: phone.into(), purpose: "核对证件".into() }
}

async fn find(desk: &Client, phone: &str) -> Result<Vec<Person>, Problem> {
    desk.call::<FindHousehold>("xinsheng".into(), ask(phone)).await
}

fn papers(person: &PersonId, identity: bool) -> Papers {
    Papers { phone: PHONE.into(), person: person.clone(), identity, resident: identity }
}

async fn acts(world: &World, person: &PersonId) -> Vec<Act> {
    let app = &world.server.app;
    let lines = audit::of_person(&app.db, &app.vault, person).await.expect("reads");
    lines.iter().map(|look| look.act).collect()
}

#[tokio::test]
async fn papers_are_seen_once_and_by_whom_is_on_record() {
    let world = World::new().await;
    let guest = Guest::of(world.resident(PHONE).await).await;
    let child = child_of(&guest.client).await;
    let desk = world.staff(DESK).await;
    assert_eq!(find(&desk, PHONE).await.expect("found").len(), 2);
    assert_eq!(find(&desk, "13800000099").await, Err(Problem::NotFound));
    let here = || CentreId::from("xinsheng");
    let kept = desk.call::<SeePapers>(here(), papers(&child, true)).await.expect("seen");
    assert_eq!((&kept.id, kept.resident_of.as_ref()), (&child, Some(&here())));
    assert!(kept.verified.is_some());
    let other = Guest::of(world.resident("13800000002").await).await;
    let swapped = desk.call::<SeePapers>(here(), papers(&other.person, true)).await;
    assert_eq!(swapped, Err(Problem::NotFound));
    assert_eq!(acts(&world, &child).await, [Act::Verify, Act::Look]);
    // The household reads what it was for.
    let looks = guest.client.call::<ListLooks>(child, ()).await.expect("looks");
    assert_eq!(looks[1].purpose, "核对证件");
}

#[tokio::test]
async fn whoever_is_shown_again_is_on_record_again() {
    let world = World::new().await;
    let guest = Guest::of(world.resident(PHONE).await).await;
    let child = child_of(&guest.client).await;
    let desk = world.staff(DESK).await;
    let key = fresh_key();
    for _ in 0..3 {
        let seen = desk.call_with_key::<SeePapers>(&key, "xinsheng".into(), papers(&child, true)).await;
        assert_eq!(seen.expect("seen").name, "王朵朵");
    }
    assert_eq!(acts(&world, &child).await, [Act::Look, Act::Look, Act::Verify]);
    assert_eq!(acts(&world, &guest.person).await, [], "nobody else of the household was shown");
}

#[tokio::test]
async fn a_centre_that_has_nothing_to_do_with_somebody_takes_nothing_away() {
    let world = World::new().await;
    let guest = Guest::of(world.resident(PHONE).await).await;
    let child = child_of(&guest.client).await;
    let (desk, admin) = (world.staff(DESK).await, world.staff(ADMIN).await);
    let say = async |by: &Client, centre: &str, identity: bool| {
        by.call::<SeePapers>(centre.into(), papers(&child, identity)).await
    };
    say(&desk, "xinsheng", true).await.expect("seen");
    let foreign = say(&admin, "shuangqiao", false).await;
    assert_eq!(foreign, Err(Problem::Refused(vec![Refusal::PapersElsewhere])));
    assert_eq!(acts(&world, &child).await, [Act::Verify]);
    // The centre that saw them may mend it.
    let mended = say(&desk, "xinsheng", false).await.expect("mended");
    assert_eq!((mended.verified, mended.resident_of), (None, None));
}

#[tokio::test]
async fn people_are_found_by_numbers_for_a_purpose_and_not_without_end() {
    let world = World::new().await;
    world.resident(PHONE).await;
    let desk = world.staff(DESK).await;
    let silent = HouseholdAsk { purpose: " ".into(), ..ask(PHONE) };
    let silent = desk.call::<FindHousehold>("xinsheng".into(), silent).await;
    assert_eq!(silent, Err(Problem::Refused(vec![Refusal::TextTooShort { least: 4 }])));
    let [(_, most), (_, most_a_day)] = LOOKS;
    for number in 1..most {
        let phone = format!("139{number:08}");
        assert!(!matches!(find(&desk, &phone).await, Err(Problem::Refused(_))), "{number}");
    }
    // A card is a number as well.
    let card = CardAsk { card: "00000000".into(), reason: "老人在柜台问".into() };
    let look = async || desk.call::<FindCircle>("xinsheng".into(), card.clone()).await.map(drop);
    assert_eq!(look().await, Err(Problem::Refused(vec![Refusal::CardUnknown])));
    let spent = Problem::Refused(vec![Refusal::LooksSpent { seconds: 3_600 }]);
    assert_eq!(find(&desk, PHONE).await, Err(spent.clone()));
    assert_eq!(look().await, Err(spent));
    let another = world.staff(ADMIN).await;
    assert!(find(&another, PHONE).await.is_ok(), "nobody else is held up");

    let sql = "UPDATE look_count SET in_day = $1 WHERE in_day >= $2";
    let mut tx = world.server.app.db.begin().await.expect("begins");
    tx.run(sql, backend::args![most_a_day, most]).await.expect("a long day");
    tx.commit().await.expect("commits");
    world.clock.advance(HOUR);
    let desk = world.staff(DESK).await;
    let seconds = u32::try_from((DAY - HOUR) / 1_000).expect("short");
    assert_eq!(find(&desk, PHONE).await, Err(Problem::Refused(vec![Refusal::LooksSpent { seconds }])));
}

fn signed(person: &PersonId, given: bool) -> PaperConsent {
    let guardian = "妈妈 王芳".into();
    PaperConsent { phone: PHONE.into(), person: person.clone(), given, version: VERSION, guardian }
}

#[tokio::test]
async fn a_guardian_signs_on_paper_and_the_household_reads_where_and_who() {
    let world = World::new().await;
    let guest = Guest::of(world.resident(PHONE).await).await;
    let child = child_of(&guest.client).await;
    let desk = world.staff(DESK).await;
    let sign = async |paper| desk.call::<SignOnPaper>("xinsheng".into(), paper).await;
    let seen = sign(signed(&child, true)).await.expect("kept");
    assert_eq!((seen.id, seen.consent.map(|given| given.version)), (child.clone(), Some(VERSION)));
    let read = async || guest.client.call::<GetConsent>(child.clone(), ()).await.expect("consent");
    let consent = read().await;
    let step = consent.in_force().expect("in force");
    let at_desk = step.desk.as_ref().map(|name| name.zh.contains("新盛"));
    assert_eq!((step.version, at_desk), (VERSION, Some(true)));
    let looks = guest.client.call::<ListLooks>(child.clone(), ()).await.expect("looks");
    assert_eq!((looks[0].act, &*looks[0].purpose), (Act::PaperConsent, "妈妈 王芳"));
    // In the app it is taken back as any other; and given there, it can be taken back at the desk.
    guest.client.call::<WithdrawConsent>(child.clone(), ()).await.expect("taken back");
    assert_eq!(read().await.in_force(), None);
    guest.client.call::<GiveConsent>(child.clone(), NOW).await.expect("given");
    assert_eq!(read().await.in_force().and_then(|step| step.desk.clone()), None);
    let seen = sign(signed(&child, false)).await.expect("taken back");
    assert_eq!((seen.consent, read().await.given), (None, None));
    let steps: Vec<_> = read().await.steps.iter().map(|step| (step.given, step.desk.is_some())).collect();
    assert_eq!(steps, [(false, true), (true, false), (false, false), (true, true)]);
    assert_eq!(acts(&world, &child).await[..2], [Act::ConsentBack, Act::PaperConsent]);
}

#[tokio::test]
async fn what_is_on_paper_is_of_the_childs_own_household_of_this_version_and_kept_once() {
    let world = World::new().await;
    let guest = Guest::of(world.resident(PHONE).await).await;
    let child = child_of(&guest.client).await;
    let desk = world.staff(DESK).await;
    let sign = async |paper| desk.call::<SignOnPaper>("xinsheng".into(), paper).await;
    let refused = |why| Err(Problem::Refused(vec![why]));
    let old = PaperConsent { version: VERSION + 1, ..signed(&child, true) };
    assert_eq!(sign(old).await, refused(Refusal::ConsentChanged { version: VERSION }));
    let nobody = PaperConsent { guardian: " ".into(), ..signed(&child, true) };
    assert_eq!(sign(nobody).await, refused(Refusal::TextTooShort { least: 2 }));
    let adult = sign(signed(&guest.person, true)).await;
    assert!(matches!(adult, Err(Problem::Malformed(_))), "{adult:?}");
    let other = Guest::of(world.resident("13800000002").await).await;
    let stranger = child_of(&other.client).await;
    assert_eq!(sign(signed(&stranger, true)).await, Err(Problem::NotFound));
    let elsewhere = desk.call::<SignOnPaper>("shuangqiao".into(), signed(&child, true)).await;
    assert_eq!(elsewhere, Err(Problem::NotFound));
    assert_eq!(acts(&world, &child).await, [], "nothing was done, and nobody was shown");
    let key = fresh_key();
    for _ in 0..2 {
        let kept = desk.call_with_key::<SignOnPaper>(&key, "xinsheng".into(), signed(&child, true)).await;
        kept.expect("kept");
    }
    assert_eq!(acts(&world, &child).await, [Act::Look, Act::PaperConsent]);
    let consent = guest.client.call::<GetConsent>(child, ()).await.expect("consent");
    assert_eq!(consent.steps.len(), 1);
}
