//! The app as a person meets it: in today's Chromium, on a real server, by role and visible words.
//!
//! `cargo xtask test --only browser` builds what is needed and names it in the environment; see
//! `settings`. Every test has a server and phones of its own.

mod addresses;
mod attendance;
mod axe;
mod beds;
mod booking;
mod callers;
mod childcare;
mod circle;
mod draws;
mod driver;
mod elder;
mod english;
mod family;
mod first_paint;
mod grandmother;
mod groups;
mod holidays;
mod house;
mod layout;
mod lock;
mod notices;
mod offers;
mod offline;
mod papers;
mod phone;
mod pictures;
mod privacy;
mod race;
mod reschedule;
mod rush;
mod screens;
mod session;
mod settings;
mod shifts;
mod slips;
mod storage;
mod tables;
mod tasks;
mod undo;
mod volunteers;
mod waitlist;
mod wechat;
#[path = "../stand_in/wechat.rs"]
mod wechat_stand_in;
mod week;
mod wishes;
mod work;
