//! The register against the schema: what nobody declared fails here.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    register::Kind,
    store::{OF_NOBODY, schema, sealed::SEALED, tables},
    words,
};
use crate::{
    args,
    db::{DatabaseUrl, Db},
};
use domain::{
    audit::Act,
    id::AccountId,
    text::Lang,
    time::{DAY, Moment},
};

async fn fresh(name: &str) -> (Db, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("doorstep-register-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    (Db::open(&DatabaseUrl::file(&folder.join("x.db"))).await.expect("opens"), folder)
}

#[tokio::test]
async fn every_table_and_every_column_is_declared() {
    let (db, folder) = fresh("schema").await;
    let mut there: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, column) in schema(&db).await.expect("the schema") {
        there.entry(table).or_default().insert(column);
    }
    let declared: BTreeSet<&str> = tables().map(|table| table.name).chain(OF_NOBODY).collect();
    let known: BTreeSet<&str> = there.keys().map(String::as_str).collect();
    assert_eq!(known, declared, "what is in a new table, and whose is it? See privacy/store/tables/");
    for table in tables() {
        let columns: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        let known: BTreeSet<&str> = there[table.name].iter().map(String::as_str).collect();
        assert_eq!(known, columns, "{}: what is in a new column? See privacy/store/tables/", table.name);
        for column in table.columns {
            let labelled = !column.label.0.is_empty() && !column.label.1.is_empty();
            assert_eq!(labelled, column.kind.is_for_people(), "{}.{}", table.name, column.name);
        }
    }
    for table in OF_NOBODY {
        for column in &there[table] {
            assert!(
                !["account", "person", "people", "phone"].iter().any(|whose| column.contains(whose)),
                "{table}.{column} is somebody's: declare the table in privacy/store/tables/"
            );
        }
    }
    db.close().await;
    std::fs::remove_dir_all(folder).expect("removed");
}

#[tokio::test]
async fn every_sealed_column_is_turned_to_a_new_key() {
    let (db, folder) = fresh("sealed").await;
    let boxes: BTreeSet<(String, String)> = schema(&db)
        .await
        .expect("the schema")
        .into_iter()
        .filter(|(_, column)| column.ends_with("_box"))
        .collect();
    let listed: BTreeSet<(String, String)> =
        SEALED.iter().map(|sealed| (sealed.table.to_owned(), sealed.column.to_owned())).collect();
    assert_eq!(boxes, listed, "what is sealed is listed in privacy/store/sealed.rs");
    for table in tables() {
        for column in table.columns {
            let sealed = listed.contains(&(table.name.to_owned(), column.name.to_owned()));
            assert_eq!(sealed, column.kind == Kind::Sealed, "{}.{}", table.name, column.name);
        }
    }
    db.close().await;
    std::fs::remove_dir_all(folder).expect("removed");
}

/// Statements are literals: that they run is all that one can ask of them without rows.
#[tokio::test]
async fn every_statement_of_the_register_runs() {
    let (db, folder) = fresh("runs").await;
    let nobody = AccountId::from("a");
    for table in tables() {
        db.rows(table.mine, args![&nobody]).await.unwrap_or_else(|error| panic!("{}: {error}", table.name));
        let mut tx = db.begin().await.expect("begins");
        super::store::erase(&mut tx, table, &nobody)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", table.name));
        drop(tx);
    }
    assert_eq!(super::retention::run(&db, Moment(1_000 * DAY)).await, Ok(0));
    let told = super::retention::told(&db, Moment(1_000 * DAY)).await.expect("told");
    assert!(told.contains("login_code") && told.contains("after 2 days"), "{told}");
    assert!(super::rotate::counts(&db).await.expect("counted").is_empty());
    db.close().await;
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn what_the_staff_does_has_words() {
    for act in Act::ALL {
        assert_ne!(words::word("audit", act.name(), Lang::Zh), act.name());
    }
}

#[test]
fn what_relatives_do_has_words() {
    for deed in domain::circle::Deed::ALL {
        assert_ne!(words::word("circle_line", deed.name(), Lang::Zh), deed.name());
    }
}

#[test]
fn the_page_says_of_everything_why_how_long_and_what_then() {
    let policy = super::policy();
    let items: Vec<_> = policy.groups.iter().flat_map(|group| &group.items).collect();
    assert_eq!(items.len(), tables().count() + 1, "nothing is left out, nor who is no more");
    for item in &items {
        for text in [&item.title, &item.why, &item.kept, &item.after] {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{item:?}");
        }
        assert!(!item.holds.is_empty(), "{item:?}");
    }
    assert!(items.iter().any(|item| item.sealed) && items.iter().any(|item| item.stays));
}
