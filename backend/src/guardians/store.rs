//! SQL of guardians and of the codes with which they come.

use domain::{
    guardian::{BondStep, Deed, Guardian, INVITATION_LIFE, Scope},
    household::Relation,
    id::{AccountId, GuardianId, PersonId},
    time::Moment,
};

use crate::{
    args,
    db::{Db, DbError, Row, Tx},
};

/// Whose child it is.
pub struct Child {
    pub account: AccountId,
    pub phone_box: String,
}

/// A bond, also one that has ended.
pub struct Bond {
    id: GuardianId,
    pub account: AccountId,
    pub phone_box: String,
    scope: Scope,
    made: Moment,
    pub ended: Option<Moment>,
    ended_by: Option<AccountId>,
}

impl Bond {
    /// As those concerned see it.
    pub fn guardian(self, phone: String, who_asks: &AccountId) -> Guardian {
        let me = self.account == *who_asks;
        Guardian { id: self.id, phone, scope: self.scope, since: self.made, me }
    }

    /// What happened.
    pub fn steps(&self, phone: &str) -> Vec<BondStep> {
        let step = |at, deed| BondStep { at, deed, scope: self.scope, phone: Some(phone.to_owned()) };
        let left = self.ended_by.as_ref() == Some(&self.account);
        let end = self.ended.map(|at| step(at, if left { Deed::Left } else { Deed::SentAway }));
        core::iter::once(step(self.made, Deed::Joined)).chain(end).collect()
    }
}

/// A code that was made.
pub struct Code {
    pub id: String,
    pub scope: Scope,
    pub made: Moment,
    over: bool,
}

impl Code {
    /// Whether somebody can come with it.
    pub fn is_good(&self, now: Moment) -> bool {
        !self.over && now < self.made.plus(INVITATION_LIFE)
    }

    /// That it was made.
    pub fn step(self) -> BondStep {
        BondStep { at: self.made, deed: Deed::Invited, scope: self.scope, phone: None }
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        let over = row.int_opt("used")?.is_some() || row.int_opt("ended")?.is_some();
        Ok(Self { id: row.text("id")?, scope: scope(row)?, made: row.moment("made")?, over })
    }
}

/// Who is on both ends of a bond.
pub struct Parties {
    pub person: PersonId,
    pub household: AccountId,
    pub guardian: AccountId,
}

fn scope(row: &Row) -> Result<Scope, DbError> {
    let name = row.text("scope")?;
    Scope::from_name(&name).ok_or_else(|| DbError::Other(format!("no such scope: {name}")))
}

/// A child's own household.
pub async fn child(db: &Db, person: &PersonId) -> Result<Option<Child>, DbError> {
    let sql = "SELECT p.account_id, a.phone_box FROM person p JOIN account a ON a.id = p.account_id \
               WHERE p.id = $1 AND p.removed IS NULL";
    let row = db.row(sql, args![person]).await?;
    row.map(|row| {
        Ok(Child { account: AccountId(row.text("account_id")?), phone_box: row.text("phone_box")? })
    })
    .transpose()
}

/// All bonds with a child there ever were.
pub async fn bonds(db: &Db, person: &PersonId) -> Result<Vec<Bond>, DbError> {
    let sql = "SELECT g.*, a.phone_box FROM guardian g JOIN account a ON a.id = g.account_id \
               WHERE g.person_id = $1 ORDER BY g.made, g.id";
    let bond = |row: &Row| {
        Ok(Bond {
            id: GuardianId(row.text("id")?),
            account: AccountId(row.text("account_id")?),
            phone_box: row.text("phone_box")?,
            scope: scope(row)?,
            made: row.moment("made")?,
            ended: row.int_opt("ended")?.map(Moment),
            ended_by: row.text_opt("ended_by")?.map(AccountId),
        })
    };
    db.rows(sql, args![person]).await?.iter().map(bond).collect()
}

/// All codes that were made for a child, latest first.
pub async fn codes(db: &Db, person: &PersonId) -> Result<Vec<Code>, DbError> {
    let sql = "SELECT * FROM guardian_code WHERE person_id = $1 ORDER BY made DESC, id";
    db.rows(sql, args![person]).await?.iter().map(Code::read).collect()
}

/// What somebody of this account is to its holder; `None` for people of others.
pub async fn own(tx: &mut Tx, account: &AccountId, person: &PersonId) -> Result<Option<Relation>, DbError> {
    Ok(crate::household::own(tx, account, person).await?.map(|(relation, _)| relation))
}

/// How many other guardians a child has.
pub async fn count(tx: &mut Tx, person: &PersonId) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) AS guardians FROM guardian WHERE person_id = $1 AND ended IS NULL";
    tx.row(sql, args![person]).await?.map_or(Ok(0), |row| row.int("guardians"))
}

/// Codes for a child from before can be used no more.
pub async fn end_codes(tx: &mut Tx, person: &PersonId, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE guardian_code SET ended = $2 WHERE person_id = $1 AND used IS NULL AND ended IS NULL";
    tx.run(sql, args![person, now]).await.map(drop)
}

/// Keeps a new code.
pub async fn add_code(
    tx: &mut Tx,
    id: &str,
    person: &PersonId,
    scope: Scope,
    mac: &str,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO guardian_code (id, person_id, scope, code_mac, made) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, args![id, person, scope.name(), mac, now]).await.map(drop)
}

/// The household that made a code, whatever has become of it.
pub async fn owner_of_code(tx: &mut Tx, mac: &str) -> Result<Option<AccountId>, DbError> {
    let sql = "SELECT p.account_id FROM guardian_code c JOIN person p ON p.id = c.person_id \
               WHERE c.code_mac = $1 AND p.removed IS NULL";
    tx.row(sql, args![mac]).await?.map(|row| row.text("account_id").map(AccountId)).transpose()
}

/// A code with the child it is for, who is still of its household.
pub async fn code_within(tx: &mut Tx, mac: &str) -> Result<Option<(PersonId, Code)>, DbError> {
    let sql = "SELECT c.* FROM guardian_code c JOIN person p ON p.id = c.person_id \
               WHERE c.code_mac = $1 AND p.removed IS NULL";
    let row = tx.row(sql, args![mac]).await?;
    row.map(|row| Ok((PersonId(row.text("person_id")?), Code::read(&row)?))).transpose()
}

/// Somebody has come with a code.
pub async fn use_code(tx: &mut Tx, id: &str, now: Moment) -> Result<(), DbError> {
    tx.run("UPDATE guardian_code SET used = $2 WHERE id = $1", args![id, now]).await.map(drop)
}

/// Keeps a new bond.
pub async fn add_bond(
    tx: &mut Tx,
    id: &GuardianId,
    person: &PersonId,
    account: &AccountId,
    scope: Scope,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO guardian (id, person_id, account_id, scope, made) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, args![id, person, account, scope.name(), now]).await.map(drop)
}

/// Ends the bond that an account has with a child, if it has one, for another takes its place.
pub async fn end_bond_of(
    tx: &mut Tx,
    person: &PersonId,
    account: &AccountId,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "UPDATE guardian SET ended = $3, ended_by = $2 \
               WHERE person_id = $1 AND account_id = $2 AND ended IS NULL";
    tx.run(sql, args![person, account, now]).await.map(drop)
}

/// Who is on both ends of a bond, also one that has ended.
pub async fn parties(tx: &mut Tx, id: &GuardianId) -> Result<Option<Parties>, DbError> {
    let sql = "SELECT g.person_id, g.account_id, p.account_id AS household FROM guardian g \
               JOIN person p ON p.id = g.person_id WHERE g.id = $1";
    let row = tx.row(sql, args![id]).await?;
    row.map(|row| {
        Ok(Parties {
            person: PersonId(row.text("person_id")?),
            household: AccountId(row.text("household")?),
            guardian: AccountId(row.text("account_id")?),
        })
    })
    .transpose()
}

/// Ends a bond; whether there was one.
pub async fn end_bond(tx: &mut Tx, id: &GuardianId, by: &AccountId, now: Moment) -> Result<bool, DbError> {
    let sql = "UPDATE guardian SET ended = $2, ended_by = $3 WHERE id = $1 AND ended IS NULL";
    Ok(tx.run(sql, args![id, now, by]).await? > 0)
}
