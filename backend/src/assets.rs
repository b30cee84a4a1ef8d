//! The built app, held in memory as it goes over the wire: every file compressed beforehand.
//!
//! The strongest compression takes seconds, so what it made is kept in the data folder under the
//! hash of the file, and a second start finds it there.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};

use crate::{
    compress,
    digest::sha256,
    mount::{accepted, coding_header, has_it},
    snapshot::Coding,
};

/// The page that everything begins with; it is not served as a file.
const INDEX: &str = "index.html";
/// The media type of modules.
const WASM: &str = "application/wasm";
/// Files below this are sent as they are.
const SMALL: usize = 256;
/// Unoptimised builds of the compressor are forty times slower.
const QUALITY: i32 = if cfg!(debug_assertions) { 5 } else { 11 };

/// A file in the forms in which it travels.
struct Asset {
    kind: HeaderValue,
    caching: HeaderValue,
    etag: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// All files of the built app.
pub struct Assets {
    files: HashMap<String, Asset>,
    /// The text of the page.
    pub index: String,
    /// Names this build: it changes whenever the app does.
    pub build: String,
}

impl Assets {
    /// Reads `dist`; what was compressed is kept in `cache`.
    ///
    /// # Errors
    /// The folder cannot be read or has no page.
    pub fn load(dist: &Path, cache: &Path) -> io::Result<Self> {
        let mut paths = Vec::new();
        list(dist, &mut paths)?;
        fs::create_dir_all(cache)?;
        let mut files = HashMap::new();
        let (mut index, mut named) = (None, Vec::new());
        for path in paths {
            let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let bytes = fs::read(&path)?;
            if name == INDEX {
                named.push(sha256(&bytes));
                index = String::from_utf8(bytes).ok();
                continue;
            }
            if is_hashed(&name) {
                named.push(name.clone());
            }
            files.insert(format!("/{name}"), Asset::new(&name, bytes, cache)?);
        }
        let no_page =
            || io::Error::new(io::ErrorKind::NotFound, format!("{} has no {INDEX}", dist.display()));
        named.sort();
        let build = sha256(named.join("\n").as_bytes())[..12].to_owned();
        Ok(Self { files, index: index.ok_or_else(no_page)?, build })
    }

    /// The modules split off from the app under that name, and those that several such share.
    pub fn parts(&self, name: Option<&str>) -> Vec<&str> {
        let Some(name) = name else { return Vec::new() };
        let own = format!("/{name}-");
        let names = self.files.iter().filter(|(_, asset)| asset.kind == WASM).map(|(path, _)| path.as_str());
        let mut parts: Vec<&str> =
            names.filter(|path| path.starts_with(&own) || path.starts_with("/chunk")).collect();
        parts.sort_unstable();
        parts
    }

    /// A file as text.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(&self.files.get(path)?.plain).ok()
    }

    /// The file at a path, if there is one.
    pub fn answer(&self, path: &str, headers: &HeaderMap) -> Option<Response<Body>> {
        let asset = self.files.get(path)?;
        let mut answer = Response::new(Body::empty());
        let out = answer.headers_mut();
        out.insert(header::ETAG, asset.etag.clone());
        out.insert(header::CACHE_CONTROL, asset.caching.clone());
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if has_it(headers, &asset.etag) {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            return Some(answer);
        }
        out.insert(header::CONTENT_TYPE, asset.kind.clone());
        let (coding, bytes) = match (accepted(headers), &asset.brotli, &asset.gzip) {
            (Coding::Brotli, Some(packed), _) => (Coding::Brotli, packed),
            (Coding::Gzip | Coding::Brotli, _, Some(packed)) => (Coding::Gzip, packed),
            _ => (Coding::Plain, &asset.plain),
        };
        if let Some(name) = coding_header(coding) {
            out.insert(header::CONTENT_ENCODING, name);
        }
        *answer.body_mut() = bytes.clone().into();
        Some(answer)
    }
}

impl Asset {
    fn new(name: &str, plain: Vec<u8>, cache: &Path) -> io::Result<Self> {
        let (kind, packs) = kind(name);
        let hash = sha256(&plain);
        let packed = |ending: &str, pack: &dyn Fn(&[u8]) -> Vec<u8>| -> io::Result<Option<Bytes>> {
            if !packs || plain.len() < SMALL {
                return Ok(None);
            }
            let kept = cache.join(format!("{hash}.{ending}"));
            if let Ok(bytes) = fs::read(&kept) {
                return Ok(Some(bytes.into()));
            }
            let bytes = pack(&plain);
            // Under another name first: a server that is stopped midway leaves no half file.
            let part = cache.join(format!("{hash}.{ending}.{}", std::process::id()));
            fs::write(&part, &bytes)?;
            fs::rename(&part, &kept)?;
            Ok(Some(bytes.into()))
        };
        let brotli = packed(&format!("br{QUALITY}"), &|plain| compress::brotli(plain, QUALITY))?;
        let gzip = packed("gz", &|plain| compress::gzip(plain, 9))?;
        let caching = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
        Ok(Self {
            kind: HeaderValue::from_static(kind),
            caching: HeaderValue::from_static(caching),
            etag: compress::weak_etag(&plain),
            plain: plain.into(),
            brotli,
            gzip,
        })
    }
}

/// All files below `folder`.
fn list(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = fs::read_dir(folder)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

/// The media type of a file by the end of its name, and whether compressing it pays.
fn kind(name: &str) -> (&'static str, bool) {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => ("text/css; charset=utf-8", true),
        Some("js") => ("text/javascript; charset=utf-8", true),
        Some("wasm") => (WASM, true),
        Some("svg") => ("image/svg+xml", true),
        Some("json") => ("application/json", true),
        Some("webmanifest") => ("application/manifest+json", true),
        Some("txt") => ("text/plain; charset=utf-8", true),
        Some("html") => ("text/html; charset=utf-8", true),
        Some("png") => ("image/png", false),
        Some("jpg" | "jpeg") => ("image/jpeg", false),
        Some("ico") => ("image/x-icon", true),
        _ => ("application/octet-stream", false),
    }
}

/// Whether a name carries the hash of its content, as Trunk writes it: sixteen hexadecimal digits.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_'])
        .any(|part| part.len() == 16 && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("doorstep-853e9b925540a78b_bg.wasm"));
        assert!(is_hashed("app-322d23d27d4eb635.css"));
        assert!(!is_hashed("icon.svg") && !is_hashed("favicon-2.png"));
    }

    #[test]
    fn what_is_compressed_once_is_found_by_the_next_start() {
        let folder = std::env::temp_dir().join(format!("doorstep-assets-{}", std::process::id()));
        let (dist, cache) = (folder.join("dist"), folder.join("packed"));
        fs::create_dir_all(&dist).expect("a folder");
        fs::write(dist.join(INDEX), "<html></html>").expect("written");
        let name = "app-0123456789abcdef.css";
        fs::write(dist.join(name), "body{margin:0}".repeat(100)).expect("written");
        let first = Assets::load(&dist, &cache).expect("it loads");
        assert_eq!(fs::read_dir(&cache).expect("a folder").count(), 2);
        fs::write(dist.join("find-0123456789abcdef.wasm"), "\0asm").expect("written");
        let second = Assets::load(&dist, &cache).expect("it loads");
        assert_eq!(first.parts(Some("find")), Vec::<&str>::new());
        assert_eq!(second.parts(Some("find")), ["/find-0123456789abcdef.wasm"]);
        assert_ne!(first.build, second.build);
        let br = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("br"))]);
        let answer = second.answer(&format!("/{name}"), &br).expect("the file");
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert!(second.answer("/index.html", &br).is_none());
        fs::remove_dir_all(&folder).expect("removed");
    }
}
