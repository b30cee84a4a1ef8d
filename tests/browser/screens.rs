//! Every screen there is, as somebody sees it for whom something is going on on each of them.

use domain::{
    booking::{
        Booking,
        api::{Book, BookRequest, CancelBooking, DeclineOffer},
    },
    circle::{
        InvitationDraft, JoinRequest, Scope,
        api::{InviteRelative, JoinCircle},
    },
    draw::{EntryDraft, api::EnterDraw},
    household::{PersonDraft, Relation, api::AddPerson},
    id::{CityId, PersonId, SlotId, TaskId},
    session::api::GetMe,
    staff::{Invitation, Post, api::InviteStaff},
    task::api::{ClaimTask, ListTasks},
    team::{NewMember, api::InviteMember},
    time::Day,
    volunteer::{
        Liking, VolunteerDraft,
        api::{BecomeVolunteer, ListVolunteers, SuspendVolunteer},
    },
    wish::{
        Category, WishDraft,
        api::{MakeWish, SupportWish},
    },
    work::{Because, api::WithdrawPlace},
};

use super::{
    house::{House, Resident},
    phone::Phone,
};

/// A screen: its address and what is tapped there before one looks at it.
pub struct Screen {
    /// Path and query.
    pub path: String,
    /// The name of what is tapped, in Chinese and in English; empty for nothing.
    pub tap: [&'static str; 2],
}

/// Somebody's number.
pub const MINE: &str = "13800000001";

/// Who runs the house of the demo.
pub const ADMIN: &str = "13900000001";
/// Who stands at the desk of 新盛.
pub const DESK: &str = "13900000003";
/// The office of 广陵区.
pub const OFFICE: &str = "13900000005";
/// A ranked choice and a lottery.
pub const HOBBY: &str = "/draws/wenchang-draw-hobby.20260623";
pub const SUMMER: &str = "/draws/wenchang-draw-summer.20260623";

/// Books a slot for oneself.
pub fn books(who: &Resident, slot: &str) -> Booking {
    let me = myself(who);
    let request = BookRequest::new(SlotId::from(slot), vec![me]);
    who.call::<Book>((), request).expect("booked")
}

/// Oneself in one's household.
pub fn myself(who: &Resident) -> PersonId {
    who.call::<GetMe>((), ()).expect("me").people[0].id.clone()
}

/// Makes a wish at 新盛; its path.
pub fn wishes(who: &Resident, text: &str) -> String {
    let draft = WishDraft { centre: "xinsheng".into(), category: Category::Safety, text: text.into() };
    format!("/wishes/{}", who.call::<MakeWish>((), draft).expect("a wish").wish.id)
}

/// A task of 扬州 whose identifier begins so.
pub fn task(who: &Resident, beginning: &str) -> TaskId {
    let tasks = who.call::<ListTasks>(CityId::from("yangzhou"), ()).expect("tasks");
    tasks.into_iter().map(|task| task.id).find(|id| id.as_str().starts_with(beginning)).expect("the task")
}

/// Adds a child to a household.
pub fn child(who: &Resident, name: &str, born: (i32, u32, u32)) -> PersonId {
    let born = Day::from_ymd_opt(born.0, born.1, born.2);
    let draft = PersonDraft { relation: Relation::Child, name: name.into(), born };
    let me = who.call::<AddPerson>((), draft).expect("added");
    me.people.last().expect("the child").id.clone()
}

/// The one who runs the house gives somebody a post.
pub fn employs(admin: &Resident, phone: &str, post: Post, name: &str) {
    let invitation = Invitation { phone: phone.into(), name: name.into(), post };
    admin.call::<InviteStaff>((), invitation).expect("invited");
}

/// Somebody with bookings of every sort, a wish, a task and a child, and all screens as they see
/// them. What they write is in English, so that everything of their own can be read in both.
#[expect(clippy::too_many_lines, reason = "a list of what somebody has, and of screens")]
pub fn all(house: &House) -> (Resident, Vec<Screen>) {
    let mut me = house.resident(MINE);
    let neighbour = house.resident("13800000002");
    let lele = child(&me, "Lele", (2024, 5, 1));
    let booked = books(&me, "xinsheng-pingpong.20260623T1900");
    let waiting = books(&me, "xinsheng-pingpong.20260623T1600");
    let over = books(&me, "xinsheng-billiards.20260624T1000");
    me.call::<CancelBooking>(over.id.clone(), ()).expect("cancelled");
    // One that is offered, one that was let go, one with a table that is shared, one that was taken back.
    let given = |slot: &str| {
        let theirs = books(&neighbour, slot);
        let mine = books(&me, slot);
        neighbour.call::<CancelBooking>(theirs.id, ()).expect("cancelled");
        mine
    };
    let offered = given("shurenyuan-memory.20260624T1000");
    let declined = given("shurenyuan-memory.20260625T1000");
    me.call::<DeclineOffer>(declined.id.clone(), ()).expect("let go");
    let table = BookRequest {
        share: true,
        ..BookRequest::new(SlotId::from("tongsi-pingpong.20260623T1100"), vec![myself(&me)])
    };
    let shared = me.call::<Book>((), table).expect("booked");
    let withdrawn = books(&me, "xinsheng-billiards.20260625T1000");
    let because = Because { reason: "The lamp over the table is broken.".into() };
    let desk = house.staff(DESK);
    desk.call::<WithdrawPlace>(withdrawn.id.clone(), because).expect("taken back");
    let wish = wishes(&me, "A bench under the big tree, please, for those who walk slowly.");
    let other = wishes(&neighbour, "Please mend the lamp at the west gate.");
    let id = other.rsplit('/').next().unwrap_or_default();
    me.call::<SupportWish>(id.into(), ()).expect("supported");
    let help = task(&me, "xinsheng-task-meals");
    me.call::<ClaimTask>(help.clone(), ()).expect("claimed");
    let open = task(&me, "xinsheng-task-coach");
    let bulbs = task(&me, "xinsheng-task-bulbs");
    // At work at 新盛, and for the office of another city, where nobody has a name of their own yet.
    let admin = house.staff(ADMIN);
    employs(&admin, MINE, Post::Staff("xinsheng".into()), "Ann");
    employs(&admin, MINE, Post::Office("xiaoyi".into()), "Ann");
    employs(&admin, "13700000001", Post::Staff("shuangqiao".into()), "Ben");
    // A volunteer and of a team; the desk knows another volunteer whom it has suspended.
    let draft = |name: &str| VolunteerDraft {
        centre: "xinsheng".into(),
        name: name.into(),
        likes: vec![Liking::Meals, Liking::Phones],
    };
    me.call::<BecomeVolunteer>((), draft("Ann")).expect("a volunteer");
    neighbour.call::<BecomeVolunteer>((), draft("Ben")).expect("a volunteer");
    let listed = desk.call::<ListVolunteers>("xinsheng".into(), ()).expect("volunteers");
    let because = Because { reason: "Did not come several times.".into() };
    desk.call::<SuspendVolunteer>(listed[0].id.clone(), because).expect("suspended");
    let member = NewMember { phone: MINE.into(), name: "Ann".into() };
    desk.call::<InviteMember>("xinsheng-silver".into(), member).expect("invited");
    let member = NewMember { phone: "13700000001".into(), name: "Ben".into() };
    admin.call::<InviteMember>("shuangqiao-meals".into(), member).expect("invited");
    house.opens_the_lock(&mut me, MINE);
    let mimi = child(&me, "Mimi", (2018, 3, 1));
    let draft = EntryDraft { people: vec![mimi], prefers: vec!["wenchang-summer.20260623-1".into()] };
    me.call::<EnterDraw>(SUMMER.trim_start_matches("/draws/").into(), draft).expect("entered");

    // A relative of hers, an elder of hers, and something that was done for her.
    let kin = |elder: &Resident, relative: &Resident, name: &str| {
        let draft = InvitationDraft { name: name.into(), me: "Grandma".into(), scope: Scope::Act };
        let code = elder.call::<InviteRelative>((), draft).expect("invited").invitation.expect("a code").code;
        relative.call::<JoinCircle>((), JoinRequest { code }).expect("joined");
    };
    kin(&me, &neighbour, "Nina");
    kin(&neighbour, &me, "Ann");

    let plain = [
        "/".into(),
        "/join".into(),
        "/join?kind=class&group=child&near=own".into(),
        "/centres".into(),
        "/centres/xinsheng".into(),
        "/centres/wenchang".into(),
        "/offerings/xinsheng-pingpong".into(),
        "/offerings/xinsheng-pingpong?slot=xinsheng-pingpong.20260624T1600".into(),
        "/offerings/xinsheng-holiday".into(),
        "/offerings/shita-chess".into(),
        "/offerings/wenchang-summer".into(),
        "/offerings/xinsheng-canteen?slot=xinsheng-canteen.20260624T1030".into(),
        "/offerings/wenchang-beds?slot=wenchang-beds.stay-2".into(),
        "/offerings/shurenyuan-memory?slot=shurenyuan-memory.20260626T1000".into(),
        HOBBY.into(),
        SUMMER.into(),
        format!("/bookings/{}?new=1", booked.id),
        format!("/bookings/{}", waiting.id),
        format!("/bookings/{}", over.id),
        format!("/bookings/{}", offered.id),
        format!("/bookings/{}", declined.id),
        format!("/bookings/{}", shared.id),
        format!("/bookings/{}", withdrawn.id),
        "/offerings/tongsi-pingpong?slot=tongsi-pingpong.20260624T1000".into(),
        "/offerings/xinyuan-holiday".into(),
        "/mine".into(),
        "/week".into(),
        "/notices".into(),
        "/family".into(),
        "/family?who=new".into(),
        format!("/family/{lele}"),
        format!("/family/{lele}/consent"),
        format!("/family/{lele}/care"),
        format!("/family/{lele}/looks"),
        format!("/family/{lele}/guardians"),
        "/family/join".into(),
        "/circle".into(),
        "/circle/log".into(),
        "/circle/invite".into(),
        "/circle/join".into(),
        "/wishes".into(),
        "/wishes/new".into(),
        wish,
        other,
        "/wishes/xinsheng-wish-lamp".into(),
        "/volunteer".into(),
        "/volunteer/me".into(),
        "/teams/xinsheng-silver".into(),
        format!("/tasks/{help}"),
        format!("/tasks/{bulbs}"),
        format!("/tasks/{open}"),
        "/settings".into(),
        "/devices".into(),
        "/privacy".into(),
        "/my-data".into(),
        "/leave".into(),
        "/sign-in".into(),
        "/work".into(),
        "/work?day=2026-06-24".into(),
        format!("/work/slots/{}", booked.slot),
        format!("/work/slots/{}", over.slot),
        "/work/staff".into(),
        "/work/volunteers".into(),
        "/work/teams?centre=shuangqiao".into(),
        "/work/papers".into(),
        "/work/circle".into(),
        "/work/lock".into(),
        "/no/such/page".into(),
        "/centres/no-such-centre".into(),
    ];
    let sheets = [
        ("/join".to_owned(), ["筛选", "Filter"]),
        ("/offerings/wenchang-daycare?slot=wenchang-daycare.20260624T0800".into(), ["Lele", "Lele"]),
        (format!("/bookings/{}", booked.id), ["取消预约", "Cancel"]),
        ("/mine".into(), ["以前的", "Before"]),
        ("/work".into(), ["这一天都不开", "Close the whole day"]),
        (format!("/work/slots/{}", booked.slot), ["代办", "Book for somebody"]),
        (format!("/work/slots/{}", booked.slot), ["改名额", "Change places"]),
        (format!("/work/slots/{}", booked.slot), ["改时间", "Move to another time"]),
        (format!("/work/slots/{}", booked.slot), ["关闭这一场", "Close this slot"]),
        ("/work/staff".into(), ["邀请一位", "Invite somebody"]),
        ("/work/volunteers".into(), ["是谁", "Who is it"]),
        ("/work/teams?centre=shuangqiao".into(), ["请一位进送餐队", "Invite somebody to Meals team"]),
        ("/volunteer/me".into(), ["不做志愿者了", "Stop volunteering"]),
    ];
    let plain = plain.into_iter().map(|path| Screen { path, tap: [""; 2] });
    let sheets = sheets.into_iter().map(|(path, tap)| Screen { path, tap });
    (me, plain.chain(sheets).collect())
}

#[test]
fn every_screen_is_on_the_list() {
    use domain::screen::Screen as Known;
    let house = House::new();
    let (_, screens) = all(&house);
    // A new screen does not compile here until it has a number, and fails until it is on the list.
    let number = |screen: Option<Known>| match screen {
        None => 0,
        Some(Known::Home) => 1,
        Some(Known::Join) => 2,
        Some(Known::Centres) => 3,
        Some(Known::Centre(_)) => 4,
        Some(Known::Offering(_)) => 5,
        Some(Known::Booking(_)) => 6,
        Some(Known::Mine) => 7,
        Some(Known::Week) => 8,
        Some(Known::Family) => 9,
        Some(Known::Wishes) => 10,
        Some(Known::NewWish) => 11,
        Some(Known::Wish(_)) => 12,
        Some(Known::Volunteer) => 13,
        Some(Known::Task(_)) => 14,
        Some(Known::Settings) => 15,
        Some(Known::SignIn) => 16,
        Some(Known::Devices) => 17,
        Some(Known::Notices) => 18,
        Some(Known::Person(_)) => 19,
        Some(Known::Consent(_)) => 20,
        Some(Known::Care(_)) => 21,
        Some(Known::Looks(_)) => 22,
        Some(Known::Guardians(_)) => 31,
        Some(Known::JoinFamily) => 32,
        Some(Known::Work) => 23,
        Some(Known::WorkSlot(_)) => 24,
        Some(Known::WorkStaff) => 25,
        Some(Known::WorkPapers) => 26,
        Some(Known::Draw(_)) => 27,
        Some(Known::Privacy) => 28,
        Some(Known::MyData) => 29,
        Some(Known::Leave) => 30,
        Some(Known::WorkLock) => 33,
        Some(Known::Circle) => 34,
        Some(Known::CircleLog) => 35,
        Some(Known::CircleInvite) => 36,
        Some(Known::JoinCircle) => 37,
        Some(Known::WorkCircle) => 38,
        Some(Known::Volunteering) => 39,
        Some(Known::Team(_)) => 40,
        Some(Known::WorkVolunteers) => 41,
        Some(Known::WorkTeams) => 42,
    };
    let path = |screen: &Screen| screen.path.split('?').next().unwrap_or_default().to_owned();
    let listed: std::collections::BTreeSet<_> =
        screens.iter().map(|screen| number(Known::parse(&path(screen)))).collect();
    assert!(listed.iter().copied().eq(0..=42), "{listed:?}");
}

/// The screens of somebody who has not signed in.
pub fn of_a_stranger() -> Vec<Screen> {
    let paths =
        ["/mine", "/sign-in?next=%2Fmine", "/offerings/xinsheng-lunch", "/bookings/nobodys", "/wishes/new"];
    paths.map(|path| Screen { path: path.into(), tap: [""; 2] }).into()
}

impl Screen {
    /// Goes there, in Chinese (0) or English (1).
    pub fn show(&self, phone: &Phone, lang: usize) {
        phone.expects("the server responded with a status of 404");
        phone.opens(&self.path);
        if !self.tap[lang].is_empty() {
            phone.taps(self.tap[lang]);
        }
    }

    /// What it is called in a message.
    pub fn name(&self) -> String {
        format!("{} {}", self.path, self.tap[0])
    }
}
