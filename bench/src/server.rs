//! The server that is measured, and beside it, behind the same door, one that has no database.

use std::{
    fs,
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::Request,
    http::{Response, StatusCode},
    routing::post,
};
use backend::{
    app::App,
    clock::SystemClock,
    config::{Config, Patience},
    failure::Failure,
    front::Front,
    log,
    mount::{Mount, intake},
    serve, start,
};
use domain::{
    booking::{Booking, BookingState, api::Book},
    geo::Point,
    id::{BookingId, CentreId, OfferingId},
    offering::Measure,
    text::Text,
    time::{CHINA, HOUR, Span},
};
use tokio::sync::watch;

use crate::{Outcome, flags::Flags};

/// Keys for made-up people, so that a database can be used again.
pub const KEYS: &str = "seal bench 00000000000000000000000000000000000000000000000000000000000000be;\
                        look 00000000000000000000000000000000000000000000000000000000000000ef";
/// Where the path without a database is.
pub const ECHO: &str = "/api/echo";

/// A server in a process of its own; it ends with this value.
pub struct Server {
    process: Child,
    /// Where it is.
    pub address: SocketAddr,
    /// Where the one without a database is.
    pub echo: SocketAddr,
    /// The database's address.
    pub database: String,
    folder: PathBuf,
}

impl Server {
    /// Starts one.
    pub fn start(flags: &Flags) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("doorstep-bench-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let file = || format!("sqlite:{}", folder.join("bench.db").display());
        let database = flags.database.clone().unwrap_or_else(file);
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut command = Command::new(program);
        command.args(["server", "--database", &database]).current_dir(&folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(|error| error.to_string())?;
        let mut said = String::new();
        let output = process.stdout.as_mut().ok_or("no output")?;
        io::BufRead::read_line(&mut io::BufReader::new(output), &mut said)
            .map_err(|error| error.to_string())?;
        let mut addresses = said.split_whitespace().map(str::parse);
        let (Some(Ok(address)), Some(Ok(echo))) = (addresses.next(), addresses.next()) else {
            return Err(format!("the server did not start: {said}"));
        };
        Ok(Self { process, address, echo, database, folder })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Serves, in the process that [`Server::start`] starts, until its input ends.
pub fn run(flags: &Flags) -> Outcome {
    log::start(None);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        let outcome = serve_both(flags).await;
        let line = match &outcome {
            Ok((address, echo)) => format!("{address} {echo}\n"),
            Err(problem) => format!("{problem}\n"),
        };
        let said = io::stdout().write_all(line.as_bytes()).map_err(|error| error.to_string());
        outcome?;
        said?;
        // The one who started it holds the other end.
        let waited = tokio::task::spawn_blocking(|| io::stdin().read(&mut [0]));
        waited.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string()).map(drop)
    })
}

async fn serve_both(flags: &Flags) -> Outcome<(SocketAddr, SocketAddr)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let dist = PathBuf::from("dist");
    fs::create_dir_all(&dist).map_err(|error| error.to_string())?;
    fs::copy(root.join("index.html"), dist.join("index.html")).map_err(|error| error.to_string())?;
    let config = Config {
        port: 0,
        data: PathBuf::from("data"),
        dist,
        demo: Some(root.join("demo")),
        database: flags.database.clone(),
        keys: Some(KEYS.to_owned()),
        patience: Patience::default(),
        ..Config::default()
    };
    let running = start::start(config, Arc::new(SystemClock)).await?;
    let app = running.app.clone();
    let address = running.address;
    // It serves until the process ends.
    std::mem::forget(running);
    Ok((address, serve_echo(app)?))
}

/// The same door and the same checks, and an answer of the same size, without sessions and tables.
fn serve_echo(app: App) -> Outcome<SocketAddr> {
    let mount = Mount::new(app.clone()).raw(ECHO, post(echo).with_state(app.clone()));
    let (router, _) = mount.finish();
    let front = Front::new(app, router, "bench");
    let listener = serve::listen(Ipv4Addr::LOCALHOST.into(), 0).map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (keep, stopped) = watch::channel(false);
    std::mem::forget(keep);
    tokio::spawn(serve::serve(listener, front, stopped));
    Ok(address)
}

async fn echo(axum::extract::State(app): axum::extract::State<App>, request: Request) -> Response<Body> {
    match answer(&app, request).await {
        Ok(body) => Response::new(Body::from(body)),
        Err(failure) => {
            let mut answer = failure.into_answer("echo");
            *answer.status_mut() = StatusCode::BAD_REQUEST;
            answer
        }
    }
}

async fn answer(app: &App, request: Request) -> Result<Vec<u8>, Failure> {
    let (parts, body) = request.into_parts();
    intake::same_origin(&parts.method, &parts.headers)?;
    let bytes = intake::body(&parts, body, app.config.patience.body).await?;
    intake::key(&app.vault, &parts.headers, &parts.method, &parts.uri, &bytes)?;
    let input = intake::input::<Book>(&bytes)?;
    let text = |zh: &str, en: &str| Text { zh: zh.into(), en: en.into() };
    let starts = app.now();
    let booking = Booking {
        id: BookingId::from("b0123456789abcdef"),
        state: BookingState::Waitlisted,
        position: Some(1),
        seq: 31,
        code: "ABC234".into(),
        offering: OfferingId::from("xinsheng-pingpong"),
        title: text("乒乓球桌", "Ping-pong table"),
        name: None,
        place: text("二楼乒乓球室", "Ping-pong room, 2nd floor"),
        measure: Measure::Table,
        slot: input.slot,
        meetings: vec![Span { starts, ends: starts.plus(HOUR) }.into()],
        centre: CentreId::from("xinsheng"),
        centre_name: text("新盛社区", "Xinsheng"),
        at: Point { lat: 32.3912, lng: 119.3987 },
        phone: "0514-00000103".into(),
        zone: CHINA,
        people: input.people,
        guests: 0,
        made: starts,
        until: None,
        undo_until: None,
        stop: None,
        not_reached: false,
        passed: None,
        odds: None,
        reason: None,
        table: None,
        waiting: 0,
        released: None,
        theirs: false,
        attendance: Vec::new(),
        helper: None,
    };
    serde_json::to_vec(&booking).map_err(|error| Failure::Broken(error.to_string()))
}
