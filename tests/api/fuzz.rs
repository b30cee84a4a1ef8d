//! The OpenAPI document is kept to: whatever is sent, the answer is one that is documented.
//!
//! For every operation bodies are made from its schema, good ones, odd ones and broken ones. The
//! dice are loaded, so that a failure comes again.

use reqwest::{Method, header};
use serde_json::{Map, Value, json};

use crate::world::{Client, World, fresh_key};

/// How often each operation is called.
const ROUNDS: usize = 25;

const TEXTS: [&str; 14] = [
    "",
    "a",
    "xinsheng",
    "想要一个充电棚",
    "  \t ",
    "<script>alert(1)</script>",
    "'; DROP TABLE wish; --",
    "138 0000 0001",
    "13800000009",
    "000000",
    "../../etc/passwd",
    "👩‍👩‍👧‍👦\u{202e}\u{feff}",
    "%00%ff",
    "=1+1",
];
const DAYS: [&str; 6] =
    ["2020-02-29", "1890-01-01", "2026-06-24", "2019-02-29", "+262142-12-31", "yesterday"];
const IDS: [&str; 7] =
    ["xinsheng", "yangzhou", "xinsheng-pingpong", "xinsheng-wish-charging", "-", "%00", "a b"];

/// Dice that fall the same way each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % most.max(1)
    }

    fn pick<'t, T>(&mut self, among: &'t [T]) -> &'t T {
        &among[self.below(among.len())]
    }
}

/// The document, in which schemas refer to one another, and names that mean something.
struct Document {
    text: Value,
    /// By what a parameter or a field is called.
    known: Vec<(&'static str, Value)>,
}

impl Document {
    fn resolve<'d>(&'d self, schema: &'d Value) -> &'d Value {
        match schema["$ref"].as_str().and_then(|path| self.text.pointer(path.trim_start_matches('#'))) {
            Some(target) => self.resolve(target),
            None => schema,
        }
    }

    /// Something that there is by that name, two times of three.
    fn known(&self, name: &str, dice: &mut Dice) -> Option<Value> {
        let (_, value) = self.known.iter().find(|(known, _)| *known == name)?;
        (dice.below(3) > 0).then(|| value.clone())
    }

    /// Fills the names in a path.
    fn fill(&self, path: &str, dice: &mut Dice) -> String {
        let mut filled = String::new();
        for (index, piece) in path.split(['{', '}']).enumerate() {
            match self.known(piece, dice) {
                _ if index % 2 == 0 => filled += piece,
                Some(Value::String(id)) => filled += &id,
                _ => filled += *dice.pick(&IDS),
            }
        }
        filled
    }

    /// Something of the schema's shape, though not always of its sense.
    fn make(&self, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
        let schema = self.resolve(schema);
        if let Some(fixed) = schema.get("const") {
            return fixed.clone();
        }
        if let Some(among) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array) {
            return self.make(dice.pick(among), dice, depth);
        }
        match kind(schema, dice).as_str() {
            "object" => {
                let empty = Map::new();
                let fields = schema["properties"].as_object().unwrap_or(&empty);
                let field = |(name, field): (&String, &Value)| {
                    let known = self.known(name, dice);
                    (name.clone(), known.unwrap_or_else(|| self.make(field, dice, depth + 1)))
                };
                Value::Object(fields.iter().map(field).collect())
            }
            "array" => {
                let most = if depth < 4 { 20 } else { 1 };
                let count = dice.below(most);
                (0..count).map(|_| self.make(&schema["items"], dice, depth + 1)).collect()
            }
            "string" if schema["format"] == "date" => json!(dice.pick(&DAYS)),
            "string" if dice.below(12) == 0 => json!("长".repeat(2_000)),
            "string" => json!(dice.pick(&TEXTS)),
            "integer" => json!(*dice.pick(&[0, 1, -1, 480, i64::MAX, i64::MIN])),
            "number" => json!(*dice.pick(&[0.0, 32.4, -1e300])),
            "boolean" => json!(dice.below(2) == 0),
            _ => Value::Null,
        }
    }

    /// Whether a value is what the schema says; why not.
    fn check(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let schema = self.resolve(schema);
        let no = |why: &str| Err(format!("{why}: {value} is not {schema}"));
        if schema.get("const").is_some_and(|fixed| fixed != value) {
            return no("const");
        }
        if let Some(among) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array)
            && !among.iter().any(|one| self.check(one, value).is_ok())
        {
            return no("none of");
        }
        let kinds = kinds(schema);
        let fits = |kind: &String| match kind.as_str() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            _ => value.is_null(),
        };
        if !kinds.is_empty() && !kinds.iter().any(fits) {
            return no("type");
        }
        if schema["minimum"].as_f64().zip(value.as_f64()).is_some_and(|(least, value)| value < least) {
            return no("minimum");
        }
        for item in value.as_array().into_iter().flatten() {
            self.check(&schema["items"], item)?;
        }
        if let (Some(value), Some(fields)) = (value.as_object(), schema["properties"].as_object()) {
            let needed = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            if let Some(missing) = needed.into_iter().find(|name| !value.contains_key(*name)) {
                return no(missing);
            }
            for (name, value) in value {
                match fields.get(name) {
                    Some(field) => self.check(field, value)?,
                    None => return no(name),
                }
            }
        }
        Ok(())
    }
}

fn kinds(schema: &Value) -> Vec<String> {
    match &schema["type"] {
        Value::String(kind) => vec![kind.clone()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn kind(schema: &Value, dice: &mut Dice) -> String {
    let kinds = kinds(schema);
    if kinds.is_empty() { "null".into() } else { dice.pick(&kinds).clone() }
}

/// Breaks a text somewhere, now and then.
fn spoil(text: String, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.into_bytes();
    if dice.below(4) == 0 && !bytes.is_empty() {
        let at = dice.below(bytes.len());
        match dice.below(3) {
            0 => bytes.truncate(at),
            1 => bytes[at] = *dice.pick(&[b'"', b'{', 0, 0xff, b'9']),
            _ => drop(bytes.remove(at)),
        }
    }
    bytes
}

async fn try_out(client: &Client, document: &Document, method: &str, path: &str, dice: &mut Dice) {
    let operation = &document.text["paths"][path][method];
    let verb = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
    let mut request = client.request(verb, &document.fill(path, dice).replace(' ', "%20"));
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let mut sent = String::new();
    if !schema.is_null() {
        let body = spoil(document.make(schema, dice, 0).to_string(), dice);
        sent = String::from_utf8_lossy(&body).into_owned();
        request = request.header(header::CONTENT_TYPE, "application/json").body(body);
    }
    if dice.below(10) > 0 {
        request = request.header("idempotency-key", fresh_key());
    }
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16().to_string();
    let told = format!("{method} {path} {sent}: {status}");
    let response = document.resolve(&operation["responses"][&status]);
    assert!(response.is_object(), "{told} is not documented");
    assert_ne!(status, "500", "{told}");
    let body: Value = answer.json().await.unwrap_or_else(|error| panic!("{told}: {error}"));
    let schema = &response["content"]["application/json"]["schema"];
    document.check(schema, &body).unwrap_or_else(|why| panic!("{told}: {why}"));
}

#[tokio::test]
async fn whatever_is_sent_the_answer_is_one_that_is_documented() {
    let world = World::new().await;
    let resident = world.resident("13800000001").await;
    let stranger = world.anonymous();
    let get = async |path: &str| -> Value {
        let answer = resident.request(Method::GET, path).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    };
    let page = get("/api/offerings/xinsheng-pingpong").await;
    let known = vec![
        ("city", json!("yangzhou")),
        ("centre", json!("xinsheng")),
        ("offering", json!("xinsheng-pingpong")),
        ("wish", json!("xinsheng-wish-charging")),
        ("text", json!("想要一个充电棚")),
        ("task", get("/api/cities/yangzhou/tasks").await[0]["id"].clone()),
        (
            "slot",
            page["slots"].as_array().and_then(|slots| slots.last()).expect("a slot")["slot"]["id"].clone(),
        ),
        ("people", json!([get("/api/me").await["people"][0]["id"]])),
    ];
    let document = Document { text: get("/api/openapi.json").await, known };
    let mut dice = Dice(20_260_624);
    let paths = document.text["paths"].as_object().expect("paths").clone();
    for (path, methods) in &paths {
        for method in methods.as_object().expect("methods").keys() {
            for round in 0..ROUNDS {
                // Signing in and out would end the session the others need.
                let client =
                    if path.starts_with("/api/session") || round % 8 == 7 { &stranger } else { &resident };
                try_out(client, &document, method, path, &mut dice).await;
            }
        }
    }
}
