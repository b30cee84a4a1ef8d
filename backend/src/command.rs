//! What the person at the keyboard does without a server: gives and takes posts, checks the record.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    audit::Act,
    id::{AreaId, CentreId, StaffId, is_id},
    refusal::Refusal,
    session::Phone,
    staff::Post,
    time::Moment,
};

use crate::{
    audit::{self, Entry},
    clock::{Clock, ShiftedClock},
    config::Config,
    db::Tx,
    demo::Demo,
    dice::SystemDice,
    failure::Failure,
    lock,
    privacy::{retention, rotate},
    staff::{self, House},
    start,
};

/// Every command but `serve`, with its own flags and what it is for.
pub const COMMANDS: [(&str, &str, &str); 7] = [
    (
        "grant",
        "--phone P --role admin|office|staff [--area ID] [--centre ID] [--name N]",
        "gives a post to a telephone",
    ),
    (
        "revoke",
        "--phone P [--role R] [--area ID] [--centre ID]",
        "takes posts away, never the last administrator's",
    ),
    (
        "reset-lock",
        "--phone P",
        "takes the second lock off of who lost password and codes; they set up another",
    ),
    (
        "load",
        "DIR",
        "brings centres, offerings, courses, draws, tasks and teams up to date with the .toml files of a folder, \
         while the server runs; what is gone from them is retired",
    ),
    ("audit-verify", "", "checks the record of what the staff looked at and did"),
    (
        "rotate-keys",
        "[--drop]",
        "seals everything with a new key while the server runs; --drop takes off keys that nothing needs",
    ),
    ("retention", "[--dry-run]", "forgets what is old, as the server does every hour; or counts it"),
];

/// The flags of the commands; those of `serve` may stand beside them.
const FLAGS: [&str; 6] = ["--phone", "--role", "--area", "--city", "--centre", "--name"];
/// Those that take no value.
const SWITCHES: [&str; 2] = ["--drop", "--dry-run"];

/// Runs one of [`COMMANDS`] at `now`; what to say when it went well. `args` stand after its name.
///
/// # Errors
/// A line for the person at the keyboard.
pub async fn run(
    command: &str,
    args: Vec<String>,
    env: impl Fn(&str) -> Option<String>,
    now: Moment,
) -> Result<String, String> {
    let (own, mut rest) = split(args)?;
    let folder = (command == "load").then(|| folder(&mut rest)).transpose()?;
    let config = Config::read(rest, env)?;
    if let Some(folder) = folder {
        return load(&folder, config, now).await;
    }
    let (db, vault) = start::database(&config).await?;
    let house = House { vault: &vault, dice: &SystemDice, now };
    let said = match command {
        "grant" => {
            let mut tx = db.begin().await.map_err(line)?;
            grant(&house, &mut tx, &own).await?;
            tx.commit().await.map(|()| "granted\n".to_owned()).map_err(line)
        }
        "revoke" => {
            let mut tx = db.begin().await.map_err(line)?;
            let count = revoke(&house, &mut tx, &own).await?;
            tx.commit().await.map(|()| format!("revoked: {count}\n")).map_err(line)
        }
        "reset-lock" => {
            let mut tx = db.begin().await.map_err(line)?;
            reset_lock(&house, &mut tx, &own).await?;
            tx.commit().await.map(|()| "taken off\n".to_owned()).map_err(line)
        }
        "rotate-keys" if own.contains_key("--drop") => {
            rotate::drop_unused(&config, &db, &vault, rotate::NOTICED).await
        }
        "rotate-keys" => rotate::rotate(&config, &db, &vault, rotate::NOTICED).await,
        "retention" if own.contains_key("--dry-run") => retention::told(&db, now).await.map_err(line),
        "retention" => match retention::run(&db, now).await {
            Ok(gone) => Ok(format!("gone: {gone}\n")),
            Err(error) => Err(line(error)),
        },
        _ => match audit::verify(&db, &vault).await.map_err(line)? {
            Ok(lines) => Ok(format!("the record is whole: {lines} lines\n")),
            Err(fault) => Err(format!("the record is broken: {fault}")),
        },
    };
    db.close().await;
    said
}

/// The folder, which stands among the flags.
fn folder(rest: &mut Vec<String>) -> Result<PathBuf, String> {
    let is_value = |at: usize| at > 0 && rest[at - 1].starts_with("--") && !rest[at - 1].contains('=');
    let at = (0..rest.len()).find(|at| !rest[*at].starts_with("--") && !is_value(*at));
    at.map(|at| PathBuf::from(rest.remove(at))).ok_or_else(|| "load needs a folder".to_owned())
}

/// Loads the files of a folder, checked as a whole before anything is written. A server that runs shows it
/// within a second.
async fn load(folder: &Path, config: Config, now: Moment) -> Result<String, String> {
    let files = Demo::read(folder).map_err(line)?;
    let clock = ShiftedClock::default();
    clock.set(now);
    let app = start::parts(config, Arc::new(clock)).await?;
    let loaded = files.load_things(&app).await.map_err(line);
    app.bookings.stop().await;
    app.db.close().await;
    let mut said = if loaded? { format!("loaded: {files}\n") } else { "nothing has changed\n".to_owned() };
    if files.gives() > 0 {
        said.push_str("posts and places in teams are not given by files: see grant, and the workbench\n");
    }
    Ok(said)
}

async fn grant(house: &House<'_>, tx: &mut Tx, own: &Own) -> Result<(), String> {
    let phone = phone(own)?;
    let post = post(own)?.ok_or("--role is needed")?;
    let name = own.get("--name").map_or("", String::as_str);
    staff::hold(tx).await.map_err(line)?;
    let id = staff::give(house, tx, &phone, name, &post, None).await.map_err(|failure| explain(&failure))?;
    note(house, tx, Act::Invite, &[id]).await
}

async fn revoke(house: &House<'_>, tx: &mut Tx, own: &Own) -> Result<usize, String> {
    let phone = phone(own)?;
    let post = post(own)?;
    staff::hold(tx).await.map_err(line)?;
    let taken = staff::take(house, tx, &phone, post.as_ref()).await.map_err(|failure| explain(&failure))?;
    if taken.is_empty() {
        return Err("that telephone holds no such post".to_owned());
    }
    note(house, tx, Act::Suspend, &taken).await?;
    Ok(taken.len())
}

async fn reset_lock(house: &House<'_>, tx: &mut Tx, own: &Own) -> Result<(), String> {
    let phone = phone(own)?;
    staff::hold(tx).await.map_err(line)?;
    let posts = staff::of_phone(house, tx, &phone).await.map_err(|failure| explain(&failure))?;
    let (id, account) = posts.into_iter().next().ok_or("that telephone holds no post")?;
    let account = account.ok_or("that telephone never signed in")?;
    lock::take_off(tx, &account).await.map_err(|failure| explain(&failure))?;
    note(house, tx, Act::ResetLock, &[id]).await
}

/// Records it, as done from the command line.
async fn note(house: &House<'_>, tx: &mut Tx, act: Act, ids: &[StaffId]) -> Result<(), String> {
    let entry = |id| Entry { subject: Some(StaffId::as_str(id)), ..Entry::new(None, act, house.now) };
    let entries: Vec<Entry> = ids.iter().map(entry).collect();
    audit::record(tx, house.vault, &entries, None).await.map_err(line)
}

/// A command's own flags.
type Own = HashMap<&'static str, String>;

/// Takes the command's own flags out.
fn split(args: Vec<String>) -> Result<(Own, Vec<String>), String> {
    let (mut own, mut rest) = (HashMap::new(), Vec::new());
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let (name, value) = match arg.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (&*arg, None),
        };
        if let Some(switch) = SWITCHES.iter().find(|switch| **switch == name) {
            own.insert(*switch, String::new());
        } else if let Some(flag) = FLAGS.iter().find(|flag| **flag == name) {
            let value = value.or_else(|| args.next()).ok_or_else(|| format!("{flag} needs a value"))?;
            own.insert(*flag, value);
        } else {
            rest.push(arg);
        }
    }
    Ok((own, rest))
}

fn phone(own: &Own) -> Result<Phone, String> {
    let typed = own.get("--phone").ok_or("--phone is needed")?;
    Phone::parse(typed).map_err(|_| format!("--phone {typed}: an 11-digit mobile number is needed"))
}

/// The post that the flags name, if they name one.
fn post(own: &Own) -> Result<Option<Post>, String> {
    let id = |flag| match own.get(flag) {
        Some(id) if is_id(id) => Ok(id.as_str()),
        _ => Err(format!("{flag} with an id is needed")),
    };
    Ok(match own.get("--role").map(String::as_str) {
        None => None,
        Some("admin") => Some(Post::Admin),
        // A city is an area; as they were called before.
        Some("district") if own.contains_key("--city") => Some(Post::Office(AreaId::from(id("--city")?))),
        Some("office" | "district") => Some(Post::Office(AreaId::from(id("--area")?))),
        Some("staff") => Some(Post::Staff(CentreId::from(id("--centre")?))),
        Some(other) => return Err(format!("--role {other}: admin, office or staff is needed")),
    })
}

fn explain(failure: &Failure) -> String {
    match failure {
        Failure::NotFound => "there is no such centre or area".to_owned(),
        Failure::Refused(refusals) if refusals.contains(&Refusal::LastAdministrator) => {
            "nobody would be left who runs the house".to_owned()
        }
        Failure::Refused(refusals) if refusals.contains(&Refusal::LockMissing) => {
            "there is no second lock".to_owned()
        }
        other => format!("{other:?}"),
    }
}

fn line(error: impl core::fmt::Display) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<(Option<Post>, Vec<String>), String> {
        let (own, rest) = split(args.iter().map(|arg| (*arg).to_owned()).collect())?;
        Ok((post(&own)?, rest))
    }

    #[test]
    fn a_post_is_read_from_flags_and_the_rest_is_left_for_the_server() {
        let (post, rest) =
            read(&["--role", "staff", "--data", "x", "--centre=xinsheng"]).expect("good flags");
        assert_eq!(post, Some(Post::Staff("xinsheng".into())));
        assert_eq!(rest, ["--data", "x"]);
        assert_eq!(read(&["--role=admin"]).expect("good").0, Some(Post::Admin));
        let office = Some(Post::Office("yangzhou".into()));
        assert_eq!(read(&["--role=office", "--area=yangzhou"]).expect("good").0, office);
        assert_eq!(read(&["--role=district", "--city=yangzhou"]).expect("as before").0, office);
        assert_eq!(read(&[]).expect("good").0, None);
    }

    #[test]
    fn the_folder_stands_among_the_flags() {
        for args in [["files", "--data", "x"], ["--data", "x", "files"]] {
            let mut rest: Vec<String> = args.map(str::to_owned).into();
            assert_eq!(folder(&mut rest), Ok(PathBuf::from("files")));
            assert_eq!(rest, ["--data", "x"]);
        }
        let mut rest = vec!["--data=x".to_owned(), "files".to_owned()];
        assert_eq!(folder(&mut rest), Ok(PathBuf::from("files")));
        assert!(folder(&mut vec!["--data".to_owned(), "x".to_owned()]).is_err());
    }

    #[test]
    fn what_is_missing_is_said() {
        assert_eq!(read(&["--role", "office"]), Err("--area with an id is needed".into()));
        assert_eq!(read(&["--role"]), Err("--role needs a value".into()));
        assert!(read(&["--role", "boss"]).is_err());
    }
}
