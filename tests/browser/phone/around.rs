//! What is around a phone: where it is, its network, its clock, its screen and what it keeps.

use domain::geo::{Point, from_gps};
use serde_json::{Value, json};

use super::Phone;

impl Phone {
    /// Stands at a place on China's maps, and lets the app know when it asks.
    pub fn stands_at(&self, place: Point) -> &Self {
        // The phone says what its GPS does; the difference is the same for both, to a few metres.
        let moved = from_gps(place.lat, place.lng);
        let gps = json!({
            "latitude": 2.0 * place.lat - moved.lat, "longitude": 2.0 * place.lng - moved.lng, "accuracy": 20,
        });
        self.may_know_its_place("granted");
        self.session.devtools("Emulation.setGeolocationOverride", &gps);
        self
    }

    /// Answers the browser's question about its place: `granted` or `denied`.
    pub fn may_know_its_place(&self, answer: &str) -> &Self {
        let body = json!({ "descriptor": { "name": "geolocation" }, "state": answer });
        self.session.post("permissions", &body).expect("a permission");
        self
    }

    /// Has a clock that is wrong: the machine's.
    pub fn has_a_wrong_clock(&self) -> &Self {
        let right = json!({ "source": "delete Date.now; Date.now = () => performance.timeOrigin + performance.now();" });
        self.session.devtools("Page.addScriptToEvaluateOnNewDocument", &right);
        self
    }

    /// Walks into the lift.
    pub fn loses_the_network(&self) -> &Self {
        self.expects("net::ERR_INTERNET_DISCONNECTED").expects("TypeError: Failed to fetch");
        self.network(true)
    }

    /// Walks out of it.
    pub fn has_the_network_again(&self) -> &Self {
        self.network(false)
    }

    fn network(&self, offline: bool) -> &Self {
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.session.devtools("Network.enable", &json!({}));
        self.session.devtools("Network.emulateNetworkConditions", &conditions);
        self
    }

    /// Lies in a pocket for so many hours, asleep: its clock goes on, but no program on it does. Then
    /// somebody looks at it again.
    pub fn sleeps(&self, hours: u32) -> &Self {
        let millis = u64::from(hours) * 3_600_000;
        self.run(&format!("const now = Date.now; Date.now = () => now() + {millis};"));
        self.looks_again()
    }

    /// Comes back to the app from another one.
    pub fn looks_again(&self) -> &Self {
        self.run("document.dispatchEvent(new Event('visibilitychange'))");
        self
    }

    /// Shows what would go to paper, or the screen again.
    pub fn is_printed(&self, paper: bool) -> &Self {
        let media = json!({ "media": if paper { "print" } else { "" } });
        self.session.devtools("Emulation.setEmulatedMedia", &media);
        self
    }

    /// Has a cookie, `name=value`.
    pub fn has_cookie(&self, cookie: &str) -> &Self {
        let (name, value) = cookie.split_once('=').expect("a cookie");
        let cookie = json!({ "url": self.base, "name": name, "value": value });
        self.session.devtools("Network.setCookie", &cookie);
        self
    }

    /// Has a screen so wide, and text so many times as large.
    pub fn is_wide(&self, width: u32, text: f64) -> &Self {
        let metrics = json!({ "width": width, "height": 667, "deviceScaleFactor": 2, "mobile": true });
        self.session.devtools("Emulation.setDeviceMetricsOverride", &metrics);
        self.run(&format!("document.documentElement.style.fontSize = '{}%'", text * 100.0));
        self
    }

    /// Opens everything within `WeChat` from now on, whose functions answer so; those that are not
    /// named there fail.
    pub fn is_within_wechat(&self, answers: &Value) -> &Self {
        let agent = "Mozilla/5.0 (Linux; Android 13; 23013RK75C) AppleWebKit/537.36 (KHTML, like Gecko) \
                     Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.42";
        self.session.devtools("Emulation.setUserAgentOverride", &json!({ "userAgent": agent }));
        let source = format!("window.wechatPhone = {answers};");
        self.session.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
        self
    }

    /// Runs no scripts, or does again.
    pub fn runs_scripts(&self, does: bool) -> &Self {
        self.session.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": !does }));
        self
    }
}
