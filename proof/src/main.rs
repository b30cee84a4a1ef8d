//! `cargo xtask soak`: the proofs of the booking engine for as long as one likes.
#![allow(clippy::print_stdout, reason = "a command-line program says its results there")]

mod soak;

use std::process::ExitCode;

use soak::Flags;

fn main() -> ExitCode {
    let outcome = Flags::read(std::env::args().skip(1)).and_then(|flags| {
        // One thread: what a story asks at once reaches the writer in the order of the story.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| error.to_string())?.block_on(soak::run(flags))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("FAILED: {problem}");
            ExitCode::FAILURE
        }
    }
}
