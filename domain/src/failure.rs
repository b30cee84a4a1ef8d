//! What goes wrong between the app and the server, as both see it.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Problem {
    /// A rule says no, with its data (422).
    Refused(Vec<Refusal>),
    /// The request is not understood; the reason is for the programmer (400, 405, 408, 413, 415).
    Malformed(String),
    /// Nobody is signed in (401).
    SignedOut,
    /// The write did not come from our own pages (403).
    Foreign,
    /// The workbench is locked: open the second lock, or set it up (423).
    Locked,
    /// There is no such thing, or it is not yours (404).
    NotFound,
    /// Too many at once; nothing was changed; try again after so many seconds (429, 503).
    Busy {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Nothing can be written at present, reading works (507).
    ReadOnly,
    /// The server does not know whether it was done; ask again with the same key (504).
    Unknown,
    /// Something broke; the number finds it in the log (500).
    Broken {
        /// The request's number.
        request: String,
    },
}
