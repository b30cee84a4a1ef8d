//! The JSON interface, through real HTTP, on SQLite and on PostgreSQL.

mod bad_input;
mod bookings;
mod calendar;
mod catalogue;
mod committer;
mod consent;
mod coverage;
mod crash;
mod devices;
mod draws;
mod edges;
mod faults;
mod fuzz;
mod hall;
mod household;
mod matrix;
mod rush;
mod sign_in;
mod sms;
mod staff;
mod story;
mod tasks;
mod tickets;
mod verification;
mod wishes;
mod world;
