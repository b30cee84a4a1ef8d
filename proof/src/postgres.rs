//! Restarts the PostgreSQL of a run as a crash would.

use std::process::{Command, Stdio};

use backend::{args, db::Db};

use crate::Outcome;

/// Restarts it without letting it finish anything: it has to recover from its log. Only for a
/// PostgreSQL on this machine that is ours to restart.
///
/// # Errors
/// It is not, or does not come back.
pub async fn restart(db: &Db) -> Outcome {
    let ask = async |sql| -> Outcome<String> {
        let row = db.row(sql, args![]).await.map_err(|error| error.to_string())?;
        row.ok_or("no answer")?.text("setting").map_err(|error| error.to_string())
    };
    let data = ask("SELECT setting FROM pg_settings WHERE name = 'data_directory'").await?;
    let programs = ask("SELECT setting FROM pg_config WHERE name = 'BINDIR'").await?;
    let ours = std::fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        let user = status.lines().find_map(|line| line.strip_prefix("Uid:"));
        user.is_some_and(|ids| ids.split_whitespace().next() == Some("0"))
    });
    // PostgreSQL refuses to be started by root.
    let mut restart = if ours {
        let mut switch = Command::new("setpriv");
        switch.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]);
        switch.arg(format!("{programs}/pg_ctl"));
        switch
    } else {
        Command::new(format!("{programs}/pg_ctl"))
    };
    restart.args([
        "-D",
        &data,
        "-m",
        "immediate",
        "-w",
        "-s",
        "-l",
        &format!("{data}/restart.log"),
        "restart",
    ]);
    // No pipes: the new server would hold them open.
    restart.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let run = tokio::task::spawn_blocking(move || restart.status());
    let status = run.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("pg_ctl restart: {status}")) }
}
