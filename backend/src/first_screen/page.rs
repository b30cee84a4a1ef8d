//! Puts a first screen and its data into the page that Trunk built.

use std::fmt::Write;

use maud::{Markup, html};

use super::{Data, Reader};

/// A first screen: the window's title and what stands in the page.
pub(super) struct Sheet {
    /// The title.
    pub title: String,
    /// The markup.
    pub body: Markup,
}

/// Fills the page.
///
/// `parts` are the modules that the app will need at once; fetching them need not wait for the app
/// to find that out.
pub(super) fn fill(index: &str, reader: &Reader, sheet: &Sheet, data: &Data, parts: &[&str]) -> String {
    let head = html! { title { (sheet.title) } };
    // After the hints for the app itself, of which boot.js takes the first.
    let hints = html! {
        @for part in parts {
            link rel="preload" href=(part) as="fetch" type="application/wasm" crossorigin;
        }
    };
    let data =
        format!("<script type=\"application/json\" id=\"first-data\">{}</script>\n</body>", pairs(data));
    index
        .replacen("<html lang=\"zh-CN\">", &html_tag(reader), 1)
        .replacen("<!--head-->", &head.into_string(), 1)
        .replacen("</head>", &(hints.into_string() + "</head>"), 1)
        .replacen("<!--first-->", &sheet.body.0, 1)
        .replacen("</body>", &data, 1)
}

/// What the style sheet, the app and screen readers need to know of the page.
fn html_tag(reader: &Reader) -> String {
    let mut tag = String::from("<html");
    let class = match (reader.elder, reader.size) {
        (true, Some(size)) => format!("elder {size}"),
        (true, None) => "elder".to_owned(),
        (false, size) => size.unwrap_or_default().to_owned(),
    };
    // Of ten seconds: a page that else stayed the same need not be compressed anew, and to the app it
    // is no more than a first guess.
    let now = reader.now.0.div_euclid(10_000) * 10_000;
    let (centre, now) = (reader.centre.as_ref(), now.to_string());
    for (name, value) in [
        ("lang", reader.t("zh-CN", "en")),
        ("class", &class),
        ("data-centre", centre.map_or("", |centre| centre.id.as_str())),
        ("data-city", centre.map_or("", |centre| centre.city.as_str())),
        ("data-now", &now),
        ("data-wechat", if reader.wechat { "1" } else { "" }),
    ] {
        // Identifiers hold nothing that would need escaping; an empty class is left out.
        if !value.is_empty() && value.bytes().all(|byte| byte != b'"' && byte != b'<') {
            let _ = write!(tag, " {name}=\"{value}\"");
        }
    }
    tag.push('>');
    tag
}

/// `[[address, answer], …]`, safe within a script element.
fn pairs(data: &Data) -> String {
    let mut text = String::from("[");
    for (index, (address, answer)) in data.0.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let body = String::from_utf8_lossy(&answer.plain);
        let _ = write!(text, "{comma}[\"{address}\",{}]", body.replace('<', "\\u003c"));
    }
    text.push(']');
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{text::Lang, time::Moment};

    use super::*;
    use crate::snapshot::Snapshot;

    #[test]
    fn an_answer_cannot_break_out_of_the_script_it_stands_in() {
        let answer = Snapshot::new(br#"{"text":"</script><script>alert(1)"}"#.to_vec(), true);
        let data = Data(vec![("/api/x".into(), Arc::new(answer))]);
        assert_eq!(pairs(&data), r#"[["/api/x",{"text":"\u003c/script>\u003cscript>alert(1)"}]]"#);
    }

    #[test]
    fn the_marks_of_the_page_are_filled() {
        let index = "<!doctype html><html lang=\"zh-CN\"><head><!--head--></head><body>\
            <div id=\"first\"><!--first--></div></body></html>";
        let reader = Reader {
            lang: Lang::En,
            elder: true,
            size: Some("text-2"),
            centre: None,
            now: Moment(19_999),
            wechat: false,
        };
        let sheet = Sheet { title: "A & B".into(), body: html! { p { "<hi>" } } };
        let page = fill(index, &reader, &sheet, &Data::default(), &["/find-1.wasm"]);
        assert!(page.contains("<html lang=\"en\" class=\"elder text-2\" data-now=\"10000\">"), "{page}");
        assert!(page.contains("<title>A &amp; B</title>") && page.contains("<p>&lt;hi&gt;</p>"));
        assert!(page.contains("rel=\"preload\" href=\"/find-1.wasm\" as=\"fetch\""), "{page}");
        assert!(page.contains("crossorigin></head>"), "{page}");
        assert!(page.contains("id=\"first-data\">[]</script>\n</body>"));
    }
}
