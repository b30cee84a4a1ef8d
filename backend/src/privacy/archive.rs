//! Everything that is kept of an account, for its holder to read and to take along: as a page that
//! opens anywhere, and as JSON for machines.
//!
//! The address of both is good for a few minutes in any browser, since that of `WeChat` saves no
//! files. It names the account and its end, and a keyed digest of the two; nothing of it is kept.

use std::collections::HashMap;

use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Response, header},
};
use domain::{
    id::{AccountId, is_id},
    privacy::{Item, Line, Part},
    text::{Lang, Text},
    time::{CHINA, Moment},
};
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;

use super::{
    register::{Column, Kind, Say, Table},
    store::{self, Value as Kept},
    words,
};
use crate::{
    app::App,
    failure::Failure,
    mount::{Arrival, intake},
    vault::{Place, Purpose, Vault},
};

mod page;

/// All of it.
pub struct Archive {
    /// When it was put together.
    pub made: Moment,
    tables: Vec<Held>,
}

/// The rows of a table.
struct Held {
    table: &'static Table,
    rows: Vec<Row>,
}

/// A row: every column with its value, opened where it was sealed.
struct Row {
    values: Vec<(&'static Column, Value)>,
    about: Option<(Text, Option<Moment>)>,
}

/// How many archives are made at once: each is held in memory, and nobody shall fill that by asking.
static ROOM: Semaphore = Semaphore::const_new(2);

/// Reads everything that is kept of an account. Who asks while others are at it waits for them.
///
/// # Errors
/// [`Failure::NotFound`] for an account that is no more.
pub async fn collect(app: &App, account: &AccountId) -> Result<Archive, Failure> {
    if !store::is_there(&app.db, account).await? {
        return Err(Failure::NotFound);
    }
    let _place = ROOM.acquire().await.map_err(|error| Failure::Broken(error.to_string()))?;
    let mut tables = Vec::new();
    for table in store::tables() {
        let held = store::mine(&app.db, table, account).await?;
        let rows = held.into_iter().map(|held| opened(&app.vault, table, held)).collect::<Result<_, _>>()?;
        tables.push(Held { table, rows });
    }
    Ok(Archive { made: app.now(), tables })
}

fn opened(vault: &Vault, table: &'static Table, held: store::Held) -> Result<Row, Failure> {
    let row = table.columns.iter().zip(&held.values).find_map(|(column, value)| match value {
        Kept::Text(id) if column.name == "id" => Some(id.clone()),
        _ => None,
    });
    let value = |column: &Column, value: Kept| -> Result<Value, Failure> {
        Ok(match value {
            Kept::Nothing => Value::Null,
            Kept::Int(number) => number.into(),
            Kept::Text(text) => match column.kind {
                // Where there was nothing to be sealed.
                Kind::Sealed if text.is_empty() => Value::Null,
                Kind::Sealed => {
                    let row = row.as_deref().unwrap_or_default();
                    let plain = vault.open(Place { table: table.name, row, column: column.name }, &text)?;
                    let plain = String::from_utf8_lossy(&plain).into_owned();
                    // A number is no JSON object, whatever it looks like.
                    match serde_json::from_str(&plain) {
                        Ok(object @ Value::Object(_)) => object,
                        _ => plain.into(),
                    }
                }
                Kind::Json => serde_json::from_str(&text).unwrap_or(Value::String(text)),
                _ => text.into(),
            },
        })
    };
    let values =
        table.columns.iter().zip(held.values).map(|(column, kept)| Ok((column, value(column, kept)?)));
    let values = values.collect::<Result<_, Failure>>()?;
    let about = held.about.and_then(|(details, starts)| {
        let details: Value = serde_json::from_str(&details).ok()?;
        Some((serde_json::from_value(details.get("title")?.clone()).ok()?, starts.map(Moment)))
    });
    Ok(Row { values, about })
}

impl Row {
    fn id(&self) -> Option<&str> {
        self.values.iter().find(|(column, _)| column.name == "id").and_then(|(_, id)| id.as_str())
    }
}

impl Archive {
    /// What people read of it, in a language. What there is nothing of is left out.
    pub fn parts(&self, lang: Lang) -> Vec<Part> {
        let names = self.names(lang);
        let part = |held: &Held| Part {
            title: said(held.table.title, lang).to_owned(),
            items: held.rows.iter().map(|row| item(held.table, row, &names, lang)).collect(),
        };
        self.tables.iter().filter(|held| !held.rows.is_empty()).map(part).collect()
    }

    /// What machines read of it: every column but those that are secrets.
    pub fn json(&self) -> Value {
        let tables: Map<String, Value> = self
            .tables
            .iter()
            .map(|held| (held.table.name.to_owned(), held.rows.iter().map(json_row).collect()))
            .collect();
        let secrets = self.tables.iter().flat_map(|held| {
            let hidden = held.table.columns.iter().filter(|column| column.kind == Kind::Secret);
            hidden.map(|column| format!("{}.{}", held.table.name, column.name))
        });
        let secrets: Vec<String> = secrets.collect();
        json!({ "made": self.made, "tables": tables, "left_out": secrets })
    }

    /// What the people of the household are called, by their identifiers.
    fn names(&self, lang: Lang) -> HashMap<String, String> {
        let people = self.tables.iter().filter(|held| held.table.name == "person");
        people
            .flat_map(|held| &held.rows)
            .filter_map(|row| {
                let of = |name| row.values.iter().find(|(column, _)| column.name == name).map(|(_, v)| v);
                let name = of("sealed_box")?.get("name").and_then(Value::as_str).unwrap_or_default();
                let relation = of("relation")?.as_str().unwrap_or_default();
                let called = if name.is_empty() { words::word("person", relation, lang) } else { name };
                Some((of("id")?.as_str()?.to_owned(), called.to_owned()))
            })
            .collect()
    }
}

fn json_row(row: &Row) -> Value {
    let values = row.values.iter().filter(|(column, value)| column.kind != Kind::Secret && !value.is_null());
    let mut object: Map<String, Value> =
        values.map(|(column, value)| (column.name.to_owned(), value.clone())).collect();
    if let Some((title, starts)) = &row.about {
        object.insert("about".to_owned(), json!({ "title": title, "starts": starts }));
    }
    Value::Object(object)
}

fn item(table: &Table, row: &Row, names: &HashMap<String, String>, lang: Lang) -> Item {
    let title = match &row.about {
        Some((title, Some(starts))) => format!("{} · {}", title.in_lang(lang), moment(*starts)),
        Some((title, None)) => title.in_lang(lang).to_owned(),
        // A person is called by their name.
        None => row.id().and_then(|id| names.get(id)).cloned().unwrap_or_default(),
    };
    let mut lines = Vec::new();
    for (column, value) in row.values.iter().filter(|(column, _)| column.kind.is_for_people()) {
        let label = said(column.label, lang).to_owned();
        match (column.kind, value) {
            (Kind::Sealed, Value::Object(fields)) => inside(fields, lang, &mut lines),
            (kind, value) => {
                if let Some(value) = plain(table, kind, value, names, lang) {
                    lines.push(Line { label, value });
                }
            }
        }
    }
    lines.retain(|line| line.value != title);
    Item { title, lines }
}

/// What was sealed together, one by one, however deep.
fn inside(fields: &Map<String, Value>, lang: Lang, lines: &mut Vec<Line>) {
    for (name, value) in fields {
        let value = match value {
            Value::Object(deeper) => {
                inside(deeper, lang, lines);
                continue;
            }
            Value::String(text) if !text.is_empty() => words::word(name, text, lang).to_owned(),
            Value::Null | Value::String(_) => continue,
            Value::Array(all) => {
                let all: Vec<&str> =
                    all.iter().filter_map(Value::as_str).map(|one| words::word(name, one, lang)).collect();
                all.join(words::between(lang))
            }
            other => other.to_string(),
        };
        lines.push(Line { label: words::word("fields", name, lang).to_owned(), value });
    }
}

/// A value in words; `None` where there is none.
fn plain(
    table: &Table,
    kind: Kind,
    value: &Value,
    names: &HashMap<String, String>,
    lang: Lang,
) -> Option<String> {
    match (kind, value) {
        (Kind::Time, Value::Number(at)) => at.as_i64().filter(|at| *at > 0).map(|at| moment(Moment(at))),
        (Kind::Truth, Value::Number(yes)) => Some(words::truth(yes.as_i64() == Some(1), lang).to_owned()),
        (_, Value::Number(number)) => (number.as_i64() != Some(0)).then(|| number.to_string()),
        (Kind::Person, Value::String(id)) => names.get(id).cloned(),
        (Kind::Device, Value::String(device)) => Some(words::device(device, lang)),
        (Kind::Word, Value::String(word)) => Some(words::word(table.name, word, lang).to_owned()),
        (_, Value::String(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

fn said((zh, en): Say, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn moment(at: Moment) -> String {
    at.local(CHINA).format("%Y-%m-%d %H:%M").to_string()
}

/// Where the page and the JSON of an account lie until then.
pub fn addresses(vault: &Vault, account: &AccountId, until: Moment, lang: Lang) -> [String; 2] {
    let english = if lang == Lang::En { ".en" } else { "" };
    let token = token(vault, account, until);
    [format!("/api/archive/{token}{english}.html"), format!("/api/archive/{token}.json")]
}

fn token(vault: &Vault, account: &AccountId, until: Moment) -> String {
    let until = until.0.to_string();
    let digest = vault.digest(Purpose::Archive, &[account.as_str(), &until]);
    format!("{account}.{until}.{digest}")
}

/// The account of an address, where it is genuine and its time has not run out.
fn account_of(vault: &Vault, token: &str, now: Moment) -> Option<AccountId> {
    let mut parts = token.rsplitn(3, '.');
    let (digest, until, account) = (parts.next()?, parts.next()?, parts.next()?);
    let genuine = vault.is_digest(Purpose::Archive, &[account, until], digest);
    let until: i64 = until.parse().ok()?;
    (genuine && is_id(account) && now.0 < until).then(|| AccountId::from(account))
}

/// Serves both.
pub async fn file(
    State(app): State<App>,
    Extension(arrival): Extension<Arrival>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = async {
        let (token, end) = file.rsplit_once('.').ok_or(Failure::NotFound)?;
        let (token, lang) = match token.strip_suffix(".en") {
            Some(token) => (token, Lang::En),
            None => (token, intake::lang(&headers)),
        };
        let account = account_of(&app.vault, token, app.now()).ok_or(Failure::NotFound)?;
        let archive = collect(&app, &account).await?;
        let json = archive.json();
        match end {
            "html" => Ok(("text/html; charset=utf-8", page::page(&archive, &json, lang))),
            "json" => Ok(("application/json", json.to_string())),
            _ => Err(Failure::NotFound),
        }
    };
    let (kind, text) = match answer.await {
        Ok(found) => found,
        Err(failure) => return failure.into_page(&arrival.request, &headers, intake::lang(&headers)),
    };
    let mut answer = Response::new(Body::from(text));
    let disposition =
        if kind == "application/json" { "attachment; filename=\"doorstep.json\"" } else { "inline" };
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_good_for_its_account_and_its_time() {
        let vault = Vault::passing().expect("keys");
        let (account, until) = (AccountId::from("a.1"), Moment(1_000));
        let token = token(&vault, &account, until);
        assert_eq!(account_of(&vault, &token, Moment(999)), Some(account));
        assert_eq!(account_of(&vault, &token, until), None);
        let other = token.replacen("a.1", "a.2", 1);
        let longer = token.replacen("1000", "9000", 1);
        for forged in [&*other, &longer, "", "a", "a.1.2", "a.1.1000.00"] {
            assert_eq!(account_of(&vault, forged, Moment(1)), None, "{forged}");
        }
    }
}
