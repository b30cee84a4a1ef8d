//! Takes the app apart: what a first visit needs, and what is fetched when somebody goes there.
//!
//! Trunk has compiled the app and named its files. The same compiled module is now split where
//! `#[wasm_split]` says so, and glue and module take the places of those that Trunk made.

use std::path::{Path, PathBuf};

use crate::app::{Mode, WASM, hash, with_extension};
use crate::run::{Outcome, command, read, run, say, target, write};
use crate::{tools, versions};

/// How the glue imports the splitter's loader.
const LOADER: &str = "__wasm_split.js";
/// Needs the server to name the type and a browser of 2021; Safari learnt it in 15.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// The same for browsers down to the floor.
const WHOLE: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";
/// Back to the first edition of WebAssembly, which the floor understands.
pub const OPTIONS: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--signext-lowering",
];

/// Splits the app in `dist`, which Trunk has just put there.
pub fn split(dist: &Path, mode: Mode) -> Outcome {
    let glue = with_extension(dist, "js")
        .into_iter()
        .find(|file| stem(file).starts_with("doorstep-"))
        .ok_or("Trunk made no glue for the app")?;
    let name = stem(&glue);
    let work = target().join("split");
    let _ = std::fs::remove_dir_all(&work);
    std::fs::create_dir_all(&work).map_err(|cause| format!("cannot make {}: {cause}", work.display()))?;
    let profile = if mode == Mode::Release { "release" } else { "debug" };
    let whole = target().join(WASM).join(profile).join("doorstep.wasm");
    run(command(tools::folder().join("bin/wasm-split-cli"))
        .arg(&whole)
        .arg(&work)
        .args(["--out-name", &name]))?;
    for module in with_extension(&work, "wasm") {
        plain(&module)?;
    }
    let main = work.join(format!("{name}.wasm"));
    let mut bindgen = command(tools::folder().join("bin/wasm-bindgen"));
    bindgen.arg(&main).args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle"]);
    run(bindgen.args(["--out-name", &name, "--out-dir"]).arg(dist))?;
    std::fs::remove_file(&main).map_err(|cause| format!("{}: {cause}", main.display()))?;
    if mode == Mode::Release {
        smaller(&dist.join(format!("{name}_bg.wasm")))?;
    }
    let mut loader = read(&work.join(LOADER))?;
    for module in with_extension(&work, "wasm") {
        if mode == Mode::Release {
            smaller(&module)?;
        }
        let (from, to) = (format!("{}.wasm", stem(&module)), hashed(&module)?);
        copy(&module, &dist.join(&to))?;
        loader = loader.replace(&from, &to);
    }
    write(&glue, &joined(&read(&glue)?, &loader)?)
}

/// The glue with the loader in it, so that the first visit asks for one file less.
fn joined(glue: &str, loader: &str) -> Outcome<String> {
    if !loader.contains(STREAMING) {
        return Err("the splitter's loader instantiates in a new way".to_owned());
    }
    let own: Vec<&str> = loader.lines().filter(|line| !line.starts_with("import ")).collect();
    let loads: Vec<&str> =
        own.iter().filter_map(|line| line.strip_prefix("export const ")?.split_whitespace().next()).collect();
    let (imports, rest): (Vec<&str>, Vec<&str>) =
        glue.lines().partition(|line| line.starts_with("import ") && line.contains(LOADER));
    // `import * as import1 from "./__wasm_split.js"`, once for each point where the app is split.
    let names: Vec<&str> = imports.iter().filter_map(|line| line.split_whitespace().nth(3)).collect();
    if names.is_empty() || names.len() != imports.len() {
        return Err("the glue imports the splitter's loader in a new way".to_owned());
    }
    let own = own.join("\n").replace("export const ", "const ").replace(STREAMING, WHOLE);
    let loads = loads.join(", ");
    let names: Vec<String> = names.iter().map(|name| format!("const {name} = {{ {loads} }};")).collect();
    Ok(format!("{}\n{own}\n{}\n", rest.join("\n"), names.join("\n")))
}

/// Without the notes for linkers, and without the list of features: seeing that one, wasm-bindgen
/// would use reference types, which Chrome < 96 cannot compile.
fn plain(module: &Path) -> Outcome {
    let bytes = std::fs::read(module).map_err(|cause| format!("{}: {cause}", module.display()))?;
    let plain = without_sections(&bytes, |name| name == "target_features" || name.starts_with("reloc."))
        .ok_or_else(|| format!("{} is no WebAssembly", module.display()))?;
    std::fs::write(module, plain).map_err(|cause| format!("{}: {cause}", module.display()))
}

/// A module without some of its custom sections; `None` where it is no module.
fn without_sections(module: &[u8], drop: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
    let mut kept = module.get(..8)?.to_vec();
    let mut at = 8;
    while at < module.len() {
        let (length, body) = number(module, at + 1)?;
        let end = body.checked_add(length)?;
        let section = module.get(at..end)?;
        let custom = || {
            let (length, name) = number(module, body)?;
            std::str::from_utf8(module.get(name..name + length)?).ok()
        };
        if section[0] != 0 || !drop(custom()?) {
            kept.extend_from_slice(section);
        }
        at = end;
    }
    Some(kept)
}

/// A LEB128 number at `at`, and where it ends.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some((number, at));
        }
    }
    None
}

fn smaller(module: &Path) -> Outcome {
    let mut optimize = tools::node_script(&versions::BINARYEN, "bin/wasm-opt");
    optimize.args(["-Oz", "--strip-debug", "--strip-producers"]).args(OPTIONS);
    run(optimize.arg(module).arg("-o").arg(module))
}

/// The name under which a chunk can be kept for ever.
fn hashed(module: &Path) -> Outcome<String> {
    let bytes = std::fs::read(module).map_err(|cause| format!("{}: {cause}", module.display()))?;
    let name = stem(module);
    let name = name.strip_prefix("split_").unwrap_or(&name);
    say(&format!("split off: {name}, {} KB", bytes.len() / 1000));
    Ok(format!("{name}-{:016x}.wasm", hash(&bytes)))
}

fn copy(from: &Path, to: &PathBuf) -> Outcome {
    std::fs::copy(from, to).map(drop).map_err(|cause| format!("{}: {cause}", to.display()))
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::{joined, without_sections};

    #[test]
    fn the_loader_takes_the_place_of_every_import_of_it() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nuse();";
        let loader = "import { initSync } from \"./a.js\";\nexport const __wasm_split_load_x = (() => {\n return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n});";
        let joined = joined(glue, loader).expect("a glue and a loader");
        assert!(!joined.contains("import ") && !joined.contains("Streaming"), "{joined}");
        assert!(joined.contains("const import2 = { __wasm_split_load_x };"), "{joined}");
    }

    #[test]
    fn a_named_section_is_dropped_and_the_others_stay() {
        let head = b"\0asm\x01\0\0\0";
        let types: &[u8] = &[1, 1, 0];
        let custom = |name: &str| [&[0, 5, 4], name.as_bytes()].concat();
        let module = [head, types, &custom("name"), &custom("drop")].concat();
        let kept = without_sections(&module, |name| name == "drop");
        assert_eq!(kept, Some([head, types, &custom("name")].concat()));
        assert_eq!(without_sections(b"\0asm\x01\0\0\0\x01\x09", |_| true), None);
    }
}
