//! Nouns, rules and endpoints of 家门口 (Doorstep): pure, shared by the app and the server.
//!
//! Nothing here reads a clock, draws a random number or touches the outside: what a rule needs is
//! passed in. So the button a screen shows and the guard on the server are the same line of code.

pub mod area;
pub mod audit;
pub mod booking;
pub mod calendar;
pub mod centre;
pub mod circle;
pub mod consent;
pub mod device;
pub mod draw;
pub mod elevation;
pub mod endpoint;
pub mod endpoints;
pub mod failure;
pub mod geo;
pub mod guardian;
pub mod home;
pub mod hours;
pub mod household;
pub mod id;
pub mod invitation;
pub mod notice;
pub mod offering;
pub mod pattern;
pub mod privacy;
pub mod refusal;
pub mod screen;
pub mod session;
pub mod staff;
pub mod sync;
pub mod task;
pub mod team;
pub mod text;
pub mod ticket;
pub mod time;
pub mod volunteer;
pub mod wechat;
pub mod week;
pub mod wish;
pub mod work;
