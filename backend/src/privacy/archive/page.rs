//! The archive as one page that needs nothing else: it opens on any phone, also years later.

use domain::text::Lang;
use maud::{DOCTYPE, PreEscaped, html};
use serde_json::Value;

use super::{Archive, moment};
use crate::privacy::words;

const STYLE: &str = "body{max-width:42rem;margin:0 auto;padding:1rem;font:1.0625rem/1.6 sans-serif;\
    color:#222;background:#fff}h1{font-size:1.5rem}h2{font-size:1.25rem;margin:2rem 0 .5rem}\
    h3{font-size:1.0625rem;margin:0}div{border-top:1px solid #ddd;padding:.5rem 0}\
    dl{margin:0}dt{color:#666;font-size:.9375rem}dd{margin:0 0 .25rem;overflow-wrap:anywhere}";

/// The page, with the data for machines in it.
pub fn page(archive: &Archive, json: &Value, lang: Lang) -> String {
    // Whatever stands in the data cannot end the element.
    let data = json.to_string().replace('<', "\\u003c");
    let page = html! {
        (DOCTYPE)
        html lang=(if lang == Lang::En { "en" } else { "zh-CN" }) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (words::archive_title(lang)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (words::archive_title(lang)) }
                p { (words::archive_lede(&moment(archive.made), lang)) }
                @for part in archive.parts(lang) {
                    h2 { (part.title) }
                    @for item in part.items {
                        div {
                            @if !item.title.is_empty() { h3 { (item.title) } }
                            dl {
                                @for line in item.lines { dt { (line.label) } dd { (line.value) } }
                            }
                        }
                    }
                }
                script type="application/json" id="data" { (PreEscaped(data)) }
            }
        }
    };
    page.into_string()
}
