//! SQL of everything that is sealed, made for each column from one list.

use crate::{
    args,
    db::{Db, DbError, Sql, Tx},
};

/// A column that is sealed, in a table whose rows have an `id`.
#[derive(Debug)]
pub struct Sealed {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    batch: &'static str,
    change: &'static str,
    count: Sql,
}

macro_rules! sealed {
    ($($table:literal $column:literal,)*) => {
        /// All of them. A test compares the list with the schema.
        pub const SEALED: &[Sealed] = &[$(Sealed {
            table: $table,
            column: $column,
            batch: concat!(
                "SELECT id, ", $column, " AS sealed FROM ", $table, " WHERE ", $column, " <> '' AND ",
                $column, " NOT LIKE $1 AND id > $2 ORDER BY id LIMIT $3"
            ),
            change: concat!(
                "UPDATE ", $table, " SET ", $column, " = $3 WHERE id = $1 AND ", $column, " = $2"
            ),
            count: Sql::both(
                concat!(
                    "SELECT substr(", $column, ", 1, instr(", $column, ", '.') - 1) AS key_id, \
                     COUNT(*) AS fields FROM ", $table, " WHERE ", $column, " <> '' GROUP BY 1"
                ),
                concat!(
                    "SELECT split_part(", $column, ", '.', 1) AS key_id, COUNT(*) AS fields FROM ",
                    $table, " WHERE ", $column, " <> '' GROUP BY 1"
                ),
            ),
        },)*];
    };
}

sealed! {
    "account" "phone_box",
    "person" "sealed_box",
    "staff" "sealed_box",
    "team_member" "sealed_box",
    "volunteer" "sealed_box",
    "draw" "seed_box",
    "staff_lock" "secret_box",
    "wechat_visit" "openid_box",
    "wechat_bond" "openid_box",
    "wechat_loan" "ticket_box",
    "audit" "purpose_box",
    "circle" "names_box",
    "circle_code" "names_box",
}

/// Some rows after `after` whose field was not sealed with `key`: identifier and field.
pub async fn batch(
    db: &Db,
    sealed: &Sealed,
    key: &str,
    after: &str,
    most: u32,
) -> Result<Vec<(String, String)>, DbError> {
    let own = format!("{key}.%");
    let rows = db.rows(sealed.batch, args![own, after, most]).await?;
    rows.iter().map(|row| Ok((row.text("id")?, row.text("sealed")?))).collect()
}

/// Puts `new` in the place of `old`, unless somebody was quicker; whether it did.
pub async fn change(tx: &mut Tx, sealed: &Sealed, id: &str, old: &str, new: &str) -> Result<bool, DbError> {
    Ok(tx.run(sealed.change, args![id, old, new]).await? == 1)
}

/// How many fields are sealed with which key.
pub async fn count(db: &Db, sealed: &Sealed) -> Result<Vec<(String, i64)>, DbError> {
    let rows = db.rows(sealed.count, args![]).await?;
    rows.iter().map(|row| Ok((row.text("key_id")?, row.int("fields")?))).collect()
}
