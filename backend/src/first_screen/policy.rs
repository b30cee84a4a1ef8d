//! The style sheet within the page, and what the page may load and from where.
//!
//! A sheet of its own would be a second trip before anything is painted: on a slow network that
//! doubles the wait. So the sheet stands in the page, and the policy names its hash; no other style
//! and no script in a page counts.

use axum::http::HeaderValue;
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::{assets::Assets, kernel::Kernel};

/// How Trunk names the sheet.
const LINK: &str = "<link rel=\"stylesheet\" href=\"";

/// What may be loaded.
pub(super) struct Policy {
    usual: HeaderValue,
    /// For those that compile WebAssembly only where `'unsafe-eval'` is allowed.
    old: HeaderValue,
}

impl Policy {
    fn new(sheet: Option<&str>, scripts: Option<&str>) -> Self {
        let hash = sheet.map(|css| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(css))));
        let styles = hash.unwrap_or_default();
        let scripts = scripts.map(|site| format!(" {site}")).unwrap_or_default();
        let text = |wasm| {
            let text = format!(
                "default-src 'none'; script-src 'self' '{wasm}'{scripts}; style-src 'self'{styles}; \
                 img-src 'self' data:; connect-src 'self'; font-src 'none'; base-uri 'none'; \
                 form-action 'self'; frame-ancestors 'none'; manifest-src 'self'"
            );
            HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
        };
        Self { usual: text("wasm-unsafe-eval"), old: text("unsafe-eval") }
    }

    /// The one that a browser understands.
    pub fn of(&self, kernel: Kernel) -> HeaderValue {
        if kernel.knows_wasm_policy() { self.usual.clone() } else { self.old.clone() }
    }
}

/// The page with its style sheet in it, and the policy that goes with it; `scripts` is a site of
/// others whose scripts may run.
pub(super) fn dressed(assets: &Assets, scripts: Option<&str>) -> (String, Policy) {
    inlined(&assets.index, |path| assets.text(path)).map_or_else(
        || (assets.index.clone(), Policy::new(None, scripts)),
        |(page, css)| (page, Policy::new(Some(css), scripts)),
    )
}

/// The page with the sheet in the place of the link to it; `None` where there is none, or where it
/// could end the element early.
fn inlined<'a>(page: &str, read: impl Fn(&str) -> Option<&'a str>) -> Option<(String, &'a str)> {
    let (before, rest) = page.split_once(LINK)?;
    let (path, rest) = rest.split_once('"')?;
    let (_, after) = rest.split_once('>')?;
    let css = read(path).filter(|css| !css.contains("</"))?;
    Some((format!("{before}<style>{css}</style>{after}"), css))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_takes_the_place_of_its_link() {
        let page = "<head><link rel=\"stylesheet\" href=\"/app-1.css\"/>\n</head>";
        let read = |path: &str| (path == "/app-1.css").then_some("a{color:red}");
        let (inlined, css) = inlined(page, read).expect("a sheet");
        assert_eq!(inlined, "<head><style>a{color:red}</style>\n</head>");
        let policy = Policy::new(Some(css), None).of(Kernel::Other);
        let words = policy.to_str().expect("words");
        assert!(words.contains("style-src 'self' 'sha256-") && !words.contains("unsafe-inline"), "{words}");
    }

    #[test]
    fn a_sheet_that_would_end_the_element_stays_outside() {
        let page = "<link rel=\"stylesheet\" href=\"/app-1.css\"/>";
        assert!(inlined(page, |_| Some("a{content:'</style>'}")).is_none());
        assert!(inlined(page, |_| None).is_none() && inlined("<head>", |_| Some("")).is_none());
    }

    #[test]
    fn old_browsers_are_told_in_their_words() {
        let policy = Policy::new(None, None);
        let wechat = Policy::new(None, Some("https://res.wx.qq.com")).of(Kernel::Other);
        let wechat = wechat.to_str().expect("words");
        assert!(wechat.contains("script-src 'self' 'wasm-unsafe-eval' https://res.wx.qq.com;"), "{wechat}");
        let words = |kernel| policy.of(kernel).to_str().map(str::to_owned).expect("words");
        assert!(words(Kernel::Chrome(86)).contains("script-src 'self' 'unsafe-eval';"));
        assert!(
            words(Kernel::Chrome(130)).contains("script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
        );
    }
}
