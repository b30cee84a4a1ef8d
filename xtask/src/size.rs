//! What the first visit costs: every file, raw, gzip and brotli, against the budget.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::app::{self, Mode};
use crate::arguments::Arguments;
use crate::http;
use crate::run::{Outcome, read, root, say, target};
use crate::server::{self, Running};

/// One file that the browser fetches, sizes in bytes.
pub struct File {
    path: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// `cargo xtask size`
pub fn size(mut arguments: Arguments) -> Outcome {
    let as_json = arguments.flag("--json");
    arguments.finish()?;
    let dist = app::dist(Mode::Release)?;
    let running = newest_server().and_then(|program| server::start(&program, &dist).ok());
    if running.is_none() {
        say("no server is built yet, or it does not start: these are the files as they lie in dist/");
    }
    let files = first_visit(&dist, running.as_ref())?;
    if as_json {
        let list: Vec<_> = files
            .iter()
            .map(|f| json!({ "path": f.path, "raw": f.raw, "gzip": f.gzip, "brotli": f.brotli }))
            .collect();
        let result = json!({ "files": list, "brotli": total(&files), "budget": budget()? });
        println!("{result:#}");
        return within(&files);
    }
    print(&files);
    within(&files)
}

/// The step of `cargo xtask test`: a server that runs tells what it really sends.
pub fn check(dist: &Path, program: &Path) -> Outcome {
    let files = first_visit(dist, Some(&server::start(program, dist)?))?;
    print(&files);
    within(&files)
}

/// The whole of the first visit to the home page. With a server, the page is the one it writes and
/// its size is what came over the line; of the files it is told whether they come compressed.
fn first_visit(dist: &Path, running: Option<&Running>) -> Outcome<Vec<File>> {
    let Some(running) = running else {
        let page =
            std::fs::read(dist.join("index.html")).map_err(|cause| format!("dist/index.html: {cause}"))?;
        let mut files = vec![measured("/".into(), &page)];
        for path in all_named(&String::from_utf8_lossy(&page), dist)? {
            let bytes =
                std::fs::read(dist.join(&path[1..])).map_err(|cause| format!("dist{path}: {cause}"))?;
            files.push(measured(path, &bytes));
        }
        return Ok(files);
    };
    let fetch = |path: &str, encoding: &str| {
        let answer = http::get(running.port, path, encoding)?;
        if answer.status == 200 { Ok(answer) } else { Err(format!("GET {path} says {}", answer.status)) }
    };
    let page = String::from_utf8_lossy(&fetch("/", "identity")?.body).into_owned();
    let mut files = Vec::new();
    for path in std::iter::once("/".to_string()).chain(all_named(&page, dist)?) {
        let mut file = measured(path.clone(), &fetch(&path, "identity")?.body);
        let sent = fetch(&path, "br, gzip")?;
        if !sent.brotli && file.raw > 1024 && file.brotli < file.raw * 9 / 10 {
            return Err(format!("{path} is sent without brotli"));
        }
        // The server of the tests compresses less, to start sooner; that of production as we do.
        if path == "/" {
            file.brotli = sent.body.len();
        }
        files.push(file);
    }
    Ok(files)
}

fn measured(path: String, bytes: &[u8]) -> File {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let gzip = gzip.write_all(bytes).and_then(|()| gzip.finish()).map_or(bytes.len(), |out| out.len());
    let mut brotli = Vec::new();
    {
        let mut encoder = brotli::CompressorWriter::new(&mut brotli, 4096, 11, 22);
        // Writing to memory does not fail.
        let _ = encoder.write_all(bytes);
    }
    File { path, raw: bytes.len(), gzip, brotli: brotli.len().min(bytes.len()) }
}

/// What the page names, and what its module fetches by a name of its own. The icons stand in the page.
fn all_named(page: &str, dist: &Path) -> Outcome<BTreeSet<String>> {
    let mut found = named(page);
    let modules: Vec<Vec<u8>> = found
        .iter()
        .filter(|path| Path::new(path).extension().is_some_and(|end| end == "wasm"))
        .map(|path| std::fs::read(dist.join(&path[1..])).map_err(|cause| format!("dist{path}: {cause}")))
        .collect::<Outcome<_>>()?;
    for entry in std::fs::read_dir(dist).into_iter().flatten().filter_map(Result::ok) {
        let path = format!("/{}", entry.file_name().to_string_lossy());
        let names = |module: &Vec<u8>| module.windows(path.len()).any(|bytes| bytes == path.as_bytes());
        if entry.path().is_file() && modules.iter().any(names) {
            found.insert(path);
        }
    }
    Ok(found)
}

/// The files of our own that a page makes the browser fetch: everything in `src`, and in `href` of
/// `<link>`.
fn named(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tag in page.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let attribute = if tag.starts_with("link ") {
            " href="
        } else if ["script ", "img ", "source ", "use "].iter().any(|name| tag.starts_with(name)) {
            if tag.starts_with("use ") { " href=" } else { " src=" }
        } else {
            continue;
        };
        let Some((_, value)) = tag.split_once(attribute) else { continue };
        let value = value.trim_start_matches(['"', '\'']);
        let value = value.split(['"', '\'', ' ', '#']).next().unwrap_or_default();
        if value.starts_with('/') && !value.starts_with("//") && value.len() > 1 {
            found.insert(value.to_string());
        }
    }
    found
}

fn total(files: &[File]) -> usize {
    files.iter().map(|file| file.brotli).sum()
}

fn print(files: &[File]) {
    println!("{:<44} {:>9} {:>9} {:>9}", "first visit to /", "raw", "gzip", "brotli");
    for file in files {
        println!("{:<44} {:>9} {:>9} {:>9}", file.path, file.raw, file.gzip, file.brotli);
    }
    let sum = |size: fn(&File) -> usize| files.iter().map(size).sum::<usize>();
    println!("{:<44} {:>9} {:>9} {:>9}", "total", sum(|f| f.raw), sum(|f| f.gzip), total(files));
}

fn budget() -> Outcome<usize> {
    let table: toml::Table = read(&root().join("xtask/budget.toml"))?
        .parse()
        .map_err(|cause| format!("xtask/budget.toml: {cause}"))?;
    let budget = table.get("first_visit_brotli").and_then(toml::Value::as_integer);
    budget
        .and_then(|bytes| usize::try_from(bytes).ok())
        .ok_or("xtask/budget.toml has no first_visit_brotli".into())
}

fn within(files: &[File]) -> Outcome {
    let (total, budget) = (total(files), budget()?);
    if total > budget {
        return Err(format!(
            "the first visit takes {total} bytes, {} over the budget of {budget}",
            total - budget
        ));
    }
    say(&format!("{total} of {budget} bytes, {} left", budget - total));
    Ok(())
}

/// A server that was built before, whichever is newer; measuring does not build one.
fn newest_server() -> Option<PathBuf> {
    let built = ["debug", "server"].map(|folder| target().join(folder).join("doorstep-server"));
    let when = |program: &PathBuf| program.metadata().and_then(|data| data.modified()).ok();
    built.iter().filter(|program| program.is_file()).max_by_key(|program| when(program)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_either_spelling() {
        let page = r#"<link href=/a.css rel=stylesheet><script type="module" src="/b.js"></script>
            <a href="/join">x</a><link rel="icon" href="/i.svg"><use href="/sprite.svg#home"/><img src="data:x">"#;
        let found: Vec<String> = named(page).into_iter().collect();
        assert_eq!(found, ["/a.css", "/b.js", "/i.svg", "/sprite.svg"]);
    }

    #[test]
    fn there_is_a_budget() {
        assert!(budget().is_ok_and(|bytes| bytes > 100_000));
    }
}
