//! `cargo xtask bench rush|read|grow`: how much the server bears, beside what this machine could bear.
//!
//! The server runs in a process of its own, with its log going nowhere; requests come from this one
//! over real connections. Every figure stands beside its ceiling, measured minutes apart on the same
//! machine: the same way through the server, without the database. Compare ratios; rates differ from
//! machine to machine and from hour to hour.
#![allow(clippy::print_stdout, reason = "a command-line program says its results there")]
#![allow(clippy::cast_precision_loss, reason = "figures for people")]

mod flags;
mod grow;
mod house;
mod load;
mod read;
mod report;
mod rush;
mod server;

use std::process::ExitCode;

use flags::Flags;

/// A line for the person at the keyboard, where it did not work.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let outcome = match (name.as_str(), Flags::read(args)) {
        (_, Err(problem)) => Err(problem),
        ("rush", Ok(flags)) => run(rush::run(flags)),
        ("read", Ok(flags)) => run(read::run(flags)),
        ("grow", Ok(flags)) => run(grow::run(flags)),
        // What the others start.
        ("server", Ok(flags)) => server::run(&flags),
        _ => Err(flags::USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("bench: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// One thread makes all requests: the others belong to the server.
fn run(work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(work)
}
