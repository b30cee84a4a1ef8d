//! Debian's packages: installed when we may, otherwise named with the line that installs them.

use std::path::PathBuf;
use std::time::Instant;

use crate::pg;
use crate::run::{Outcome, capture, command, human, on_path, say, watch};

/// Are we the administrator of this machine?
pub fn root_user() -> bool {
    capture(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs packages; `what` says in a few words what they are for.
pub fn install(what: &str, packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    if !on_path("apt-get") {
        return Err(format!("{what} is missing; on Debian it is `sudo apt-get install -y {names}`"));
    }
    if !root_user() {
        return Err(format!("{what} is missing; this installs it: sudo apt-get install -y {names}"));
    }
    say(&format!("installing {what} from Debian ({names}), once, one to three minutes"));
    let began = Instant::now();
    let apt = |arguments: &[&str]| {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        watch("apt-get", &mut apt)
    };
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    // A fresh machine has no package lists, an old one has stale ones: ask for them only then.
    if apt(&arguments).is_err() {
        apt(&["update"])?;
        apt(&arguments)?;
    }
    say(&format!("installed after {}", human(began.elapsed())));
    Ok(())
}

/// Everything that the tests take from the system, in one go.
pub fn for_tests() -> Outcome {
    let mut missing = missing_for_browser_tests();
    if pg::find().is_none() {
        missing.push("postgresql");
    }
    if !(on_path("node") && on_path("npm")) {
        missing.push("npm");
    }
    if missing.is_empty() { Ok(()) } else { install("what the tests need", &missing) }
}

/// The Chromium of today and its driver, with Chinese fonts: for browser tests and measurements.
pub fn chromium() -> Outcome<PathBuf> {
    let missing = missing_for_browser_tests();
    if !missing.is_empty() {
        install("Chromium and Chinese fonts", &missing)?;
    }
    find("chromium")
}

fn missing_for_browser_tests() -> Vec<&'static str> {
    let folders = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/noto"];
    let fonts = folders.iter().any(|folder| {
        let files = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        files.map(|file| file.file_name()).any(|name| name.to_string_lossy().contains("CJK"))
    });
    let needed = [
        ("chromium", on_path("chromium")),
        ("chromium-driver", on_path("chromedriver")),
        ("fonts-noto-cjk", fonts),
    ];
    needed.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect()
}

/// Where a program on the PATH lies.
pub fn find(program: &str) -> Outcome<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file());
    found.ok_or_else(|| format!("{program} is not on the PATH"))
}
