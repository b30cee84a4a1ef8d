//! `cargo xtask serve`: from a fresh checkout to an open page.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::time::Instant;

use crate::app::{self, Mode};
use crate::arguments::Arguments;
use crate::run::{Outcome, human, line, root, say};
use crate::{server, tools};

/// Brings the tools, builds what has changed, and becomes the server.
pub fn serve(mut arguments: Arguments) -> Outcome {
    let began = Instant::now();
    let port: u16 = match arguments.value("--port")? {
        Some(port) => port.parse().map_err(|_| format!("`--port {port}`: a number up to 65535"))?,
        None => 8080,
    };
    let data = arguments.value("--data")?.map_or_else(|| root().join("data"), PathBuf::from);
    let database = arguments.value("--database")?;
    let (mode, profile) = if arguments.flag("--debug") {
        (Mode::Debug, server::Profile::Dev)
    } else {
        (Mode::Release, server::Profile::Server)
    };
    arguments.finish()?;
    tools::compiler()?;
    let dist = app::dist(mode)?;
    let program = server::build(profile)?;
    std::fs::create_dir_all(&data).map_err(|cause| format!("cannot make {}: {cause}", data.display()))?;
    let mut serve = server::serve(&program, port, &data, &dist);
    if let Some(url) = database {
        serve.arg("--database").arg(url);
    }
    say(&format!("everything is built after {}; open http://localhost:{port}", human(began.elapsed())));
    // We become the server, so that Ctrl-C and signals reach it and nothing else.
    let cause = serve.exec();
    Err(format!("`{}` does not start: {cause}", line(&serve)))
}
