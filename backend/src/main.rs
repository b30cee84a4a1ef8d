//! The server's program: reads how it should run, runs, and stops when it is told to.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
};

use backend::{
    clock::{Clock, ShiftedClock, SystemClock},
    command::{self, COMMANDS},
    config::{Config, FLAGS, SWITCHES},
    log, start,
};
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let env = |name: &str| std::env::var(name).ok();
    let known = COMMANDS.iter().find(|(name, ..)| args.first().is_some_and(|arg| arg == name));
    if let Some((command, ..)) = known {
        args.remove(0);
        return match beside(command, args, env) {
            Ok(said) => {
                say(&said);
                ExitCode::SUCCESS
            }
            Err(problem) => complain(&problem),
        };
    }
    if args.first().is_none_or(|arg| arg != "serve") {
        let asked = args.first().is_some_and(|arg| matches!(arg.as_str(), "help" | "--help" | "-h"));
        say(&usage());
        return if asked { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    args.remove(0);
    log::start(env("DOORSTEP_LOG").as_deref());
    let outcome = Config::read(args, env).and_then(run);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => complain(&problem),
    }
}

fn complain(problem: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "doorstep-server: {problem}");
    ExitCode::FAILURE
}

/// Runs a command that serves nobody.
fn beside(command: &str, args: Vec<String>, env: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("no runtime: {error}"))?;
    runtime.block_on(command::run(command, args, env, SystemClock.now()))
}

/// Serves until a signal comes.
fn run(config: Config) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no threads: {error}"))?;
    runtime.block_on(async {
        let clock: Arc<dyn Clock> =
            if config.test_clock { Arc::new(ShiftedClock::default()) } else { Arc::new(SystemClock) };
        if let Some(now) = config.test_now {
            clock.set(now);
        }
        let mut end = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
        let mut running = start::start(config, clock).await?;
        say(&format!("http://{}\n", running.address));
        tokio::select! {
            _ = end.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        running.stop().await;
        Ok(())
    })
}

fn usage() -> String {
    let mut text = String::from("doorstep-server serve [flags]\n\n");
    for (flag, variable, meaning) in FLAGS.iter().chain(&SWITCHES) {
        let _ = writeln!(text, "  {flag:<14}{variable:<22}{meaning}");
    }
    for (command, flags, meaning) in COMMANDS {
        let _ = write!(text, "\ndoorstep-server {command} {flags}\n  {meaning}\n");
    }
    text.push_str("\n  DOORSTEP_KEYS and DOORSTEP_LOG are read from the environment alone.\n");
    text
}

/// Standard output, where a line that cannot be written is nobody's loss.
fn say(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}
