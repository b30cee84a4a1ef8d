//! Signing in: a phone number and a one-time code.

use serde::{Deserialize, Serialize};

use crate::{
    circle::Elder,
    household::Person,
    privacy::Leaving,
    refusal::Refusal,
    staff::Post,
    time::{DAY, HOUR, MINUTE, Moment},
};

/// How long a code can be used, in milliseconds.
pub const CODE_LIFE: i64 = 5 * MINUTE;
/// How often a code may be tried.
pub const CODE_TRIES: u32 = 5;
/// How long a sign-in lasts without being used, in milliseconds.
pub const SESSION_LIFE: i64 = 90 * DAY;
/// After how long a cookie is replaced by a new one while it is used, in milliseconds.
pub const COOKIE_TURN: i64 = 7 * DAY;
/// How long the one before is still taken, for answers that were lost on the way, in milliseconds.
pub const COOKIE_GRACE: i64 = HOUR;

/// How many codes a phone may be sent: (within milliseconds, at most).
pub const PHONE_LIMITS: [(i64, u32); 3] = [(MINUTE, 1), (HOUR, 5), (DAY, 10)];
/// How many codes one network address may ask for. Many share one behind a carrier's gateway.
pub const ADDRESS_LIMITS: [(i64, u32); 2] = [(HOUR, 60), (DAY, 300)];
/// How many codes are sent in all in a minute; how many in a day is the house's own choice.
pub const TOTAL_LIMIT: (i64, u32) = (MINUTE, 600);

/// A mobile number of mainland China: eleven digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads a number as people type it, with spaces, dashes or +86.
    ///
    /// # Errors
    /// [`Refusal::PhoneMalformed`] when it is not a mobile number.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let digits = digits.strip_prefix("+86").unwrap_or(&digits);
        let bytes = digits.as_bytes();
        let mobile = bytes.len() == 11
            && bytes.iter().all(u8::is_ascii_digit)
            && bytes[0] == b'1'
            && (b'3'..=b'9').contains(&bytes[1]);
        if mobile { Ok(Self(digits.to_owned())) } else { Err(Refusal::PhoneMalformed) }
    }

    /// The eleven digits. For the sender and the vault only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What may be shown: `138****0001`.
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[7..])
    }
}

impl core::fmt::Debug for Phone {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str(&self.masked())
    }
}

/// Whether a text is six digits.
pub fn is_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Somebody who is signed in, as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// The phone number, masked.
    pub phone: String,
    /// Oneself first, then the household.
    pub people: Vec<Person>,
    /// The posts one holds in the house; most hold none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Post>,
    /// Where one has asked to be erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving: Option<Leaving>,
    /// For whom somebody acts, where it is not the one who is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting: Option<Elder>,
}

/// A phone number that wants a code.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeRequest {
    /// As typed.
    pub phone: String,
}

/// A code is on its way. The answer is the same for known and unknown numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeSent {
    /// Names this code; the code is good only together with it.
    pub request: String,
    /// Seconds until another can be asked for.
    pub again_after: u32,
    /// The code itself, only where the server runs as a demo.
    pub demo_code: Option<String>,
}

/// A code that came back.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignInRequest {
    /// From [`CodeSent::request`].
    pub request: String,
    /// Six digits.
    pub code: String,
}

/// The server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServerTime {
    /// Now.
    pub now: Moment,
}

pub mod api {
    //! Endpoints of signing in.

    use super::{CodeRequest, CodeSent, Me, ServerTime, SignInRequest};
    use crate::{
        circle::ForAnother,
        endpoint::{Audience, Endpoint, Method},
    };

    /// The server's clock, to count down by.
    pub struct GetTime;
    impl Endpoint for GetTime {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/time";
        const AUDIENCE: Audience = Audience::Public;
        const SUMMARY: &'static str = "The server's clock";
        type Params = ();
        type Input = ();
        type Output = ServerTime;
    }

    /// Sends a one-time code.
    pub struct RequestCode;
    impl Endpoint for RequestCode {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/session/code";
        const AUDIENCE: Audience = Audience::Public;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Send a one-time code to a phone";
        type Params = ();
        type Input = CodeRequest;
        type Output = CodeSent;
    }

    /// Changes a code for a session cookie.
    pub struct SignIn;
    impl Endpoint for SignIn {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/session";
        const AUDIENCE: Audience = Audience::Public;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Sign in with a one-time code";
        type Params = ();
        type Input = SignInRequest;
        type Output = Me;
    }

    /// Ends the session.
    pub struct SignOut;
    impl Endpoint for SignOut {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/session";
        const AUDIENCE: Audience = Audience::Public;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Sign out on this device";
        type Params = ();
        type Input = ();
        type Output = ();
    }

    /// Who is signed in, with the household.
    pub struct GetMe;
    impl Endpoint for GetMe {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/me";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::See;
        const SUMMARY: &'static str = "Who is signed in, and their household";
        type Params = ();
        type Input = ();
        type Output = Me;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for typed in ["13800000001", "138 0000 0001", "+86 138-0000-0001"] {
            assert_eq!(Phone::parse(typed).expect("a number").reveal(), "13800000001");
        }
        for typed in [
            "",
            "1380000000",
            "23800000001",
            "138000000011",
            "1380000000a",
            "12800000001",
            "１３８０００００００１",
        ] {
            assert_eq!(Phone::parse(typed), Err(Refusal::PhoneMalformed), "{typed}");
        }
    }

    #[test]
    fn a_number_never_prints_itself() {
        let phone = Phone::parse("13812345678").expect("a number");
        assert_eq!(format!("{phone:?}"), "138****5678");
    }
}
