//! Relatives: every endpoint × everybody who might say that they act for the owner.

use backend::{app::App, args, vault::Place};
use domain::{
    circle::ForAnother,
    endpoint::Endpoint,
    endpoints::{Visitor, visit_all},
    id::{AccountId, PersonId},
};

use super::{
    Actor, Answer, Cast, read, send, state,
    table::{Member, Row, TABLE, Who},
    with_token,
};
use crate::{
    hall::settle,
    world::{Client, World},
};

/// Somebody new in the circle of an account: the token of their session, and the bond.
pub async fn relative(app: &App, account: &AccountId, scope: &str) -> (String, String) {
    let member = AccountId(app.dice.id("a"));
    let token = settle(app, &member, &[PersonId(app.dice.id("p"))]).await;
    (token, bond(app, account, &member, scope).await)
}

async fn bond(app: &App, account: &AccountId, member: &AccountId, scope: &str) -> String {
    let id = app.dice.id("f");
    let place = Place { table: "circle", row: &id, column: "names_box" };
    let names = app.vault.seal(place, r#"{"member":"女儿","elder":"妈妈"}"#.as_bytes()).expect("sealed");
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "INSERT INTO circle (id, account_id, member_id, scope, names_box, made) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![&id, account, member, scope, names, app.now()]).await.expect("a bond");
    tx.commit().await.expect("commits");
    id
}

/// Everybody who might say that they act for the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// Nobody is signed in.
    Anonymous,
    /// Somebody of no circle, with a bond that is there.
    Stranger,
    /// A relative, with the bond of another.
    Swapped,
    /// Somebody who was a relative.
    Former,
    /// The owner, with a bond in the circle.
    Owner,
    /// A relative of the one next door, with that bond.
    NextDoor,
    Sees,
    Acts,
}

impl Kin {
    const ALL: [Self; 8] = [
        Self::Anonymous,
        Self::Stranger,
        Self::Swapped,
        Self::Former,
        Self::Owner,
        Self::NextDoor,
        Self::Sees,
        Self::Acts,
    ];

    /// What is answered to a request for what is the owner's, with a bond.
    fn expected(self, row: &Row) -> Answer {
        let allowed = match row.member {
            Member::Ignored => return Answer::In,
            Member::Nothing => false,
            Member::Sees => matches!(self, Self::Sees | Self::Acts),
            Member::Acts => self == Self::Acts,
        };
        match self {
            Self::Anonymous if row.who != Who::Everybody => Answer::SignedOut,
            _ if allowed => Answer::In,
            // Whoever acts for the neighbour has what is theirs, and of the owner nothing.
            Self::NextDoor if row.who != Who::Owner && row.member != Member::Nothing => Answer::In,
            Self::Anonymous => Answer::SignedOut,
            _ => Answer::Missing,
        }
    }
}

/// Everybody of [`Kin`], each with the bond that they name.
pub async fn kin(world: &World, cast: &Cast) -> Vec<(Kin, Client)> {
    let app = &world.server.app;
    let (owner, neighbour) =
        (AccountId(cast.ours["account"].clone()), AccountId(cast.theirs["account"].clone()));
    let (sees, seeing) = relative(app, &owner, "see").await;
    let (acts, acting) = relative(app, &owner, "act").await;
    let (former, ended) = relative(app, &owner, "act").await;
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE circle SET ended = $2, ended_by = $3 WHERE id = $1";
    tx.run(sql, args![&ended, app.now(), &owner]).await.expect("ended");
    tx.commit().await.expect("commits");
    let (next, door) = relative(app, &neighbour, "act").await;
    let with = |token: &str, bond: &str| with_token(world, token).acting(bond);
    vec![
        (Kin::Anonymous, world.anonymous().acting(&acting)),
        (Kin::Stranger, cast.client(Actor::Stranger).acting(&acting)),
        (Kin::Swapped, with(&sees, &acting)),
        (Kin::Former, with(&former, &ended)),
        (Kin::Owner, cast.client(Actor::Owner).acting(&acting)),
        (Kin::NextDoor, with(&next, &door)),
        (Kin::Sees, with(&sees, &seeing)),
        (Kin::Acts, with(&acts, &acting)),
    ]
}

#[tokio::test]
async fn a_relative_may_what_the_table_says_and_nobody_else_may_in_her_name() {
    let world = World::new().await;
    for row in TABLE {
        let cast = Cast::new(&world).await;
        let kin = kin(&world, &cast).await;
        let before = state(&world.server.app).await;
        for (who, client) in &kin {
            let expected = who.expected(row);
            if expected == Answer::In {
                continue;
            }
            let answer = send(client, row, &cast.ours).await;
            assert_eq!(read(&answer), expected, "{} by {who:?}: {answer:?}", row.endpoint);
        }
        if row.member != Member::Ignored {
            assert_eq!(
                state(&world.server.app).await,
                before,
                "{}: a denied call left a trace",
                row.endpoint
            );
        }
        for (who, client) in kin.iter().filter(|(who, _)| who.expected(row) == Answer::In) {
            let answer = send(client, row, &cast.ours).await;
            assert!(read(&answer) == Answer::In || row.may_miss, "{} by {who:?}: {answer:?}", row.endpoint);
        }
        assert_eq!(Kin::ALL.len(), kin.len());
    }
}

#[tokio::test]
async fn a_bond_of_others_is_answered_like_one_that_there_is_not() {
    let world = World::new().await;
    let cast = Cast::new(&world).await;
    let acting = |bond: &str| cast.client(Actor::Owner).acting(bond);
    for row in TABLE.iter().filter(|row| row.member != Member::Ignored) {
        let foreign = send(&acting(&cast.theirs["bond"]), row, &cast.ours).await;
        let unknown = send(&acting("bond-unknown"), row, &cast.ours).await;
        assert_eq!((foreign.0, &foreign.1), (404, &unknown.1), "{}: one can tell", row.endpoint);
    }
}

#[test]
fn the_table_says_of_relatives_what_the_endpoints_say() {
    struct Check;
    impl Visitor for Check {
        fn visit<E: Endpoint>(&mut self) {
            let name = format!("{} {}", E::METHOD.name(), E::PATH);
            let row = TABLE.iter().find(|row| row.endpoint == name).expect("in the table");
            let declared = match (E::FOR_ANOTHER, row.who) {
                (ForAnother::See, _) => Member::Sees,
                (ForAnother::Act(_), _) => Member::Acts,
                (ForAnother::Never, Who::Everybody) => Member::Ignored,
                (ForAnother::Never, _) => Member::Nothing,
            };
            assert_eq!(row.member, declared, "{name}");
        }
    }
    visit_all(&mut Check);
}
