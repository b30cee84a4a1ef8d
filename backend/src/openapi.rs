//! The OpenAPI document, written from the list of endpoints: what is not there does not exist.

use std::sync::{Arc, LazyLock};

use axum::{extract::Request, routing::get};
use domain::{
    circle::{ForAnother, HEADER},
    endpoint::{Audience, Endpoint, Method},
    endpoints::{Visitor, visit_all},
    failure::Problem,
};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{
    mount::{Mount, snapshot_answer},
    snapshot::Snapshot,
};

/// Where the document is served.
pub const PATH: &str = "/api/openapi.json";

static DOCUMENT: LazyLock<Arc<Snapshot>> =
    LazyLock::new(|| Arc::new(Snapshot::new(document().to_string().into_bytes(), false)));

/// Mounts the document.
pub fn mount(mount: Mount) -> Mount {
    mount.raw(PATH, get(async |request: Request| snapshot_answer(&DOCUMENT, request.headers()).await))
}

/// The document.
pub fn document() -> Value {
    let generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut writer = Writer { generator, paths: Map::new() };
    visit_all(&mut writer);
    let problem = writer.generator.subschema_for::<Problem>();
    let problems: Map<String, Value> = PROBLEMS
        .iter()
        .map(|(status, meaning)| {
            let content = json!({ "application/json": { "schema": problem } });
            (status.to_string(), json!({ "description": meaning, "content": content }))
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "家门口 Doorstep",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The JSON interface of a neighbourhood's service centres. Instants are \
                milliseconds since 1970 in UTC. Every answer has x-now (the server's clock), x-build \
                (the app's build) and x-request (the number in the log).",
        },
        "paths": writer.paths,
        "components": {
            "schemas": writer.generator.take_definitions(true),
            "responses": problems,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": "__Host-session" },
            },
        },
    })
}

/// What can go wrong, with the status that says so.
const PROBLEMS: [(u16, &str); 14] = [
    (400, "The request is not understood"),
    (401, "Nobody is signed in"),
    (403, "The write did not come from our own pages"),
    (404, "There is no such thing, or it is not yours"),
    (408, "The body did not arrive in time"),
    (413, "The body is too large"),
    (415, "The body is not JSON"),
    (422, "A rule says no"),
    (423, "The second lock of the workbench is not open"),
    (429, "Too often"),
    (500, "Something broke"),
    (503, "Too much to do; nothing was changed"),
    (504, "Not known whether it was done; ask again with the same key"),
    (507, "Nothing can be written at present"),
];

/// Writes one path after the other.
struct Writer {
    generator: SchemaGenerator,
    paths: Map<String, Value>,
}

impl Visitor for Writer {
    fn visit<E: Endpoint>(&mut self) {
        let mut operation = json!({
            "operationId": name::<E>(),
            "summary": E::SUMMARY,
            "parameters": parameters::<E>(),
            "responses": self.responses::<E>(),
            "security": match E::AUDIENCE {
                Audience::Public => json!([]),
                Audience::Resident | Audience::Staff => json!([{ "session": [] }]),
            },
        });
        let input = self.generator.subschema_for::<E::Input>();
        if E::METHOD != Method::Get && !is_null(&input.clone().to_value()) {
            operation["requestBody"] = json!({
                "required": true,
                "content": { "application/json": { "schema": input } },
            });
        }
        let path = self.paths.entry(E::PATH).or_insert_with(|| json!({}));
        path[E::METHOD.name().to_lowercase()] = operation;
    }
}

impl Writer {
    fn responses<E: Endpoint>(&mut self) -> Value {
        let output = self.generator.subschema_for::<E::Output>();
        let mut responses = json!({
            "200": {
                "description": "It went well",
                "content": { "application/json": { "schema": output } },
            },
        });
        let writes = E::METHOD != Method::Get;
        for (status, _) in PROBLEMS {
            let possible = match status {
                401 => E::AUDIENCE.signs_in(),
                404 => {
                    let named = E::PATH.contains('{') || E::FOR_ANOTHER != ForAnother::Never;
                    named || writes || E::AUDIENCE != Audience::Public
                }
                423 => E::LOCKED,
                400 | 403 | 408 | 413 | 415 | 422 | 429 | 504 | 507 => writes,
                _ => true,
            };
            if possible {
                responses[status.to_string()] = json!({ "$ref": format!("#/components/responses/{status}") });
            }
        }
        responses
    }
}

/// The last piece of the type's name.
fn name<E: Endpoint>() -> &'static str {
    std::any::type_name::<E>().rsplit("::").next().unwrap_or_default()
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

fn parameters<E: Endpoint>() -> Value {
    let in_path = E::PATH.split(['{', '}']).skip(1).step_by(2).map(|name| {
        json!({
            "name": name,
            "in": "path",
            "required": true,
            "schema": { "type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$" },
        })
    });
    let key = E::KEYED.then(|| {
        json!({
            "name": "idempotency-key",
            "in": "header",
            "required": true,
            "description": "Made by the client for each thing it wants done; a retry carries the same.",
            "schema": { "type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$" },
        })
    });
    let bond = (E::FOR_ANOTHER != ForAnother::Never).then(|| {
        json!({
            "name": HEADER,
            "in": "header",
            "required": false,
            "description": "The bond by which a relative does it for the one in whose circle of care they are.",
            "schema": { "type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$" },
        })
    });
    in_path.chain(key).chain(bond).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_is_documented_and_every_reference_leads_somewhere() {
        struct Check(Value);
        impl Visitor for Check {
            fn visit<E: Endpoint>(&mut self) {
                let operation = &self.0["paths"][E::PATH][E::METHOD.name().to_lowercase()];
                assert_eq!(operation["operationId"], name::<E>());
            }
        }
        let document = document();
        visit_all(&mut Check(document.clone()));
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1) {
            let pointer = reference.split('"').next().unwrap_or_default();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    }

    #[test]
    fn a_write_says_that_it_wants_a_key_and_a_session() {
        let document = document();
        let book = &document["paths"]["/api/bookings"]["post"];
        assert_eq!(book["parameters"][0]["name"], "idempotency-key");
        assert_eq!(book["security"][0]["session"], json!([]));
        assert!(book["responses"]["422"].is_object());
    }
}
