//! Where the suite finds what it needs: `cargo xtask test` says it in the environment, and a plain
//! `cargo test` finds what xtask has left where it belongs.

use std::path::{Path, PathBuf};

/// The folder of the whole project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The built app.
pub fn dist() -> PathBuf {
    there("DOORSTEP_DIST", root().join("dist"), "index.html", "cargo xtask build")
}

/// The checks for accessibility, one script.
pub fn axe() -> PathBuf {
    let usual = root().join("target/tools/npm/node_modules/axe-core/axe.min.js");
    there("DOORSTEP_AXE", usual, "", "cargo xtask test --only browser")
}

/// The browser.
pub fn chromium() -> String {
    std::env::var("DOORSTEP_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into())
}

/// What steers the browser.
pub fn chromedriver() -> String {
    std::env::var("DOORSTEP_CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".into())
}

/// The folder for the README's pictures, when they are to be taken.
pub fn pictures() -> Option<PathBuf> {
    std::env::var_os("DOORSTEP_PICTURES").map(|_| root().join("docs/pictures"))
}

/// A folder for what a run needs for a moment.
pub fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser")
}

/// The folder for what tests have looked at, for somebody to look at, too.
pub fn looked() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("looked")
}

fn there(variable: &str, usual: PathBuf, file: &str, command: &str) -> PathBuf {
    let path = std::env::var_os(variable).map_or(usual, PathBuf::from);
    let wanted = if file.is_empty() { path.clone() } else { path.join(file) };
    assert!(wanted.exists(), "{} is missing; `{command}` brings it", wanted.display());
    path
}
