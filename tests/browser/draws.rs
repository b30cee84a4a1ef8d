//! Draws: a household enters, puts classes in the order of its wishes, and sees what came of it.

use domain::draw::{DrawResult, EntryDraft, api::EnterDraw, check::check};

use super::{
    house::House,
    phone::Phone,
    screens::{self, HOBBY, SUMMER},
};

#[test]
fn classes_are_put_in_order_and_the_lots_decide() {
    let house = House::new();
    let stranger = Phone::new(&house);
    stranger.opens("/offerings/wenchang-weiqi").taps("去报名抽签").is_at(HOBBY);
    stranger.sees_heading("暑期兴趣班，三选一").sees("0 家报名 · 37 个名额").sees("离抽签还有");
    stranger.sees("登录后报名").sees_no("谁来");

    let me = house.resident(screens::MINE);
    screens::child(&me, "朵朵", (2018, 3, 1));
    screens::child(&me, "豆豆", (2024, 3, 1));
    let phone = Phone::of(&house, &me);
    phone.opens(HOBBY).sees("您家有 1 张签").sees("要满 5 岁才能参加，到第一次那天还差一点。");
    phone.taps("朵朵").taps("童话小剧场，选为第 1 志愿").taps("围棋启蒙，选为第 2 志愿");
    phone.sees("第 1 志愿 · 童话小剧场").sees("第 2 志愿 · 围棋启蒙");
    phone.taps("围棋启蒙，往前").sees("第 1 志愿 · 围棋启蒙").sees("第 2 志愿 · 童话小剧场");
    phone.cannot_tap("围棋启蒙，往前").taps("报名抽签").sees("报上了。").sees("1 家报名");
    phone.reloads().sees("第 1 志愿 · 围棋启蒙").sees("公布结果时只写签号，不写名字。");
    phone.keeps_picture("draw-entered");

    // Whoever changes their mind loses nothing; whoever goes can come back.
    phone.taps("改一改").taps("围棋启蒙，不选").taps("改好了").sees("报上了。").sees_no("围棋启蒙 · ");
    phone.taps("不参加了").taps("还是参加").sees("报上了。");

    phone.opens("/mine").sees("抽签").taps("暑期兴趣班，三选一").is_at(HOBBY).sees("报上了。");
    stranger.looks_again().sees("1 家报名");
    house.is_at(2, 12 * 60, 0);
    phone.looks_again().sees("已抽签").sees("抽中了").sees("童话小剧场");
    phone.sees("抽签排出的先后里，您家是第 1 个，共 1 家。").taps("看全部结果").sees("您家");
    phone.keeps_picture("draw-result");
    let file = phone.run("return document.querySelector('a[download]').getAttribute('href')");
    let file: DrawResult =
        serde_json::from_str(&house.page(file.as_str().expect("an address"))).expect("a result");
    assert_eq!(check(&file), []);
    phone.sees(&file.seed).sees(&file.commitment);
    phone.taps("看我的预约").is_below("/bookings/").sees_heading("报上了").sees("童话小剧场");
    phone.opens("/notices").sees("抽签抽中了，名额是您的");
}

#[test]
fn who_is_not_drawn_waits_and_is_told_so_kindly() {
    let house = House::new();
    let id = SUMMER.trim_start_matches("/draws/");
    let enter = |who: &super::house::Resident, count: i32| {
        let people = (0..count).map(|n| screens::child(who, "Kid", (2016 + n, 3, 1))).collect();
        let draft = EntryDraft { people, prefers: vec!["wenchang-summer.20260623-1".into()] };
        who.call::<EnterDraw>(id.into(), draft).expect("entered")
    };
    // Ten families of three for 22 places: seven get in, three wait.
    let families: Vec<_> = (0..10)
        .map(|n| {
            let who = house.resident(&format!("1380000010{n}"));
            enter(&who, 3);
            who
        })
        .collect();
    house.is_at(3, 20 * 60, 0);
    let phone = Phone::new(&house);
    phone.opens(SUMMER).sees("10 家报名 · 7 家抽中 · 3 家候补");
    let mut told = 0;
    for family in &families {
        let phone = Phone::of(&house, family);
        phone.opens(SUMMER).sees("已抽签");
        phone.waits("the result", || {
            let text = phone.text();
            text.contains("抽中了") || text.contains("没抽中")
        });
        if phone.text().contains("这次没抽中") {
            phone.sees("候补第").sees("下次抽签您家多一张签").taps("看我的预约");
            phone.waits("the queue", || phone.heading().starts_with("候补第"));
            phone.keeps_picture("draw-waiting");
            told += 1;
            if told == 3 {
                break;
            }
        }
    }
    assert_eq!(told, 3);
}

#[test]
fn a_draw_is_entered_in_elder_mode_and_in_english() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    screens::child(&me, "Lele", (2018, 3, 1));
    let phone = Phone::of(&house, &me);
    phone.has_cookie("view=elder").opens(SUMMER).taps("Lele").taps("报名抽签").sees("报上了。");
    phone.has_no_faults();
    phone.keeps_picture("draw-entered-elder");
    phone.has_cookie("lang=en").opens(SUMMER).sees("You are in.").sees("How to check it");
    phone.taps("Take it back").taps("Stay in").sees("You are in.");
}
