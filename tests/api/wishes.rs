//! Wishes: made, joined in, taken back, each exactly once.

use domain::{
    failure::Problem,
    id::{CentreId, WishId},
    refusal::Refusal,
    time::DAY,
    wish::{
        Category, WishDraft, WishPage, WishState,
        api::{GetWish, ListWishes, MakeWish, MyWishes, SupportWish, WithdrawWish},
    },
};
use tokio::task::JoinSet;

use crate::world::{Client, World, fresh_key};

fn draft(text: &str) -> WishDraft {
    WishDraft { centre: CentreId::from("xinsheng"), category: Category::Place, text: text.into() }
}

async fn make(client: &Client, text: &str) -> Result<WishPage, Problem> {
    client.call::<MakeWish>((), draft(text)).await
}

fn refused(refusal: Refusal) -> Problem {
    Problem::Refused(vec![refusal])
}

#[tokio::test]
async fn a_wish_gets_a_number_is_listed_first_and_shows_no_name() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let guest = world.anonymous();
    let centre = CentreId::from("xinsheng");
    let before = guest.call::<ListWishes>(centre.clone(), ()).await.expect("wishes");
    let page = make(&client, "  想要一个\u{7}充电棚\r\n谢谢 ").await.expect("made");
    assert_eq!(page.wish.text.zh, "想要一个充电棚\n谢谢");
    assert!(page.mine && page.supported);
    assert_eq!((page.wish.supports, page.wish.state()), (1, WishState::Submitted));
    assert!(before.iter().all(|wish| wish.number < page.wish.number));

    let after = guest.call::<ListWishes>(centre, ()).await.expect("wishes");
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[0], page.wish);
    let seen = guest.call::<GetWish>(page.wish.id.clone(), ()).await.expect("public");
    assert!(!seen.mine && !seen.supported);
    assert_eq!(client.call::<MyWishes>((), ()).await, Ok(vec![page.wish.clone()]));
    let next = make(&client, "还想要一盏路灯").await.expect("made");
    assert_eq!(next.wish.number, page.wish.number + 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_wish_is_said() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    for (text, refusal) in [
        ("好\u{7} ", Refusal::TextTooShort { least: 4 }),
        ("\u{202e}\u{200b}\u{200d}\u{3164}\u{2800}", Refusal::TextTooShort { least: 4 }),
        (&*"好".repeat(501), Refusal::TextTooLong { most: 500 }),
        ("请打 138 0000 0001", Refusal::PrivateNumber),
    ] {
        assert_eq!(make(&client, text).await, Err(refused(refusal)));
    }
    for centre in ["nowhere", "", "../x"] {
        let draft = WishDraft { centre: CentreId::from(centre), ..draft("想要一个棚") };
        assert_eq!(client.call::<MakeWish>((), draft).await, Err(Problem::NotFound), "{centre:?}");
    }
    assert_eq!(make(&world.anonymous(), "想要一个棚").await, Err(Problem::SignedOut));
    let guest = world.anonymous();
    assert_eq!(guest.call::<ListWishes>(CentreId::from("nowhere"), ()).await, Err(Problem::NotFound));
    assert_eq!(guest.call::<GetWish>(WishId::from("nothing"), ()).await, Err(Problem::NotFound));
    assert_eq!(client.call::<SupportWish>(WishId::from("nothing"), ()).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn a_retry_makes_no_second_wish_also_at_the_same_instant() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let key = fresh_key();
    let mut taps = JoinSet::new();
    for _ in 0..5 {
        let (client, key) = (client.clone(), key.clone());
        taps.spawn(async move { client.call_with_key::<MakeWish>(&key, (), draft("想要一个棚")).await });
    }
    let mut pages = Vec::new();
    for answer in taps.join_all().await {
        match answer {
            Ok(page) => pages.push(page),
            other => assert!(matches!(other, Err(Problem::Busy { .. })), "{other:?}"),
        }
    }
    assert!(!pages.is_empty() && pages.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(client.call::<MyWishes>((), ()).await.expect("mine").len(), 1);
    let other = client.call_with_key::<MakeWish>(&key, (), draft("想要别的东西")).await;
    assert_eq!(other, Err(refused(Refusal::KeyReused)));
}

#[tokio::test]
async fn neighbours_join_in_once_each() {
    let world = World::new().await;
    let maker = world.resident("13800000001").await;
    let id = make(&maker, "想要一个棚").await.expect("made").wish.id;
    let mut taps = JoinSet::new();
    for number in 2..8 {
        let neighbour = world.resident(&format!("1380000000{number}")).await;
        for _ in 0..2 {
            let (neighbour, id) = (neighbour.clone(), id.clone());
            taps.spawn(async move { neighbour.call::<SupportWish>(id, ()).await });
        }
    }
    for answer in taps.join_all().await {
        let page = answer.expect("joined in");
        assert!(page.supported && !page.mine);
    }
    let page = maker.call::<SupportWish>(id, ()).await.expect("the maker is in already");
    assert_eq!(page.wish.supports, 7);
}

#[tokio::test]
async fn a_wish_is_taken_back_by_its_maker_until_somebody_is_at_work() {
    let world = World::new().await;
    let maker = world.resident("13800000001").await;
    let other = world.resident("13800000002").await;
    let id = make(&maker, "想要一个棚").await.expect("made").wish.id;
    assert_eq!(other.call::<WithdrawWish>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(world.anonymous().call::<WithdrawWish>(id.clone(), ()).await, Err(Problem::SignedOut));
    let page = maker.call::<WithdrawWish>(id.clone(), ()).await.expect("taken back");
    assert_eq!(page.wish.state(), WishState::Withdrawn);
    assert_eq!(maker.call::<WithdrawWish>(id.clone(), ()).await, Err(refused(Refusal::WishSettled)));
    let listed = other.call::<ListWishes>(CentreId::from("xinsheng"), ()).await.expect("wishes");
    assert!(listed.iter().all(|wish| wish.id != id));
    assert_eq!(other.call::<GetWish>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(other.call::<SupportWish>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(maker.call::<MyWishes>((), ()).await.expect("mine")[0].id, id);

    let done = listed.iter().find(|wish| wish.state() == WishState::Done).expect("one came true");
    assert_eq!(other.call::<SupportWish>(done.id.clone(), ()).await, Err(refused(Refusal::WishSettled)));
    let accepted = listed.iter().find(|wish| wish.state() == WishState::Accepted).expect("one in work");
    other.call::<SupportWish>(accepted.id.clone(), ()).await.expect("still open");
    assert_eq!(other.call::<WithdrawWish>(accepted.id.clone(), ()).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn ten_wishes_a_day_are_enough() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    for number in 0..10 {
        make(&client, &format!("第{number}个愿望")).await.expect("made");
    }
    assert_eq!(make(&client, "第十一个愿望").await, Err(Problem::Busy { retry_after: 86_400 }));
    world.clock.advance(DAY);
    make(&client, "第十一个愿望").await.expect("the day is over");
}
