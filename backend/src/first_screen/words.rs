//! Words of the first screen. They are those of the app, which takes it over.

use domain::{
    offering::{Group, Kind},
    screen::Screen,
    text::Text,
    wish::{Category, WishState},
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
    not_yet_open "还没开门" "Not open yet";
    home "首页" "Home";
    volunteer "志愿" "Volunteer";
    volunteer_lede "搭把手，一小时也好" "Lend a hand, if only for an hour";
    mine "我的" "Mine";
    family_lede "替孩子、长辈预约，先把他们加进来" "Add children and elders to book for them";
    sign_in_lede "订好的、说过的，换个手机也能找回来。"
        "So that you find what you booked and said, on any phone.";
    wishes_of_all "邻里心愿" "Neighbours’ wishes";
    wishes_note "看看大家想要什么，也说说您的" "What people would like, and what you would";
    new_wish "说个心愿" "Make a wish";
    form_lede "每个心愿都有编号，走到哪一步都看得到"
        "It gets a number, and you can see how far it has come";
    wish_filter "办到哪一步" "How far it is";
    wish_fresh "新提的" "New";
    wish_under_way "在办" "Under way";
    wish_done "办成的" "Done";
    no_wishes "还没有心愿。您来说第一个吧。" "No wishes yet. Make the first one.";
    no_tasks "这几天没有等人帮的事。邻居们想要什么，可以先看看心愿。"
        "Nobody needs a hand these days. Have a look at what neighbours wish for.";
    tasks_elsewhere "附近的中心也在找人" "Nearby centres, too";
    choose_lede "首页和报名会从这里开始。" "Home and Join in start from here.";
    nearest "用我的位置找最近的" "Find the nearest to me";
    position_stays "位置只在这部手机上算距离，不会发出去。"
        "Distances are worked out on this phone; your position is not sent.";
    chosen "现在选的" "Chosen";
    look "看看" "View";
    today "今天" "Today";
    tomorrow "明天" "Tomorrow";
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
    tomorrow_here "明天这里有" "Here tomorrow";
    now "现在" "Now";
    have_a_look "去看看" "Have a look";
    just_come "直接来" "Just come";
    full "已满 · 可候补" "Full · waitlist";
    hands_enough "人齐了 · 可候补" "Complete · waitlist";
    beds_full "住满了 · 可候床" "Full · waitlist";
    pick_bed "选一种床位" "Pick a sort of bed";
    pick_bed_first "先在上面选一种床位" "Pick a sort of bed above";
    ask_for_bed "申请入住" "Ask for it";
    shifts "固定岗位" "Posts";
    shifts_note "登记过的志愿者轮流来值，哪班得空认哪班。"
        "Volunteers take turns: choose whichever shift suits you.";
    take_shift "我来值班" "I’ll take it";
    pick_shift_first "先在上面选一班" "Pick a shift above";
    begun "已开始" "Begun";
    ended "已停止预约" "Booking closed";
    join "报名" "Join in";
    kinds "种类" "Kind";
    filter "筛选" "Filter";
    own "本中心" "Your centre";
    nothing_fits "这样找没有结果，放宽一点试试。" "Nothing fits. Try looking a little wider.";
    nothing_yet "这里的活动还没有发布。" "Nothing has been announced here yet.";
    choose_by_hand "自己选中心" "Choose a centre";
    clear "清除筛选" "Clear the filters";
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
    way "怎么走" "Show the way";
    share "告诉邻居" "Tell neighbours";
    make_mine "设为我的中心" "Make it my centre";
    is_mine "这是您选的中心" "This is your centre";
    address "地址" "Address";
    hours "开放" "Hours";
    phone "电话" "Phone";
    area "面积" "Area";
    volunteering "做志愿者" "Volunteering";
    volunteering_note "登记一次，中心就知道您愿意帮什么" "Say once what you like to help with";
    for_volunteers "登记过的志愿者来做" "For volunteers";
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
        Screen::Draw(_) => reader.t("抽签", "Lots"),
        Screen::Booking(_) | Screen::Mine => mine(reader),
        Screen::Week => reader.t("一家人的一周", "Our week"),
        Screen::Notices => reader.t("消息", "Messages"),
        Screen::Family | Screen::Person(_) => reader.t("家人", "Family"),
        Screen::Consent(_) => reader.t("监护人同意书", "Guardian’s consent"),
        Screen::Care(_) => reader.t("照看时要知道的事", "What to know"),
        Screen::Looks(_) => reader.t("谁看过资料", "Who looked"),
        Screen::Guardians(_) => reader.t("一起照看", "Guardians"),
        Screen::JoinFamily | Screen::JoinCircle => reader.t("我有邀请码", "I have a code"),
        Screen::Wishes | Screen::Wish(_) => wishes_of_all(reader),
        Screen::NewWish => new_wish(reader),
        Screen::Volunteer | Screen::Task(_) => volunteer(reader),
        Screen::Volunteering => volunteering(reader),
        Screen::Team(_) => reader.t("队伍", "Team"),
        Screen::Settings => reader.t("设置", "Settings"),
        Screen::Circle => reader.t("关爱圈", "Circle of care"),
        Screen::CircleLog => reader.t("家人替我办了什么", "What was done for me"),
        Screen::CircleInvite => reader.t("请家人来帮忙", "Invite a relative"),
        Screen::Devices => reader.t("登录的设备", "Where I am signed in"),
        Screen::Privacy => reader.t("我们保存什么", "What is kept"),
        Screen::MyData => reader.t("我的资料", "What is kept about me"),
        Screen::Leave => reader.t("注销账号", "Erase my account"),
        Screen::SignIn => reader.t("留个手机号", "Your mobile number"),
        Screen::Work | Screen::WorkSlot(_) => reader.t("工作台", "Workbench"),
        Screen::WorkLock => reader.t("第二道锁", "Second lock"),
        Screen::WorkStaff => reader.t("人员", "Staff"),
        Screen::WorkCircle => reader.t("没有手机的老人", "Elders without a phone"),
        Screen::WorkVolunteers => reader.t("志愿者", "Volunteers"),
        Screen::WorkTeams => reader.t("队伍", "Teams"),
        Screen::WorkPapers => reader.t("核对证件", "Check papers"),
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
        Kind::Stay => reader.t("养老床位", "Homes"),
        Kind::Shift => reader.t("志愿岗", "Volunteers’ posts"),
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

/// Without one of the filters there would be some.
pub(super) fn without(reader: &Reader, filter: &str, count: usize) -> String {
    reader.t(format!("不限“{filter}”：{count} 项"), format!("Without “{filter}”: {count}"))
}

pub(super) fn filter_with(reader: &Reader, count: usize) -> String {
    if count == 0 { filter(reader).to_owned() } else { format!("{} · {count}", filter(reader)) }
}

pub(super) fn soon_note(reader: &Reader, opens: &str, places: u32) -> String {
    reader.t(format!("{opens} · {places} 个名额"), format!("{opens} · {places} places"))
}

pub(super) fn lots_note(reader: &Reader, drawn: &str, places: u32) -> String {
    reader.t(format!("{drawn} 抽签 · {places} 个名额"), format!("Lots drawn {drawn} · {places} places"))
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

pub(super) fn waiting(reader: &Reader, count: u32, stay: bool) -> String {
    if stay {
        return reader.t(format!("前面排着 {count} 位"), format!("{count} waiting"));
    }
    reader.t(format!("{count} 家在候补"), format!("{count} waiting"))
}

pub(super) fn square_metres(reader: &Reader, area: u32) -> String {
    format!("{area} {}", reader.t("平方米", "m²"))
}

pub(super) fn look_at(reader: &Reader, name: &str) -> String {
    reader.t(format!("看看{name}"), format!("View {name}"))
}

pub(super) fn wishes_lede(reader: &Reader, centre: &str) -> String {
    format!("{centre} · {}", reader.t("每个心愿都有编号", "every wish has a number"))
}

pub(super) fn neighbours(reader: &Reader, count: u32) -> &'static str {
    reader.t("位邻居", if count == 1 { "neighbour" } else { "neighbours" })
}

pub(super) fn number(reader: &Reader, number: u32) -> String {
    reader.t(format!("编号\u{a0}{number:04}"), format!("No.\u{a0}{number:04}"))
}

pub(super) fn category(reader: &Reader, category: Category) -> &'static str {
    match category {
        Category::Place => reader.t("环境设施", "Streets and places"),
        Category::Safety => reader.t("安全", "Safety"),
        Category::Elders => reader.t("老人", "Elders"),
        Category::Children => reader.t("孩子", "Children"),
        Category::Culture => reader.t("文体活动", "Culture and sport"),
        Category::Other => reader.t("别的", "Something else"),
    }
}

pub(super) fn wish_state(reader: &Reader, state: WishState) -> &'static str {
    match state {
        WishState::Submitted => reader.t("等社区答复", "Waiting for an answer"),
        WishState::Accepted => reader.t("正在办", "Under way"),
        WishState::Done => reader.t("办成了", "Done"),
        WishState::Declined => reader.t("暂时办不了", "Not possible now"),
        WishState::Withdrawn => reader.t("已收回", "Taken back"),
    }
}

pub(super) fn tasks_here(reader: &Reader, centre: &str) -> String {
    reader.t(format!("{centre}等人来帮"), format!("Hands wanted at {centre}"))
}

/// Whose task it is, on a tag.
pub(super) fn of_team(reader: &Reader, team: &Text) -> String {
    let team = reader.text(team);
    reader.t(format!("{team}的任务"), format!("For the {team}"))
}

/// When the next shift of a post is.
pub(super) fn next_shift(reader: &Reader, when: &str) -> String {
    reader.t(format!("下一班 {when}"), format!("Next: {when}"))
}

pub(super) fn hands_left(reader: &Reader, left: u32) -> String {
    match left {
        0 => reader.t("人齐了", "Complete").to_owned(),
        _ => reader.t(format!("还缺 {left} 人"), format!("{left} wanted")),
    }
}
