//! The JSON server of 家门口 (Doorstep).

pub mod app;
pub mod assets;
pub mod call;
pub mod clock;
pub mod compress;
pub mod config;
pub mod db;
pub mod dice;
pub mod failure;
pub mod front;
pub mod health;
pub mod kernel;
pub mod log;
pub mod mount;
pub mod once;
pub mod openapi;
pub mod sender;
pub mod serve;
pub mod snapshot;
pub mod vault;
