//! The table: who may call each endpoint, and with which body one asks.

use serde_json::{Value, json};

use super::Things;

/// Who is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, signed in or not.
    Everybody,
    /// Anybody who is signed in, for what is their own.
    SignedIn,
    /// The one whose it is; to all others, and to the staff, it does not exist.
    Owner,
    /// Anybody who holds a post.
    Staff,
    /// Whoever is in that team.
    Member,
    /// Whoever appoints others.
    Appointers,
    /// Whoever appoints the desk of that centre: the offices of its street, its district and its city.
    Office,
    /// Whoever appoints the office of that street: the offices above it.
    Above,
    /// Whoever works at that centre: its desk, the offices above it, who runs the house.
    Centre,
}

/// What somebody of a circle may do with the endpoint in the name of the one whose circle it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// Nothing: with a bond it does not exist.
    Nothing,
    /// It is the same for everybody, whomever one acts for.
    Ignored,
    /// Whoever may see.
    Sees,
    /// Whoever may act.
    Acts,
}

/// An endpoint with its expectation.
#[derive(Clone, Copy)]
pub struct Row {
    /// Verb and path.
    pub endpoint: &'static str,
    /// Who is let in.
    pub who: Who,
    /// The body, made of identifiers.
    pub body: fn(&Things) -> Value,
    /// Whether who is let in may find nothing there, such as a draw that is not held.
    pub may_miss: bool,
    /// What a relative may do.
    pub member: Member,
}

/// What is the same for everybody is so for a relative; all else a relative may only where it says so.
const fn of(who: Who) -> Member {
    if matches!(who, Who::Everybody) { Member::Ignored } else { Member::Nothing }
}

/// The same, for whoever may see in another's name, too.
const fn sees(row: Row) -> Row {
    Row { member: Member::Sees, ..row }
}

/// The same, for whoever may act in another's name, too.
const fn acts(row: Row) -> Row {
    Row { member: Member::Acts, ..row }
}

const fn row(endpoint: &'static str, who: Who) -> Row {
    Row { endpoint, who, body: |_| Value::Null, may_miss: false, member: of(who) }
}

const fn with(endpoint: &'static str, who: Who, body: fn(&Things) -> Value) -> Row {
    Row { endpoint, who, body, may_miss: false, member: of(who) }
}

/// Like [`with`], where even who is let in finds nothing by that body.
const fn missing(endpoint: &'static str, who: Who, body: fn(&Things) -> Value) -> Row {
    Row { endpoint, who, body, may_miss: true, member: of(who) }
}

fn reason(_: &Things) -> Value {
    json!({ "reason": "水管坏了，要修" })
}

fn child(_: &Things) -> Value {
    json!({ "relation": "Child", "name": "朵朵", "born": "2020-02-02" })
}

/// Every endpoint.
pub const TABLE: &[Row] = &[
    row("GET /api/time", Who::Everybody),
    with("POST /api/session/code", Who::Everybody, |_| json!({ "phone": "13800000001" })),
    with("POST /api/session", Who::Everybody, |_| json!({ "request": "c1.x", "code": "000000" })),
    row("DELETE /api/session", Who::Everybody),
    sees(row("GET /api/me", Who::SignedIn)),
    row("GET /api/devices", Who::SignedIn),
    row("DELETE /api/devices", Who::SignedIn),
    row("DELETE /api/devices/{device}", Who::Owner),
    row("GET /api/privacy", Who::Everybody),
    row("GET /api/me/data", Who::SignedIn),
    row("POST /api/me/data/link", Who::SignedIn),
    row("GET /api/me/erasure", Who::SignedIn),
    row("POST /api/me/erasure", Who::SignedIn),
    row("DELETE /api/me/erasure", Who::SignedIn),
    row("GET /api/work/lock", Who::Staff),
    row("POST /api/work/lock/secret", Who::Staff),
    with("POST /api/work/lock", Who::Staff, |_| json!({ "password": "long enough", "code": "000000" })),
    with("POST /api/work/lock/open", Who::Staff, |_| json!({ "password": "long enough", "code": "000000" })),
    row("DELETE /api/work/lock/open", Who::Staff),
    row("GET /api/wechat", Who::SignedIn),
    row("POST /api/wechat", Who::SignedIn),
    row("DELETE /api/wechat", Who::SignedIn),
    with("POST /api/wechat/page", Who::Everybody, |_| json!({ "url": "http://doorstep.example/" })),
    row("GET /api/centres", Who::Everybody),
    row("GET /api/centres/{centre}/home", Who::Everybody),
    row("GET /api/centres/{centre}", Who::Everybody),
    row("GET /api/cities/{city}/offerings", Who::Everybody),
    row("GET /api/cities/{city}/seats", Who::Everybody),
    row("GET /api/offerings/{offering}", Who::Everybody),
    row("GET /api/offerings/{offering}/seats", Who::Everybody),
    with("POST /api/people", Who::SignedIn, child),
    acts(with("POST /api/people/{person}", Who::Owner, child)),
    row("DELETE /api/people/{person}", Who::Owner),
    sees(row("GET /api/people/{person}/care", Who::Owner)),
    acts(with("POST /api/people/{person}/care", Who::Owner, |_| json!({ "allergies": "", "notes": "" }))),
    row("GET /api/people/{person}/consent", Who::Owner),
    with("POST /api/people/{person}/consent", Who::Owner, |_| json!({ "version": 1 })),
    row("DELETE /api/people/{person}/consent", Who::Owner),
    row("GET /api/people/{person}/looks", Who::Owner),
    row("GET /api/people/{person}/guardians", Who::Owner),
    with("POST /api/people/{person}/guardians", Who::Owner, |_| json!({ "scope": "see" })),
    with("POST /api/guardians", Who::SignedIn, |_| json!({ "code": "ABCD2345" })),
    Row { may_miss: true, ..row("DELETE /api/guardians/{guardian}", Who::Owner) },
    row("GET /api/circle", Who::SignedIn),
    with(
        "POST /api/circle/invitation",
        Who::SignedIn,
        |_| json!({ "name": "女儿", "me": "妈妈", "scope": "act" }),
    ),
    with("POST /api/circle/bonds", Who::SignedIn, |_| json!({ "code": "ABCD2345" })),
    row("DELETE /api/circle/bonds/{bond}", Who::Owner),
    row("GET /api/circle/log", Who::SignedIn),
    row("GET /api/circle/bonds/{bond}/log", Who::Owner),
    sees(row("GET /api/slots/{slot}/ticket", Who::SignedIn)),
    acts(with(
        "POST /api/slots/{slot}/ticket",
        Who::SignedIn,
        |things| json!({ "people": [things["adult"]] }),
    )),
    acts(Row { may_miss: true, ..row("DELETE /api/slots/{slot}/ticket", Who::SignedIn) }),
    acts(with(
        "POST /api/bookings",
        Who::SignedIn,
        |things| json!({ "slot": things["other_slot"], "people": [things["adult"]] }),
    )),
    sees(row("GET /api/bookings", Who::SignedIn)),
    sees(row("GET /api/bookings/{booking}", Who::Owner)),
    acts(row("POST /api/bookings/{booking}/cancel", Who::Owner)),
    acts(row("POST /api/bookings/{booking}/take", Who::Owner)),
    acts(row("POST /api/bookings/{booking}/decline", Who::Owner)),
    acts(with("POST /api/bookings/{booking}/stop", Who::Owner, |_| json!({ "after": null }))),
    acts(row("POST /api/bookings/{booking}/restore", Who::Owner)),
    acts(with("POST /api/bookings/{booking}/arrive", Who::Owner, |_| json!({ "door": "0000" }))),
    row("GET /api/slots/{slot}/alternatives/{people}", Who::Everybody),
    sees(row("GET /api/notices", Who::SignedIn)),
    with("POST /api/notices/seen", Who::SignedIn, |_| json!({ "up_to": 0 })),
    row("GET /api/centres/{centre}/draws", Who::Everybody),
    row("GET /api/draws/{draw}", Who::Everybody),
    Row { may_miss: true, ..row("GET /api/draws/{draw}/result.json", Who::Everybody) },
    sees(row("GET /api/draws", Who::SignedIn)),
    sees(row("GET /api/draws/{draw}/entry", Who::SignedIn)),
    acts(with(
        "POST /api/draws/{draw}/entry",
        Who::SignedIn,
        |things| json!({ "people": [things["person"]], "prefers": [things["drawn_slot"]] }),
    )),
    acts(Row { may_miss: true, ..row("POST /api/draws/{draw}/withdraw", Who::SignedIn) }),
    row("GET /api/calendar", Who::SignedIn),
    row("POST /api/calendar", Who::SignedIn),
    row("DELETE /api/calendar", Who::SignedIn),
    row("GET /api/centres/{centre}/wishes", Who::Everybody),
    sees(row("GET /api/wishes/{wish}", Who::Everybody)),
    sees(row("GET /api/wishes", Who::SignedIn)),
    acts(with(
        "POST /api/wishes",
        Who::SignedIn,
        |things| json!({ "centre": things["centre"], "category": "place", "text": "想要一个充电棚" }),
    )),
    acts(row("POST /api/wishes/{wish}/support", Who::SignedIn)),
    acts(row("POST /api/wishes/{wish}/withdraw", Who::Owner)),
    row("GET /api/cities/{city}/tasks", Who::Everybody),
    row("GET /api/tasks/{task}", Who::Everybody),
    row("GET /api/tasks", Who::SignedIn),
    row("POST /api/tasks/{task}/claim", Who::SignedIn),
    row("POST /api/tasks/{task}/leave", Who::SignedIn),
    row("GET /api/volunteering", Who::SignedIn),
    with(
        "POST /api/volunteering",
        Who::SignedIn,
        |things| json!({ "centre": things["centre"], "name": "小秦", "likes": ["meals"] }),
    ),
    row("DELETE /api/volunteering", Who::SignedIn),
    row("GET /api/teams/{team}", Who::Member),
    row("GET /api/work/centres/{centre}/volunteers", Who::Centre),
    with("POST /api/work/volunteers/{volunteer}/look", Who::Centre, |_| json!({ "purpose": "安排任务" })),
    with("POST /api/work/volunteers/{volunteer}/suspend", Who::Centre, reason),
    row("POST /api/work/volunteers/{volunteer}/restore", Who::Centre),
    row("GET /api/work/centres/{centre}/teams", Who::Centre),
    with(
        "POST /api/work/teams/{team}/members",
        Who::Centre,
        |_| json!({ "phone": "13700000003", "name": "孙师傅" }),
    ),
    row("POST /api/work/members/{member}/suspend", Who::Centre),
    row("POST /api/work/members/{member}/resume", Who::Centre),
    missing("DELETE /api/work/members/{member}", Who::Centre, |_| Value::Null),
    row("GET /api/work", Who::Staff),
    row("GET /api/work/staff", Who::Appointers),
    with(
        "POST /api/work/staff",
        Who::Office,
        |things| json!({ "phone": "13700000001", "name": "王老师", "post": { "Staff": things["centre"] } }),
    ),
    with(
        "POST /api/work/staff",
        Who::Above,
        |things| json!({ "phone": "13700000002", "name": "王老师", "post": { "Office": things["area"] } }),
    ),
    row("POST /api/work/staff/{staff}/suspend", Who::Office),
    row("POST /api/work/staff/{staff}/resume", Who::Office),
    row("POST /api/work/staff/{staff}/reset-lock", Who::Office),
    row("GET /api/work/centres/{centre}/day/{day}", Who::Centre),
    row("GET /api/work/slots/{slot}", Who::Centre),
    row("POST /api/work/bookings/{booking}/check-in", Who::Centre),
    with(
        "POST /api/work/bookings/{booking}/attendance",
        Who::Centre,
        |things| json!({ "meeting": 1, "person": things["person"], "mark": "excused" }),
    ),
    with(
        "POST /api/work/centres/{centre}/check-in",
        Who::Centre,
        |things| json!({ "code": format!("{}:{}", things["booking"], things["code"]) }),
    ),
    with("POST /api/work/slots/{slot}/book", Who::Centre, |_| json!({ "name": "李大爷" })),
    with("POST /api/work/bookings/{booking}/withdraw", Who::Centre, reason),
    with("POST /api/work/draws/{draw}/enter", Who::Centre, |things| {
        json!({
            "caller": { "phone": "13800000077", "name": "李大爷", "note": "电话预约" },
            "prefers": [things["drawn_slot"]],
        })
    }),
    row("GET /api/work/bookings/{booking}/alternatives", Who::Centre),
    with(
        "POST /api/work/bookings/{booking}/for-caller",
        Who::Centre,
        |_| json!({ "deed": "cancel", "note": "本人打电话来" }),
    ),
    with("POST /api/work/slots/{slot}/resize", Who::Centre, |_| json!({ "capacity": 6, "kept": 1 })),
    with(
        "POST /api/work/slots/{slot}/meeting",
        Who::Centre,
        |_| json!({ "meeting": 1, "to": null, "reason": "老师病了，停一次" }),
    ),
    with("POST /api/work/slots/{slot}/clashes", Who::Centre, |_| json!({ "starts": 0, "ends": 1 })),
    with("POST /api/work/slots/{slot}/close", Who::Centre, reason),
    with("POST /api/work/centres/{centre}/day/{day}/close", Who::Centre, reason),
    with("POST /api/work/people/{person}/look", Who::Centre, |_| json!({ "purpose": "联系家长" })),
    with(
        "POST /api/work/centres/{centre}/circle",
        Who::Centre,
        |_| json!({ "name": "王桂兰", "relative": "女儿", "scope": "act", "reason": "老人没有手机" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/find",
        Who::Centre,
        |_| json!({ "card": "00000000", "reason": "老人在柜台问" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/invitation",
        Who::Centre,
        |_| json!({ "card": "00000000", "relative": "儿子", "scope": "see", "reason": "老人在柜台说" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/end",
        Who::Centre,
        |things| json!({ "card": "00000000", "bond": things["bond"], "reason": "老人在柜台说" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/lost",
        Who::Centre,
        |_| json!({ "name": "王桂兰", "reason": "纸条丢了，人在柜台" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/card",
        Who::Centre,
        |_| json!({ "card": "00000000", "reason": "纸条丢了，人在柜台" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/phone/code",
        Who::Centre,
        |_| json!({ "card": "00000000", "phone": "13800000077", "reason": "老人有手机了" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/phone",
        Who::Centre,
        |_| json!({ "card": "00000000", "request": "c1.x", "code": "000000", "reason": "老人有手机了" }),
    ),
    with(
        "POST /api/work/centres/{centre}/circle/erasure",
        Who::Centre,
        |_| json!({ "card": "00000000", "reason": "老人说不用了" }),
    ),
    with(
        "POST /api/work/centres/{centre}/household",
        Who::Centre,
        |things| json!({ "phone": things["phone"], "purpose": "核对证件" }),
    ),
    with("POST /api/work/centres/{centre}/consent", Who::Centre, |things| {
        let (phone, person) = (&things["phone"], &things["person"]);
        json!({ "phone": phone, "person": person, "given": false, "version": 1, "guardian": "妈妈" })
    }),
    with(
        "POST /api/work/centres/{centre}/papers",
        Who::Centre,
        |things| json!({ "phone": things["phone"], "person": things["person"], "identity": true, "resident": false }),
    ),
];
