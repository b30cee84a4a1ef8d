//! The JSON interface, through real HTTP, on SQLite and on PostgreSQL.
