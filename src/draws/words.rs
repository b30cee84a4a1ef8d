//! Words of draws.

use domain::{
    draw::{Draw, DrawKind, MOST_WEIGHT},
    text::Lang,
};

use crate::lang::{lang, t};

pub fn lots() -> &'static str {
    t("抽签", "Lots")
}

pub fn announced() -> &'static str {
    t("还没开始报", "Not yet open")
}

pub fn open() -> &'static str {
    t("正在报名", "Open")
}

pub fn drawing() -> &'static str {
    t("正在抽签", "Being drawn")
}

pub fn drawn() -> &'static str {
    t("已抽签", "Drawn")
}

/// How many want how many places, and after the draw what came of it.
pub fn numbers(draw: &Draw) -> String {
    let (places, entries) = (draw.places(), draw.entries);
    match (lang(), &draw.drawn) {
        (Lang::Zh, None) => format!("{entries} 家报名 · {places} 个名额"),
        (Lang::En, None) => format!("{entries} households · {places} places"),
        (Lang::Zh, Some(drawn)) => {
            format!("{entries} 家报名 · {} 家抽中 · {} 家候补", drawn.placed, drawn.waiting)
        }
        (Lang::En, Some(drawn)) => {
            format!("{entries} households · {} drawn · {} waiting", drawn.placed, drawn.waiting)
        }
    }
}

pub fn opens_in() -> &'static str {
    t("离开始报名还有", "Entries open in")
}

pub fn drawn_in() -> &'static str {
    t("离抽签还有", "Lots are drawn in")
}

pub fn opens(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("{when} 开始报名"),
        Lang::En => format!("Opens {when}"),
    }
}

pub fn draws(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("{when} 截止报名，当场抽签"),
        Lang::En => format!("Closes {when}, drawn at once"),
    }
}

/// For whoever cannot see the digits.
pub fn still(left: &str) -> String {
    match lang() {
        Lang::Zh => format!("还有{left}"),
        Lang::En => format!("{left} left"),
    }
}

pub fn wait_a_moment() -> &'static str {
    t(
        "报名截止了，正在抽签，结果一会儿就出来。",
        "Entries are closed and lots are being drawn. The result is here in a moment.",
    )
}

pub fn mine() -> &'static str {
    t("我家的报名", "Our entry")
}

pub fn sign_in_first() -> &'static str {
    t(
        "登录后给家人报名，截止前什么时候报都一样。",
        "Sign in to enter. Any time before the close is as good as any other.",
    )
}

pub fn sign_in() -> &'static str {
    t("登录后报名", "Sign in to enter")
}

pub fn in_it() -> &'static str {
    t("报上了", "Entered")
}

pub fn not_entered() -> &'static str {
    t("您家没有报这一次。", "Your household did not enter.")
}

pub fn classes(kind: DrawKind) -> &'static str {
    match kind {
        DrawKind::Lottery => t("抽的是这个班", "The class"),
        DrawKind::Ranked => t("有这些班", "The classes"),
    }
}

/// How many places there are, and for what age.
pub fn places_for(places: u32, ages: &str) -> String {
    let places = match lang() {
        Lang::Zh => format!("{places} 个名额"),
        Lang::En => format!("{places} places"),
    };
    if ages.is_empty() { places } else { format!("{places} · {ages}") }
}

pub fn residents_first() -> &'static str {
    t("本社区的家庭优先", "Households of the neighbourhood first")
}

pub fn called_off() -> &'static str {
    t("中心取消了，不办了", "Called off by the centre")
}

pub fn how() -> &'static str {
    t("怎么抽", "How it works")
}

/// The rules in plain words.
pub fn rules(ranked: bool, residents_first: bool) -> Vec<&'static str> {
    let mut rules = vec![t(
        "截止前报的都一样，先报后报不影响结果。",
        "Whenever you enter before the close, your chance is the same.",
    )];
    if ranked {
        rules.push(t(
            "先看您的第一志愿，满了再看第二志愿，一家最多进一个班。照实排最划算。",
            "Your first choice is tried first, then your second; one class at most. Your true order is your best one.",
        ));
    }
    rules
        .push(t("一家人一起报，要么一起进，要么一起等。", "A household gets in together or waits together."));
    if residents_first {
        rules.push(t(
            "标了“本社区优先”的班，先排本社区的家庭。",
            "Where it says so, households of the neighbourhood come first.",
        ));
    }
    rules.push(t(
        "一年里每没抽中一次，下次多一张签，最多四张。",
        "For every draw you lost within a year you have one more lot, four at most.",
    ));
    rules.push(t(
        "没抽中的自动排进候补，有人退出按顺序轮到您。",
        "Whoever is not drawn is on the waitlist at once, in the order of the lots.",
    ));
    rules
}

pub fn who() -> &'static str {
    t("谁来", "Who is coming")
}

pub fn together() -> &'static str {
    t("可以选几个人，一起进或者一起等。", "Choose one or more: they get in together or wait together.")
}

pub fn add_family() -> &'static str {
    t("添加家人", "Add family")
}

pub fn order() -> &'static str {
    t("想上哪个班", "Which class")
}

pub fn order_note() -> &'static str {
    t(
        "最想上的排第一。不想上的不用选。",
        "The one you like best comes first. Leave out what you do not want.",
    )
}

/// `第 1 志愿 围棋启蒙`.
pub fn nth(n: usize, name: &str) -> String {
    match lang() {
        Lang::Zh => format!("第 {n} 志愿 · {name}"),
        Lang::En => format!("Choice {n}: {name}"),
    }
}

pub fn up() -> &'static str {
    t("往前", "Up")
}

pub fn down() -> &'static str {
    t("往后", "Down")
}

pub fn out() -> &'static str {
    t("不选", "Drop")
}

pub fn add(n: usize) -> String {
    match lang() {
        Lang::Zh => format!("选为第 {n} 志愿"),
        Lang::En => format!("Make it choice {n}"),
    }
}

/// What a button does to what, for whoever hears it.
pub fn of(words: &str, name: &str) -> String {
    match lang() {
        Lang::Zh => format!("{name}，{words}"),
        Lang::En => format!("{words}: {name}"),
    }
}

/// The lots of a child of another household.
pub fn weight_of_theirs() -> &'static str {
    t("签数按孩子那一家算，谁报都一样。", "The lots are those of the child’s own household, whoever enters.")
}

/// How many lots the household has, and why.
pub fn weight(weight: u32, lost: u32) -> String {
    match (lang(), weight, lost) {
        (Lang::Zh, 1, _) => "您家有 1 张签。要是这次没抽中，下次会多一张。".to_owned(),
        (Lang::En, 1, _) => {
            "You have one lot. Should it not be drawn, you have one more the next time.".to_owned()
        }
        (Lang::Zh, ..) => {
            format!(
                "近一年您家有 {lost} 次没抽中，这次有 {weight} 张签，机会是 {weight} 倍（最多 {MOST_WEIGHT} 张）。"
            )
        }
        (Lang::En, ..) => format!(
            "You lost {lost} draws within a year, so you have {weight} lots and {weight} times the chance (at most {MOST_WEIGHT})."
        ),
    }
}

pub fn enter() -> &'static str {
    t("报名抽签", "Enter the draw")
}

pub fn save() -> &'static str {
    t("改好了", "Save")
}

pub fn sending() -> &'static str {
    t("正在提交…", "Sending…")
}

pub fn keep() -> &'static str {
    t("不改了", "Leave it as it was")
}

pub fn change() -> &'static str {
    t("改一改", "Change it")
}

pub fn withdraw() -> &'static str {
    t("不参加了", "Take it back")
}

pub fn withdraw_title() -> &'static str {
    t("不参加这次抽签？", "Take your entry back?")
}

pub fn withdraw_words() -> &'static str {
    t("截止前还可以再报，机会一样。", "Until the close you can enter again, with the same chance.")
}

pub fn withdraw_yes() -> &'static str {
    t("不参加了", "Take it back")
}

pub fn withdrawing() -> &'static str {
    t("正在收回…", "Taking it back…")
}

pub fn withdraw_no() -> &'static str {
    t("还是参加", "Stay in")
}

pub fn entered(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("报上了。{when} 抽签，结果会通知您。"),
        Lang::En => format!("You are in. Lots are drawn {when}, and you will be told."),
    }
}

pub fn any_time() -> &'static str {
    t("公布结果时只写签号，不写名字。", "The result shows these numbers and no names.")
}

pub fn classes_label() -> &'static str {
    t("班级", "Class")
}

pub fn people_label() -> &'static str {
    t("人数", "People")
}

pub fn people(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("{count} 人"),
        Lang::En => count.to_string(),
    }
}

pub fn weight_label() -> &'static str {
    t("签数", "Lots")
}

pub fn lots_count(weight: u32) -> String {
    match lang() {
        Lang::Zh => format!("{weight} 张"),
        Lang::En => weight.to_string(),
    }
}

pub fn tag_label() -> &'static str {
    t("签号", "Number")
}

/// The number in groups of four, as one reads it out.
pub fn tag(tag: &str) -> String {
    let mut grouped = String::with_capacity(tag.len() + 4);
    for (at, sign) in tag.char_indices() {
        if at > 0 && at % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(sign);
    }
    grouped
}

pub fn placed() -> &'static str {
    t("抽中了", "You are in")
}

pub fn placed_note() -> &'static str {
    t(
        "名额已经是您的了。来不了请早点取消，让给候补的邻居。",
        "The place is yours. If you cannot come, please cancel early: a neighbour is waiting.",
    )
}

pub fn waiting() -> &'static str {
    t("这次没抽中", "Not drawn this time")
}

pub fn position(position: u32) -> String {
    match lang() {
        Lang::Zh => format!("候补第 {position} 位"),
        Lang::En => format!("Number {position} in the queue"),
    }
}

pub fn waiting_note(class: &str) -> String {
    match lang() {
        Lang::Zh => format!("等的是{class}，有空位按顺序通知您。下次抽签您家多一张签。"),
        Lang::En => {
            format!("For {class}: you are told when it is your turn. Next time you have one more lot.")
        }
    }
}

pub fn left_out() -> &'static str {
    t("这次没能参加", "You could not take part")
}

pub fn left_out_note() -> &'static str {
    t(
        "抽签时，选的班都去不成了：时间撞了、停办了，或条件不再符合。",
        "When lots were drawn, none of the classes was possible any more: another booking, called off, or not for you.",
    )
}

pub fn left_out_short() -> &'static str {
    t("没能参加", "Left out")
}

pub fn see_booking() -> &'static str {
    t("看我的预约", "See the booking")
}

pub fn my_order(order: u32, of: u32) -> String {
    match lang() {
        Lang::Zh => format!("抽签排出的先后里，您家是第 {order} 个，共 {of} 家。"),
        Lang::En => format!("In the order of the lots you are number {order} of {of}."),
    }
}

pub fn checking() -> &'static str {
    t("怎么核对", "How to check it")
}

pub fn promise() -> &'static str {
    t(
        "抽签用的种子早就定好、封好了，下面是它的指纹。可以先截图存着：公布的种子对不上这个指纹，就是有人动过手脚。",
        "The seed was thrown and sealed beforehand; this is its fingerprint. Take a screenshot: a seed that does not fit it has been tampered with.",
    )
}

pub fn revealed() -> &'static str {
    t(
        "种子公布了，它的指纹（SHA-256）要和抽签前公布的一样。用种子和全部签号，谁都能算出同样的结果。",
        "The seed is revealed; its SHA-256 must be the fingerprint shown before. From seed and numbers anybody works out the same result.",
    )
}

pub fn by_yourself() -> &'static str {
    t(
        "先在名单里找到您家的签号，看签数和志愿对不对；懂电脑的邻居可以下载结果文件，用 cargo xtask verify-draw 重算一遍。",
        "Find your number in the list and see that lots and choices are right; who likes computers downloads the file and runs cargo xtask verify-draw.",
    )
}

pub fn commitment_label() -> &'static str {
    t("种子的指纹（抽签前公布）", "Fingerprint of the seed (shown before)")
}

pub fn seed_label() -> &'static str {
    t("种子（抽签后公布）", "Seed (revealed after)")
}

pub fn file() -> &'static str {
    t("下载结果文件", "Download the file")
}

pub fn show_all() -> &'static str {
    t("看全部结果", "Show all results")
}

pub fn waits(class: &str, position: u32) -> String {
    match lang() {
        Lang::Zh => format!("{class}，候补第 {position} 位"),
        Lang::En => format!("{class}, number {position} in the queue"),
    }
}

/// What a lot in the list was drawn with.
pub fn lot(weight: u32, size: u32, resident: bool) -> String {
    let resident = match (lang(), resident) {
        (_, false) => "",
        (Lang::Zh, true) => " · 本社区",
        (Lang::En, true) => " · of the neighbourhood",
    };
    match lang() {
        Lang::Zh => format!("{weight} 张签 · {size} 个名额{resident}"),
        Lang::En => format!("{weight} lots · {size} places{resident}"),
    }
}

pub fn yours() -> &'static str {
    t("您家", "Yours")
}
