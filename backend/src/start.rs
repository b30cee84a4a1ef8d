//! Starts a server: database, keys, writer, handlers, door and loop, in that order; and stops it in
//! the opposite one.

use std::{fs, net::SocketAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    routing::post,
};
use domain::{id::OfferingId, time::Moment};
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    app::{App, Parts},
    assets::Assets,
    booking::{self, Writer},
    calendar, catalogue, circle,
    clock::Clock,
    config::Config,
    consent,
    db::{DatabaseUrl, Db},
    demo::{self, Demo},
    dice::{Dice, SystemDice},
    draws,
    first_screen::Pages,
    front::Front,
    guardians, health, household, lock,
    mount::Mount,
    notices, openapi,
    outside::Outside,
    pace::Pace,
    privacy,
    sender::{CodeSender, ConsoleSender, TencentSender},
    serve, session,
    snapshot::{self, Snapshots, Topic},
    staff, tasks, teams, tickets,
    vault::{Vault, VaultError},
    volunteers, wechat, wishes, work,
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
    [
        health::mount,
        openapi::mount,
        session::mount,
        catalogue::mount,
        household::mount,
        privacy::mount,
        consent::mount,
        tickets::mount,
        guardians::mount,
        circle::mount,
        booking::mount,
        notices::mount,
        draws::mount,
        calendar::mount,
        wishes::mount,
        tasks::mount,
        volunteers::mount,
        teams::mount,
        staff::mount,
        work::mount,
        wechat::mount,
        lock::mount,
    ]
    .into_iter()
    .fold(mount, |mount, feature| feature(mount))
}

/// Starts a server.
///
/// # Errors
/// A line for the person at the keyboard.
pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Running, String> {
    fs::create_dir_all(&config.data).map_err(|error| format!("{}: {error}", config.data.display()))?;
    let assets = load_assets(&config).await?;
    let app = parts(config, clock).await?;
    let erased = privacy::erase::catch_up(&app).await.map_err(|failure| format!("erasures: {failure:?}"))?;
    if erased > 0 {
        tracing::warn!(erased, "the database was brought back from before these accounts were erased");
    }
    let demo = load_demo(&app).await?;
    let beside = vec![
        tokio::spawn(privacy::retention::keep_tidy(app.clone())),
        tokio::spawn(snapshot::watch(app.db.clone(), app.snapshots.clone())),
        tokio::spawn(booking::keep_settled(app.clone())),
        tokio::spawn(demo::keep_filled(app.clone(), demo)),
        tokio::spawn(draws::keep_held(app.clone())),
        tokio::spawn(volunteers::keep_fit(app.clone())),
    ];

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
    let listener = serve::listen(listen, port).map_err(|error| format!("{listen}:{port}: {error}"))?;
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

/// Brings the database up to date with the demo, if there is one.
async fn load_demo(app: &App) -> Result<Option<Demo>, String> {
    let Some(folder) = &app.config.demo else {
        demo::end(app).await.map_err(|error| format!("demo: {error}"))?;
        return Ok(None);
    };
    let demo = Demo::read(folder).map_err(|error| format!("demo: {error}"))?;
    demo.load(app).await.map_err(|error| format!("demo: {error}"))?;
    Ok(Some(demo))
}

/// Opens the database with its keys, and nothing else: for what is done beside a server.
///
/// # Errors
/// A line for the person at the keyboard.
pub async fn database(config: &Config) -> Result<(Db, Vault), String> {
    let url = match &config.database {
        Some(url) => url.parse().map_err(|error| format!("{error}"))?,
        None => DatabaseUrl::file(&config.data.join("doorstep.db")),
    };
    fs::create_dir_all(&config.data).map_err(|error| format!("{}: {error}", config.data.display()))?;
    let db = Db::open(&url).await.map_err(|error| format!("{url}: {error}"))?;
    let vault = keys(config, &db).await?;
    Ok((db, vault))
}

/// All that handlers work with, and no server: for what is done beside one.
///
/// # Errors
/// A line for the person at the keyboard.
pub async fn parts(config: Config, clock: Arc<dyn Clock>) -> Result<App, String> {
    let (db, vault) = database(&config).await?;
    let (dice, outside): (Arc<dyn Dice>, _) = (Arc::new(SystemDice), Outside::default());
    let snapshots = Snapshots::default();
    let changed = snapshots.clone();
    let on_change = Arc::new(move |offerings: &[OfferingId]| {
        for offering in offerings {
            changed.touch(&Topic::Seats(offering.clone()));
        }
    });
    let bookings = Writer::start(db.clone(), Arc::clone(&dice), vault.clone(), on_change)
        .map_err(|error| format!("the committer: {error}"))?;
    let sessions = session::Finder::new(db.clone());
    Ok(App::new(Parts {
        db,
        clock,
        dice,
        vault,
        bookings,
        sessions,
        pace: Pace::default(),
        sender: sender(&config, &outside),
        outside,
        snapshots,
        config: Arc::new(config),
    }))
}

/// What brings codes to telephones.
fn sender(config: &Config, outside: &Outside) -> Arc<dyn CodeSender> {
    match &config.sms {
        Some(sms) => Arc::new(TencentSender::new(outside.clone(), sms.clone())),
        None => Arc::new(ConsoleSender),
    }
}

/// The keys, which must be those of the database. Fresh ones are made only where nothing is sealed
/// yet: beside a database that was brought back without its own they would be taken for those.
async fn keys(config: &Config, db: &Db) -> Result<Vault, String> {
    let folder = config.data.display();
    let unusable = |error: VaultError| format!("the keys in {folder}: {error}");
    let found = Vault::find(config.keys.as_deref(), &config.data).map_err(unusable)?;
    let mut fit = household::keys_fit(db, found.as_ref()).await.map_err(|error| error.to_string())?;
    fit &= staff::keys_fit(db, found.as_ref()).await.map_err(|error| error.to_string())?;
    match found {
        Some(vault) if fit => Ok(vault),
        Some(_) => Err(format!("the keys in {folder} are not those of this database")),
        None if fit => Vault::make(&config.data).map_err(unusable),
        None => Err(format!("the keys of this database are missing in {folder}")),
    }
}

impl Running {
    /// Stops accepting, finishes what is under way, and leaves the database in order.
    pub async fn stop(&mut self) {
        let _ = self.stop.send(true);
        let _ = (&mut self.serving).await;
        for task in &self.beside {
            task.abort();
        }
        self.app.bookings.stop().await;
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

#[cfg(test)]
mod tests {
    use domain::{
        endpoint::{Endpoint, Method},
        endpoints::{Visitor, visit_all},
    };

    use super::*;
    use crate::{args, clock::SystemClock, vault::Place};

    struct Declared(Vec<(Method, &'static str)>);

    impl Visitor for Declared {
        fn visit<E: Endpoint>(&mut self) {
            self.0.push((E::METHOD, E::PATH));
        }
    }

    #[tokio::test]
    async fn a_database_without_its_keys_gets_no_others() {
        let data = std::env::temp_dir().join(format!("doorstep-keys-{}", std::process::id()));
        fs::create_dir_all(&data).expect("a folder");
        let config = Config { data: data.clone(), ..Config::default() };
        let db = Db::open(&DatabaseUrl::file(&data.join("doorstep.db"))).await.expect("opens");
        let vault = keys(&config, &db).await.expect("fresh keys for a new house");
        let place = Place { table: "account", row: "a1", column: "phone_box" };
        let phone_box = vault.seal(place, b"13800000001").expect("sealed");
        let mut tx = db.begin().await.expect("begins");
        let sql = "INSERT INTO account (id, phone_mac, phone_box, made) VALUES ('a1', 'mac', $1, 0)";
        tx.run(sql, args![phone_box]).await.expect("an account");
        tx.commit().await.expect("commits");
        assert!(keys(&config, &db).await.is_ok());

        let (file, away) = (data.join("keys"), data.join("away"));
        fs::rename(&file, &away).expect("moved");
        let error = keys(&config, &db).await.expect_err("there are none");
        assert!(error.contains("missing") && !file.exists(), "{error}");
        Vault::make(&data).expect("others");
        let error = keys(&config, &db).await.expect_err("they are others");
        assert!(error.contains("not those"), "{error}");
        fs::rename(&away, &file).expect("moved back");
        assert!(keys(&config, &db).await.is_ok());
        db.close().await;
        fs::remove_dir_all(&data).expect("removed");
    }

    #[tokio::test]
    async fn every_endpoint_is_mounted_exactly_once() {
        let data = std::env::temp_dir().join(format!("doorstep-mount-{}", std::process::id()));
        fs::create_dir_all(&data).expect("a folder");
        let config = Config { data: data.clone(), ..Config::default() };
        let app = parts(config, Arc::new(SystemClock)).await.expect("the parts");
        let mount = features(Mount::new(app));
        let mut declared = Declared(Vec::new());
        visit_all(&mut declared);
        let sorted = |list: &[(Method, &'static str)]| {
            let mut list: Vec<_> = list.iter().map(|(method, path)| (*path, method.name())).collect();
            list.sort_unstable();
            list
        };
        assert_eq!(sorted(mount.mounted()), sorted(&declared.0));
        fs::remove_dir_all(&data).expect("removed");
    }
}
