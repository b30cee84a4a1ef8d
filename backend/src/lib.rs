//! The JSON server of 家门口 (Doorstep).

pub mod app;
pub mod call;
pub mod clock;
pub mod compress;
pub mod config;
pub mod db;
pub mod dice;
pub mod failure;
pub mod mount;
pub mod once;
pub mod sender;
pub mod snapshot;
pub mod vault;
