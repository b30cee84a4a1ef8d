//! Made-up households that are signed in, put straight into a database: codes by telephone are
//! limited for good reason.

use backend::{
    args,
    db::{Arg, Db, DbError, Sql, Tx},
    dice::Dice,
    digest::sha256,
    vault::{Place, Vault},
};
use domain::{
    id::{AccountId, CentreId, PersonId},
    time::{Day, Moment},
};
use serde_json::{Value, json};

/// A household to be.
#[derive(Clone, Debug)]
pub struct Household {
    /// Its account.
    pub account: AccountId,
    /// The token of its session.
    pub token: String,
    /// Its people, the holder of the account first.
    pub people: Vec<Member>,
}

/// One of a household.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Date of birth.
    pub born: Option<Day>,
    /// The version of the guardian's consent; 0 for none.
    pub consent: u32,
    /// When the desk saw the papers; 0 for never.
    pub verified: Moment,
    /// In whose neighbourhood they live.
    pub resident_of: Option<CentreId>,
}

impl Member {
    /// Somebody of whom nothing is known.
    pub fn new(person: PersonId) -> Self {
        Self { person, born: None, consent: 0, verified: Moment(0), resident_of: None }
    }
}

impl Household {
    /// Somebody who lives alone.
    pub fn single(dice: &(dyn Dice + 'static)) -> Self {
        let people = vec![Member::new(PersonId(dice.id("p")))];
        Self { account: AccountId(dice.id("a")), token: dice.token(), people }
    }
}

/// So many people who live alone.
///
/// # Errors
/// The database's.
pub async fn singles(
    db: &Db,
    vault: &Vault,
    dice: &(dyn Dice + 'static),
    count: usize,
    now: Moment,
) -> Result<Vec<Household>, DbError> {
    let households: Vec<Household> = (0..count).map(|_| Household::single(dice)).collect();
    for part in households.chunks(1_000) {
        let mut tx = db.begin().await?;
        move_in(&mut tx, vault, part, now).await?;
        tx.commit().await?;
    }
    Ok(households)
}

/// Writes households with their sessions.
///
/// # Errors
/// The database's.
pub async fn move_in(
    tx: &mut Tx,
    vault: &Vault,
    households: &[Household],
    now: Moment,
) -> Result<(), DbError> {
    const ACCOUNTS: Sql = Sql::both(
        "INSERT INTO account (id, phone_mac, phone_box, made) \
         SELECT value ->> 'id', value ->> 'id', value ->> 'box', $2 FROM json_each($1)",
        "INSERT INTO account (id, phone_mac, phone_box, made) \
         SELECT id, id, box, $2 FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS v(id text, box text)",
    );
    const PEOPLE: Sql = Sql::both(
        "INSERT INTO person (id, account_id, relation, sealed_box, consent, verified, resident_of) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'relation', value ->> 'box', \
                value ->> 'consent', value ->> 'verified', value ->> 'centre' FROM json_each($1)",
        "INSERT INTO person (id, account_id, relation, sealed_box, consent, verified, resident_of) \
         SELECT id, account, relation, box, consent, verified, centre \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS v(id text, account text, relation text, box text, \
                                                         consent bigint, verified bigint, centre text)",
    );
    const SESSIONS: Sql = Sql::both(
        "INSERT INTO session (hash, account_id, made, seen) \
         SELECT value ->> 'hash', value ->> 'id', $2, $2 FROM json_each($1)",
        "INSERT INTO session (hash, account_id, made, seen) \
         SELECT hash, id, $2, $2 FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS v(id text, hash text)",
    );
    let seal = |table, row: &str, column, plain: &[u8]| {
        vault.seal(Place { table, row, column }, plain).map_err(|error| DbError::Other(error.to_string()))
    };
    let (mut accounts, mut people) = (Vec::new(), Vec::new());
    for household in households {
        let id = household.account.as_str();
        let phone = seal("account", id, "phone_box", b"13800000000")?;
        accounts.push(json!({ "id": id, "box": phone, "hash": sha256(&household.token) }));
        for (n, member) in household.people.iter().enumerate() {
            let born = member.born.map(domain::time::write_day);
            let plain = json!({ "name": "", "born": born }).to_string();
            let sealed = seal("person", member.person.as_str(), "sealed_box", plain.as_bytes())?;
            people.push(json!({
                "id": member.person, "account": id, "relation": if n == 0 { "Myself" } else { "Adult" },
                "box": sealed, "consent": member.consent, "verified": member.verified,
                "centre": member.resident_of,
            }));
        }
    }
    let (accounts, people) = (text(&accounts), text(&people));
    tx.run(ACCOUNTS, args![accounts.clone(), now]).await?;
    tx.run(PEOPLE, vec![people]).await?;
    tx.run(SESSIONS, args![accounts, now]).await.map(drop)
}

fn text(values: &[Value]) -> Arg {
    Arg::Text(Value::from(values).to_string())
}
