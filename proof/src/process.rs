//! A server in a process of its own, so that it can be killed.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::Outcome;

/// A server; it ends with this value.
pub struct Server {
    process: Child,
    /// Where it is: `http://127.0.0.1:12345`.
    pub base: String,
}

impl Server {
    /// Starts `program` on the folder's `data` and `dist`, with the machine's clock and on a port of its
    /// own choice.
    ///
    /// # Errors
    /// It does not start, or does not say where it is.
    pub fn start(
        program: &Path,
        folder: &Path,
        database: Option<&str>,
        environment: &[(&str, &OsStr)],
    ) -> Outcome<Self> {
        let mut command = Command::new(program);
        command.arg("serve").args(["--port", "0", "--data"]).arg(folder.join("data"));
        command.arg("--dist").arg(folder.join("dist"));
        if let Some(database) = database {
            command.args(["--database", database]);
        }
        command.env("DOORSTEP_LOG", "error").envs(environment.iter().copied()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut base = String::new();
        let output = process.stdout.take().ok_or("the server has no output")?;
        BufReader::new(output).read_line(&mut base).map_err(|error| error.to_string())?;
        let server = Self { process, base: base.trim().to_owned() };
        if server.base.starts_with("http") { Ok(server) } else { Err(format!("the server says {base:?}")) }
    }

    /// As when the power goes: no signal that could be heard, no farewell.
    ///
    /// # Errors
    /// The system's.
    pub fn kill(&mut self) -> Outcome {
        self.process.kill().and_then(|()| self.process.wait()).map(drop).map_err(|error| error.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
