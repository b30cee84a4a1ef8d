//! Starts a server: database, keys, writer, handlers, door and loop, in that order; and stops it in
//! the opposite one.

use std::{fs, net::SocketAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    routing::post,
};
use domain::time::Moment;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    app::{App, Parts},
    assets::Assets,
    clock::Clock,
    config::Config,
    db::{DatabaseUrl, Db},
    dice::{Dice, SystemDice},
    first_screen::Pages,
    front::Front,
    health,
    mount::Mount,
    openapi,
    sender::ConsoleSender,
    serve,
    snapshot::{self, Snapshots},
    vault::Vault,
};

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it is made of.
    pub app: App,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    beside: Vec<JoinHandle<()>>,
}

/// Mounts every feature.
pub fn features(mount: Mount) -> Mount {
    [health::mount, openapi::mount].into_iter().fold(mount, |mount, feature| feature(mount))
}

/// Starts a server.
///
/// # Errors
/// A line for the person at the keyboard.
pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Running, String> {
    let folder = config.data.display().to_string();
    fs::create_dir_all(&config.data).map_err(|error| format!("{folder}: {error}"))?;
    let assets = load_assets(&config).await?;
    let app = parts(config, clock).await?;
    let beside = vec![tokio::spawn(snapshot::watch(app.db.clone(), app.snapshots.clone()))];

    let mut mount = features(Mount::new(app.clone()));
    if app.config.test_clock {
        mount = mount.raw("/test/clock", post(set_clock).with_state(app.clone()));
    }
    let (router, shared) = mount.finish();
    let build = assets.build.clone();
    let pages = Pages::new(app.clone(), shared, assets);
    let router = router.fallback(move |request: Request| pages.answer(request));
    let front = Front::new(app.clone(), router, &build);

    let (listen, port) = (app.config.listen, app.config.port);
    let listener =
        TcpListener::bind((listen, port)).await.map_err(|error| format!("{listen}:{port}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(serve::serve(listener, front, stopped));
    Ok(Running { address, app, stop, serving, beside })
}

/// Reads and compresses the built app, beside everything else that is going on.
async fn load_assets(config: &Config) -> Result<Assets, String> {
    let (dist, cache) = (config.dist.clone(), config.data.join("packed"));
    let loaded = tokio::task::spawn_blocking(move || Assets::load(&dist, &cache)).await;
    loaded
        .map_err(|error| error.to_string())?
        .map_err(|error| format!("{error}\nThe app is built by `cargo xtask build`."))
}

async fn parts(config: Config, clock: Arc<dyn Clock>) -> Result<App, String> {
    let url = match &config.database {
        Some(url) => url.parse().map_err(|error| format!("{error}"))?,
        None => DatabaseUrl::file(&config.data.join("doorstep.db")),
    };
    let db = Db::open(&url).await.map_err(|error| format!("{url}: {error}"))?;
    let vault = Vault::open_or_make(config.keys.as_deref(), &config.data)
        .map_err(|error| format!("the keys in {}: {error}", config.data.display()))?;
    let dice: Arc<dyn Dice> = Arc::new(SystemDice);
    let snapshots = Snapshots::default();
    Ok(App::new(Parts {
        db,
        clock,
        dice,
        vault,
        sender: Arc::new(ConsoleSender),
        snapshots,
        config: Arc::new(config),
    }))
}

impl Running {
    /// Stops accepting, finishes what is under way, and leaves the database in order.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.serving.await;
        for task in &self.beside {
            task.abort();
        }
        self.app.db.close().await;
    }
}

/// For tests with a real browser: the body is the instant it shall be.
async fn set_clock(State(app): State<App>, now: String) -> StatusCode {
    match now.trim().parse() {
        Ok(now) if app.clock.set(Moment(now)) => StatusCode::NO_CONTENT,
        _ => StatusCode::BAD_REQUEST,
    }
}
