//! An endpoint of the JSON interface, declared once for the app, the server and the documents.

use core::fmt::Write;

use serde::{Serialize, de::DeserializeOwned};

use crate::circle::ForAnother;

/// The HTTP methods in use. `Get` changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
    /// Takes away.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may call an endpoint; checked before its handler runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anybody, signed in or not.
    Public,
    /// Somebody who is signed in.
    Resident,
    /// Somebody who is signed in and holds a post; to all others the endpoint does not exist. How far
    /// the post reaches is the handler's to ask.
    Staff,
}

impl Audience {
    /// Whether one has to be signed in.
    pub const fn signs_in(self) -> bool {
        !matches!(self, Self::Public)
    }
}

/// One operation of the JSON interface.
///
/// Inputs travel as a JSON body (never for `GET`), what names the thing travels in the path.
/// Writes whose [`Endpoint::KEYED`] is true carry the header `idempotency-key`: the same key with
/// the same body answers the same, with another body it is refused.
pub trait Endpoint: 'static {
    /// The HTTP method.
    const METHOD: Method;
    /// The path, with `{name}` for each of the parameters, in their order.
    const PATH: &'static str;
    /// Who may call it.
    const AUDIENCE: Audience;
    /// Whether a retry is recognised by its key; every write is, but for signing in and out.
    const KEYED: bool = matches!(Self::METHOD, Method::Post | Method::Delete);
    /// Whether the caller must have opened the second lock; everything of the staff's asks for it, but
    /// for the lock itself and for where one works.
    const LOCKED: bool = matches!(Self::AUDIENCE, Audience::Staff);
    /// Whether a relative may call it for the one whose circle they are in; a request that says so
    /// where it is `Never` is answered like something that is not there. A write has its name in her
    /// log.
    const FOR_ANOTHER: ForAnother = ForAnother::Never;
    /// One line for the documents.
    const SUMMARY: &'static str;

    /// What stands in the path.
    type Params: Params;
    /// The body that is sent; `()` for none.
    type Input: Shape + Serialize + DeserializeOwned + Send + 'static;
    /// The body that comes back.
    type Output: Shape + Serialize + DeserializeOwned + Send + 'static;

    /// The path with its parameters filled in.
    fn path(params: &Self::Params) -> String {
        let mut path = String::new();
        let values = params.values();
        let mut values = values.iter();
        for (index, piece) in Self::PATH.split(['{', '}']).enumerate() {
            if index % 2 == 0 {
                path.push_str(piece);
            } else if let Some(value) = values.next() {
                escape(value, &mut path);
            }
        }
        path
    }
}

/// Parameters of a path.
pub trait Params: Sized + Send + 'static {
    /// Any value, to count the parameters by.
    const SAMPLE: Self;
    /// The parameters in the order of the path.
    fn values(&self) -> Vec<&str>;
    /// Reads them back; `None` where one is not well formed.
    fn parse(values: &[&str]) -> Option<Self>;
}

impl Params for () {
    const SAMPLE: Self = ();

    fn values(&self) -> Vec<&str> {
        Vec::new()
    }

    fn parse(values: &[&str]) -> Option<Self> {
        values.is_empty().then_some(())
    }
}

/// A type that can describe itself in the OpenAPI document; everything, where schemas are not built.
#[cfg(not(feature = "schema"))]
pub trait Shape {}
#[cfg(not(feature = "schema"))]
impl<T> Shape for T {}

/// A type that can describe itself in the OpenAPI document.
#[cfg(feature = "schema")]
pub trait Shape: schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> Shape for T {}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub fn escape(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            into.push(char::from(byte));
        } else {
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;
    use crate::{booking::api::GetBooking, id::BookingId, session::api::GetTime};

    #[test]
    fn a_path_is_filled_in_and_escaped() {
        assert_eq!(GetBooking::path(&BookingId::from("b1")), "/api/bookings/b1");
        assert_eq!(GetBooking::path(&BookingId::from("a/b")), "/api/bookings/a%2Fb");
        assert_eq!(GetTime::path(&()), "/api/time");
    }
}
