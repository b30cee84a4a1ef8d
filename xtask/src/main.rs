//! What a person types: `cargo xtask serve`, `test` and the rest.
#![allow(clippy::print_stdout, reason = "a command-line program says its results there")]

mod app;
mod arguments;
mod bench;
mod debian;
mod deny;
mod floor;
mod http;
mod pg;
mod run;
mod serve;
mod server;
mod size;
mod soak;
mod split;
mod style;
mod test;
mod tidy;
mod tools;
mod verify;
mod versions;

use std::process::ExitCode;

use app::Mode;
use arguments::Arguments;
use run::Outcome;

/// A command: its name, its options, one line about it, and what it does.
type Command = (&'static str, &'static str, &'static str, fn(Arguments) -> Outcome);

const COMMANDS: [Command; 11] = [
    (
        "serve",
        "[--port 8080] [--data DIR] [--database URL] [--debug]",
        "build what has changed and serve app and API",
        serve::serve,
    ),
    ("test", "[--only NAME]…", "everything a change has to pass; --list names the steps", test::test),
    ("build", "[--debug]", "the app alone, into dist/", build),
    ("tidy", "", "house rules: file lengths, words, colours, old browsers, paths in documents", tidy::tidy),
    ("size", "[--json]", "every file of the first visit: raw, gzip, brotli, against the budget", size::size),
    ("floor", "[--url ADDRESS]", "the built app on a V8 of 2020 and in a real Chrome 86", floor::floor),
    (
        "bench",
        "page|rush|read|grow [--json] …",
        "first load by Lighthouse; requests a second by our own",
        bench::bench,
    ),
    (
        "soak",
        "[--minutes 10] [--seed N] [--database sqlite|postgres] [--kills 100]",
        "random stories and killed servers, for as long as one likes",
        soak::soak,
    ),
    ("pictures", "", "take the pictures of docs/pictures again", test::pictures),
    (
        "verify-draw",
        "FILE [--commitment HEX]",
        "hold a published draw again, from its file alone",
        verify::verify_draw,
    ),
    ("pg", "[-- program …]", "a private PostgreSQL, alone or beside a program", pg),
];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(name) = words.next() else {
        list();
        return ExitCode::SUCCESS;
    };
    let Some((.., command)) = COMMANDS.iter().find(|(known, ..)| *known == name) else {
        list();
        let asked = ["help", "--help", "-h"].contains(&name.as_str());
        return if asked { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    };
    match command(Arguments::new(words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("✗ {cause}");
            ExitCode::FAILURE
        }
    }
}

fn list() {
    println!("cargo xtask …\n");
    for (name, options, about, _) in COMMANDS {
        println!("  {:<62} {about}", format!("{name} {options}"));
    }
}

fn build(mut arguments: Arguments) -> Outcome {
    let mode = if arguments.flag("--debug") { Mode::Debug } else { Mode::Release };
    arguments.finish()?;
    app::dist(mode).map(drop)
}

fn pg(arguments: Arguments) -> Outcome {
    pg::with(&arguments.rest())
}
