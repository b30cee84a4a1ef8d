//! The register of all tables: those that hold something of somebody, and those that hold nothing.

use super::super::register::Table;

mod account;
mod bookings;
mod family;
mod house;
mod neighbours;

/// The tables that hold something of somebody, in the order in which people read of them. They are
/// erased from the last to the first.
pub fn tables() -> impl DoubleEndedIterator<Item = &'static Table> {
    [account::TABLES, family::TABLES, bookings::TABLES, neighbours::TABLES, house::TABLES]
        .into_iter()
        .flatten()
}

/// The tables that hold nothing of anybody: what the centres offer, numbers, and who is no more.
pub const OF_NOBODY: [&str; 14] = [
    "_sqlx_migrations",
    "city",
    "area",
    "centre",
    "offering",
    "slot",
    "task",
    "team",
    "draw_plan",
    "draw",
    "counter",
    "revision",
    "wechat_loan",
    "erasure",
];
