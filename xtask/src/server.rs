//! Builds our server, and runs one in the background for measurements and checks.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::http;
use crate::run::{Outcome, cargo, command, free_port, human, root, run, say, target};

/// Which build of the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// As the tests build it.
    Dev,
    /// As it runs in production.
    Server,
}

/// The program, up to date.
pub fn build(profile: Profile) -> Outcome<PathBuf> {
    let mut build = cargo();
    let folder = match profile {
        Profile::Dev => {
            // As part of the tests, which bring it along: built by itself it would have other features
            // of shared dependencies, and those would all be built again.
            build.args(["test", "--no-run", "--workspace", "--exclude", "doorstep", "--test", "api"]);
            "debug"
        }
        Profile::Server => {
            build.args(["build", "--package", "backend", "--bin", "doorstep-server", "--profile", "server"]);
            "server"
        }
    };
    let program = target().join(folder).join("doorstep-server");
    if !program.is_file() {
        say("building the server, 2 to 4 minutes the first time");
    }
    let began = Instant::now();
    run(build.arg("--quiet"))?;
    if began.elapsed() > Duration::from_secs(5) {
        say(&format!("the server is built after {}", human(began.elapsed())));
    }
    Ok(program)
}

/// `doorstep-server serve` with its arguments.
pub fn serve(program: &Path, port: u16, data: &Path, dist: &Path) -> Command {
    let mut serve = command(program);
    serve.arg("serve").arg("--port").arg(port.to_string()).arg("--data").arg(data);
    serve.arg("--dist").arg(dist).arg("--demo").arg(root().join("demo"));
    serve
}

/// A server with the demo on a port of its own and a database that nobody else sees. Stops, and its
/// data goes, when this is dropped.
pub struct Running {
    child: Child,
    data: PathBuf,
    /// Where it listens on 127.0.0.1.
    pub port: u16,
}

/// Starts a server and waits until it is ready.
pub fn start(program: &Path, dist: &Path) -> Outcome<Running> {
    let port = free_port()?;
    let data = target().join(format!("tmp/server-{port}"));
    std::fs::create_dir_all(&data).map_err(|cause| format!("cannot make {}: {cause}", data.display()))?;
    let log = std::fs::File::create(target().join("tmp/server.log")).map_err(|cause| cause.to_string())?;
    let errors = log.try_clone().map_err(|cause| cause.to_string())?;
    let mut serve = serve(program, port, &data, dist);
    // Its clock runs with the machine's until a test sets it.
    serve.arg("--test-clock");
    let child = serve.stdin(Stdio::null()).stdout(log).stderr(errors).spawn();
    let child = child.map_err(|cause| format!("the server does not start: {cause}"))?;
    let mut running = Running { child, data, port };
    let began = Instant::now();
    while began.elapsed() < Duration::from_mins(1) {
        if http::get(port, "/readyz", "identity").is_ok_and(|answer| answer.status == 200) {
            return Ok(running);
        }
        if let Ok(Some(status)) = running.child.try_wait() {
            return Err(format!("the server ended at once ({status}):\n{}", last_words()));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("the server was not ready within a minute:\n{}", last_words()))
}

fn last_words() -> String {
    let log = std::fs::read_to_string(target().join("tmp/server.log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}

impl Drop for Running {
    fn drop(&mut self) {
        stop(&mut self.child);
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

/// Asks a program to end, and makes it end after ten seconds.
pub fn stop(child: &mut Child) {
    let _ = command("kill").arg("-TERM").arg(child.id().to_string()).stderr(Stdio::null()).status();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(10) {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
}
