//! A server of its own for each test, and people who use it.
//!
//! Each world has a database of its own, copied from one that was filled once: SQLite, or
//! PostgreSQL where `DOORSTEP_TEST_DATABASE` names a server on which databases may be made. The
//! clock stands still until a test moves it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use backend::{
    clock::{Clock, TestClock},
    config::Config,
    start::{Running, start},
};
use domain::{
    endpoint::Endpoint,
    failure::Problem,
    session::{
        CodeRequest, SignInRequest,
        api::{RequestCode, SignIn},
    },
    time::{CHINA, Day, HOUR, Moment},
};
use reqwest::{Method, RequestBuilder, Response, header};
use serde::de::DeserializeOwned;
use sqlx::{ConnectOptions, Connection, postgres::PgConnectOptions};
use tokio::sync::OnceCell;

static WORLDS: AtomicU32 = AtomicU32::new(0);
static KEYS: AtomicU32 = AtomicU32::new(0);
static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();

/// When every world begins: ten in the morning of a Wednesday.
pub fn beginning() -> Moment {
    let day = Day::from_ymd_opt(2026, 6, 24).expect("a real date");
    CHINA.moment(day, 10 * 60)
}

/// A server with the demo in it.
pub struct World {
    /// The server.
    pub server: Running,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// Where it is: `http://127.0.0.1:12345`.
    pub base: String,
    /// Its folder, which goes with it.
    pub folder: PathBuf,
    /// The telephones of all who signed in. In the end they are looked for in the files.
    phones: Mutex<Vec<String>>,
}

impl World {
    /// A world as it is in the beginning.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A world whose server is set up differently.
    pub async fn with(set_up: impl FnOnce(&mut Config)) -> Self {
        let template = TEMPLATE.get_or_init(fill).await;
        let folder = fresh_folder("world");
        copy(template, &folder);
        let database = match admin() {
            Some(admin) => {
                // Named after the folder, whose number no other world has.
                let name = folder.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
                Some(make_database(&admin, &name, Some(&template_name())).await)
            }
            None => None,
        };
        let clock = Arc::new(TestClock::at(beginning()));
        let mut config = config(&folder, database);
        set_up(&mut config);
        let server = start(config, clock.clone()).await.expect("the server starts");
        let base = format!("http://{}", server.address);
        Self::of(server, clock, base, folder)
    }

    /// A world around a server that runs.
    pub fn of(server: Running, clock: Arc<TestClock>, base: String, folder: PathBuf) -> Self {
        Self { server, clock, base, folder, phones: Mutex::default() }
    }

    /// One more server on the same database, with the same clock; PostgreSQL only.
    pub async fn another_server(&self) -> Running {
        let database = self.server.app.config.database.clone();
        start(config(&self.folder, database), self.clock.clone()).await.expect("another server starts")
    }

    /// Stops the server, does something to its folder, and starts it again.
    pub async fn restart(&mut self, meanwhile: impl FnOnce(&Path)) {
        let config = (*self.server.app.config).clone();
        self.server.stop().await;
        meanwhile(&config.data);
        self.server = start(config, self.clock.clone()).await.expect("the server starts again");
        self.base = format!("http://{}", self.server.address);
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Lets so many hours pass.
    pub fn pass_hours(&self, hours: i64) {
        self.clock.advance(hours * HOUR);
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::at(&self.base)
    }

    /// Somebody who is not signed in, at another server's door.
    pub fn anonymous_at(&self, base: &str) -> Client {
        Client { base: base.to_owned(), ..self.anonymous() }
    }

    /// Somebody with that telephone, signed in. A telephone gets one code a minute.
    pub async fn resident(&self, phone: &str) -> Client {
        self.phones.lock().expect("telephones").push(phone.to_owned());
        let mut client = self.anonymous();
        let sent = client
            .call::<RequestCode>((), CodeRequest { phone: phone.into() })
            .await
            .expect("a code is sent");
        let code = sent.demo_code.expect("the demo shows the code");
        let input = SignInRequest { request: sent.request, code };
        let answer = client.send::<SignIn>((), input, None).await;
        assert_eq!(answer.status(), 200, "signing in");
        let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("a plain cookie");
        client.cookie = cookie.split(';').next().map(str::to_owned);
        client
    }
}

/// Whatever the test was about: no telephone is readable in the files of the house.
fn holds_no_telephone(folder: &Path, phones: &[String]) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            holds_no_telephone(&path, phones);
            continue;
        }
        let bytes = fs::read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        for phone in phones {
            assert!(!text.contains(phone.as_str()), "{} holds {phone}", path.display());
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            holds_no_telephone(&self.folder.join("data"), &self.phones.lock().expect("telephones"));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Client {
    base: String,
    http: reqwest::Client,
    /// `name=value` of the session, where there is one.
    pub cookie: Option<String>,
    /// The bond by which they act for another, where they do.
    pub acting: Option<String>,
}

impl Client {
    /// Somebody who is not signed in, at a server's address.
    pub fn at(base: &str) -> Self {
        Self { base: base.to_owned(), http: reqwest::Client::new(), cookie: None, acting: None }
    }

    /// The same browser with a connection of its own for each request: none that the server is about to
    /// close, however busy the machine is.
    pub fn with_fresh_connections(&self) -> Self {
        let http = reqwest::Client::builder().pool_max_idle_per_host(0).build().expect("a client");
        Self { http, ..self.clone() }
    }

    /// The same browser at another server's door.
    pub fn with_door(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// Calls an endpoint, a keyed one with a key of its own.
    ///
    /// # Errors
    /// The problem it answers, whose status has been checked.
    pub async fn call<E: Endpoint>(&self, params: E::Params, input: E::Input) -> Result<E::Output, Problem> {
        let key = E::KEYED.then(fresh_key);
        outcome(self.send::<E>(params, input, key.as_deref()).await).await
    }

    /// Calls a keyed endpoint with that key.
    ///
    /// # Errors
    /// The problem it answers, whose status has been checked.
    pub async fn call_with_key<E: Endpoint>(
        &self,
        key: &str,
        params: E::Params,
        input: E::Input,
    ) -> Result<E::Output, Problem> {
        outcome(self.send::<E>(params, input, Some(key)).await).await
    }

    /// Sends what a call would and gives back the bare answer.
    pub async fn send<E: Endpoint>(&self, params: E::Params, input: E::Input, key: Option<&str>) -> Response {
        let mut request = self.request(method::<E>(), &E::path(&params));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let body = serde_json::to_string(&input).expect("input is JSON");
        if body != "null" {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body);
        }
        request.send().await.expect("an answer")
    }

    /// A request of one's own, as the app's pages would send it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        let request = request.header("sec-fetch-site", "same-origin");
        let request = match &self.acting {
            Some(bond) => request.header(domain::circle::HEADER, bond),
            None => request,
        };
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    /// The same, acting by a bond.
    #[must_use]
    pub fn acting(&self, bond: &str) -> Self {
        Self { acting: Some(bond.to_owned()), ..self.clone() }
    }
}

/// A key that was never used before.
pub fn fresh_key() -> String {
    format!("key-{:08}-{:08}", std::process::id(), KEYS.fetch_add(1, Ordering::SeqCst))
}

/// What an answer says; the status must be the one that belongs to it.
pub async fn outcome<T: DeserializeOwned>(answer: Response) -> Result<T, Problem> {
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("a whole answer");
    if status == 200 {
        return Ok(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")));
    }
    let problem: Problem =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status} {error}: {text}"));
    let belongs: &[u16] = match &problem {
        Problem::Refused(_) => &[422],
        Problem::Malformed(_) => &[400, 405, 408, 413, 415],
        Problem::SignedOut => &[401],
        Problem::Foreign => &[403],
        Problem::Locked => &[423],
        Problem::NotFound => &[404],
        Problem::Busy { .. } => &[429, 503],
        Problem::ReadOnly => &[507],
        Problem::Unknown => &[504],
        Problem::Broken { .. } => &[500],
    };
    assert!(belongs.contains(&status), "{status} does not belong to {problem:?}");
    Err(problem)
}

fn method<E: Endpoint>() -> Method {
    match E::METHOD {
        domain::endpoint::Method::Get => Method::GET,
        domain::endpoint::Method::Post => Method::POST,
        domain::endpoint::Method::Delete => Method::DELETE,
    }
}

/// Fills a database once, for all worlds of this process.
async fn fill() -> PathBuf {
    let folder = fresh_folder("template");
    write_app(&folder.join("dist"));
    let database = match admin() {
        Some(admin) => Some(make_database(&admin, &template_name(), None).await),
        None => None,
    };
    let clock = Arc::new(TestClock::at(beginning()));
    let mut server = start(config(&folder, database), clock).await.expect("the template starts");
    server.stop().await;
    folder
}

fn config(folder: &Path, database: Option<String>) -> Config {
    Config {
        port: 0,
        data: folder.join("data"),
        dist: folder.join("dist"),
        demo: Some(root().join("demo")),
        database,
        ..Config::default()
    }
}

/// The folder of the whole project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// An app as Trunk would build it: the real page, and files that stand for the rest.
fn write_app(dist: &Path) {
    fs::create_dir_all(dist).expect("a folder");
    fs::copy(root().join("index.html"), dist.join("index.html")).expect("the page");
    for (name, text) in [
        ("app-0123456789abcdef.css", "body{margin:0}"),
        ("doorstep-0123456789abcdef.js", "export default 1;"),
        ("doorstep-0123456789abcdef_bg.wasm", "\0asm"),
        ("icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ] {
        fs::write(dist.join(name), text.repeat(200)).expect("written");
    }
}

/// Where databases can be made, if tests are to use PostgreSQL.
fn admin() -> Option<PgConnectOptions> {
    let url = std::env::var("DOORSTEP_TEST_DATABASE").ok().filter(|url| !url.is_empty())?;
    Some(url.parse().expect("DOORSTEP_TEST_DATABASE is an address"))
}

/// The address of a database in which there is nothing yet, where tests use PostgreSQL.
pub async fn empty_database(what: &str) -> Option<String> {
    let admin = admin()?;
    let number = WORLDS.fetch_add(1, Ordering::SeqCst) + 1;
    Some(make_database(&admin, &format!("{what}_{}_{number}", std::process::id()), None).await)
}

fn template_name() -> String {
    format!("template_{}", std::process::id())
}

/// Makes a database and gives back its address.
async fn make_database(admin: &PgConnectOptions, name: &str, template: Option<&str>) -> String {
    let template = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
    let mut connection = admin.connect().await.expect("the PostgreSQL server answers");
    let statement = format!("CREATE DATABASE {name}{template}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.expect("a database");
    connection.close().await.expect("closed");
    admin.clone().database(name).to_url_lossy().to_string()
}

fn fresh_folder(what: &str) -> PathBuf {
    let number = WORLDS.fetch_add(1, Ordering::SeqCst) + 1;
    let folder = std::env::temp_dir().join(format!("doorstep-{what}-{}-{number}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
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
