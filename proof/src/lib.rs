//! What we promise of bookings, put to the proof: random stories told to the writer and to its twin,
//! rushes of thousands, servers that are killed, disks that fail.
//!
//! The suites of the tests and `cargo xtask soak` play the same pieces, the one for seconds and the
//! other for hours.

pub mod audit;
pub mod crowd;
pub mod diary;
pub mod disk;
pub mod fate;
pub mod play;
pub mod postgres;
pub mod process;
pub mod setting;
pub mod shrink;
pub mod step;
pub mod tale;

/// A sentence for the person at the keyboard, where it did not work.
pub type Outcome<T = ()> = Result<T, String>;
