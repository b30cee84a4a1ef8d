//! Brings the tools that the app is built with, once, under `target/tools`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::run::{Outcome, capture, cargo, command, human, on_path, read, root, run, say, target, watch};
use crate::versions::{self, Package};
use crate::{app, debian};

/// The folder of all tools.
pub fn folder() -> PathBuf {
    target().join("tools")
}

/// A file of a package from npm.
pub fn in_package(package: &Package, file: &str) -> PathBuf {
    folder().join("npm/node_modules").join(package.name).join(file)
}

/// Everything that turns `src/` into `dist/`.
pub fn for_the_app() -> Outcome {
    same_wasm_bindgen(&read(&root().join("Cargo.lock"))?)?;
    wasm_target()?;
    crate_tool("trunk", versions::TRUNK, &["--no-default-features"], "trunk", "2 minutes")?;
    crate_tool("wasm-bindgen-cli", versions::WASM_BINDGEN, &[], "wasm-bindgen", "1 minute")?;
    let features = ["--features", "build-binary"];
    crate_tool("wasm_split_cli_support", versions::WASM_SPLIT, &features, "wasm-split-cli", "1 minute")?;
    npm(&[versions::BINARYEN, versions::TERSER])
}

/// Programs that cargo needs and does not bring.
pub fn compiler() -> Outcome {
    if on_path("cc") { Ok(()) } else { debian::install("a C compiler", &["gcc", "libc6-dev"]) }
}

/// Our own tools come first. Not npm's folder of all programs: Node 14 lies there as well.
pub fn path() -> OsString {
    let own = [folder().join("bin"), in_package(&versions::BINARYEN, "bin")];
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&rest))).unwrap_or(rest)
}

/// The standard library for WebAssembly.
pub fn wasm_target() -> Outcome {
    const TARGET: &str = app::WASM;
    let sysroot = capture(command("rustc").args(["--print", "sysroot"]))?;
    if PathBuf::from(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    say("adding the WebAssembly target to Rust, once, a few seconds");
    if !on_path("rustup") {
        return Err(format!(
            "Rust lacks the target {TARGET}; with rustup it is `rustup target add {TARGET}`"
        ));
    }
    run(command("rustup").args(["target", "add", TARGET]))
}

/// A tool from the crate registry. Tools run only here and only for a moment, so they are built
/// without optimising: a quarter of the time, and they are still quick enough.
fn crate_tool(name: &str, version: &str, options: &[&str], program: &str, about: &str) -> Outcome {
    // Cargo's own list of what it installed there: not every tool says its version.
    let list = std::fs::read_to_string(folder().join(".crates.toml")).unwrap_or_default();
    if list.contains(&format!("\"{name} {version} (")) && folder().join("bin").join(program).is_file() {
        return Ok(());
    }
    compiler()?;
    say(&format!("building {program} {version}, once, about {about} on two cores"));
    let began = Instant::now();
    let mut install = cargo();
    install.args(["install", "--locked", name, "--version", version]).args(options);
    install.arg("--root").arg(folder()).env("CARGO_TARGET_DIR", folder().join("build"));
    install
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    watch(program, &mut install)?;
    // Half a gigabyte that nobody needs once the tool is there.
    let _ = std::fs::remove_dir_all(folder().join("build"));
    say(&format!("{program} is there after {}", human(began.elapsed())));
    Ok(())
}

/// Packages from npm; one call for all that are missing. Their install scripts do not run.
pub fn npm(packages: &[Package]) -> Outcome {
    node()?;
    let missing: Vec<&Package> = packages.iter().filter(|package| !is_there(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !on_path("npm") {
        debian::install("npm, which fetches the remaining tools", &["npm"])?;
    }
    let names: Vec<String> = missing.iter().map(|p| format!("{}@{}", p.name, p.version)).collect();
    say(&format!("fetching {} from npm, once, a few seconds", names.join(", ")));
    let home = folder().join("npm");
    std::fs::create_dir_all(&home).map_err(|cause| format!("cannot make {}: {cause}", home.display()))?;
    let mut install = command("npm");
    install.arg("install").arg("--prefix").arg(&home);
    install.args(["--save-exact", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"]);
    watch("npm", install.args(&names))?;
    match missing.iter().find(|package| !is_there(package)) {
        Some(package) => Err(format!("npm did not bring {} {}", package.name, package.version)),
        None => Ok(()),
    }
}

fn node() -> Outcome {
    if on_path("node") { Ok(()) } else { debian::install("Node.js, which runs wasm-opt", &["nodejs", "npm"]) }
}

fn is_there(package: &Package) -> bool {
    let manifest = std::fs::read_to_string(in_package(package, "package.json")).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(&manifest).is_ok_and(|manifest| {
        manifest["version"].as_str().map(|v| v.trim_start_matches('v')) == Some(package.version)
    })
}

/// Runs a script of a package from npm.
pub fn node_script(package: &Package, file: &str) -> Command {
    let mut node = command("node");
    node.arg(in_package(package, file));
    node
}

/// The glue and the library have to be of one version.
fn same_wasm_bindgen(lock: &str) -> Outcome {
    let locked = lock
        .split("[[package]]")
        .find(|package| package.contains("\nname = \"wasm-bindgen\"\n"))
        .and_then(|package| package.split("version = \"").nth(1)?.split('"').next())
        .ok_or("Cargo.lock names no wasm-bindgen")?;
    if locked == versions::WASM_BINDGEN {
        return Ok(());
    }
    Err(format!(
        "Cargo.lock has wasm-bindgen {locked}, xtask/src/versions.rs has {}: make them equal",
        versions::WASM_BINDGEN
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_has_our_wasm_bindgen() {
        let lock = read(&root().join("Cargo.lock")).expect("the project has a lock file");
        assert_eq!(same_wasm_bindgen(&lock), Ok(()));
        let other = lock.replace(versions::WASM_BINDGEN, "0.2.1");
        assert!(same_wasm_bindgen(&other).is_err());
    }
}
