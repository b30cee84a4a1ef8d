//! `cargo xtask test`: everything a change has to pass, step by step, with a count at the end.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::app::{self, Mode};
use crate::arguments::Arguments;
use crate::pg::Cluster;
use crate::run::{Outcome, cargo, human, line, run, say};
use crate::server::{self, Profile};
use crate::{debian, deny, floor, size, soak, tidy, tools, versions};

/// How many tests passed and failed in a step.
type Tally = (usize, usize);

/// A step: its name, what it looks at, and how. An error is one failure.
type Step = (&'static str, &'static str, fn() -> Outcome<Tally>);

/// Cheap ones first, so that a slip is told within seconds.
const STEPS: [Step; 14] = [
    ("fmt", "formatting", || one(run(cargo().args(["fmt", "--all", "--check"])))),
    ("tidy", "the house rules", tidy::check),
    ("deny", "licences and sources of what we depend on", || one(deny::check())),
    ("clippy", "lints of everything that runs on the server", || one(run(&mut host_lints()))),
    ("clippy-wasm", "lints of the app", || one(wasm_lints())),
    ("unit", "unit tests", || cargo_test(workspace_tests().args(["--lib", "--bins"]))),
    ("api-sqlite", "the API suite on SQLite", || cargo_test(suite("api").env_remove(DATABASE))),
    ("api-postgres", "the API suite on PostgreSQL", api_on_postgres),
    ("soak-sqlite", "stories and killed servers on SQLite", || one(soak::briefly("sqlite"))),
    ("soak-postgres", "the same on a PostgreSQL that is restarted", || one(soak::briefly("postgres"))),
    ("size", "the first visit against the budget", || one(size::check(&app()?, &program()?))),
    ("floor", "the app on a V8 of 2020", || one(floor::engines(&app()?))),
    ("chrome86", "the main job in a real Chrome 86", || floor::walk_on(&app()?, &program()?)),
    ("browser", "the app in the Chromium of today", browser),
];

/// Names the PostgreSQL for the API suite; without it the suite runs on SQLite.
const DATABASE: &str = "DOORSTEP_TEST_DATABASE";

/// Has the browser suite write docs/pictures.
const PICTURES: &str = "DOORSTEP_PICTURES";

/// Runs all steps, or those that `--only` names.
pub fn test(mut arguments: Arguments) -> Outcome {
    if arguments.flag("--list") {
        for (name, about, _) in STEPS {
            println!("{name:<14} {about}");
        }
        return Ok(());
    }
    let mut only = Vec::new();
    while let Some(name) = arguments.value("--only")? {
        only.push(name);
    }
    arguments.finish()?;
    let chosen = |name: &str| only.is_empty() || only.iter().any(|wanted| name.starts_with(wanted.as_str()));
    if let Some(wrong) =
        only.iter().find(|wanted| !STEPS.iter().any(|(name, ..)| name.starts_with(wanted.as_str())))
    {
        return Err(format!("no step is called `{wrong}`; `cargo xtask test --list` names them"));
    }
    let began = Instant::now();
    // Without them the steps that need them fail, and the others still run.
    if only.is_empty()
        && let Err(cause) = debian::for_tests()
    {
        println!("{cause}");
    }
    let mut told = Vec::new();
    for (name, about, step) in STEPS.iter().filter(|(name, ..)| chosen(name)) {
        println!("\n── {name}: {about}");
        let _ = std::io::stdout().flush();
        let start = Instant::now();
        let tally = step().unwrap_or_else(|cause| {
            println!("{cause}");
            (0, 1)
        });
        told.push((*name, tally, start.elapsed()));
    }
    println!();
    for (name, tally, time) in &told {
        println!("{}", summary(name, *tally, *time));
    }
    let passed: usize = told.iter().map(|(_, tally, _)| tally.0).sum();
    let failed: usize = told.iter().map(|(_, tally, _)| tally.1).sum();
    println!("all of it took {}", human(began.elapsed()));
    println!("{passed} passed, {failed} failed");
    let _ = std::io::stdout().flush();
    // The count is the last line; why, stands above.
    if failed == 0 { Ok(()) } else { std::process::exit(1) }
}

fn summary(name: &str, (passed, failed): Tally, time: Duration) -> String {
    let mark = if failed == 0 { "ok    " } else { "FAILED" };
    format!("{mark} {name:<14} {passed:>5} passed {failed:>3} failed {:>14}", human(time))
}

fn one(outcome: Outcome) -> Outcome<Tally> {
    outcome.map(|()| (1, 0))
}

fn host_lints() -> Command {
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet", "--workspace", "--exclude", "doorstep", "--all-targets"]);
    clippy.args(["--", "-D", "warnings"]);
    clippy
}

fn wasm_lints() -> Outcome {
    tools::wasm_target()?;
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet", "--package", "doorstep", "--target", app::WASM]);
    run(clippy.args(["--", "-D", "warnings"]))
}

/// Always the same selection of packages: with another, cargo would build shared dependencies again.
fn workspace_tests() -> Command {
    let mut test = cargo();
    test.args(["test", "--quiet", "--no-fail-fast", "--workspace", "--exclude", "doorstep"]);
    test
}

fn suite(name: &str) -> Command {
    let mut test = workspace_tests();
    test.args(["--test", name]);
    test
}

fn api_on_postgres() -> Outcome<Tally> {
    let cluster = Cluster::start()?;
    cargo_test(suite("api").env(DATABASE, cluster.url()))
}

/// The app, built at most once.
fn app() -> Outcome<PathBuf> {
    app::dist(Mode::Release)
}

/// The server as the tests have built it, asked for at most once.
fn program() -> Outcome<PathBuf> {
    static PROGRAM: OnceLock<Outcome<PathBuf>> = OnceLock::new();
    PROGRAM.get_or_init(|| server::build(Profile::Dev)).clone()
}

fn browser() -> Outcome<Tally> {
    cargo_test(&mut browser_suite()?)
}

/// The browser suite with all it needs.
fn browser_suite() -> Outcome<Command> {
    let chromium = debian::chromium()?;
    tools::npm(&[versions::AXE])?;
    let mut test = suite("browser");
    test.env("DOORSTEP_DIST", app()?).env("DOORSTEP_CHROMIUM", chromium);
    test.env("DOORSTEP_CHROMEDRIVER", debian::find("chromedriver")?);
    test.env("DOORSTEP_AXE", tools::in_package(&versions::AXE, "axe.min.js")).env_remove(PICTURES);
    Ok(test)
}

/// Takes the README's pictures: one of the browser tests does, when it is told to.
pub fn pictures(arguments: Arguments) -> Outcome {
    arguments.finish()?;
    run(browser_suite()?.env(PICTURES, "1").arg("pictures"))
}

/// Runs `cargo test`, passes its words on, and adds up what its harnesses say.
fn cargo_test(test: &mut Command) -> Outcome<Tally> {
    let child = test.stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|cause| format!("`{}` does not start: {cause}", line(test)))?;
    let mut tally = (0, 0);
    if let Some(output) = child.stdout.take() {
        for text in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{text}");
            let (passed, failed) = counts(&text).unwrap_or_default();
            tally = (tally.0 + passed, tally.1 + failed);
        }
    }
    let status = child.wait().map_err(|cause| cause.to_string())?;
    if !status.success() && tally.1 == 0 {
        return Err(format!("`{}` failed ({status})", line(test)));
    }
    if tally == (0, 0) {
        say("this step has no tests");
        return Ok((0, 1));
    }
    Ok(tally)
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; …`: what was ignored did not run, so it failed.
fn counts(text: &str) -> Option<Tally> {
    let result = text.strip_prefix("test result: ")?;
    let number = |what: &str| {
        let before = result.split(what).next()?;
        before.trim_end().rsplit(' ').next()?.parse::<usize>().ok()
    };
    Some((number("passed")?, number("failed;")? + number("ignored")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted() {
        let said =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s";
        assert_eq!(counts(said), Some((12, 1)));
        let said =
            "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s";
        assert_eq!(counts(said), Some((2, 3)));
        assert_eq!(counts("running 3 tests"), None);
    }
}
