//! Brings one-time codes to telephones.

use std::pin::Pin;

use domain::{session::Phone, time::Moment};

mod tencent;

pub use tencent::TencentSender;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It is on its way; or it may be, and nobody can tell.
    Sent,
    /// The gateway takes none for this number, now or ever.
    Refused,
    /// It was not sent: the gateway cannot be reached, or does not want us.
    Unreachable,
}

/// What [`CodeSender::send`] returns.
pub type Sends<'a> = Pin<Box<dyn Future<Output = Sending> + Send + 'a>>;

/// Something that brings a one-time code to a telephone. It answers when the gateway has taken the
/// message, which it does for numbers that we know and others alike, and writes to the log what went
/// wrong, without the number.
pub trait CodeSender: Send + Sync {
    /// Sends `code` to `phone`. It is `now`.
    fn send<'a>(&'a self, phone: &'a Phone, code: &'a str, now: Moment) -> Sends<'a>;
}

/// Writes codes to the log, for development and for the demo: nobody's telephone rings.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsoleSender;

impl CodeSender for ConsoleSender {
    fn send<'a>(&'a self, phone: &'a Phone, code: &'a str, _now: Moment) -> Sends<'a> {
        tracing::info!(phone = %phone.masked(), code, "one-time code");
        Box::pin(std::future::ready(Sending::Sent))
    }
}
