//! What the database itself refuses, should the rules ever let it through: the second wall.

use backend::{
    app::App,
    args,
    db::{Arg, DbError},
};
use domain::id::{AccountId, PersonId};
use serde_json::json;

use crate::{
    hall::{Hall, settle},
    world::World,
};

/// Runs one statement in a transaction of its own.
async fn run(app: &App, sql: &'static str, args: Vec<Arg>) -> Result<u64, DbError> {
    let mut tx = app.db.begin().await?;
    let changed = tx.run(sql, args).await?;
    tx.commit().await?;
    Ok(changed)
}

async fn book(app: &App, booking: &str, account: &str, slot: &str) -> Result<u64, DbError> {
    let sql = "INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, idem_key, \
                                    body_hash) \
               VALUES ($1, $2, $3, 1, 1, 'confirmed', 'ABC234', 1, 1, $1, 'h')";
    run(app, sql, args![booking, account, slot]).await
}

async fn join(app: &App, booking: &str, person: &str, slot: &str, place: i64) -> Result<u64, DbError> {
    let sql =
        "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) VALUES ($1, $2, $3, $4, 1)";
    run(app, sql, args![booking, slot, person, place]).await
}

fn refused(outcome: &Result<u64, DbError>) -> bool {
    matches!(outcome, Err(DbError::Conflict(_)))
}

#[tokio::test]
async fn a_booking_names_only_what_is_there_and_what_it_names_stays() {
    let world = World::new().await;
    let app = &world.server.app;
    let (account, person) = (AccountId("aw".into()), PersonId("pw".into()));
    settle(app, &account, core::slice::from_ref(&person)).await;
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let (slot, other) = (hall.slot(2, 4).await, hall.slot(4, 4).await);
    let (slot, other) = (slot.as_str(), other.as_str());

    assert!(refused(&book(app, "b1", "nobody", slot).await), "whose account is not there");
    assert!(refused(&book(app, "b1", "aw", "nowhere").await), "whose slot is not there");
    assert_eq!(book(app, "b1", "aw", slot).await, Ok(1));
    assert!(refused(&join(app, "b0", "pw", slot, 0).await), "whose booking is not there");
    assert!(refused(&join(app, "b1", "somebody", slot, 0).await), "who is not there");
    assert_eq!(join(app, "b1", "pw", slot, 0).await, Ok(1));
    assert!(refused(&join(app, "b1", "pw", slot, 1).await), "twice in a slot");

    for (what, sql) in [
        ("an account", "DELETE FROM account WHERE id = 'aw'"),
        ("a person", "DELETE FROM person WHERE id = 'pw'"),
        ("a booking", "DELETE FROM booking WHERE id = 'b1'"),
        ("a booking's name", "UPDATE booking SET id = 'b2' WHERE id = 'b1'"),
        ("a person's name", "UPDATE person SET id = 'pv' WHERE id = 'pw'"),
        ("a slot's name", "UPDATE slot SET id = 'elsewhere' WHERE id IN (SELECT slot_id FROM booking)"),
        ("whose it is", "UPDATE booking SET account_id = 'nobody' WHERE id = 'b1'"),
        ("who comes", "UPDATE booking_person SET person_id = 'somebody' WHERE booking_id = 'b1'"),
    ] {
        assert!(refused(&run(app, sql, args![]).await), "{what} is named");
    }
    let gone = "DELETE FROM slot WHERE id = $1";
    assert!(refused(&run(app, gone, args![slot]).await), "a slot is booked");
    assert_eq!(run(app, gone, args![other]).await, Ok(1), "nobody has booked the other");
}
