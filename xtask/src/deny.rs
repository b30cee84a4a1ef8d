//! Licences, sources and bans of everything we depend on, against `deny.toml`, offline.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::{Outcome, capture, cargo, on_path, read, root, run, say};

/// What `deny.toml` says.
struct Rules {
    licences: BTreeSet<String>,
    banned: BTreeSet<String>,
    targets: Vec<String>,
}

/// Checks every package in the graph.
pub fn check() -> Outcome {
    let rules = rules(&read(&root().join("deny.toml"))?)?;
    let mut metadata = cargo();
    metadata.args(["metadata", "--format-version", "1", "--locked"]);
    for target in &rules.targets {
        metadata.arg("--filter-platform").arg(target);
    }
    let metadata: Value =
        serde_json::from_str(&capture(&mut metadata)?).map_err(|cause| cause.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let faults: Vec<String> = packages.iter().flat_map(|package| faults(package, &rules)).collect();
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    println!("{} packages: licences, sources and bans are in order", packages.len());
    if on_path("cargo-deny") {
        return run(cargo().args(["deny", "--offline", "check", "licenses", "bans", "sources"]));
    }
    say("cargo-deny is not installed: advisories were not asked for (they need the network)");
    Ok(())
}

fn rules(text: &str) -> Outcome<Rules> {
    let table: toml::Table = text.parse().map_err(|cause| format!("deny.toml: {cause}"))?;
    let list = |section: &str, key: &str| -> Vec<toml::Value> {
        table
            .get(section)
            .and_then(|s| s.get(key))
            .and_then(toml::Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let words = |values: Vec<toml::Value>| {
        values.iter().filter_map(|v| v.as_str().map(String::from)).collect::<Vec<_>>()
    };
    let banned = list("bans", "deny");
    Ok(Rules {
        licences: words(list("licenses", "allow")).into_iter().collect(),
        banned: banned.iter().filter_map(|ban| ban.get("crate")?.as_str().map(String::from)).collect(),
        targets: words(list("graph", "targets")),
    })
}

fn faults(package: &Value, rules: &Rules) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let version = package["version"].as_str().unwrap_or_default();
    let mut faults = Vec::new();
    if rules.banned.contains(name) {
        faults.push(format!("{name} {version} is banned in deny.toml"));
    }
    // Our own packages have no source.
    if let Some(source) = package["source"].as_str()
        && !source.starts_with("registry+")
        && !source.starts_with("sparse+")
    {
        faults.push(format!("{name} {version} comes from {source}, not from a registry"));
    }
    match package["license"].as_str() {
        None => faults.push(format!("{name} {version} names no licence")),
        Some(licence) if !allowed(licence, &rules.licences) => {
            faults.push(format!("{name} {version} is under {licence}, which deny.toml does not allow"));
        }
        Some(_) => {}
    }
    faults
}

/// Evaluates a licence expression (SPDX): `AND` binds stronger than `OR`, `/` is an old `OR`.
fn allowed(expression: &str, licences: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let result = any(&mut rest, licences);
    result && rest.is_empty()
}

fn any(rest: &mut &[&str], licences: &BTreeSet<String>) -> bool {
    let mut result = all(rest, licences);
    while let ["OR", tail @ ..] = *rest {
        *rest = tail;
        result |= all(rest, licences);
    }
    result
}

fn all(rest: &mut &[&str], licences: &BTreeSet<String>) -> bool {
    let mut result = one(rest, licences);
    while let ["AND", tail @ ..] = *rest {
        *rest = tail;
        result &= one(rest, licences);
    }
    result
}

fn one(rest: &mut &[&str], licences: &BTreeSet<String>) -> bool {
    match *rest {
        ["(", tail @ ..] => {
            *rest = tail;
            let result = any(rest, licences);
            if let [")", tail @ ..] = *rest {
                *rest = tail;
            }
            result
        }
        [licence, "WITH", exception, tail @ ..] => {
            *rest = tail;
            licences.contains(&format!("{licence} WITH {exception}"))
        }
        [licence, tail @ ..] => {
            *rest = tail;
            licences.contains(*licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_understood() {
        let licences: BTreeSet<String> =
            ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(String::from).into();
        for fine in ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(MIT OR GPL-3.0) AND Unicode-3.0"] {
            assert!(allowed(fine, &licences), "{fine}");
        }
        assert!(allowed("Apache-2.0 WITH LLVM-exception OR GPL-3.0", &licences));
        for wrong in
            ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "", "MIT Unicode-3.0", "GPL-3.0 OR MIT AND X"]
        {
            assert!(!allowed(wrong, &licences), "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let rules = rules("[licenses]\nallow=[\"MIT\"]\n[bans]\ndeny=[{crate=\"bad\"}]").expect("rules");
        let package = serde_json::json!({ "name": "bad", "version": "1.0.0", "license": "GPL-3.0",
            "source": "git+https://example.org/bad" });
        assert_eq!(faults(&package, &rules).len(), 3);
        let own =
            serde_json::json!({ "name": "domain", "version": "0.1.0", "license": "MIT", "source": null });
        assert_eq!(faults(&own, &rules), Vec::<String>::new());
    }
}
