//! `cargo xtask bench`: how fast the first page comes, and how much the server bears.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::app::{self, Mode};
use crate::arguments::Arguments;
use crate::run::{Outcome, capture, cargo, command, read, run, say, target};
use crate::server::{self, Profile};
use crate::{debian, tools, versions};

/// Three pages that people open from a link: home, the list, and one thing to book.
const PAGES: [(&str, &str); 3] =
    [("home", "/"), ("list", "/join"), ("slots", "/offerings/xinsheng-pingpong")];

/// The figures of a run of Lighthouse: name, where it stands, and decimals.
const FIGURES: [(&str, &str, usize); 8] = [
    ("score", "/categories/performance/score", 2),
    ("FCP ms", "/audits/first-contentful-paint/numericValue", 0),
    ("LCP ms", "/audits/largest-contentful-paint/numericValue", 0),
    ("TBT ms", "/audits/total-blocking-time/numericValue", 0),
    ("CLS", "/audits/cumulative-layout-shift/numericValue", 3),
    ("bytes", "/audits/total-byte-weight/numericValue", 0),
    ("access", "/categories/accessibility/score", 2),
    ("practice", "/categories/best-practices/score", 2),
];

/// What a page's runs came to.
struct Told {
    name: &'static str,
    path: &'static str,
    medians: Vec<f64>,
    remarks: Vec<String>,
}

/// `page` is ours; the rest belongs to the bench package.
pub fn bench(mut arguments: Arguments) -> Outcome {
    match arguments.word().as_deref() {
        Some("page") => page(arguments),
        Some(name) => {
            let mut bench = cargo();
            bench.args(["run", "--quiet", "--profile", "server", "--package", "bench", "--", name]);
            run(bench.args(arguments.rest()))
        }
        None => Err("bench what? page, rush, read or grow".into()),
    }
}

fn page(mut arguments: Arguments) -> Outcome {
    let as_json = arguments.flag("--json");
    let url = arguments.value("--url")?;
    let runs = match arguments.value("--runs")? {
        Some(runs) => runs.parse().map_err(|_| format!("`--runs {runs}`: a number"))?,
        None => 3,
    };
    arguments.finish()?;
    tools::npm(&[versions::LIGHTHOUSE])?;
    let chromium = debian::chromium()?;
    let server = match url {
        Some(_) => None,
        None => Some(server::start(&server::build(Profile::Server)?, &app::dist(Mode::Release)?)?),
    };
    let origin = url.or_else(|| server.as_ref().map(|s| format!("http://localhost:{}", s.port)));
    let origin = origin.unwrap_or_default();
    let mut results = Vec::new();
    for (name, path) in PAGES {
        say(&format!("Lighthouse on {path}, {runs} runs of about 20 seconds"));
        let mut reports = Vec::new();
        for _ in 0..runs {
            reports.push(lighthouse(&chromium, &format!("{origin}{path}"))?);
        }
        results.push(Told { name, path, medians: medians(&reports), remarks: remarks(&reports) });
    }
    if as_json {
        let pages: Vec<Value> = results.iter().map(as_value).collect();
        println!("{:#}", json!({ "runs": runs, "pages": pages }));
    } else {
        print(&results);
    }
    Ok(())
}

fn as_value(result: &Told) -> Value {
    let Told { name, path, medians, remarks } = result;
    let figures: serde_json::Map<String, Value> =
        FIGURES.iter().zip(medians).map(|((figure, ..), value)| ((*figure).into(), json!(value))).collect();
    json!({ "page": name, "path": path, "medians": figures, "remarks": remarks })
}

fn print(results: &[Told]) {
    print!("{:<8}", "page");
    for (figure, ..) in FIGURES {
        print!("{figure:>10}");
    }
    println!();
    for Told { name, medians, .. } in results {
        print!("{name:<8}");
        for ((.., decimals), value) in FIGURES.iter().zip(medians) {
            print!("{value:>10.decimals$}");
        }
        println!();
    }
    for Told { name, remarks, .. } in results {
        for remark in remarks {
            println!("{name}: {remark}");
        }
    }
}

/// The mobile preset with a network that is really slowed down, not calculated.
fn lighthouse(chromium: &Path, url: &str) -> Outcome<Value> {
    let report = target().join("tmp/lighthouse.json");
    let _ = std::fs::remove_file(&report);
    std::fs::create_dir_all(target().join("tmp")).map_err(|cause| cause.to_string())?;
    let mut lighthouse = command("node");
    lighthouse.arg(tools::in_package(&versions::LIGHTHOUSE, "cli/index.js")).arg(url);
    lighthouse.args(["--quiet", "--form-factor=mobile", "--output=json"]);
    lighthouse.arg("--only-categories=performance,accessibility,best-practices");
    lighthouse.args(["--throttling-method=devtools", "--no-enable-error-reporting"]);
    lighthouse.arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage");
    capture(lighthouse.arg("--output-path").arg(&report).env("CHROME_PATH", chromium))?;
    let report: Value = serde_json::from_str(&read(&report)?).map_err(|cause| cause.to_string())?;
    match report["runtimeError"]["message"].as_str() {
        Some(cause) => Err(format!("Lighthouse on {url}: {cause}")),
        None => Ok(report),
    }
}

fn medians(reports: &[Value]) -> Vec<f64> {
    let figure = |place: &str| {
        let mut values: Vec<f64> = reports.iter().filter_map(|r| r.pointer(place)?.as_f64()).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    FIGURES.iter().map(|(_, place, _)| figure(place)).collect()
}

/// What Lighthouse had to say against the page in any run: every audit that counts and that it
/// finds below "good".
fn remarks(reports: &[Value]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for report in reports {
        for category in ["performance", "accessibility", "best-practices"] {
            let audits = report["categories"][category]["auditRefs"].as_array().into_iter().flatten();
            for audit in audits.filter(|audit| audit["weight"].as_f64() > Some(0.0)) {
                let audit = &report["audits"][audit["id"].as_str().unwrap_or_default()];
                if audit["score"].as_f64().is_some_and(|score| score < 0.9) {
                    found.extend(audit["title"].as_str().map(str::to_owned));
                }
            }
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        let report = |score: f64| json!({ "categories": { "performance": { "score": score } } });
        let medians = medians(&[report(0.9), report(0.1), report(0.8)]);
        assert!((medians[0] - 0.8).abs() < f64::EPSILON);
        assert!(medians[1].is_nan());
    }

    #[test]
    fn what_counts_and_is_not_good_is_remarked_once() {
        let report = json!({
            "categories": { "accessibility": { "auditRefs": [
                { "id": "contrast", "weight": 7 }, { "id": "label", "weight": 7 }, { "id": "hint", "weight": 0 },
            ] } },
            "audits": {
                "contrast": { "title": "Contrast", "score": 0 },
                "label": { "title": "Label", "score": 1 },
                "hint": { "title": "Hint", "score": 0 },
            },
        });
        assert_eq!(remarks(&[report.clone(), report]), ["Contrast"]);
    }
}
