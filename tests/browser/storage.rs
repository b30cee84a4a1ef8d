//! What a browser keeps after somebody has lived in the app for a day: nothing that is personal, nothing
//! that opens anything.

use super::{
    house::{House, PASSWORD},
    lock::sets_up,
    phone::Phone,
    screens::{self, DESK},
};

/// Words that are found nowhere else.
const CANARIES: [&str; 6] = ["13847261951", "金丝雀", "2019-02-28", "长尾山雀羽毛", "怕打雷的晚上", PASSWORD];

/// Everything that scripts can reach of what the browser keeps.
const KEPT: &str = "
    const done = arguments[arguments.length - 1];
    (async () => {
        const kept = { cookie: document.cookie, local: { ...localStorage }, session: { ...sessionStorage } };
        kept.databases = [];
        for (const { name, version } of await indexedDB.databases()) {
            const db = await new Promise((yes, no) => {
                const asked = indexedDB.open(name, version);
                asked.onsuccess = () => yes(asked.result);
                asked.onerror = () => no(asked.error);
            });
            for (const store of db.objectStoreNames) {
                const all = await new Promise((yes) => {
                    const asked = db.transaction(store).objectStore(store).getAll();
                    asked.onsuccess = () => yes(asked.result);
                });
                kept.databases.push([name, store, JSON.stringify(all)]);
            }
        }
        kept.caches = [];
        for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) kept.caches.push(request.url);
        }
        kept.workers = (await navigator.serviceWorker.getRegistrations()).length;
        return kept;
    })().then((kept) => done(JSON.stringify(kept)), (error) => done('failed: ' + error));
";

fn holds_nothing(phone: &Phone, more: &[&str]) {
    let kept = phone.run_patiently(KEPT);
    let kept = kept.as_str().expect("a text");
    assert!(kept.starts_with('{'), "{kept}");
    for canary in CANARIES.iter().chain(more) {
        assert!(!kept.contains(canary), "the browser keeps {canary}: {kept}");
    }
    assert!(!kept.contains("session="), "the session is no script's to read: {kept}");
    let read: serde_json::Value = serde_json::from_str(kept).expect("JSON");
    // The README says what is kept; another name here is to be said there.
    let known = ["centre", "lang", "view", "text"];
    for pair in read["cookie"].as_str().unwrap_or_default().split("; ").filter(|pair| !pair.is_empty()) {
        let name = pair.split('=').next().unwrap_or_default();
        assert!(known.contains(&name), "a cookie more: {pair}");
    }
    let names: Vec<&String> = read["local"].as_object().expect("an object").keys().collect();
    assert!(names.iter().all(|name| *name == "signed-in"), "{names:?}");
    for none in ["session", "databases", "caches"] {
        let empty =
            read[none].as_object().map_or_else(|| read[none].as_array().map(Vec::len), |all| Some(all.len()));
        assert_eq!(empty, Some(0), "{none}: {kept}");
    }
    assert_eq!(read["workers"], 0);
}

#[test]
fn after_a_whole_walk_the_browser_keeps_nothing_of_anybody() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.opens("/mine").taps("登录").signs_in(CANARIES[0]).is_at("/mine");
    phone.opens("/family").taps("添加家人").types("怎么称呼", "金丝雀朵朵");
    phone.types("年", "2019").types("月", "2").types("日", "28").taps("保存");
    phone.sees_heading("监护人同意书").taps("我是监护人，我同意").is_at("/family").taps("金丝雀朵朵");
    phone
        .taps("照看时要知道的事")
        .types("过敏、忌口", "长尾山雀羽毛")
        .types("叮嘱", "怕打雷的晚上")
        .taps("保存");
    phone.sees_heading("金丝雀朵朵").sees("长尾山雀羽毛");
    phone.opens("/offerings/xinsheng-pingpong").taps("11:00").taps("确认预约").sees_heading("订好了");
    phone.opens("/week").sees("乒乓球桌").opens("/my-data").taps("账号").sees(CANARIES[0]).taps("带走一份");
    phone.sees("前可以打开");
    let link = phone.run("return document.querySelector('a[target=_blank]').getAttribute('href')");
    let link = link.as_str().expect("an address").to_owned();
    holds_nothing(&phone, &[&link]);
    phone.opens("/settings").taps("退出登录").taps("退出登录").is_at("/mine").sees("用手机号登录");
    holds_nothing(&phone, &[&link]);

    // The desk sees more of others than anybody; its browser keeps as little.
    let resident = house.resident("13847261952");
    let child = screens::child(&resident, "金丝雀小明", (2019, 2, 28));
    let request =
        domain::booking::api::BookRequest::new("xinsheng-pingpong.20260623T1900".into(), vec![child]);
    resident.call::<domain::booking::api::Book>((), request).expect("booked");
    let desk = Phone::new(&house);
    desk.expects("status of 423").opens("/mine").taps("登录").signs_in(DESK).is_at("/mine").opens("/work");
    let spare = sets_up(&desk);
    desk.taps("抄好了，去工作台")
        .is_at("/work")
        .opens("/work/slots/xinsheng-pingpong.20260623T1900")
        .taps("金** 孩子")
        .taps("联系家长")
        .taps("查看");
    desk.sees("金丝雀小明").sees("13847261952").taps("好了");
    holds_nothing(&desk, &["13847261952", DESK, &spare, &spare.replace(' ', "")]);
}
