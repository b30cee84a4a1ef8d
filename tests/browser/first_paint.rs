//! The page as the server wrote it, and the app that takes it over: the same words in the same places,
//! nothing asked for twice; and what can be read where no app ever runs.

use serde_json::{Value, json};

use super::{house::House, phone::Phone, screens};

/// The screens whose content the server writes.
const WRITTEN: [&str; 12] = [
    "/",
    "/join",
    "/join?kind=facility",
    "/centres",
    "/centres/wenchang",
    "/offerings/xinsheng-pingpong",
    "/centres/shurenyuan",
    "/offerings/shurenyuan-memory",
    "/offerings/xinsheng-holiday",
    "/offerings/xinsheng-night",
    "/wishes",
    "/volunteer",
];

#[test]
fn the_app_takes_the_page_over_without_a_jump() {
    let house = House::new();
    let mut told = Vec::new();
    for cookie in ["", "view=elder", "lang=en"] {
        let phone = Phone::new(&house);
        // The browser becomes a phone with the first page it opens, and may be late with it.
        phone.expects("/favicon.ico").opens("/icon.svg");
        if !cookie.is_empty() {
            phone.has_cookie(cookie);
        }
        for path in WRITTEN {
            phone.opens(path);
            phone.waits("the app's first frame", || phone.run("return person.after !== undefined") == true);
            told.extend(differences(&phone).into_iter().map(|one| format!("{path} {cookie}: {one}")));
            let asked = phone.run(
                "return performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)
                    .filter((path) => path.startsWith('/api/'))",
            );
            if asked != json!([]) {
                told.push(format!("{path} {cookie}: asks for {asked}"));
            }
            let shifts = phone.run("return person.shifts");
            if shifts != json!([]) {
                told.push(format!("{path} {cookie}: the layout shifts: {shifts}"));
            }
        }
    }
    assert!(told.is_empty(), "{} differences:\n{}", told.len(), told.join("\n"));
}

/// What stands elsewhere, or says something else, after the app has taken over.
fn differences(phone: &Phone) -> Vec<String> {
    let pieces = |name: &str| -> Vec<Value> {
        phone.run(&format!("return person.{name} || []")).as_array().cloned().unwrap_or_default()
    };
    let (before, after) = (pieces("before"), pieces("after"));
    if before.is_empty() || after.is_empty() {
        return vec![format!("{} pieces before and {} after", before.len(), after.len())];
    }
    let only = |these: &[Value], those: &[Value], when: &str| -> Vec<String> {
        these.iter().filter(|one| !those.contains(one)).map(|one| format!("{when} {one}")).collect()
    };
    let mut told = only(&before, &after, "only before");
    told.extend(only(&after, &before, "only after"));
    told
}

#[test]
fn without_scripts_the_page_can_be_read() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.opens("/").runs_scripts(false);
    let text = |path: &str| {
        phone.opens_without_waiting(path);
        let mut text = String::new();
        // Telephone and address show themselves a little later, where no app takes over.
        phone.waits("the telephone can be read", || {
            text = phone.run("return document.body.innerText").as_str().unwrap_or_default().to_owned();
            text.contains("0514-0000")
        });
        text
    };
    let home = text("/");
    for words in ["新盛社区", "0514-00000103", "扬州市邗江区新盛街道", "乒乓球桌", "首页"]
    {
        assert!(home.contains(words), "{words} is missing in: {home}");
    }
    let centre = text("/centres/wenchang");
    assert!(centre.contains("0514-00000101") && centre.contains("扬州市广陵区文昌花园"), "{centre}");
    assert!(text("/offerings/xinsheng-pingpong").contains("每次 1 小时，一张桌最多 4 人"));
    phone.runs_scripts(true);
}

#[test]
fn a_phone_with_a_wrong_clock_sees_the_days_of_the_centre() {
    let house = House::new();
    let phone = Phone::new(&house);
    // Its clock is the machine's, months away from the house's.
    phone.has_a_wrong_clock();
    phone.opens("/").sees("今天开到 20:30").sees("开放中").taps("报名").sees("今天 11:30");
    phone
        .opens("/offerings/xinsheng-pingpong")
        .sees("今天")
        .could_tap("19:00")
        .could_tap("09:00 到 10:00 有空位");
    phone.opens("/offerings/xinsheng-pingpong?slot=xinsheng-pingpong.20260623T1900").sees("今天 19:00–20:00");
}

#[test]
fn nothing_of_who_is_signed_in_stands_in_the_page() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    screens::books(&me, "xinsheng-pingpong.20260623T1900");
    let phone = Phone::of(&house, &me);
    phone.opens("/").sees("我的码");
    let written = phone.run_patiently(
        "const done = arguments[arguments.length - 1];
        fetch('/').then((answer) => answer.text()).then(done)",
    );
    let written = written.as_str().unwrap_or_default().to_owned();
    assert!(written.contains("新盛社区") && !written.contains("我的码"), "{written}");
    assert!(house.page("/mine").contains("我的"));
}
