//! English: every screen of it, and the way there and back.

use super::{house::House, phone::Phone, screens};

#[test]
fn nothing_chinese_is_left_on_any_screen_in_english() {
    let house = House::new();
    let (me, screens) = screens::all(&house);
    let phone = Phone::of(&house, &me);
    phone.has_cookie("lang=en");
    let mut left = Vec::new();
    for screen in &screens {
        screen.show(&phone, 1);
        look(&phone, &screen.name(), &mut left);
    }
    let stranger = Phone::new(&house);
    stranger.has_cookie("lang=en");
    for screen in screens::of_a_stranger() {
        screen.show(&stranger, 1);
        look(&stranger, &screen.name(), &mut left);
    }
    stranger
        .opens("/sign-in")
        .types("Mobile number", "13800000009")
        .taps("Send me a code")
        .sees("This is a demo");
    look(&stranger, "the second step of signing in", &mut left);
    assert!(left.is_empty(), "{} Chinese words:\n{}", left.len(), left.join("\n"));
}

#[test]
fn chinese_words_would_be_found() {
    let house = House::new();
    let phone = Phone::new(&house);
    let mut found = Vec::new();
    look(phone.opens("/"), "home", &mut found);
    for words in ["乒乓球桌", "aria-label: 打电话给中心", "title: 新盛社区"] {
        assert!(found.iter().any(|one| one.contains(words)), "{words} is not among {found:?}");
    }
}

fn look(phone: &Phone, name: &str, left: &mut Vec<String>) {
    let found: Vec<String> = serde_json::from_value(phone.run("return person.chinese()")).unwrap_or_default();
    // The way back to Chinese is written in Chinese.
    let ours = ["中文", "Language 语言", "Elder mode, large text, 中文"];
    let others = found.into_iter().filter(|words| !ours.iter().any(|known| words.ends_with(known)));
    left.extend(others.map(|words| format!("{name}: {words}")));
}

#[test]
fn the_language_is_changed_and_stays() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.opens("/settings").taps("English").sees_heading("Settings");
    phone.opens("/").sees_heading("Xinsheng").sees("Ping-pong table").taps("Join in").sees_heading("Join in");
    assert_eq!(phone.run("return document.documentElement.lang"), "en");
    phone.opens("/settings").taps("中文").sees_heading("设置");
    // Without scripts, too.
    phone.has_cookie("lang=en");
    phone.runs_scripts(false).opens_without_waiting("/");
    let left: Vec<String> = serde_json::from_value(without_scripts(&phone)).unwrap_or_default();
    assert!(left.is_empty(), "{left:?}");
}

/// The visible words of a page that runs no scripts, those that are Chinese.
fn without_scripts(phone: &Phone) -> serde_json::Value {
    phone.run("return document.body.innerText.split('\\n').filter((line) => /[\\u3400-\\u9fff]/.test(line))")
}
