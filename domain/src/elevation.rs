//! The second lock of the workbench: a password and a code that changes every half minute, on top of
//! signing in by telephone.

use serde::{Deserialize, Serialize};

use crate::{
    refusal::Refusal,
    time::{DAY, HOUR, MINUTE, Moment},
};

/// How long the workbench stays unlocked at most, in milliseconds: a working day.
pub const UNLOCKED: i64 = 10 * HOUR;
/// How long it stays so while nobody does anything in it, in milliseconds.
pub const IDLE: i64 = HOUR;
/// How often one may try: within so many milliseconds, at most.
pub const TRIES: (i64, u32) = (15 * MINUTE, 5);
/// How often one may try in vain within a day: after that it is tomorrow, or somebody takes the lock off.
pub const TRIES_A_DAY: (i64, u32) = (DAY, 20);
/// Least and most characters of a password.
pub const PASSWORD: (u32, u32) = (10, 100);
/// How many codes there are for the day on which the phone is lost.
pub const SPARE_CODES: usize = 10;

/// How the lock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lock {
    /// Since when there is one; `None` where none was set up.
    pub since: Option<Moment>,
    /// Until when it is open on this device.
    pub open_until: Option<Moment>,
    /// How many spare codes are left.
    pub spare: u32,
}

/// What an authenticator app is fed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LockSecret {
    /// To be typed, where the picture cannot be scanned: Base32.
    pub secret: String,
    /// The same as an address, `otpauth://…`.
    pub address: String,
    /// A square code of the address, an image as a `data:` address.
    pub picture: String,
    /// The digits of this half minute, only where the server runs as a demo.
    pub demo_code: Option<String>,
}

/// What opens the lock.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LockKey {
    /// The password.
    pub password: String,
    /// Six digits from the app, or a spare code.
    pub code: String,
}

impl LockKey {
    /// What is wrong with the password, were it a new one.
    pub fn check(&self) -> Vec<Refusal> {
        let (least, most) = PASSWORD;
        match self.password.chars().count() {
            short if short < least as usize => vec![Refusal::TextTooShort { least }],
            long if long > most as usize => vec![Refusal::TextTooLong { most }],
            _ => Vec::new(),
        }
    }
}

/// A lock that was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LockMade {
    /// How it stands.
    pub lock: Lock,
    /// The spare codes, shown this once.
    pub spare: Vec<String>,
}

pub mod api {
    //! Endpoints of the lock.

    //!
    //! None of them asks for an open lock, but for taking somebody else's off.

    use super::{Lock, LockKey, LockMade, LockSecret};
    use crate::{
        endpoint::{Audience, Endpoint, Method},
        id::StaffId,
    };

    /// How the lock stands.
    pub struct GetLock;
    impl Endpoint for GetLock {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/work/lock";
        const AUDIENCE: Audience = Audience::Staff;
        const LOCKED: bool = false;
        const SUMMARY: &'static str = "Whether the workbench has a second lock, and is open";
        type Params = ();
        type Input = ();
        type Output = Lock;
    }

    /// Draws a secret for an authenticator app. It counts once a code of it has come back.
    pub struct DrawLockSecret;
    impl Endpoint for DrawLockSecret {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/lock/secret";
        const AUDIENCE: Audience = Audience::Staff;
        const LOCKED: bool = false;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Draw a secret for the second lock";
        type Params = ();
        type Input = ();
        type Output = LockSecret;
    }

    /// Sets the lock up: a new password, and a code of the secret that was drawn.
    pub struct MakeLock;
    impl Endpoint for MakeLock {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/lock";
        const AUDIENCE: Audience = Audience::Staff;
        const LOCKED: bool = false;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Set up the second lock";
        type Params = ();
        type Input = LockKey;
        type Output = LockMade;
    }

    /// Opens the lock on this device.
    pub struct OpenLock;
    impl Endpoint for OpenLock {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/lock/open";
        const AUDIENCE: Audience = Audience::Staff;
        const LOCKED: bool = false;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Open the second lock";
        type Params = ();
        type Input = LockKey;
        type Output = Lock;
    }

    /// Closes it before its time.
    pub struct CloseLock;
    impl Endpoint for CloseLock {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/work/lock/open";
        const AUDIENCE: Audience = Audience::Staff;
        const LOCKED: bool = false;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Close the second lock again";
        type Params = ();
        type Input = ();
        type Output = Lock;
    }

    /// Takes the lock of somebody off who lost what opens it: they set up another. Never one's own.
    pub struct ResetLock;
    impl Endpoint for ResetLock {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/work/staff/{staff}/reset-lock";
        const AUDIENCE: Audience = Audience::Staff;
        const SUMMARY: &'static str = "Take the second lock of somebody off who lost what opens it";
        type Params = StaffId;
        type Input = ();
        type Output = ();
    }
}
