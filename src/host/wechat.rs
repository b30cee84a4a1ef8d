//! Within `WeChat`: its script, fetched when one of its functions is first needed, and the functions.
//!
//! `iOS` checks the address at which the app was opened, Android the present one; so each is signed
//! where it counts. Whatever does not work says so, and the caller does what a plain browser does.

use std::{cell::RefCell, rc::Rc};

use domain::{
    geo::Point,
    wechat::{WechatConfig, WechatPage, api::SignWechatPage},
};
use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::call;

/// What the app may ask for.
const FUNCTIONS: [&str; 5] =
    ["updateAppMessageShareData", "updateTimelineShareData", "scanQRCode", "getLocation", "openLocation"];

thread_local! {
    /// The address at which the app was opened.
    static LANDING: String = address();
    /// For which address the functions were asked for last.
    static READY_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether the app runs within `WeChat`, and the house has an account there.
pub fn within() -> bool {
    let has = document().document_element().is_some_and(|html| html.has_attribute("data-wechat"));
    has && agent_has("MicroMessenger")
}

/// The address at which the app was opened.
pub fn landing() -> String {
    LANDING.with(Clone::clone)
}

/// Leaves the app to show who one is, and comes back to the sign-in screen.
pub fn go_to_sign_in(next: &str) {
    let next = String::from(js_sys::encode_uri_component(next));
    let _ = window().location().replace(&format!("/wechat/sign-in?next={next}"));
}

/// What is read off a square code; `None` where nothing was.
pub fn scan(found: impl FnOnce(Option<String>) + 'static) {
    let options = [("needResult", JsValue::from(1)), ("scanType", one("qrCode"))];
    invoke("scanQRCode", &options, move |answer| {
        found(answer.and_then(|answer| get(&answer, "resultStr").as_string()));
    });
}

/// Where the phone is, as Chinese maps count; `None` where that is not known.
pub fn locate(found: impl FnOnce(Option<Point>) + 'static) {
    invoke("getLocation", &[("type", JsValue::from("gcj02"))], move |answer| {
        let number = |name| answer.as_ref().map(|answer| get(answer, name)).and_then(number_of);
        found(number("latitude").zip(number("longitude")).map(|(lat, lng)| Point { lat, lng }));
    });
}

/// Shows a place on the map; whether it could.
pub fn open_map(at: Point, name: &str, address: &str, done: impl FnOnce(bool) + 'static) {
    let options = [
        ("latitude", JsValue::from(at.lat)),
        ("longitude", JsValue::from(at.lng)),
        ("name", JsValue::from(name)),
        ("address", JsValue::from(address)),
        ("scale", JsValue::from(17)),
    ];
    invoke("openLocation", &options, move |answer| done(answer.is_some()));
}

/// Sets the card that is sent when somebody shares the page from the menu; whether it could.
pub fn share(title: &str, words: &str, link: &str, picture: &str, done: impl FnOnce(bool) + 'static) {
    let options = |words: Option<&str>| {
        let mut options = vec![
            ("title", JsValue::from(title)),
            ("link", JsValue::from(link)),
            ("imgUrl", JsValue::from(picture)),
        ];
        options.extend(words.map(|words| ("desc", JsValue::from(words))));
        options
    };
    let wider = options(None);
    invoke("updateAppMessageShareData", &options(Some(words)), move |answer| {
        let set = answer.is_some();
        invoke("updateTimelineShareData", &wider, move |_| done(set));
    });
}

/// Calls a function of `WeChat`: its answer, or `None` where it failed or was called off.
fn invoke(
    name: &'static str,
    options: &[(&'static str, JsValue)],
    done: impl FnOnce(Option<JsValue>) + 'static,
) {
    let all = js_sys::Object::new();
    for (key, value) in options {
        set(&all, key, value);
    }
    spawn_local(async move {
        if !make_ready().await {
            done(None);
            return;
        }
        let done = Rc::new(RefCell::new(Some(done)));
        let once = |worked: bool| {
            let done = done.clone();
            Closure::once_into_js(move |answer: JsValue| {
                if let Some(done) = done.borrow_mut().take() {
                    done(worked.then_some(answer));
                }
            })
        };
        for (end, worked) in [("success", true), ("fail", false), ("cancel", false)] {
            set(&all, end, &once(worked));
        }
        let function = get(&wx(), name).dyn_into::<js_sys::Function>();
        let called = function.map(|function| function.call1(&JsValue::NULL, &all).is_ok());
        if called != Ok(true)
            && let Some(done) = done.borrow_mut().take()
        {
            done(None);
        }
    });
}

/// Loads the script once, and asks for the functions at every new address; whether that worked.
async fn make_ready() -> bool {
    let here = if agent_has("iPhone") || agent_has("iPad") { LANDING.with(Clone::clone) } else { address() };
    if READY_AT.with(|at| at.borrow().as_deref() == Some(here.as_str())) {
        return true;
    }
    let page = WechatPage { url: here.clone() };
    let Ok(config) = call::write::<SignWechatPage>("", (), &page).await else { return false };
    if wx().is_undefined() && !load(&config.script).await {
        return false;
    }
    let ready = configure(&config).await;
    if ready {
        READY_AT.with(|at| *at.borrow_mut() = Some(here));
    }
    ready
}

async fn load(address: &str) -> bool {
    let Ok(script) = document().create_element("script") else { return false };
    let _ = script.set_attribute("src", address);
    let ended = js_sys::Promise::new(&mut |yes, no| {
        let _ = script.add_event_listener_with_callback("load", &yes);
        let _ = script.add_event_listener_with_callback("error", &no);
    });
    if let Some(root) = document().document_element() {
        let _ = root.append_child(&script);
    }
    wasm_bindgen_futures::JsFuture::from(ended).await.is_ok() && !wx().is_undefined()
}

async fn configure(config: &WechatConfig) -> bool {
    let options = js_sys::Object::new();
    let names: js_sys::Array = FUNCTIONS.iter().map(|name| JsValue::from(*name)).collect();
    for (key, value) in [
        ("debug", JsValue::FALSE),
        ("appId", JsValue::from(config.app.as_str())),
        ("timestamp", JsValue::from(config.timestamp)),
        ("nonceStr", JsValue::from(config.nonce.as_str())),
        ("signature", JsValue::from(config.signature.as_str())),
        ("jsApiList", names.into()),
    ] {
        set(&options, key, &value);
    }
    let wx = wx();
    let function = |name| get(&wx, name).dyn_into::<js_sys::Function>().ok();
    let (Some(config), Some(ready), Some(error)) = (function("config"), function("ready"), function("error"))
    else {
        return false;
    };
    // Who fails is told of `ready` as well, afterwards.
    let ended = js_sys::Promise::new(&mut |yes, no| {
        let _ = error.call1(&JsValue::NULL, &no);
        let _ = config.call1(&JsValue::NULL, &options);
        let _ = ready.call1(&JsValue::NULL, &yes);
    });
    wasm_bindgen_futures::JsFuture::from(ended).await.is_ok()
}

fn wx() -> JsValue {
    get(&window(), "wx")
}

fn get(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(of: &js_sys::Object, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(of, &name.into(), value);
}

fn one(text: &str) -> JsValue {
    js_sys::Array::of1(&text.into()).into()
}

/// Some phones answer with texts.
fn number_of(value: JsValue) -> Option<f64> {
    let number = js_sys::Number::from(value).value_of();
    number.is_finite().then_some(number)
}

fn agent_has(mark: &str) -> bool {
    window().navigator().user_agent().is_ok_and(|agent| agent.contains(mark))
}

/// The whole address of this page, without what follows `#`.
fn address() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}
