//! Builds the residents' app into a folder of static files, when something has changed.

use std::ffi::OsStr;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use crate::run::{Outcome, cargo, command, files, human, read, root, run, say, short, target, watch, write};
use crate::{split, style, tools, versions};

/// How the app is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// As small as it gets: minutes.
    Release,
    /// As quickly as it gets: seconds, and megabytes.
    Debug,
}

/// What the app is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Everything the built app depends on.
const INPUTS: [&str; 11] = [
    "src",
    "domain/src",
    "domain/Cargo.toml",
    "style",
    "public",
    "index.html",
    "boot.js",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
];

/// The folder with the built app, up to date; built at most once in a run of xtask.
pub fn dist(mode: Mode) -> Outcome<PathBuf> {
    static RELEASE: OnceLock<Outcome<PathBuf>> = OnceLock::new();
    static DEBUG: OnceLock<Outcome<PathBuf>> = OnceLock::new();
    let once = if mode == Mode::Release { &RELEASE } else { &DEBUG };
    once.get_or_init(|| build(mode)).clone()
}

/// Where it lies, built or not.
pub fn folder(mode: Mode) -> PathBuf {
    if mode == Mode::Release { root().join("dist") } else { target().join("dist-debug") }
}

fn build(mode: Mode) -> Outcome<PathBuf> {
    let dist = folder(mode);
    // Two builds at once would take each other's files for their own.
    let _alone = lock(&target().join("app.lock"))?;
    let mark = target().join(format!("app-{mode:?}.fingerprint").to_lowercase());
    let print = fingerprint(&INPUTS.map(|input| root().join(input)))?;
    if dist.join("index.html").is_file() && std::fs::read_to_string(&mark).is_ok_and(|old| old == print) {
        say(&format!("the app in {} is up to date", short(&dist)));
        return Ok(dist);
    }
    tools::for_the_app()?;
    style::bundle()?;
    let about =
        if mode == Mode::Release { "1 to 2 minutes" } else { "seconds; 1 to 2 minutes the first time" };
    say(&format!("building the app for {}, {about}", format!("{mode:?}").to_lowercase()));
    let began = Instant::now();
    let _ = std::fs::remove_file(&mark);
    // Trunk starts cargo with `--offline`; and what cargo has to say is better heard from itself.
    run(cargo().args(["fetch", "--quiet", "--target", WASM]))?;
    let release = if mode == Mode::Release { ["--release"].as_slice() } else { &[] };
    watch("cargo", cargo().args(["build", "--target", WASM, "--bin", "doorstep"]).args(release))?;
    let mut trunk = command(tools::folder().join("bin/trunk"));
    trunk.args(["build", "--dist"]).arg(&dist).args(release).env("PATH", tools::path());
    // Trunk wants `true` there where others write 1.
    watch("trunk", trunk.env_remove("NO_COLOR").env_remove("RUST_BACKTRACE"))?;
    split::split(&dist, mode)?;
    put_icons_into_the_page(&dist)?;
    if mode == Mode::Release {
        shrink_scripts(&dist)?;
    }
    name_by_content(&dist)?;
    write(&mark, &print)?;
    say(&format!("the app is in {} after {}", short(&dist), human(began.elapsed())));
    Ok(dist)
}

/// The sprite stands in the page: no request of its own, and there without a network too.
fn put_icons_into_the_page(dist: &Path) -> Outcome {
    const MARK: &str = "<!--icons-->";
    let (page, icons) = (dist.join("index.html"), read(&root().join("style/icons.svg"))?);
    let html = read(&page)?;
    if !html.contains(MARK) {
        return Err(format!("index.html has no place for the icons: {MARK}"));
    }
    write(&page, html.replace(MARK, &icons.replace('\n', "")))
}

/// Trunk named glue and module before we were at them, and what is named by its content is kept by
/// browsers for ever.
fn name_by_content(dist: &Path) -> Outcome {
    let page = dist.join("index.html");
    let mut html = read(&page)?;
    for old in files(dist) {
        let name = old.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(ending) =
            name.strip_prefix("doorstep-").map(|_| name.rsplit('.').next().unwrap_or_default())
        else {
            continue;
        };
        let bytes = std::fs::read(&old).map_err(|cause| format!("{name}: {cause}"))?;
        let new = format!("doorstep-{:016x}.{ending}", hash(&bytes));
        std::fs::rename(&old, dist.join(&new)).map_err(|cause| format!("{name}: {cause}"))?;
        html = html.replace(&name, &new);
    }
    write(&page, &html)
}

/// A number that changes with the bytes.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Waits until nobody else holds the file; it is free again when the handle is dropped.
fn lock(file: &Path) -> Outcome<File> {
    let failed = |cause: std::io::Error| format!("cannot lock {}: {cause}", file.display());
    std::fs::create_dir_all(target()).map_err(failed)?;
    let handle = File::create(file).map_err(failed)?;
    handle.lock().map_err(failed)?;
    Ok(handle)
}

/// The glue comes with its comments and long names.
fn shrink_scripts(dist: &Path) -> Outcome {
    for script in with_extension(dist, "js") {
        let mut terser = tools::node_script(&versions::TERSER, "bin/terser");
        terser.arg(&script).args(["--module", "--ecma", "2020", "--compress", "--mangle", "--output"]);
        run(terser.arg(&script))?;
    }
    Ok(())
}

/// The files of a kind in a folder and below.
pub fn with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let wanted = Some(OsStr::new(extension));
    files(folder).into_iter().filter(|file| file.extension() == wanted).collect()
}

/// Changes when any input changes: contents, not times, so that a fresh checkout is not a change.
fn fingerprint(inputs: &[PathBuf]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    (versions::TRUNK, versions::WASM_BINDGEN, versions::BINARYEN.version).hash(&mut hasher);
    (versions::TERSER.version, include_str!("style.rs"), include_str!("split.rs"), include_str!("app.rs"))
        .hash(&mut hasher);
    for input in inputs {
        let found = if input.is_dir() { files(input) } else { vec![input.clone()] };
        for file in found {
            short(&file).hash(&mut hasher);
            let bytes = std::fs::read(&file).map_err(|cause| format!("{}: {cause}", file.display()))?;
            bytes.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The text of all built files of a kind.
pub fn texts(dist: &Path, extension: &str) -> Outcome<Vec<(PathBuf, String)>> {
    with_extension(dist, extension).into_iter().map(|file| read(&file).map(|text| (file, text))).collect()
}
