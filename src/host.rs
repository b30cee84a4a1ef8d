//! Where the app runs: cookies and storage of the browser, its position, its network, its history.
//! `WeChat` is known here (`host/wechat.rs`) and nowhere else.

pub mod wechat;

use std::cell::RefCell;

use domain::geo::{Point, from_gps};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_location, location::Location};
use wasm_bindgen::{JsCast, closure::Closure};

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

thread_local! {
    static NAVIGATE: RefCell<Option<Navigate>> = const { RefCell::new(None) };
    static LOCATION: RefCell<Option<Location>> = const { RefCell::new(None) };
}

/// Remembers how to read and change the address; called once by the router's child.
pub fn set_navigate(navigate: impl Fn(&str, NavigateOptions) + 'static) {
    // Remembered before anybody goes anywhere.
    wechat::landing();
    NAVIGATE.with(|place| *place.borrow_mut() = Some(Box::new(navigate)));
    LOCATION.with(|place| *place.borrow_mut() = Some(use_location()));
}

fn navigate(address: &str, replace: bool, scroll: bool) {
    NAVIGATE.with(|place| {
        if let Some(navigate) = place.borrow().as_ref() {
            navigate(address, NavigateOptions { replace, scroll, ..NavigateOptions::default() });
        }
    });
}

/// Whether the first screen, as the server wrote it, still stands in the page.
pub fn first_is_there() -> bool {
    document().get_element_by_id("first").is_some()
}

/// The app has its first screen: the server's goes, in the same frame.
pub fn take_over() {
    if let Some(first) = document().get_element_by_id("first") {
        first.remove();
        if let Some(html) = document().document_element() {
            // Tests wait for this.
            let _ = html.set_attribute("data-ready", "");
        }
    }
}

/// Goes to another screen.
pub fn go(address: &str) {
    navigate(address, false, true);
}

/// Goes to another screen that takes this one's place in the history.
pub fn replace(address: &str) {
    navigate(address, true, true);
}

/// Changes the query of this screen, without a new entry in the history and without scrolling.
pub fn refine(address: &str) {
    navigate(address, true, false);
}

/// Goes back one screen.
pub fn back() {
    if let Ok(history) = window().history() {
        let _ = history.back();
    }
}

/// Loads the whole page anew, for a new language, mode or version.
pub fn reload() {
    let _ = window().location().reload();
}

/// Calls `then` whenever the app is looked at again after something else was.
pub fn on_return(then: impl Fn() + 'static) {
    let changed = Closure::<dyn Fn()>::new(move || {
        if !document().hidden() {
            then();
        }
    });
    // On the document: older Safaris do not pass it on to the window.
    let listener = changed.into_js_value();
    let _ = document().add_event_listener_with_callback("visibilitychange", listener.unchecked_ref());
}

/// Within so many milliseconds, and so many pixels, two taps are one tap of a shaking thumb.
const ONE_TAP: (f64, f64) = (500.0, 24.0);

/// Lets the second of two quick taps go nowhere when the first has brought another screen: it was
/// meant for what stood there before.
pub fn swallow_second_taps() {
    let number = |event: &web_sys::Event, name: &str| {
        js_sys::Reflect::get(event, &name.into()).ok().and_then(|value| value.as_f64()).unwrap_or_default()
    };
    let before = RefCell::new((f64::NEG_INFINITY, 0.0, 0.0, String::new()));
    let tapped = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let (x, y) = (number(&event, "clientX"), number(&event, "clientY"));
        let now = (number(&event, "timeStamp"), x, y, window().location().pathname().unwrap_or_default());
        let last = before.replace(now.clone());
        let (time, reach) = ONE_TAP;
        let same = now.0 - last.0 < time && (now.1 - last.1).abs() < reach && (now.2 - last.2).abs() < reach;
        if same && now.3 != last.3 {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    // Before anything else hears of it. It listens for as long as the page lives.
    let listener = tapped.into_js_value();
    let _ = window().add_event_listener_with_callback_and_bool("click", listener.unchecked_ref(), true);
}

/// The path and query of this screen, to come back to. Asks the router: while a screen is being
/// drawn, the address bar may still show the one before.
pub fn here() -> String {
    LOCATION.with(|place| {
        let place = place.borrow();
        let Some(location) = place.as_ref() else { return "/".to_owned() };
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        if search.is_empty() { path } else { path + "?" + &search }
    })
}

/// Whether the app was opened at the screen it shows, and nobody has gone anywhere yet.
pub fn opened_here() -> bool {
    wechat::landing().ends_with(&here())
}

/// A value of this screen's query as it is now.
pub fn query(name: &str) -> Option<String> {
    LOCATION.with(|place| place.borrow().as_ref()?.query.with_untracked(|query| query.get(name)))
}

/// A value of this screen's query, to be followed in a live view.
pub fn query_live(name: &str) -> Option<String> {
    LOCATION.with(|place| place.borrow().as_ref()?.query.with(|query| query.get(name)))
}

/// Whether the browser says that there is a network. It may be wrong when it says yes.
pub fn has_network() -> bool {
    window().navigator().on_line()
}

/// Whether somebody is writing on this page, or has written something.
pub fn is_written_on() -> bool {
    let fields = "main input:not([type=checkbox]):not([type=radio]), main textarea";
    let Ok(fields) = document().query_selector_all(fields) else { return false };
    let active = document().active_element();
    let written = |field: web_sys::Node| {
        let value = field.dyn_ref::<web_sys::HtmlInputElement>().map(web_sys::HtmlInputElement::value);
        let value = value.or_else(|| {
            field.dyn_ref::<web_sys::HtmlTextAreaElement>().map(web_sys::HtmlTextAreaElement::value)
        });
        value.is_some_and(|value| !value.is_empty()) || field.is_same_node(active.as_deref())
    };
    (0..fields.length()).filter_map(|at| fields.item(at)).any(written)
}

/// A cookie that is ours and not secret; `None` where it is not set.
pub fn cookie(name: &str) -> Option<String> {
    let all = document().unchecked_into::<web_sys::HtmlDocument>().cookie().ok()?;
    all.split("; ").find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// Sets a cookie for a year that the server may read to draw the first screen; an empty value
/// takes it away.
pub fn set_cookie(name: &str, value: &str) {
    let age = if value.is_empty() { 0 } else { 365 * 86_400 };
    let cookie = format!("{name}={value}; path=/; max-age={age}; samesite=lax");
    let _ = document().unchecked_into::<web_sys::HtmlDocument>().set_cookie(&cookie);
}

/// Whether this visitor reads the elder version.
pub fn elder() -> bool {
    cookie("view").as_deref() == Some("elder")
}

/// A mark kept on this device. Never anything about a person.
pub fn mark(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Sets a mark, or takes it away. Private windows may refuse; nothing depends on it.
pub fn set_mark(name: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// A mark kept for as long as this tab lives. Never anything about a person.
pub fn tab_mark(name: &str) -> Option<String> {
    window().session_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Sets a mark of this tab, or takes it away.
pub fn set_tab_mark(name: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// A key for a write: 32 random hexadecimal digits.
pub fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
        .iter()
        .flat_map(|byte| {
            char::from_digit(u32::from(byte >> 4), 16)
                .into_iter()
                .chain(char::from_digit(u32::from(byte & 15), 16))
        })
        .collect()
}

/// Waits so many milliseconds.
pub async fn sleep(millis: i32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, millis);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// What is passed on when somebody shares a page.
pub struct Card {
    /// The first line.
    pub title: String,
    /// The line below.
    pub words: String,
    /// The whole address of the page.
    pub address: String,
}

/// How a page was shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The card is set; `WeChat`'s own menu sends it.
    ByMenu,
    /// The browser has shown what it shares by.
    BySheet,
    /// It can only be copied.
    Not,
}

/// Shares a page. Only ever on a tap.
pub fn share(card: Card, done: impl FnOnce(Sent) + 'static) {
    if !wechat::within() {
        done(if share_by_sheet(&card) { Sent::BySheet } else { Sent::Not });
        return;
    }
    let picture = own_address("/apple-touch-icon.png");
    let Card { title, words, address } = card;
    wechat::share(&title, &words, &address, &picture, |set| {
        done(if set { Sent::ByMenu } else { Sent::Not });
    });
}

/// Old phones have none such; it wants to be asked within the tap itself.
fn share_by_sheet(card: &Card) -> bool {
    let navigator = window().navigator();
    let sheet = js_sys::Reflect::get(&navigator, &"share".into()).ok();
    let Some(sheet) = sheet.and_then(|sheet| sheet.dyn_into::<js_sys::Function>().ok()) else { return false };
    let what = js_sys::Object::new();
    for (name, value) in [("title", &card.title), ("text", &card.words), ("url", &card.address)] {
        let _ = js_sys::Reflect::set(&what, &name.into(), &value.into());
    }
    let Ok(promise) = sheet.call1(&navigator, &what) else { return false };
    // Who closes it again has done nothing wrong.
    let ignored = Closure::once_into_js(|_: wasm_bindgen::JsValue| {});
    if let Ok(then) = js_sys::Reflect::get(&promise, &"catch".into())
        && let Ok(then) = then.dyn_into::<js_sys::Function>()
    {
        let _ = then.call1(&promise, &ignored);
    }
    true
}

/// The whole address of a path of ours.
pub fn own_address(path: &str) -> String {
    window().location().origin().unwrap_or_default() + path
}

/// Leaves the app for another site.
pub fn leave(address: &str) {
    let _ = window().location().set_href(address);
}

/// Why the phone's position is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPosition {
    /// The resident said no.
    Denied,
    /// It could not be found, or took too long.
    NotFound,
}

/// Asks where the phone is. Only ever on a tap.
pub fn locate(found: impl FnOnce(Result<Point, NoPosition>) + 'static) {
    if !wechat::within() {
        locate_plainly(found);
        return;
    }
    wechat::locate(|at| match at {
        Some(at) => found(Ok(at)),
        None => locate_plainly(found),
    });
}

fn locate_plainly(found: impl FnOnce(Result<Point, NoPosition>) + 'static) {
    let Ok(geolocation) = window().navigator().geolocation() else {
        found(Err(NoPosition::NotFound));
        return;
    };
    let found = std::rc::Rc::new(RefCell::new(Some(found)));
    let again = found.clone();
    let yes = Closure::once_into_js(move |position: web_sys::Position| {
        let coords = position.coords();
        if let Some(found) = found.borrow_mut().take() {
            found(Ok(from_gps(coords.latitude(), coords.longitude())));
        }
    });
    let no = Closure::once_into_js(move |error: web_sys::PositionError| {
        let why = if error.code() == 1 { NoPosition::Denied } else { NoPosition::NotFound };
        if let Some(found) = again.borrow_mut().take() {
            found(Err(why));
        }
    });
    let options = web_sys::PositionOptions::new();
    options.set_timeout(10_000);
    options.set_maximum_age(300_000);
    let _ = geolocation.get_current_position_with_error_callback_and_options(
        yes.unchecked_ref(),
        Some(no.unchecked_ref()),
        &options,
    );
}
