//! The built app on the oldest engines we promise: a V8 of 2020, and a real Chrome 86.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::app::{self, Mode};
use crate::arguments::Arguments;
use crate::run::{Outcome, capture, command, on_path, root, run, say, short, target, write};
use crate::server::{self, Profile};
use crate::{debian, http, tools, versions};

/// `cargo xtask floor`
pub fn floor(mut arguments: Arguments) -> Outcome {
    let url = arguments.value("--url")?;
    arguments.finish()?;
    let dist = app::dist(Mode::Release)?;
    engines(&dist)?;
    if let Some(url) = url {
        return count(walk(&url)?);
    }
    let program = server::build(Profile::Dev)?;
    count(walk_on(&dist, &program)?)
}

fn count((passed, failed): (usize, usize)) -> Outcome {
    if failed == 0 && passed > 0 { Ok(()) } else { Err(format!("{failed} steps failed on Chrome 86")) }
}

/// The app's own module and those that come later compile on V8 8.4 and hold to the first edition
/// of WebAssembly, and the scripts are ES2020.
pub fn engines(dist: &Path) -> Outcome {
    tools::npm(&[versions::NODE_14, versions::ACORN, versions::BINARYEN])?;
    let modules = app::with_extension(dist, "wasm");
    let scripts = app::texts(dist, "js")?;
    if modules.is_empty() || scripts.is_empty() {
        return Err("dist/ has no module or no script".into());
    }
    let node = tools::in_package(&versions::NODE_14, "bin/node");
    capture(command(node).arg(root().join("xtask/floor/compile.js")).args(&modules))?;
    for module in &modules {
        // iOS 13.4 knows less than any V8 that still runs here: nothing but the first edition, and
        // globals that change.
        let mut check = tools::node_script(&versions::BINARYEN, "bin/wasm-opt");
        capture(check.args(["--mvp-features", "--enable-mutable-globals", "--quiet"]).arg(module))?;
    }
    for (script, text) in &scripts {
        if text.contains("externref") {
            return Err(format!("{} uses externref, which Chrome < 96 lacks", script.display()));
        }
    }
    let mut syntax = command("node");
    syntax.arg(root().join("xtask/floor/syntax.js")).args(scripts.iter().map(|(script, _)| script));
    capture(syntax.env("NODE_PATH", modules_folder()))?;
    println!("{} scripts are ES2020, {} modules are WebAssembly 1.0", scripts.len(), modules.len());
    Ok(())
}

/// Walks `tests/floor/walk.js` on a server with a fresh demo; how many steps passed and failed.
pub fn walk_on(dist: &Path, program: &Path) -> Outcome<(usize, usize)> {
    let running = server::start(program, dist)?;
    if http::get(running.port, "/", "identity")?.status != 200 {
        return Err("the server has no home page".into());
    }
    walk(&format!("http://127.0.0.1:{}", running.port))
}

fn walk(url: &str) -> Outcome<(usize, usize)> {
    let mut walk = command("node");
    walk.arg(root().join("tests/floor/walk.js")).env("DOORSTEP_URL", url);
    walk.env("DOORSTEP_CHROME_86", chrome()?).env("NODE_PATH", modules_folder());
    let pictures = target().join("floor");
    let _ = std::fs::remove_dir_all(&pictures);
    walk.env("DOORSTEP_PICTURES", &pictures);
    let output = in_time(&mut walk)?;
    print!("{output}");
    let count = |start: &str| output.lines().filter(|line| line.starts_with(start)).count();
    let (passed, failed) = (count("ok "), count("not ok "));
    if passed + failed == 0 {
        Err("the walk on Chrome 86 did not begin".into())
    } else {
        say(&format!("pictures of the walk are in {}", short(&pictures)));
        Ok((passed, failed))
    }
}

/// A walk that hangs is a failed walk.
fn in_time(walk: &mut Command) -> Outcome<String> {
    let mut limited = command("timeout");
    limited.arg("300").arg(walk.get_program()).args(walk.get_args());
    for (name, value) in walk.get_envs() {
        limited.env(name, value.unwrap_or_default());
    }
    let output = limited.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|cause| format!("the walk does not start: {cause}"))?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.code() == Some(124) {
        text.push_str("not ok - the walk ended within five minutes\n");
    } else if !output.status.success() && !text.contains("not ok ") {
        text.push_str("not ok - the walk ended well\n");
    }
    Ok(text)
}

fn modules_folder() -> PathBuf {
    tools::folder().join("npm/node_modules")
}

/// Chromium 86 comes packed for another purpose: one compressed program, and its libraries beside
/// it. They are unpacked under `target/tools`; a small script starts the one with the others.
fn chrome() -> Outcome<PathBuf> {
    tools::npm(&[versions::CHROME_86, versions::PUPPETEER])?;
    let folder = tools::folder().join("chrome-86");
    let start = folder.join("start");
    if start.is_file() {
        return Ok(start);
    }
    // The one library that it takes from the system.
    if on_path("apt-get") && !Path::new("/usr/lib/x86_64-linux-gnu/libnspr4.so").exists() {
        debian::install("a library of the old Chrome", &["libnspr4"])?;
    }
    say("unpacking Chrome 86, once, a few seconds");
    let program = unpack("bin/chromium.br")?;
    write(&folder.join("chromium"), program)?;
    for archive in ["bin/aws.tar.br", "bin/swiftshader.tar.br"] {
        let tar = folder.join("archive.tar");
        write(&tar, unpack(archive)?)?;
        run(command("tar").args(["--no-same-owner", "-xf"]).arg(&tar).arg("-C").arg(&folder))?;
        let _ = std::fs::remove_file(tar);
    }
    let script =
        "#!/bin/sh\nhere=$(dirname \"$0\")\nLD_LIBRARY_PATH=\"$here/lib\" exec \"$here/chromium\" \"$@\"\n";
    write(&start, script)?;
    run(command("chmod").arg("+x").arg(folder.join("chromium")).arg(&start))?;
    Ok(start)
}

fn unpack(file: &str) -> Outcome<Vec<u8>> {
    let path = tools::in_package(&versions::CHROME_86, file);
    let mut unpacked = Vec::new();
    let read = std::fs::File::open(&path)
        .and_then(|mut packed| brotli::BrotliDecompress(&mut packed, &mut unpacked).map(|()| unpacked));
    read.map_err(|cause| format!("{}: {cause}", path.display()))
}
