//! A code by which one account lets another come: to a child as its guardian, into a circle of care.

use serde::{Deserialize, Serialize};

use crate::time::DAY;

/// How long a code can be used, in milliseconds.
pub const INVITATION_LIFE: i64 = DAY;
/// How many characters a code has.
pub const CODE_LENGTH: usize = 8;
/// How many codes an account may try within an hour.
pub const MOST_TRIES: u32 = 20;

/// Somebody comes with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JoinRequest {
    /// As typed.
    pub code: String,
}

/// A code as it was made, however it was typed; `None` where it cannot be one.
pub fn read_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|sign| !matches!(sign, ' ' | '-'))
        .map(|sign| sign.to_ascii_uppercase())
        .collect();
    let plain = code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (plain && code.len() == CODE_LENGTH).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::read_code;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        assert_eq!(read_code(" abcd-2345 ").as_deref(), Some("ABCD2345"));
        for bad in ["", "ABCD234", "ABCD23456", "ABCD234!", "儿儿儿儿儿儿儿儿"] {
            assert_eq!(read_code(bad), None, "{bad}");
        }
    }
}
