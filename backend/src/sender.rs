//! Brings one-time codes to telephones.

use domain::session::Phone;

/// Something that brings a one-time code to a telephone. A gateway for text messages implements it;
/// it must not wait for the delivery, so that the answer takes equally long for every number.
pub trait CodeSender: Send + Sync {
    /// Sends `code` to `phone`.
    fn send(&self, phone: &Phone, code: &str);
}

/// Writes codes to the log, for development and for the demo: nobody's telephone rings.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsoleSender;

impl CodeSender for ConsoleSender {
    fn send(&self, phone: &Phone, code: &str) {
        tracing::info!(phone = %phone.masked(), code, "one-time code");
    }
}
