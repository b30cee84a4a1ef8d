//! Words that are found nowhere else go into every field; then everything that others can get at is
//! searched for them: the log, the files, public answers, the answers to neighbours and to the desk.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use domain::{
    booking::api::{Book, BookRequest},
    calendar::api::MakeCalendar,
    centre::api::GetOffering,
    circle::{
        InvitationDraft, Scope,
        api::InviteRelative,
        desk::{Opening, api::OpenCircle},
        write_card,
    },
    consent::{ConsentDraft, VERSION, api::GiveConsent},
    elevation::{
        LockKey,
        api::{DrawLockSecret, MakeLock},
    },
    guardian::{
        JoinRequest,
        api::{InviteGuardian, JoinAsGuardian},
    },
    household::{
        Care, PersonDraft, Relation,
        api::{AddPerson, ChangeCare, ChangePerson},
    },
    id::{OfferingId, PersonId, SlotId},
    privacy::{DataLink, api::MakeDataLink},
    session::{
        CodeRequest, SignInRequest,
        api::{GetMe, RequestCode, SignIn},
    },
    team::{NewMember, api::InviteMember},
    time::Day,
    wish::{
        Category, WishDraft,
        api::{MakeWish, MyWishes},
    },
    work::{
        Along, Caller, HouseholdAsk,
        api::{BookAtCounter, FindHousehold},
    },
};
use reqwest::{Method, header};
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

use crate::{
    crash::program,
    family::{PHONE, SEALED, volunteers},
    opened,
    staff::ADMIN,
    world::{Client, World, empty_database, root},
};

/// The password of the second lock.
const LOCK: &str = "canary of a lock 钥匙";

/// A server in a process of its own, whose log is kept.
struct Loud {
    process: Child,
    base: String,
    folder: PathBuf,
    /// The database, where it is PostgreSQL.
    database: Option<String>,
}

impl Loud {
    async fn start() -> Self {
        // The folder of a world that is gone: the built app and nothing else.
        let mut world = World::new().await;
        world.server.stop().await;
        let folder = world.folder.with_extension("loud");
        fs::create_dir_all(&folder).expect("a folder");
        fs::rename(world.folder.join("dist"), folder.join("dist")).expect("moved");
        let database = empty_database("loud").await;
        let (said, log) = (folder.join("said"), folder.join("log"));
        let mut process = Command::new(program())
            .args(["serve", "--port", "0", "--data"])
            .arg(folder.join("data"))
            .arg("--dist")
            .arg(folder.join("dist"))
            .arg("--demo")
            .arg(root().join("demo"))
            .envs(database.as_ref().map(|database| ("DOORSTEP_DATABASE", database)))
            .env("DOORSTEP_LOG", "trace,sqlx=trace,hyper=trace")
            .stdout(fs::File::create(&said).expect("a file"))
            .stderr(Stdio::from(fs::File::create(&log).expect("a file")))
            .spawn()
            .expect("the server starts");
        for _ in 0..600 {
            let base = fs::read_to_string(&said).expect("readable");
            if base.ends_with('\n') {
                return Self { process, base: base.trim().to_owned(), folder, database };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let _ = process.kill();
        let _ = process.wait();
        panic!("it does not say where it is: {}", fs::read_to_string(&log).expect("a log"));
    }

    async fn resident(&self, phone: &str) -> Client {
        let mut client = Client::at(&self.base);
        let asked = CodeRequest { phone: phone.into() };
        let sent = client.call::<RequestCode>((), asked).await.expect("a code is sent");
        let input = SignInRequest { request: sent.request, code: sent.demo_code.expect("a demo") };
        let answer = client.send::<SignIn>((), input, None).await;
        let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("a plain cookie").to_owned();
        client.cookie = cookie.split(';').next().map(str::to_owned);
        client
    }
}

impl Loud {
    /// A backup as the README says to make one, while the house is open.
    async fn backup(&self) -> Vec<u8> {
        let Some(database) = &self.database else {
            let to = self.folder.join("backup.db");
            let from = self.folder.join("data").join("doorstep.db");
            let mut connection = SqliteConnectOptions::new().filename(from).connect().await.expect("opens");
            let statement = format!("VACUUM INTO '{}'", to.display());
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.expect("a backup");
            return fs::read(to).expect("the backup");
        };
        // What follows the name of the database is for our own library.
        let address = database.split('?').next().unwrap_or_default();
        let dump = Command::new(pg_dump()).arg("--inserts").arg(address).output().expect("pg_dump runs");
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        dump.stdout
    }

    /// Somebody of the staff, with the lock that they set up. What opens it is a secret like others.
    async fn staff(&self, phone: &str) -> Client {
        let client = self.resident(phone).await;
        let secret = client.call::<DrawLockSecret>((), ()).await.expect("a secret");
        let key = LockKey { password: LOCK.into(), code: secret.demo_code.expect("a demo") };
        let answer = client.send::<MakeLock>((), key, None).await;
        assert_eq!(answer.status(), 200, "set up");
        opened::with(&client, &answer)
    }
}

impl Drop for Loud {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Another guardian's own name, and what the desk writes of those who call, walk in or have no telephone.
const OTHERS: [&str; 5] =
    ["金丝雀的父亲", "走进来的金丝雀", "没有手机的金丝雀", "金丝雀的外孙女", "替金丝雀奶奶来电"];

/// Another guardian comes, and the desk books, opens a circle and looks: the slot of the walk-in, and the
/// number on the slip.
async fn desk_writes(house: &Loud, family: &Client, desk: &Client, child: &PersonId) -> (SlotId, String) {
    let [father, walks_in, elder, relative, note] = OTHERS.map(str::to_owned);
    let draft = domain::guardian::InvitationDraft { scope: domain::guardian::Scope::See };
    let made = family.call::<InviteGuardian>(child.clone(), draft).await.expect("invited");
    let other = house.resident("13800000003").await;
    let code = JoinRequest { code: made.invitation.expect("a code").code };
    let me = other.call::<JoinAsGuardian>((), code).await.expect("joined").people[0].id.clone();
    let name = PersonDraft { relation: Relation::Myself, name: father, born: None };
    other.call::<ChangePerson>(me, name).await.expect("a name");

    let now = desk.call::<domain::session::api::GetTime>((), ()).await.expect("the time").now;
    let page = desk.call::<GetOffering>(OfferingId::from("xinsheng-pingpong"), ()).await.expect("tables");
    let free = page.slots.iter().rfind(|seats| seats.free(now) > 0 && seats.slot.gate(now).is_ok());
    let slot = free.expect("a free table").slot.id.clone();
    let caller = Caller {
        phone: None,
        name: walks_in,
        born: None,
        along: vec![Along::default()],
        guests: 0,
        note: note.clone(),
    };
    desk.call::<BookAtCounter>(slot.clone(), caller).await.expect("booked");
    let scope = Scope::Act;
    let born = Day::from_ymd_opt(1941, 5, 1);
    let opening = Opening { name: elder, born, relative, scope, reason: note.clone() };
    let slip = desk.call::<OpenCircle>("xinsheng".into(), opening).await.expect("opened");
    let ask = HouseholdAsk { phone: slip.card.clone(), purpose: note };
    desk.call::<FindHousehold>("xinsheng".into(), ask).await.expect("found");
    (slot, slip.card)
}

/// Whether the number stands there by itself, and not by chance in longer ones.
fn holds_number(bytes: &[u8], number: &str) -> bool {
    let length = number.len();
    let alone = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let found = |at: usize| &bytes[at..at + length] == number.as_bytes();
    (0..bytes.len().saturating_sub(length - 1))
        .any(|at| found(at) && at.checked_sub(1).is_none_or(alone) && alone(at + length))
}

/// Nothing that others can get at holds a canary, nor the number on a slip.
fn none_holds(found: &[Found], canaries: &[String], card: &str) {
    for canary in canaries {
        assert!(canary.len() > 9, "{canary} is long enough to be found nowhere else");
    }
    for Found { place, bytes } in found {
        for number in [card.to_owned(), write_card(card)] {
            assert!(!holds_number(bytes, &number), "{place} holds the number {number}");
        }
        for canary in canaries {
            // What the desk itself wrote is its own to take along.
            if canary == OTHERS[4] && place.starts_with("/api/me/data for the desk") {
                continue;
            }
            let there = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!there, "{place} holds {canary}");
        }
    }
}

/// What others can get at.
struct Found {
    place: String,
    bytes: Vec<u8>,
}

/// Debian keeps it beside the server and out of everybody's way.
fn pg_dump() -> PathBuf {
    let found = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let found = found.map(|version| version.path().join("bin/pg_dump")).filter(|program| program.is_file());
    found.max().unwrap_or_else(|| "pg_dump".into())
}

fn files(folder: &Path, found: &mut Vec<Found>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let bytes = fs::read(&path).expect("a file");
            found.push(Found { place: path.display().to_string(), bytes });
        }
    }
}

async fn answers(who: &str, client: &Client, paths: &[String], found: &mut Vec<Found>) {
    for path in paths {
        let answer = client.request(Method::GET, path).send().await.expect("an answer");
        let (status, headers) = (answer.status(), format!("{:?}", answer.headers()));
        assert!(!status.is_server_error(), "{path}: {status}");
        let mut bytes = headers.into_bytes();
        bytes.extend(answer.bytes().await.expect("a whole answer"));
        found.push(Found { place: format!("{path} for {who} ({status})"), bytes });
    }
}

/// Somebody drives everything, and types secrets where they do not belong.
async fn live(client: &Client) -> (PersonId, SlotId, DataLink, String) {
    let holder = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let name = PersonDraft { relation: Relation::Myself, name: SEALED[1].into(), born: None };
    client.call::<ChangePerson>(holder.clone(), name).await.expect("a name");
    let born = Day::from_ymd_opt(2021, 11, 19);
    let draft = PersonDraft { relation: Relation::Child, name: SEALED[2].into(), born };
    let child = client.call::<AddPerson>((), draft).await.expect("a child").people[1].id.clone();
    let care = Care { allergies: SEALED[4].into(), notes: SEALED[5].into(), ..Care::default() };
    client.call::<ChangeCare>(child.clone(), care).await.expect("care");
    client.call::<GiveConsent>(child.clone(), ConsentDraft { version: VERSION }).await.expect("consent");
    let now = client.call::<domain::session::api::GetTime>((), ()).await.expect("the time").now;
    let page = client.call::<GetOffering>(OfferingId::from("xinsheng-pingpong"), ()).await.expect("tables");
    let free = page.slots.iter().find(|seats| seats.free(now) > 0 && seats.slot.gate(now).is_ok());
    let slot = free.expect("a free table").slot.id.clone();
    client.call::<Book>((), BookRequest::new(slot.clone(), vec![holder])).await.expect("booked");
    let calendar = client.call::<MakeCalendar>((), ()).await.expect("a calendar").path;
    let wish =
        WishDraft { centre: "xinsheng".into(), category: Category::Place, text: "多一张长椅".into() };
    client.call::<MakeWish>((), wish).await.expect("a wish");
    let kin = InvitationDraft { name: SEALED[6].into(), me: SEALED[1].into(), scope: Scope::Act };
    client.call::<InviteRelative>((), kin).await.expect("invited");
    volunteers(client).await;
    let link = client.call::<MakeDataLink>((), ()).await.expect("a link");
    // Secrets in the wrong places: paths, queries, bodies that are refused, headers.
    let wrong =
        WishDraft {
            centre: "xinsheng".into(), category: Category::Place, text: format!("打我电话{PHONE}")
        };
    assert!(client.call::<MakeWish>((), wrong).await.is_err());
    for (method, path, body) in [
        (Method::GET, format!("/api/people/{PHONE}/care"), String::new()),
        (Method::GET, format!("/{PHONE}?name={}", SEALED[2]), String::new()),
        (
            Method::POST,
            "/api/people".into(),
            format!("{{\"name\":\"{}\",\"born\":\"{}\"", SEALED[2], SEALED[3]),
        ),
        (
            Method::POST,
            "/api/session".into(),
            format!("{{\"request\":\"{PHONE}\",\"code\":\"{}\"}}", SEALED[4]),
        ),
        (Method::POST, "/api/session/code".into(), format!("{{\"phone\":\"{PHONE}9\"}}")),
        (Method::PUT, format!("/api/wishes/{PHONE}"), SEALED[5].to_owned()),
    ] {
        let request =
            client.request(method, &path).body(body).header(header::CONTENT_TYPE, "application/json");
        let request = request.header("idempotency-key", format!("canary-{PHONE}"));
        let request = request.header(header::REFERER, format!("https://example.org/{PHONE}"));
        let answer =
            request.header(header::USER_AGENT, format!("x {PHONE}")).send().await.expect("an answer");
        assert!(answer.status().is_client_error(), "{path}: {}", answer.status());
    }
    (child, slot, link, calendar)
}

#[tokio::test]
async fn what_is_personal_is_found_nowhere_but_where_it_must_be() {
    let mut house = Loud::start().await;
    let client = house.resident(PHONE).await;
    let (child, slot, link, calendar) = live(&client).await;
    let wish = client.call::<MyWishes>((), ()).await.expect("wishes").remove(0).id;
    let stranger = house.resident("13800000002").await;
    let desk = house.staff(ADMIN).await;
    let new = NewMember { phone: PHONE.into(), name: SEALED[8].into() };
    desk.call::<InviteMember>("xinsheng-repairs".into(), new).await.expect("in a team");
    let (walked_in, card) = desk_writes(&house, &client, &desk, &child).await;
    let mut found = Vec::new();

    let public = [
        "/",
        "/join",
        "/centres",
        "/volunteer",
        "/wishes",
        "/mine",
        "/settings",
        "/privacy",
        "/metrics",
        "/healthz",
        "/readyz",
        "/api/openapi.json",
        "/api/centres",
        "/api/privacy",
        "/api/time",
        "/api/centres/xinsheng",
        "/api/centres/xinsheng/home",
        "/api/centres/xinsheng/wishes",
        "/api/cities/yangzhou/offerings",
        "/api/cities/yangzhou/tasks",
        "/api/offerings/xinsheng-pingpong",
    ];
    let own = [
        "/api/me",
        "/api/me/data",
        "/api/me/erasure",
        "/api/bookings",
        "/api/notices",
        "/api/devices",
        "/api/calendar",
        "/api/tasks",
        "/api/wishes",
        "/api/draws",
        "/api/circle",
        "/api/circle/log",
        "/api/teams/xinsheng-repairs",
    ];
    let theirs = [
        format!("/api/people/{child}/care"),
        format!("/api/people/{child}/consent"),
        format!("/api/people/{child}/looks"),
        format!("/api/slots/{slot}/ticket"),
        format!("/api/slots/{slot}/alternatives/2"),
        format!("/api/wishes/{wish}"),
        format!("/wishes/{wish}"),
    ];
    let all = |lists: &[&[&str]]| -> Vec<String> {
        let known = lists.iter().flat_map(|list| list.iter().map(|path| (*path).to_owned()));
        known.chain(theirs.iter().cloned()).collect()
    };
    answers("anybody", &Client::at(&house.base), &all(&[&public, &own]), &mut found).await;
    answers("a stranger", &stranger, &all(&[&public, &own]), &mut found).await;
    // The desk sees lists with names that are masked; the whole record only with a purpose.
    let day = Day::parse_from_str(&slot.as_str()[slot.as_str().len() - 13..][..8], "%Y%m%d").expect("a day");
    let work = [
        "/api/work".to_owned(),
        "/api/work/staff".to_owned(),
        "/api/work/centres/xinsheng/volunteers".to_owned(),
        format!("/api/work/slots/{slot}"),
        format!("/api/work/slots/{walked_in}"),
        format!("/api/work/centres/xinsheng/day/{day}"),
    ];
    answers("the desk", &desk, &[all(&[&own]), work.to_vec()].concat(), &mut found).await;
    let roster = found.iter().find(|found| found.place.starts_with("/api/work/slots")).expect("asked");
    assert!(roster.place.contains("200"), "{}", roster.place);

    let backup = house.backup().await;
    assert!(backup.len() > 100_000, "all of it");
    found.push(Found { place: "the backup".into(), bytes: backup });
    let _ = house.process.kill();
    let _ = house.process.wait();
    files(&house.folder.join("data"), &mut found);
    found.push(Found { place: "the log".into(), bytes: fs::read(house.folder.join("log")).expect("a log") });
    assert!(found.last().is_some_and(|log| log.bytes.len() > 10_000), "it was loud");

    let session = client.cookie.clone().expect("a cookie").replace("session=", "");
    let archive = link.page.trim_start_matches("/api/archive/").trim_end_matches(".html").to_owned();
    let calendar = calendar.trim_start_matches("/api/calendar/").trim_end_matches(".ics").to_owned();
    let mut canaries: Vec<String> = SEALED.map(str::to_owned).into();
    canaries.extend([session, archive, calendar, LOCK.to_owned()]);
    canaries.extend(OTHERS.map(str::to_owned));
    none_holds(&found, &canaries, &card);
}
