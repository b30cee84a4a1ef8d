//! What went wrong, as a page: for addresses that a browser opens by itself, where nobody reads JSON.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use domain::text::Lang;
use maud::{DOCTYPE, PreEscaped, html};

use super::Failure;

/// The style of the page: it has no other.
const STYLE: &str = "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:32rem;margin:0 auto;padding:3rem 1.25rem;\
                     color:#1f2430;background:#fff}h1{font-size:1.5rem}a{display:inline-block;padding:.75rem 0;\
                     color:#b3261e}";

impl Failure {
    /// The answer for whoever asked with these headers: a page where a person looks at it, otherwise
    /// the same as [`Failure::into_answer`].
    pub fn into_page(self, request: &str, headers: &HeaderMap, lang: Lang) -> Response<Body> {
        let answer = self.into_answer(request);
        let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        if !accepts.contains("text/html") {
            return answer;
        }
        let (mut parts, _) = answer.into_parts();
        for (name, value) in [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::REFERRER_POLICY, "no-referrer"),
            (
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            ),
        ] {
            parts.headers.insert(name, HeaderValue::from_static(value));
        }
        let page = page(parts.status, lang);
        Response::from_parts(parts, Body::from(page))
    }
}

fn page(status: StatusCode, lang: Lang) -> String {
    let (title, what) = words(status, lang);
    let (code, home) = match lang {
        Lang::Zh => ("zh-CN", "回到首页"),
        Lang::En => ("en", "Home"),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { h1 { (title) } p { (what) } p { a href="/" { (home) } } }
        }
    };
    page.into_string()
}

fn words(status: StatusCode, lang: Lang) -> (&'static str, &'static str) {
    match (status, lang) {
        (StatusCode::UNAUTHORIZED, Lang::Zh) => ("请先登录", "登录以后，再点一次就能打开。"),
        (StatusCode::UNAUTHORIZED, Lang::En) => ("Please sign in", "Sign in, and open it once more."),
        (StatusCode::NOT_FOUND, Lang::Zh) => {
            ("这个链接打不开了", "可能过期了，或者已经换了新的。请到“我的”里再要一个。")
        }
        (StatusCode::NOT_FOUND, Lang::En) => (
            "This link does not open",
            "It may have lapsed, or another has taken its place. Get a new one under Mine.",
        ),
        (_, Lang::Zh) => ("暂时打不开", "请过一会儿再试。什么都没有丢。"),
        (_, Lang::En) => ("It does not open just now", "Please try again in a while. Nothing is lost."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_reads_words_and_a_program_its_json() {
        let accept = |kinds| HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(kinds))]);
        let person = Failure::NotFound.into_page("r1", &accept("text/html,*/*;q=0.8"), Lang::Zh);
        assert_eq!(person.status(), StatusCode::NOT_FOUND);
        assert_eq!(person.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        let program = Failure::NotFound.into_page("r1", &accept("*/*"), Lang::Zh);
        assert_eq!(program.headers()[header::CONTENT_TYPE], "application/json");
        assert!(page(StatusCode::NOT_FOUND, Lang::Zh).contains("请到“我的”里再要一个"));
    }
}
