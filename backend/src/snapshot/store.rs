//! The revisions by which servers on one database tell each other what has changed.

use crate::{
    args,
    db::{Db, DbError, Tx},
};

/// Moves a topic on.
pub async fn bump(tx: &mut Tx, topic: &str) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO revision (topic, value) VALUES ($1, 1)
         ON CONFLICT (topic) DO UPDATE SET value = revision.value + 1",
        args![topic],
    )
    .await?;
    Ok(())
}

/// All topics with how far they have moved.
pub async fn all(db: &Db) -> Result<Vec<(String, i64)>, DbError> {
    let rows = db.rows("SELECT topic, value FROM revision", args![]).await?;
    rows.iter().map(|row| Ok((row.text("topic")?, row.int("value")?))).collect()
}
