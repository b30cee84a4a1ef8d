//! `cargo xtask soak`: the proofs of the booking engine for as long as one likes.

use crate::arguments::Arguments;
use crate::pg::Cluster;
use crate::run::{Outcome, cargo, run};
use crate::server::{self, Profile};

/// Runs the proofs on one database; on PostgreSQL with a private one that is restarted now and then.
pub fn soak(mut arguments: Arguments) -> Outcome {
    let database = arguments.value("--database")?.unwrap_or_else(|| "sqlite".into());
    let profile = if arguments.flag("--debug") { Profile::Dev } else { Profile::Server };
    on(&database, profile, &arguments.rest())
}

/// A few seconds of it on one database, as part of the tests.
pub fn briefly(database: &str) -> Outcome {
    let words = ["--seconds", "12", "--kills", "5", "--restarts", "2"].map(String::from);
    on(database, Profile::Dev, &words)
}

fn on(database: &str, profile: Profile, words: &[String]) -> Outcome {
    let cluster = match database {
        "sqlite" => None,
        "postgres" => Some(Cluster::start()?),
        other => return Err(format!("--database {other}: sqlite or postgres")),
    };
    let program = server::build(profile)?;
    let mut proof = cargo();
    proof.args(["run", "--quiet", "--package", "proof"]);
    if profile == Profile::Server {
        proof.args(["--profile", "server"]);
    }
    proof.arg("--").arg("--program").arg(program).args(words);
    if let Some(cluster) = &cluster {
        proof.args(["--database", &cluster.url()]);
    }
    run(&mut proof)
}
