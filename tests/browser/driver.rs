//! As much of the `WebDriver` protocol as our phones need, and the chromedriver that speaks it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::blocking::Client;
use serde_json::{Value, json};

use super::settings;

/// The name under which the protocol refers to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

static DRIVERS: AtomicU32 = AtomicU32::new(0);
static SHARED: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

/// A chromedriver. It ends, and its folder goes, when the last session on it is over.
pub struct Driver {
    child: Mutex<Child>,
    /// Kept open: a driver that cannot write ends.
    _words: BufReader<ChildStdout>,
    base: String,
    folder: PathBuf,
    http: Client,
}

impl Driver {
    /// The one of this process, started when there is none.
    fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = shared.upgrade() {
            return driver;
        }
        let driver = Arc::new(Self::start());
        *shared = Arc::downgrade(&driver);
        driver
    }

    fn start() -> Self {
        // Of its own: the one before may be taking its away just now.
        let number = DRIVERS.fetch_add(1, Ordering::SeqCst);
        let folder = settings::scratch().join(format!("driver-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for profiles");
        let mut command = Command::new(settings::chromedriver());
        if settings::pictures().is_some() {
            // Pictures show the letters that phones in China have.
            command.env("FONTCONFIG_FILE", settings::root().join("tests/browser/fonts.conf"));
        }
        let mut child = command
            .arg("--port=0")
            // Profiles go where we can take them away.
            .env("TMPDIR", &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut words = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert!(words.read_line(&mut line).expect("text") > 0, "chromedriver ended at once");
            // It says so in its usual words only: made quieter, it says nothing at all.
            if let Some((_, rest)) = line.split_once("successfully on port ") {
                break rest.trim().trim_end_matches('.').to_owned();
            }
        };
        let http = Client::builder().no_proxy().timeout(Duration::from_mins(1)).build().expect("a client");
        Self {
            child: Mutex::new(child),
            _words: words,
            base: format!("http://127.0.0.1:{port}"),
            folder,
            http,
        }
    }

    /// Sends a command; the error is its name and message.
    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let answer = self.http.post(format!("{}{path}", self.base)).json(body).send();
        let answer = answer.map_err(|error| format!("chromedriver: {error}"))?;
        let text = answer.text().map_err(|error| format!("chromedriver: {error}"))?;
        let mut answer: Value =
            serde_json::from_str(&text).map_err(|error| format!("chromedriver: {error}: {text}"))?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(name) if value["message"].is_string() => {
                let message = value["message"].as_str().unwrap_or_default();
                Err(format!("{name}: {}", message.lines().next().unwrap_or_default()))
            }
            _ => Ok(value),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.http.get(format!("{}/shutdown", self.base)).send();
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(5) && matches!(child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A browser with a profile of its own.
pub struct Session {
    driver: Arc<Driver>,
    path: String,
}

/// An element of a page.
pub struct Element(String);

impl Element {
    /// Reads a reference to an element.
    pub fn read(value: &Value) -> Option<Self> {
        value[ELEMENT].as_str().map(|id| Self(id.to_owned()))
    }
}

impl Session {
    /// Opens a browser with a window like a phone's: so many CSS pixels, two dots to each.
    pub fn open(width: u32, height: u32) -> Self {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=zh-CN",
        ];
        let metrics =
            json!({ "width": width, "height": height, "pixelRatio": 2, "touch": true, "mobile": true });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": settings::chromium(),
                "args": arguments,
                "mobileEmulation": { "deviceMetrics": metrics },
            },
        } } });
        let driver = Driver::shared();
        let id = Self::start(&driver, &wanted);
        Self { driver, path: format!("/session/{id}") }
    }

    /// Starts a browser. On a busy machine one dies now and then before it has opened a page, which
    /// says nothing about ours; eight in a row, over a minute and a half, do not.
    fn start(driver: &Driver, wanted: &Value) -> String {
        let mut causes = Vec::new();
        while causes.len() < 8 {
            match driver.post("/session", wanted) {
                Ok(session) => return session["sessionId"].as_str().expect("a session").to_owned(),
                Err(cause) => causes.push(cause),
            }
            std::thread::sleep(Duration::from_secs(3) * u32::try_from(causes.len()).unwrap_or(1));
        }
        panic!("no browser opens: {causes:?}");
    }

    /// Sends a command of the session.
    ///
    /// # Errors
    /// Its name and message.
    pub fn post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.driver.post(&format!("{}/{command}", self.path), body)
    }

    /// Sends a command of the `DevTools` protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.post("goog/cdp/execute", &body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Runs the body of a function in the page.
    ///
    /// # Errors
    /// What the script threw, or that there is no page.
    pub fn run(&self, script: &str, arguments: &Value) -> Result<Value, String> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Clicks an element, where nothing lies over it.
    ///
    /// # Errors
    /// Why that cannot be done.
    pub fn click(&self, element: &Element) -> Result<(), String> {
        self.post(&format!("element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Empties an input and types into it.
    ///
    /// # Errors
    /// Why that cannot be done.
    pub fn fill(&self, element: &Element, text: &str) -> Result<(), String> {
        self.post(&format!("element/{}/clear", element.0), &json!({}))?;
        self.post(&format!("element/{}/value", element.0), &json!({ "text": text })).map(drop)
    }

    /// What the browser's console has said since it was last asked: level and message.
    pub fn console(&self) -> Vec<(String, String)> {
        let log = self.post("se/log", &json!({ "type": "browser" })).unwrap_or_default();
        let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        let entries = log.as_array().map(Vec::as_slice).unwrap_or_default();
        entries.iter().map(|entry| (text(entry, "level"), text(entry, "message"))).collect()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.driver.http.delete(format!("{}{}", self.driver.base, self.path)).send();
    }
}
