//! A private PostgreSQL for the tests: made, started, stopped and removed here.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::run::{Outcome, capture, command, free_port, human, run, say, target};
use crate::{debian, server};

/// A running cluster. Stops and goes when this is dropped.
pub struct Cluster {
    /// The shell that holds the server; see [`Cluster::start`].
    keeper: Child,
    folder: PathBuf,
    port: u16,
    password: String,
}

impl Cluster {
    /// Makes and starts a cluster with the settings of production (fsync on), on 127.0.0.1 only.
    ///
    /// A shell of its own waits on a pipe from us. However we end (done, failed, Ctrl-C, killed), the
    /// pipe closes and the shell stops the server and removes its files.
    pub fn start() -> Outcome<Self> {
        let programs = programs()?;
        let began = Instant::now();
        let folder = home()?.join(format!("pg-{}", std::process::id()));
        let password = random()?;
        std::fs::create_dir_all(&folder)
            .map_err(|cause| format!("cannot make {}: {cause}", folder.display()))?;
        let secret = folder.join("password");
        std::fs::write(&secret, &password).map_err(|cause| format!("{}: {cause}", secret.display()))?;
        if debian::root_user() {
            run(command("chown").args(["-R", "postgres"]).arg(&folder))?;
        }
        let data = folder.join("data");
        let mut initdb = as_postgres(&programs.join("initdb"));
        initdb.arg("--pgdata").arg(&data).args(["--username", "doorstep", "--encoding", "UTF8"]);
        initdb.args(["--locale", "C", "--auth", "password", "--no-instructions", "--no-sync"]);
        capture(initdb.arg("--pwfile").arg(&secret))?;
        let port = free_port()?;
        let log = std::fs::File::create(target().join("pg.log")).map_err(|cause| cause.to_string())?;
        let errors = log.try_clone().map_err(|cause| cause.to_string())?;
        let mut keeper = command("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(&folder).args(user_switch());
        keeper.arg(programs.join("postgres")).arg("-D").arg(&data);
        keeper.args(["-c", "listen_addresses=127.0.0.1", "-c", &format!("port={port}")]);
        keeper.args(["-c", "unix_socket_directories=", "-c", "max_connections=200"]);
        let keeper = keeper.stdin(Stdio::piped()).stdout(log).stderr(errors).spawn();
        let keeper = keeper.map_err(|cause| format!("PostgreSQL does not start: {cause}"))?;
        let mut cluster = Self { keeper, folder, port, password };
        cluster.wait(&programs)?;
        say(&format!("PostgreSQL runs on port {port} after {}", human(began.elapsed())));
        Ok(cluster)
    }

    /// Its address for the tests; the user may create databases.
    pub fn url(&self) -> String {
        format!("postgres://doorstep:{}@127.0.0.1:{}/postgres", self.password, self.port)
    }

    /// Until it takes connections; that it listens is not enough.
    fn wait(&mut self, programs: &Path) -> Outcome {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(30) {
            let mut ready = command(programs.join("pg_isready"));
            ready.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            if ready.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = std::fs::read_to_string(target().join("pg.log")).unwrap_or_default();
        Err(format!("PostgreSQL was not ready within 30 seconds:\n{log}"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Closing the pipe is the sign to stop.
        drop(self.keeper.stdin.take());
        let began = Instant::now();
        while matches!(self.keeper.try_wait(), Ok(None)) && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        server::stop(&mut self.keeper);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// `read` returns when the pipe closes. Ctrl-C reaches PostgreSQL itself, which then stops as well;
/// the shell lives on to clean up. A proof may have restarted the server meanwhile: then it is another
/// process, and not our child.
const KEEPER: &str = r#"
folder=$1; shift
trap : INT TERM HUP
"$@" </dev/null &
server=$!
while kill -0 $server 2>/dev/null && read -r line; do :; done
now=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null || echo $server)
kill -INT $server $now 2>/dev/null
wait $server
wait $server
while [ "$now" != $server ] && kill -0 "$now" 2>/dev/null; do sleep 0.05; done
rm -rf "$folder"
"#;

/// The folder with initdb and postgres, which Debian does not put on the PATH.
fn programs() -> Outcome<PathBuf> {
    find()
        .or_else(|| debian::install("PostgreSQL for the tests", &["postgresql"]).ok().and_then(|()| find()))
        .ok_or_else(|| {
            "PostgreSQL is missing; this installs it: sudo apt-get install -y postgresql".to_string()
        })
}

/// Is PostgreSQL installed, and where?
pub fn find() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let mut folders: Vec<PathBuf> = debian.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.reverse();
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").is_file())
}

/// PostgreSQL refuses to run as root.
fn user_switch() -> &'static [&'static str] {
    if debian::root_user() {
        &["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
    } else {
        &[]
    }
}

fn as_postgres(program: &Path) -> Command {
    match user_switch() {
        [] => command(program),
        [first, rest @ ..] => {
            let mut switch = command(first);
            switch.current_dir("/").args(rest).arg(program);
            switch
        }
    }
}

/// Under `target/` if PostgreSQL's user can get there, which it cannot below /root.
fn home() -> Outcome<PathBuf> {
    let target = target();
    std::fs::create_dir_all(&target).map_err(|cause| format!("cannot make {}: {cause}", target.display()))?;
    let reaches = as_postgres(Path::new("test")).arg("-x").arg(&target).status().is_ok_and(|s| s.success());
    Ok(if reaches { target } else { std::env::temp_dir() })
}

/// Nobody else on this machine shall use the cluster while it runs.
fn random() -> Outcome<String> {
    let mut bytes = [0u8; 16];
    let read = std::fs::File::open("/dev/urandom").and_then(|mut file| {
        use std::io::Read;
        file.read_exact(&mut bytes)
    });
    read.map_err(|cause| format!("no random numbers: {cause}"))?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

/// `cargo xtask pg -- program arguments…`: runs a program beside a cluster, with its address in
/// `DOORSTEP_TEST_DATABASE`; without a program, until Enter is pressed.
pub fn with(words: &[String]) -> Outcome {
    let cluster = Cluster::start()?;
    let words: Vec<&String> = words.iter().filter(|word| *word != "--").collect();
    let Some((program, arguments)) = words.split_first() else {
        println!("{}", cluster.url());
        let _ = std::io::stdout().flush();
        say("press Enter to stop it");
        let _ = std::io::stdin().read_line(&mut String::new());
        return Ok(());
    };
    run(command(program).args(arguments).env("DOORSTEP_TEST_DATABASE", cluster.url()))
}
