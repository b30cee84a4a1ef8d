//! Starts other programs, with messages a person understands.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What a task gives back; an error is a sentence for the person at the keyboard.
pub type Outcome<T = ()> = Result<T, String>;

/// The root of the project.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where everything goes that can be made again.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Tells the person what goes on; results go to standard output, this does not.
pub fn say(text: &str) {
    eprintln!("· {text}");
}

/// `3.4 s`, `2 min 05 s`.
pub fn human(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// A command in the root of the project.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that started us.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The program's name and arguments, as one would type them.
pub fn line(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Runs a command that writes to our own terminal.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|cause| format!("`{}` does not start: {cause}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

/// Runs a command and gives back what it wrote to standard output.
pub fn capture(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|cause| format!("`{}` does not start: {cause}", line(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}` failed ({}):\n{}", line(command), output.status, errors.trim_end()))
}

/// Is there such a program on the PATH?
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Runs a command that takes minutes: says every ten seconds where it is, keeps the rest of its
/// output to itself, and shows the end of it when it fails.
pub fn watch(label: &str, command: &mut Command) -> Outcome {
    let began = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| format!("`{}` does not start: {cause}", line(command)))?;
    let tail = Tail::default();
    let readers = [
        child.stdout.take().map(|output| keep_tail(output, Arc::clone(&tail))),
        child.stderr.take().map(|errors| keep_tail(errors, Arc::clone(&tail))),
    ];
    let mut next = Duration::from_secs(10);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|cause| format!("{label}: {cause}"))? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(100));
        if began.elapsed() >= next {
            next += Duration::from_secs(10);
            let tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
            let last = tail.back().map_or("", |text: &String| text.trim());
            say(&format!("  {label}, {}: {last}", human(began.elapsed())));
        }
    };
    for reader in readers.into_iter().flatten() {
        let _ = reader.join();
    }
    if status.success() {
        return Ok(());
    }
    let tail: Vec<String> = tail.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect();
    Err(format!("{}\n`{}` failed ({status})", tail.join("\n"), line(command)))
}

type Tail = Arc<Mutex<VecDeque<String>>>;

/// Reads to the end, so that the other side never has to wait, and keeps the last lines.
fn keep_tail(output: impl Read + Send + 'static, tail: Tail) -> JoinHandle<()> {
    const KEPT: usize = 150;
    std::thread::spawn(move || {
        for text in BufReader::new(output).lines().map_while(Result::ok) {
            let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
            if tail.len() == KEPT {
                tail.pop_front();
            }
            tail.push_back(text);
        }
    })
}

/// A port that is free at the moment.
pub fn free_port() -> Outcome<u16> {
    let socket = std::net::TcpListener::bind(("127.0.0.1", 0));
    let port = socket.and_then(|socket| socket.local_addr()).map(|address| address.port());
    port.map_err(|cause| format!("no free port on this machine: {cause}"))
}

/// Reads a file of the project.
pub fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|cause| format!("cannot read {}: {cause}", path.display()))
}

/// Writes a file, with the folders it lies in.
pub fn write(path: &Path, text: impl AsRef<[u8]>) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|cause| format!("cannot write {}: {cause}", path.display()))
}

/// All files below a folder, sorted, without what is made, fetched or private.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let skipped = [root().join("target"), root().join("dist"), root().join("data"), target()];
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            let foreign = path.ends_with("node_modules") || path.ends_with(".git");
            if !foreign && !skipped.contains(&path) {
                found.extend(files(&path));
            }
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A path as it is said in messages: from the root of the project.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
