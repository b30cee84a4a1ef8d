//! Words of the first screen. They are those of the app, which takes it over.

use domain::{
    offering::{Group, Kind},
    screen::Screen,
};

use super::Reader;

macro_rules! words {
    ($($name:ident $zh:literal $en:literal;)*) => {$(
        pub(super) fn $name(reader: &Reader) -> &'static str {
            reader.t($zh, $en)
        }
    )*};
}

words! {
    app "家门口" "Doorstep";
    tabs "主要页面" "Main pages";
    call "打电话给中心" "Call the centre";
    reach "手机打不开更多内容时，打电话或者直接来都行。"
        "If no more opens on this phone: call us, or just come.";
    call_aloud "打电话给社区" "Call the centre";
    call_short "打电话" "Call";
    no_such_page "没有这个页面" "No such page";
    no_such_page_note "链接可能旧了，回首页看看吧。" "The link may be old. Have a look at the home page.";
    to_home "回首页" "To the home page";
    open "开放中" "Open";
    closed "已关门" "Closed";
    today "今天" "Today";
    all "全部 ›" "All ›";
    any "全部" "All";
    going_on "正在进行" "On now";
    nothing_more "今天的活动都结束了" "That was all for today";
    see_two_weeks "看看这两周有什么" "See what is on in the next two weeks";
    see_what_is_on "看看有什么" "See what is on";
    ways "常用" "Ways in";
    elders "一老" "Elders";
    children "一小" "Children";
    places "场地" "Places";
    wishes "心愿" "Wishes";
    soon "快开始报名" "Opening soon";
    done "邻里办成的事" "Done for neighbours";
    all_wishes "心愿 ›" "Wishes ›";
    larger "字大一些：长辈版" "Larger text: elder version";
    usual "回到普通版" "Back to the usual version";
    lunch "订午饭" "Lunch";
    clubs "活动" "Clubs";
    health "看病量血压" "Health";
    make_wish "说心愿" "Make a wish";
    today_here "今天这里有" "Here today";
    now "现在" "Now";
    have_a_look "去看看" "Have a look";
    just_come "直接来" "Just come";
    full "已满 · 可候补" "Full · waitlist";
    begun "已开始" "Begun";
    ended "已停止预约" "Booking closed";
    join "报名" "Join in";
    kinds "种类" "Kind";
    filter "筛选" "Filter";
    own "本中心" "Your centre";
    nothing_fits "这样找没有结果，放宽一点试试。" "Nothing fits. Try looking a little wider.";
    near_walk "走路 15 分钟内" "15 min walk";
    near_own "本中心" "My centre";
    which_day "日期" "Day";
    morning "上午" "Morning";
    afternoon "下午" "Afternoon";
    evening "晚上" "Evening";
    terms "选一期" "Pick a term";
    no_slots "这两周没有排期。打电话问问，或者看看别的。"
        "Nothing is set for these two weeks. Call us, or look at something else.";
    see_others "看看别的" "See what else is on";
    pick_first "先在上面选一个时段" "Pick a time above";
    pick_term_first "先在上面选一期" "Pick a term above";
    confirm "确认预约" "Confirm";
    enrol "确认报名" "Confirm";
    no_need "不用预约，到时间直接来。" "No booking needed: just come.";
    ask_by_phone "打电话问问" "Call and ask";
    all_centres "附近的中心" "Centres";
    make_mine "设为我的中心" "Make it my centre";
    is_mine "这是您选的中心" "This is your centre";
    address "地址" "Address";
    hours "开放" "Hours";
    phone "电话" "Phone";
    area "面积" "Area";
    rooms "里面有" "Inside";
}

pub(super) fn tab(reader: &Reader, index: usize) -> &'static str {
    match index {
        0 => reader.t("首页", "Home"),
        1 => reader.t("报名", "Join in"),
        2 => reader.t("志愿", "Volunteer"),
        _ => reader.t("我的", "Mine"),
    }
}

/// The heading of a screen whose content comes with the app.
pub(super) fn title(reader: &Reader, screen: &Screen) -> &'static str {
    match screen {
        Screen::Home => app(reader),
        Screen::Join => join(reader),
        Screen::Centres => reader.t("选一个中心", "Choose a centre"),
        Screen::Centre(_) => all_centres(reader),
        Screen::Offering(_) => reader.t("报名", "Join in"),
        Screen::Booking(_) => reader.t("我的预约", "My booking"),
        Screen::Mine => reader.t("我的", "Mine"),
        Screen::Family => reader.t("家人", "Family"),
        Screen::Wishes => wishes(reader),
        Screen::NewWish => make_wish(reader),
        Screen::Wish(_) => reader.t("心愿", "Wish"),
        Screen::Volunteer => reader.t("志愿", "Volunteer"),
        Screen::Task(_) => reader.t("志愿任务", "Task"),
        Screen::Settings => reader.t("设置", "Settings"),
        Screen::SignIn => reader.t("登录", "Sign in"),
    }
}

pub(super) fn kind(reader: &Reader, kind: Kind) -> &'static str {
    match kind {
        Kind::Facility => reader.t("场地", "Places"),
        Kind::Canteen => reader.t("食堂", "Meals"),
        Kind::Childcare => reader.t("托育", "Childcare"),
        Kind::Class => reader.t("课程", "Classes"),
        Kind::Club => reader.t("活动", "Clubs"),
        Kind::Health => reader.t("健康", "Health"),
        Kind::Family => reader.t("亲子", "Family"),
        Kind::Visit => reader.t("参观", "Visits"),
    }
}

pub(super) fn group(reader: &Reader, group: Group) -> &'static str {
    match group {
        Group::Elder => reader.t("老人", "Elders"),
        Group::Child => reader.t("孩子", "Children"),
        Group::Family => reader.t("亲子", "Families"),
        Group::Everyone => reader.t("大家", "Everyone"),
    }
}

pub(super) fn found(reader: &Reader, count: usize) -> String {
    let en = if count == 1 { "1 result".to_owned() } else { format!("{count} results") };
    reader.t(format!("共 {count} 项"), en)
}

pub(super) fn filter_with(reader: &Reader, count: usize) -> String {
    if count == 0 { filter(reader).to_owned() } else { format!("{} · {count}", filter(reader)) }
}

pub(super) fn soon_note(reader: &Reader, opens: &str, places: u32) -> String {
    reader.t(format!("{opens} · {places} 个名额"), format!("{opens} · {places} places"))
}

pub(super) fn done_note(reader: &Reader, supports: u32, day: &str, number: u32) -> String {
    let en = match supports {
        1 => format!("A neighbour's wish · {day} · No. {number:04}"),
        _ => format!("{supports} neighbours' wish · {day} · No. {number:04}"),
    };
    reader.t(format!("{supports} 位邻居的心愿 · {day} · 编号 {number:04}"), en)
}

pub(super) fn until(reader: &Reader, time: &str) -> String {
    reader.t(format!("到 {time}"), format!("to {time}"))
}

pub(super) fn waiting(reader: &Reader, count: u32) -> String {
    reader.t(format!("{count} 家在候补"), format!("{count} waiting"))
}

pub(super) fn square_metres(reader: &Reader, area: u32) -> String {
    format!("{area} {}", reader.t("平方米", "m²"))
}
