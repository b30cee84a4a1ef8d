//! The JSON interface, through real HTTP, on SQLite and on PostgreSQL.

mod bad_input;
mod coverage;
mod edges;
mod world;
