//! No endpoint without a test: every one is called by name somewhere in this suite.

use std::{fmt::Write, fs};

use domain::{
    endpoint::Endpoint,
    endpoints::{Visitor, visit_all},
};

use crate::world::root;

struct Missing {
    source: String,
    names: String,
}

impl Visitor for Missing {
    fn visit<E: Endpoint>(&mut self) {
        let name = std::any::type_name::<E>().rsplit("::").next().unwrap_or_default();
        let calls = ["call", "call_with_key", "send"].map(|verb| format!(".{verb}::<{name}>("));
        if !calls.iter().any(|call| self.source.contains(call)) {
            let _ = write!(self.names, " {name}");
        }
    }
}

#[test]
fn every_endpoint_is_called_by_this_suite() {
    let mut source = String::new();
    for entry in fs::read_dir(root().join("tests/api")).expect("the folder of this file") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            source += &fs::read_to_string(path).expect("a source file");
        }
    }
    let mut missing = Missing { source, names: String::new() };
    visit_all(&mut missing);
    assert!(missing.names.is_empty(), "not called:{}", missing.names);
}
