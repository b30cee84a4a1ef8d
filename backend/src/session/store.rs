//! SQL of one-time codes and accounts; that of sessions in `store/sessions.rs`.

use domain::{
    id::{AccountId, CentreId},
    time::{DAY, Moment},
};

use crate::{
    args,
    db::{Arg, Db, DbError, Row, Tx},
};

mod sessions;

pub use sessions::*;

/// Whose codes are counted.
#[derive(Clone, Copy)]
pub enum Of<'a> {
    /// Those of a phone, by its digest.
    Phone(&'a str),
    /// Those that an address asked for, by its digest.
    Address(&'a str),
    /// All.
    All,
}

/// Where to read: without holding anybody up, or what is certain until the transaction ends.
pub enum Look<'a> {
    /// Beside all transactions.
    Beside(&'a Db),
    /// Within one.
    Within(&'a mut Tx),
}

impl Look<'_> {
    async fn row(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Option<Row>, DbError> {
        match self {
            Self::Beside(db) => db.row(sql, args).await,
            Self::Within(tx) => tx.row(sql, args).await,
        }
    }
}

/// Lets one request for a code pass at a time, on all servers, until the transaction ends.
pub async fn lock_codes(tx: &mut Tx) -> Result<(), DbError> {
    let sql = "INSERT INTO counter (name, value) VALUES ('code', 1) \
               ON CONFLICT (name) DO UPDATE SET value = counter.value + 1";
    tx.run(sql, args![]).await.map(drop)
}

/// When the `n`th latest code was made, where that was after `since`.
pub async fn nth_latest(
    look: &mut Look<'_>,
    of: Of<'_>,
    since: Moment,
    n: u32,
) -> Result<Option<Moment>, DbError> {
    let before = i64::from(n) - 1;
    let row = match of {
        Of::Phone(mac) => {
            let sql = "SELECT made FROM login_code WHERE phone_mac = $1 AND made > $2 AND failed = 0 \
                       ORDER BY made DESC LIMIT 1 OFFSET $3";
            look.row(sql, args![mac, since, before]).await?
        }
        Of::Address(mac) => {
            let sql = "SELECT made FROM login_code WHERE address_mac = $1 AND made > $2 \
                       ORDER BY made DESC LIMIT 1 OFFSET $3";
            look.row(sql, args![mac, since, before]).await?
        }
        Of::All => {
            let sql = "SELECT made FROM login_code WHERE made > $1 AND failed = 0 \
                       ORDER BY made DESC LIMIT 1 OFFSET $2";
            look.row(sql, args![since, before]).await?
        }
    };
    row.map(|row| row.moment("made")).transpose()
}

/// Writes a code, and forgets those that count for no limit any more.
pub async fn add_code(
    tx: &mut Tx,
    id: &str,
    [phone_mac, address_mac, code_hash]: [&str; 3],
    now: Moment,
) -> Result<(), DbError> {
    tx.run("DELETE FROM login_code WHERE made < $1", args![now.plus(-2 * DAY)]).await?;
    let sql = "INSERT INTO login_code (id, phone_mac, address_mac, code_hash, made) \
               VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, args![id, phone_mac, address_mac, code_hash, now]).await.map(drop)
}

/// Says that a code was not sent: it is worth nothing, and counts neither for its telephone nor for
/// all together.
pub async fn fail_code(tx: &mut Tx, id: &str, now: Moment) -> Result<(), DbError> {
    tx.run("UPDATE login_code SET failed = 1, used = $2 WHERE id = $1", args![id, now]).await.map(drop)
}

/// Whether a code was made after `since`, has tries left and was not used.
pub async fn may_try(db: &Db, id: &str, since: Moment, most: u32) -> Result<bool, DbError> {
    let sql = "SELECT id FROM login_code WHERE id = $1 AND used IS NULL AND made > $2 AND tries < $3";
    Ok(db.row(sql, args![id, since, most]).await?.is_some())
}

/// Counts a try of a code that was made after `since`, has tries left and was not used: the tries so
/// far and the code's digest.
pub async fn try_code(
    tx: &mut Tx,
    id: &str,
    since: Moment,
    most: u32,
) -> Result<Option<(u32, String)>, DbError> {
    let sql = "UPDATE login_code SET tries = tries + 1 \
               WHERE id = $1 AND used IS NULL AND made > $2 AND tries < $3 RETURNING tries, code_hash";
    let row = tx.row(sql, args![id, since, most]).await?;
    row.map(|row| Ok((row.count("tries")?, row.text("code_hash")?))).transpose()
}

/// Says that a code was used.
pub async fn use_code(tx: &mut Tx, id: &str, now: Moment) -> Result<(), DbError> {
    tx.run("UPDATE login_code SET used = $2 WHERE id = $1", args![id, now]).await.map(drop)
}

/// Writes an account unless the phone has one; whether it was written.
pub async fn add_account(
    tx: &mut Tx,
    id: &AccountId,
    phone_mac: &str,
    phone_box: &str,
    now: Moment,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO account (id, phone_mac, phone_box, made) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (phone_mac) DO NOTHING";
    Ok(tx.run(sql, args![id, phone_mac, phone_box, now]).await? == 1)
}

/// The account of a phone.
pub async fn account_of_phone(tx: &mut Tx, phone_mac: &str) -> Result<Option<AccountId>, DbError> {
    let row = tx.row("SELECT id FROM account WHERE phone_mac = $1", args![phone_mac]).await?;
    row.map(|row| Ok(AccountId(row.text("id")?))).transpose()
}

/// Says at which desk an account got its number, or that it has none.
pub async fn given_at(tx: &mut Tx, id: &AccountId, centre: Option<&CentreId>) -> Result<(), DbError> {
    tx.run("UPDATE account SET centre_id = $2 WHERE id = $1", args![id, centre]).await.map(drop)
}

/// Changes what an account is found by, unless somebody else is; whether it was changed.
pub async fn set_phone(tx: &mut Tx, id: &AccountId, mac: &str, phone_box: &str) -> Result<bool, DbError> {
    let sql = "UPDATE account SET phone_mac = $2, phone_box = $3 WHERE id = $1 AND erased IS NULL \
               AND NOT EXISTS (SELECT 1 FROM account o WHERE o.phone_mac = $2)";
    Ok(tx.run(sql, args![id, mac, phone_box]).await? == 1)
}
