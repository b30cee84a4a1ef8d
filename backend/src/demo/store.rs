//! SQL of the demo.

use std::collections::{BTreeMap, BTreeSet};

use domain::time::{CHINA, Day, Moment, days_after};
use serde::Serialize;

use super::{
    check::{
        Checked, CheckedCentre, CheckedMember, CheckedOffering, CheckedStaff, CheckedTask, CheckedTeam,
        CheckedWish,
    },
    draw::CheckedDraw,
    moment,
    tasks::NewTask,
};
use crate::{
    app::App,
    args,
    catalogue::details::CentreDetails,
    db::{Db, DbError, Tx},
    snapshot::{Topic, announce},
    staff::House,
    teams::Giver,
};

/// Brings cities, centres, offerings and wishes up to date; whether anything was to be done.
pub async fn load(app: &App, demo: &Checked, print: i64) -> Result<bool, DbError> {
    let (db, now) = (&app.db, app.now());
    let known = db.row("SELECT value FROM counter WHERE name = 'demo'", args![]).await?;
    if known.is_some_and(|row| row.int("value").is_ok_and(|value| value == print)) {
        return Ok(false);
    }
    let mut tx = db.begin().await?;
    // The row is locked by whoever loads: other servers wait here, and then find nothing to do.
    let lock = "INSERT INTO counter (name, value) VALUES ('demo', 0) \
                ON CONFLICT (name) DO UPDATE SET value = counter.value";
    tx.run(lock, args![]).await?;
    let known = tx.row("SELECT value FROM counter WHERE name = 'demo'", args![]).await?;
    if known.is_some_and(|row| row.int("value").is_ok_and(|value| value == print)) {
        return Ok(false);
    }
    let first_day = first_day(&mut tx, now).await?;
    let reclosed = places(&mut tx, demo).await?;
    offerings(&mut tx, &demo.offerings, &reclosed, now).await?;
    draws(&mut tx, &demo.draws).await?;
    wishes(&mut tx, &demo.wishes, first_day).await?;
    teams(&mut tx, &demo.teams).await?;
    drop_tasks(&mut tx, &demo.tasks, now).await?;
    tx.run("UPDATE counter SET value = $1 WHERE name = 'demo'", args![print]).await?;
    announce(&mut tx, &[Topic::Catalogue, Topic::Wishes, Topic::Tasks]).await?;
    tx.commit().await?;
    Ok(true)
}

/// The day on which the demo was loaded first, kept as days since 1970.
async fn first_day(tx: &mut Tx, now: Moment) -> Result<Day, DbError> {
    let today = now.day(CHINA).signed_duration_since(Day::default()).num_days();
    let keep = "INSERT INTO counter (name, value) VALUES ('demo_day', $1) ON CONFLICT (name) DO NOTHING";
    tx.run(keep, args![today]).await?;
    let row = tx.row("SELECT value FROM counter WHERE name = 'demo_day'", args![]).await?;
    let days = row.map(|row| row.int("value")).transpose()?.unwrap_or(today);
    Ok(days_after(Day::default(), u64::try_from(days).unwrap_or_default()))
}

/// Cities, areas and centres. An area that was taken out stays for those who have posts there; a centre that was taken out keeps its rows, but is listed no more. The centres
/// that are closed on other days than before: what nobody has booked there is made anew.
async fn places(tx: &mut Tx, demo: &Checked) -> Result<BTreeSet<String>, DbError> {
    let mut closures = BTreeMap::new();
    for row in tx.rows("SELECT id, details FROM centre", args![]).await? {
        closures.insert(row.text("id")?, row.json::<CentreDetails>("details")?.closures);
    }
    let changed = |centre: &&CheckedCentre| {
        closures.get(&centre.id).is_some_and(|before| *before != centre.details.closures)
    };
    let changed = demo.centres.iter().filter(changed).map(|centre| centre.id.clone()).collect();
    for (city, sort) in demo.cities.iter().zip(0_i64..) {
        let sql = "INSERT INTO city (id, name_zh, name_en, sort) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, \
                   sort = excluded.sort";
        tx.run(sql, args![&city.id, &city.name.zh, &city.name.en, sort]).await?;
    }
    for (area, sort) in demo.areas.iter().zip(0_i64..) {
        let sql = "INSERT INTO area (id, parent, path, name_zh, name_en, sort) VALUES ($1, $2, $3, $4, $5, $6) \
                   ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, path = excluded.path, \
                   name_zh = excluded.name_zh, name_en = excluded.name_en, sort = excluded.sort";
        let (zh, en) = (&area.name.zh, &area.name.en);
        tx.run(sql, args![&area.id, area.parent.as_deref(), &area.path, zh, en, sort]).await?;
    }
    tx.run("UPDATE centre SET sort = -1", args![]).await?;
    for (centre, sort) in demo.centres.iter().zip(0_i64..) {
        let sql = "INSERT INTO centre (id, city_id, area_id, sort, details) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (id) DO UPDATE SET city_id = excluded.city_id, area_id = excluded.area_id, \
                   sort = excluded.sort, details = excluded.details";
        let values = args![&centre.id, &centre.city, &centre.area, sort, json(&centre.details)?];
        tx.run(sql, values).await?;
    }
    Ok(changed)
}

/// Offerings. Where one was edited or taken out, the slots ahead that nobody has booked go, so that
/// they are made anew as the files say; the others stay as people booked them, and those whose places
/// are drawn as they were announced, or of which a meeting was moved.
async fn offerings(
    tx: &mut Tx,
    offerings: &[CheckedOffering],
    reclosed: &BTreeSet<String>,
    now: Moment,
) -> Result<(), DbError> {
    let mut known = BTreeMap::new();
    for row in tx.rows("SELECT id, details FROM offering WHERE retired = 0", args![]).await? {
        known.insert(row.text("id")?, row.text("details")?);
    }
    for (offering, sort) in offerings.iter().zip(0_i64..) {
        let details = json(&offering.details)?;
        let edited = known.remove(&offering.id).is_some_and(|before| before != details);
        let sql = "INSERT INTO offering (id, centre_id, kind, sort, details) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (id) DO UPDATE SET centre_id = excluded.centre_id, kind = excluded.kind, \
                   sort = excluded.sort, retired = 0, details = excluded.details";
        tx.run(sql, args![&offering.id, &offering.centre, offering.kind, sort, details]).await?;
        if edited || reclosed.contains(&offering.centre) {
            drop_unbooked(tx, &offering.id, now).await?;
        }
    }
    for id in known.into_keys() {
        tx.run("UPDATE offering SET retired = 1 WHERE id = $1", args![&id]).await?;
        drop_unbooked(tx, &id, now).await?;
    }
    Ok(())
}

async fn drop_unbooked(tx: &mut Tx, offering: &String, now: Moment) -> Result<(), DbError> {
    let sql = "DELETE FROM slot WHERE offering_id = $1 AND starts > $2 \
               AND draw_id IS NULL AND rescheduled = 0 AND called_off = 0 AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.slot_id = slot.id) \
               AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.slot_id = slot.id)";
    tx.run(sql, args![offering, now]).await.map(drop)
}

/// What draws are made from. Those that are made already stay as they were announced.
async fn draws(tx: &mut Tx, draws: &[CheckedDraw]) -> Result<(), DbError> {
    for draw in draws {
        let sql = "INSERT INTO draw_plan (id, centre_id, details) VALUES ($1, $2, $3) \
                   ON CONFLICT (id) DO UPDATE SET centre_id = excluded.centre_id, details = excluded.details";
        tx.run(sql, args![&draw.id, &draw.centre, json(&draw.plan)?]).await?;
    }
    Ok(())
}

/// Wishes that are new get a number each, in the order in which they were made; of those that are
/// known the words may change, the supporters stay.
async fn wishes(tx: &mut Tx, wishes: &[CheckedWish], first_day: Day) -> Result<(), DbError> {
    let mut known = BTreeSet::new();
    for row in tx.rows("SELECT id FROM wish WHERE account_id IS NULL", args![]).await? {
        known.insert(row.text("id")?);
    }
    let mut in_order: Vec<&CheckedWish> = wishes.iter().collect();
    in_order.sort_by_key(|wish| (wish.made_days, &wish.id));
    for wish in in_order {
        let at = |days: i32, nudge: i64| moment(first_day, days, time_of_day(&wish.id, nudge), wish.zone);
        if known.contains(&wish.id) {
            let sql = "UPDATE wish SET category = $2, text_zh = $3, text_en = $4 WHERE id = $1";
            tx.run(sql, args![&wish.id, wish.category, &wish.text.zh, &wish.text.en]).await?;
        } else {
            let number = crate::wishes::next_number(tx).await?;
            let sql = "INSERT INTO wish (id, number, centre_id, category, text_zh, text_en, made, supports) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            let made = at(wish.made_days, 0);
            let (zh, en) = (&wish.text.zh, &wish.text.en);
            let values = args![&wish.id, number, &wish.centre, wish.category, zh, en, made, wish.supports];
            tx.run(sql, values).await?;
        }
        for ((kind, days, note), seq) in wish.steps.iter().zip(1_i64..) {
            let sql = "INSERT INTO wish_step (wish_id, seq, kind, at, note_zh, note_en) \
                       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (wish_id, seq) \
                       DO UPDATE SET kind = excluded.kind, note_zh = excluded.note_zh, \
                       note_en = excluded.note_en";
            let at = at(*days, seq);
            tx.run(sql, args![&wish.id, seq, kind.slug(), at, &note.zh, &note.en]).await?;
        }
    }
    Ok(())
}

/// Teams. One that was taken out keeps its members, but is seen no more.
async fn teams(tx: &mut Tx, teams: &[CheckedTeam]) -> Result<(), DbError> {
    tx.run("UPDATE team SET sort = -1", args![]).await?;
    for (team, sort) in teams.iter().zip(0_i64..) {
        let sql = "INSERT INTO team (id, centre_id, name_zh, name_en, about_zh, about_en, sort) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET \
                   centre_id = excluded.centre_id, name_zh = excluded.name_zh, name_en = excluded.name_en, \
                   about_zh = excluded.about_zh, about_en = excluded.about_en, sort = excluded.sort";
        let CheckedTeam { id, centre, name, about } = team;
        tx.run(sql, args![id, centre, &name.zh, &name.en, &about.zh, &about.en, sort]).await?;
    }
    Ok(())
}

/// Those of the staff and of the teams who are new; whoever had a post taken away stays without.
pub async fn staff(app: &App, staff: &[CheckedStaff], members: &[CheckedMember]) -> Result<(), DbError> {
    let house = House { vault: &app.vault, dice: &*app.dice, now: app.now() };
    let mut tx = app.db.begin().await?;
    crate::staff::hold(&mut tx).await?;
    for CheckedStaff { phone, name, post } in staff {
        let given = crate::staff::give_once(&house, &mut tx, phone, name, post).await;
        given.map_err(|failure| DbError::Other(format!("staff: {failure:?}")))?;
    }
    for CheckedMember { phone, name, team } in members {
        let given = crate::teams::give(&house, &mut tx, phone, name, team, Giver::Demo).await;
        given.map_err(|failure| DbError::Other(format!("member: {failure:?}")))?;
    }
    tx.commit().await
}

/// A time in the daytime that follows from the text, so that not all was written at the same minute;
/// later steps of a day are later.
fn time_of_day(text: &str, nudge: i64) -> i64 {
    let sum: i64 = text.bytes().map(i64::from).sum();
    8 * 60 + sum * 7 % (9 * 60) + nudge * 20
}

/// Takes out the tasks ahead that the files have no more, or have on another date, and that nobody has taken;
/// what somebody has promised stays.
async fn drop_tasks(tx: &mut Tx, tasks: &[CheckedTask], now: Moment) -> Result<(), DbError> {
    let sql = "SELECT id FROM task WHERE starts > $1 AND claimed = 0 ORDER BY id";
    for row in tx.rows(sql, args![now]).await? {
        let id = row.text("id")?;
        let known = |task: &CheckedTask| {
            let name = id.rsplit_once('.').map(|(name, _)| name);
            name == Some(&*task.id) && task.on_date().is_none_or(|exact| exact == id)
        };
        if !tasks.iter().any(known) {
            let sql = "DELETE FROM task WHERE id = $1 AND claimed = 0 \
                       AND NOT EXISTS (SELECT 1 FROM task_claim m WHERE m.task_id = task.id)";
            tx.run(sql, args![&id]).await?;
        }
    }
    Ok(())
}

/// Identifiers of the tasks that have not begun.
pub async fn tasks_ahead(db: &Db, now: Moment) -> Result<Vec<String>, DbError> {
    db.rows("SELECT id FROM task WHERE starts > $1", args![now])
        .await?
        .iter()
        .map(|row| row.text("id"))
        .collect()
}

/// Inserts tasks that are not there; how many those were.
pub async fn insert_tasks(db: &Db, tasks: &[NewTask<'_>]) -> Result<u64, DbError> {
    let mut tx = db.begin().await?;
    let mut made = 0;
    for NewTask { id, task, span } in tasks {
        let sql = "INSERT INTO task (id, centre_id, details, starts, ends, needs, team_id, volunteers_only) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING";
        let (details, team) = (json(&task.details)?, task.team.as_deref());
        let values =
            args![id, &task.centre, details, span.starts, span.ends, task.needs, team, task.volunteers];
        made += tx.run(sql, values).await?;
    }
    announce(&mut tx, &[Topic::Tasks]).await?;
    tx.commit().await?;
    Ok(made)
}

fn json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Other(error.to_string()))
}
