//! A phone in somebody's hand. What it does reads like a sentence, waits for what it needs, and any
//! word of trouble in the browser's console fails the test.

use std::{
    cell::RefCell,
    fs, thread,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{
    driver::{Element, Session},
    house::{House, Resident},
    settings,
};

mod around;

/// How long a person waits before something is wrong.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often to look again.
const PAUSE: Duration = Duration::from_millis(40);

/// A phone: 375 by 667, touch, two dots to the pixel.
pub struct Phone {
    session: Session,
    base: String,
    /// Troubles that belong to the test.
    expected: RefCell<Vec<&'static str>>,
}

impl Phone {
    /// A new phone that knows nothing yet.
    pub fn new(house: &House) -> Self {
        let session = Session::open(375, 667);
        // The house's clock is not today's; a phone's clock is right.
        let now = session.run("return Date.now()", &json!([])).expect("the time");
        let ahead = house.now().0 - now.as_i64().unwrap_or_default();
        let clock = format!("{{ const now = Date.now.bind(Date); Date.now = () => now() + {ahead}; }}");
        for source in [clock.as_str(), include_str!("page.js")] {
            session.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
        }
        Self { session, base: house.base.clone(), expected: RefCell::default() }
    }

    /// The phone of somebody who has signed in on it.
    pub fn of(house: &House, resident: &Resident) -> Self {
        let phone = Self::new(house);
        phone.has_cookie(&resident.cookie);
        // A picture names no icon of its own, so the browser looks for the usual one.
        phone.expects("/favicon.ico").opens("/icon.svg");
        phone.run("localStorage.setItem('signed-in', '1')");
        phone
    }

    /// Opens an address, as from a link that somebody sent.
    pub fn opens(&self, path: &str) -> &Self {
        let url = json!({ "url": format!("{}{path}", self.base) });
        self.session.post("url", &url).unwrap_or_else(|error| panic!("{path}: {error}"));
        self.is_ready()
    }

    /// Waits until the app has taken the page over.
    pub fn is_ready(&self) -> &Self {
        let ready = "return !document.getElementById('first') && !document.querySelector('.skeleton')";
        self.waits("the app is there", || self.holds(ready));
        self
    }

    /// Loads the page again.
    pub fn reloads(&self) -> &Self {
        self.session.post("refresh", &json!({})).expect("reloaded");
        self.is_ready()
    }

    /// Presses the phone's back button.
    pub fn goes_back(&self) -> &Self {
        self.session.post("back", &json!({})).expect("back");
        self
    }

    /// Taps what is called so: a link, a button, a label.
    pub fn taps(&self, words: &str) -> &Self {
        self.waits(&format!("“{words}” can be tapped"), || {
            let found = self.session.run("return person.tappable(arguments[0])", &json!([words]));
            found.ok().as_ref().and_then(Element::read).is_some_and(|one| self.session.click(&one).is_ok())
        });
        self
    }

    /// Taps it twice, as fast as a thumb can.
    pub fn taps_twice(&self, words: &str) -> &Self {
        let mut place = Value::Null;
        self.waits(&format!("“{words}” can be tapped"), || {
            let script = "const box = person.tappable(arguments[0]).getBoundingClientRect();
                return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]";
            self.session.run(script, &json!([words])).is_ok_and(|found| {
                place = found;
                true
            })
        });
        let (down, up) =
            (json!({ "type": "pointerDown", "button": 0 }), json!({ "type": "pointerUp", "button": 0 }));
        let to = json!({ "type": "pointerMove", "duration": 0, "x": place[0], "y": place[1] });
        let thumb = json!({
            "type": "pointer", "id": "thumb", "parameters": { "pointerType": "mouse" },
            "actions": [to, down, up, down, up],
        });
        self.session.post("actions", &json!({ "actions": [thumb] })).expect("two taps");
        self
    }

    /// Types into the field that is called so, in place of what it holds.
    pub fn types(&self, field: &str, words: &str) -> &Self {
        self.waits(&format!("there is a field “{field}”"), || {
            let found = self.session.run("return person.field(arguments[0])", &json!([field]));
            found
                .ok()
                .as_ref()
                .and_then(Element::read)
                .is_some_and(|one| self.session.fill(&one, words).is_ok())
        });
        self
    }

    /// Waits until these words can be read.
    pub fn sees(&self, words: &str) -> &Self {
        self.waits(&format!("“{words}” can be read"), || self.text().contains(words));
        self
    }

    /// Waits until these words can be read no more.
    pub fn sees_no(&self, words: &str) -> &Self {
        self.waits(&format!("“{words}” is gone"), || !self.text().contains(words));
        self
    }

    /// Waits until the heading of the page says so.
    pub fn sees_heading(&self, words: &str) -> &Self {
        self.waits(&format!("the heading is “{words}”"), || self.heading().contains(words));
        self
    }

    /// Waits until something that is called so can be tapped.
    pub fn could_tap(&self, words: &str) -> &Self {
        let script = "return person.tappable(arguments[0]) !== null";
        self.waits(&format!("“{words}” could be tapped"), || {
            self.session.run(script, &json!([words])).is_ok_and(|found| found == true)
        });
        self
    }

    /// Waits until what is called so is there, but cannot be tapped.
    pub fn cannot_tap(&self, words: &str) -> &Self {
        let script = "return person.disabled(arguments[0])";
        self.waits(&format!("“{words}” is there and cannot be tapped"), || {
            self.session.run(script, &json!([words])).is_ok_and(|found| found == true)
        });
        self
    }

    /// Waits until the address is this one, query included.
    pub fn is_at(&self, address: &str) -> &Self {
        self.waits(&format!("the address is {address}"), || self.address() == address);
        self
    }

    /// Waits until the address begins so.
    pub fn is_below(&self, beginning: &str) -> &Self {
        self.waits(&format!("the address begins with {beginning}"), || self.address().starts_with(beginning));
        self
    }

    /// What can be read on the page, or in the dialog that lies over it.
    pub fn text(&self) -> String {
        self.string("return person.text()")
    }

    /// The heading of the page.
    pub fn heading(&self) -> String {
        self.string("return [...document.querySelectorAll('h1')].map((one) => one.innerText).join('|')")
    }

    /// Path and query.
    pub fn address(&self) -> String {
        self.string("return location.pathname + location.search")
    }

    /// The names of everything that can be tapped.
    pub fn names(&self) -> Vec<String> {
        serde_json::from_value(self.run("return person.names()")).unwrap_or_default()
    }

    /// Signs in with the code that the demo shows; from wherever it was asked to.
    pub fn signs_in(&self, number: &str) -> &Self {
        self.types("手机号", number).taps("获取验证码").sees("演示环境");
        let text = self.text();
        let (_, code) = text.split_once("验证码：").expect("the demo shows the code");
        let code: String = code.trim().chars().take(6).collect();
        // The last digit sends it off.
        self.types("短信里的 6 位数字", &code).waits("signed in", || !self.address().starts_with("/sign-in"));
        self
    }

    /// Goes to a page that may never become an app.
    pub fn opens_without_waiting(&self, path: &str) -> &Self {
        let url = json!({ "url": format!("{}{path}", self.base) });
        self.session.post("url", &url).unwrap_or_else(|error| panic!("{path}: {error}"));
        self
    }

    /// This trouble in the console belongs to the test.
    pub fn expects(&self, trouble: &'static str) -> &Self {
        self.expected.borrow_mut().push(trouble);
        self
    }

    /// Runs the body of a function in the page.
    pub fn run(&self, script: &str) -> Value {
        self.session.run(script, &json!([])).unwrap_or_else(|error| panic!("{error}\nin: {script}"))
    }

    /// Runs the body of a function in the page, with arguments.
    pub fn run_with(&self, script: &str, arguments: &Value) -> Value {
        self.session.run(script, arguments).unwrap_or_else(|error| panic!("{error}\nat {}", self.address()))
    }

    /// Runs the body of a function in the page that calls its last argument when it is done.
    pub fn run_patiently(&self, script: &str) -> Value {
        let body = json!({ "script": script, "args": [] });
        self.session.post("execute/async", &body).unwrap_or_else(|error| panic!("{error}\nin: {script}"))
    }

    fn string(&self, script: &str) -> String {
        let found = self.session.run(script, &json!([]));
        found.ok().and_then(|found| found.as_str().map(str::to_owned)).unwrap_or_default()
    }

    fn holds(&self, script: &str) -> bool {
        self.session.run(script, &json!([])).is_ok_and(|found| found == true)
    }

    /// Waits until something holds.
    pub fn waits(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let began = Instant::now();
        while !holds() {
            if began.elapsed() > PATIENCE {
                self.gives_up(what);
            }
            thread::sleep(PAUSE);
        }
    }

    fn gives_up(&self, what: &str) -> ! {
        let file =
            settings::scratch().join(format!("failed-{}.png", thread::current().name().unwrap_or("test")));
        let file =
            file.with_file_name(file.file_name().unwrap_or_default().to_string_lossy().replace("::", "-"));
        let _ = fs::write(&file, self.picture());
        panic!(
            "in vain: {what}\nat {}\nthe page says: {}\ncan be tapped: {:?}\nconsole: {:?}\npicture: {}",
            self.address(),
            self.text(),
            self.names(),
            self.session.console(),
            file.display()
        );
    }

    /// What the screen shows, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        let shot = self.session.devtools("Page.captureScreenshot", &json!({ "format": "png" }));
        BASE64_STANDARD.decode(shot["data"].as_str().unwrap_or_default()).unwrap_or_default()
    }

    /// Keeps the whole page as it looks now, for somebody who wants to look: `target/tmp/looked/NAME.png`.
    pub fn keeps_picture(&self, name: &str) -> &Self {
        let size = self.run(
            "document.activeElement.blur();
            scrollTo(0, 0);
            const page = document.documentElement;
            return [page.clientWidth, page.scrollHeight]",
        );
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1 });
        let whole = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let shot = self.session.devtools("Page.captureScreenshot", &whole);
        let picture = BASE64_STANDARD.decode(shot["data"].as_str().unwrap_or_default()).unwrap_or_default();
        assert!(picture.len() > 5_000, "{name}: an empty picture");
        let folder = settings::looked();
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{name}.png")), picture).expect("written");
        self
    }

    /// Moves what a selector names to the middle of the screen.
    pub fn scrolls_to(&self, selector: &str) -> &Self {
        let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })";
        self.run_with(script, &json!([selector]));
        self
    }

    /// Keeps what fits on the screen, on any page: `target/tmp/looked/NAME.png`.
    pub fn keeps_screen(&self, name: &str) -> &Self {
        let folder = settings::looked();
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{name}.png")), self.picture()).expect("written");
        self
    }

    /// Fails where the console told of trouble that nobody expected.
    pub fn has_no_faults(&self) -> &Self {
        let expected = self.expected.borrow();
        let faults: Vec<String> = self
            .session
            .console()
            .into_iter()
            .filter(|(level, message)| {
                level == "SEVERE" && !expected.iter().any(|known| message.contains(known))
            })
            .map(|(_, message)| message)
            .collect();
        assert!(faults.is_empty(), "the console at {} says:\n{}", self.address(), faults.join("\n"));
        self
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        // A test that failed already has said more than the console could.
        if !thread::panicking() {
            self.has_no_faults();
        }
    }
}
