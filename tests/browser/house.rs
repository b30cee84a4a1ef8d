//! A server of its own for each test, with the demo in it, and neighbours who use it without a browser.
//!
//! It is half past nine in the morning of a Tuesday in China, and the clock runs.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    elevation::{
        LockKey, LockMade,
        api::{DrawLockSecret, MakeLock, OpenLock},
    },
    endpoint::{Endpoint, Method},
    failure::Problem,
    session::{
        CodeRequest, SignInRequest,
        api::{GetTime, RequestCode, SignIn},
    },
    time::{CHINA, Day, Moment, days_after},
};
use reqwest::{
    blocking::{Client, Response},
    header,
};

use super::{
    settings,
    wechat_stand_in::{APP, SECRET, Shared, stand_in},
};

static FILLED: OnceLock<PathBuf> = OnceLock::new();
static HOUSES: AtomicU32 = AtomicU32::new(0);
static KEYS: AtomicU32 = AtomicU32::new(0);

/// The day on which every test begins: a Tuesday.
pub fn today() -> Day {
    Day::from_ymd_opt(2026, 6, 23).expect("a real date")
}

/// When every test begins.
fn beginning() -> Moment {
    CHINA.moment(today(), 9 * 60 + 30)
}

/// A server that runs. It ends, and its data goes, when this is dropped.
pub struct House {
    child: Child,
    folder: PathBuf,
    /// Spare codes of the locks that were set up, by telephone.
    spare: Mutex<HashMap<String, Vec<String>>>,
    /// What answers for `WeChat`, where it is told to.
    wechat: Option<Wechat>,
    /// Where it is: `http://127.0.0.1:12345`.
    pub base: String,
}

impl House {
    /// A house as it is in the beginning.
    pub fn new() -> Self {
        // The demo is loaded, and the app packed, once for all houses of this run.
        let filled = FILLED.get_or_init(|| {
            forget_earlier_runs();
            let house = Self::start(folder("filled"), None);
            let kept = folder("template");
            house.stop_and_keep(&kept);
            kept
        });
        let folder = folder("house");
        copy(filled, &folder);
        Self::start(folder, None)
    }

    /// The same with an official account at a `WeChat` of its own.
    pub fn with_wechat() -> Self {
        drop(Self::new());
        let folder = folder("house");
        copy(FILLED.get().expect("filled by the house before"), &folder);
        Self::start(folder, Some(Wechat::start()))
    }

    /// Whose WeChat it is from now on that is sent there: a name, or `preview`.
    pub fn wechat_is_of(&self, person: &str) {
        let wechat = self.wechat.as_ref().expect("with WeChat");
        person.clone_into(&mut wechat.counts.lock().expect("counts").person);
    }

    fn start(folder: PathBuf, wechat: Option<Wechat>) -> Self {
        Self::start_at(folder, wechat, (0, beginning()))
    }

    /// Starts a server at a port, or any where that is 0, at that time of its clock.
    fn start_at(folder: PathBuf, wechat: Option<Wechat>, (port, now): (u16, Moment)) -> Self {
        fs::create_dir_all(&folder).expect("a folder");
        let words = folder.join("words.log");
        let file = || fs::OpenOptions::new().create(true).append(true).open(&words).expect("a log");
        let _ = fs::remove_file(&words);
        let mut server = Command::new(env!("CARGO_BIN_EXE_doorstep-server"));
        match &wechat {
            Some(wechat) => server.args(wechat.flags()).env("DOORSTEP_WECHAT_SECRET", SECRET),
            None => server.args(["serve", &format!("--port={port}")]),
        };
        let child = server
            .arg(format!("--test-clock={}", now.0))
            .arg("--data")
            .arg(folder.join("data"))
            .arg("--dist")
            .arg(settings::dist())
            .arg("--demo")
            .arg(settings::root().join("demo"))
            .env_remove("DOORSTEP_DATABASE")
            .stdin(Stdio::null())
            .stdout(file())
            .stderr(file())
            .spawn()
            .expect("the server starts");
        let spare = Mutex::default();
        let mut house = Self { child, folder, spare, wechat, base: String::new() };
        let began = Instant::now();
        loop {
            let said = fs::read_to_string(&words).unwrap_or_default();
            if let Some(base) = said.lines().find(|line| line.starts_with("http://")) {
                base.trim().clone_into(&mut house.base);
                return house;
            }
            let ended = house.child.try_wait().expect("its state");
            assert!(ended.is_none(), "the server ended at once:\n{said}");
            assert!(began.elapsed() < Duration::from_mins(2), "the server is not ready:\n{said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Loses its power, and stays away until [`Dead::starts_again`].
    pub fn dies(mut self) -> Dead {
        let (now, began) = (self.now(), Instant::now());
        let _ = self.child.kill();
        let _ = self.child.wait();
        let port = self.base.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        // What is left of it is the folder, which must not go with it.
        let folder = std::mem::take(&mut self.folder);
        let spare = std::mem::take(&mut self.spare);
        Dead { folder, spare, port, now, began }
    }

    fn stop_and_keep(mut self, kept: &Path) {
        self.stop();
        fs::create_dir_all(kept).expect("a folder");
        fs::rename(self.folder.join("data"), kept.join("data")).expect("renamed");
    }

    fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(12) && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// What time it is there.
    pub fn now(&self) -> Moment {
        Resident::stranger(self).call::<GetTime>((), ()).expect("the time").now
    }

    /// Sets the clock: so many days after the first, at so many minutes past midnight in China and so many
    /// seconds. It runs on from there.
    pub fn is_at(&self, days: u64, minutes: i64, seconds: i64) -> &Self {
        let now = CHINA.moment(days_after(today(), days), minutes).plus(seconds * 1_000);
        let url = format!("{}/test/clock", self.base);
        let answer = Client::new().post(url).body(now.0.to_string()).send().expect("an answer");
        assert_eq!(answer.status(), 204, "the clock is set");
        self
    }

    /// The instant so many days after the first, at so many minutes past midnight in China.
    pub fn moment((days, minutes): (u64, i64)) -> Moment {
        CHINA.moment(days_after(today(), days), minutes)
    }

    /// Somebody with that telephone, signed in.
    pub fn resident(&self, phone: &str) -> Resident {
        let mut resident = Resident::stranger(self);
        let sent = resident.call::<RequestCode>((), CodeRequest { phone: phone.into() }).expect("a code");
        let code = sent.demo_code.expect("the demo shows the code");
        let answer = resident.send::<SignIn>(&(), &SignInRequest { request: sent.request, code });
        assert_eq!(answer.status(), 200, "signing in");
        let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("a plain cookie");
        resident.cookie = String::from(cookie.split(';').next().unwrap_or_default());
        resident
    }

    /// Somebody of the staff with that telephone, signed in, whose second lock is open.
    pub fn staff(&self, phone: &str) -> Resident {
        let mut resident = self.resident(phone);
        self.opens_the_lock(&mut resident, phone);
        resident
    }

    /// Somebody of the staff sets their second lock up, or opens it with a spare code.
    pub fn opens_the_lock(&self, who: &mut Resident, phone: &str) {
        let mut spare = self.spare.lock().expect("spare codes");
        let key = |code: String| LockKey { password: PASSWORD.into(), code };
        let answer = if let Some(codes) = spare.get_mut(phone) {
            who.send::<OpenLock>(&(), &key(codes.pop().expect("a spare code is left")))
        } else {
            let secret = who.call::<DrawLockSecret>((), ()).expect("a secret");
            who.send::<MakeLock>(&(), &key(secret.demo_code.expect("the demo shows the digits")))
        };
        assert_eq!(answer.status(), 200, "the lock opens");
        let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("a plain cookie");
        who.cookie = String::from(cookie.split(';').next().unwrap_or_default());
        if let Ok(made) = answer.json::<LockMade>() {
            spare.insert(phone.into(), made.spare);
        }
    }

    /// The page at a path as the server writes it.
    pub fn page(&self, path: &str) -> String {
        let answer = Client::new().get(format!("{}{path}", self.base)).send().expect("an answer");
        answer.text().expect("text")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
        if !self.folder.as_os_str().is_empty() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// What is left of a server that lost its power.
pub struct Dead {
    folder: PathBuf,
    spare: Mutex<HashMap<String, Vec<String>>>,
    port: u16,
    now: Moment,
    began: Instant,
}

impl Dead {
    /// Starts it again, at the same address; its clock went on meanwhile.
    pub fn starts_again(self) -> House {
        let away = i64::try_from(self.began.elapsed().as_millis()).expect("not for so long");
        let mut house = House::start_at(self.folder, None, (self.port, self.now.plus(away)));
        house.spare = self.spare;
        house
    }
}

/// The password of all staff.
pub const PASSWORD: &str = "正确的马 battery";

/// A stand-in for `WeChat`, and the port of the house that has an account there.
struct Wechat {
    counts: Shared,
    site: String,
    port: u16,
    _runtime: tokio::runtime::Runtime,
}

impl Wechat {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a thread");
        let (site, counts) = runtime.block_on(stand_in());
        // The house has to know its own address before it starts: a port that was free just now.
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        Self { counts, site, port, _runtime: runtime }
    }

    fn flags(&self) -> Vec<String> {
        let Self { site, port, .. } = self;
        let flags = [
            "serve".into(),
            format!("--port={port}"),
            format!("--origin=http://127.0.0.1:{port}"),
            format!("--wechat-app={APP}"),
            format!("--wechat-open-site={site}"),
            format!("--wechat-api-site={site}"),
            format!("--wechat-script={site}/jweixin.js"),
        ];
        flags.into()
    }
}

/// Somebody who uses the house without a browser.
pub struct Resident {
    base: String,
    http: Client,
    /// `name=value` of the session; empty for a stranger.
    pub cookie: String,
}

impl Resident {
    fn stranger(house: &House) -> Self {
        let http = Client::builder().no_proxy().build().expect("a client");
        Self { base: house.base.clone(), http, cookie: String::new() }
    }

    /// Calls an endpoint.
    ///
    /// # Errors
    /// The problem it answers.
    #[expect(clippy::needless_pass_by_value, reason = "a call reads better without borrowing")]
    pub fn call<E: Endpoint>(&self, params: E::Params, input: E::Input) -> Result<E::Output, Problem> {
        let answer = self.send::<E>(&params, &input);
        let (status, text) = (answer.status(), answer.text().expect("a whole answer"));
        if status == 200 {
            return Ok(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")));
        }
        Err(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status} {error}: {text}")))
    }

    fn send<E: Endpoint>(&self, params: &E::Params, input: &E::Input) -> Response {
        let url = format!("{}{}", self.base, E::path(params));
        let mut request = match E::METHOD {
            Method::Get => self.http.get(url),
            Method::Post => self.http.post(url),
            Method::Delete => self.http.delete(url),
        };
        request = request.header("sec-fetch-site", "same-origin").header(header::COOKIE, &self.cookie);
        if E::KEYED {
            request = request.header("idempotency-key", fresh_key());
        }
        let body = serde_json::to_string(input).expect("input is JSON");
        if body != "null" {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body);
        }
        request.send().expect("an answer")
    }
}

fn fresh_key() -> String {
    format!("neighbour-{:08}-{:08}", std::process::id(), KEYS.fetch_add(1, Ordering::SeqCst))
}

fn folder(what: &str) -> PathBuf {
    let number = HOUSES.fetch_add(1, Ordering::SeqCst);
    settings::scratch().join(format!("{what}-{}-{number}", std::process::id()))
}

/// The template lives as long as the process, which says no goodbye: the next one cleans up.
fn forget_earlier_runs() {
    let Ok(entries) = fs::read_dir(settings::scratch()) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.split('-').nth(1).unwrap_or_default();
        if !process.is_empty() && !Path::new("/proc").join(process).exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Copies a folder with all it holds.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}
