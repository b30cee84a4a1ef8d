//! The server's program: reads how it should run, and runs.

use std::process::ExitCode;

use backend::config::Config;

fn main() -> ExitCode {
    match Config::read(std::env::args().skip(1), |name| std::env::var(name).ok()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}
