//! The queue: who gets what comes free.

use crate::id::BookingId;

/// A party on the waitlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its booking.
    pub booking: BookingId,
    /// Places it needs.
    pub size: u32,
}

/// Which waiting parties get the `free` places: first come first, each whole or not at all.
/// `queue` is in the order of the sequence number. Rule 5.
pub fn promote(free: u32, queue: &[Waiting]) -> Vec<BookingId> {
    let mut left = free;
    queue
        .iter()
        .filter(|party| {
            let fits = party.size <= left;
            if fits {
                left -= party.size;
            }
            fits
        })
        .map(|party| party.booking.clone())
        .collect()
}
