//! Codes that change every half minute: RFC 6238 with SHA-1, six digits, as authenticator apps do.

use domain::time::Moment;
use hmac::{Hmac, Mac};
use sha1::Sha1;

use crate::session::is_same;

/// Seconds for which a code is shown.
const STEP: i64 = 30;
/// How many steps a phone's clock may be off, to either side.
const OFF: i64 = 1;
/// The letters of Base32.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step whose code that is, if it is one of now and later than `after`.
pub fn step_of(secret: &[u8], code: &str, now: Moment, after: i64) -> Option<i64> {
    let present = now.0.div_euclid(1_000).div_euclid(STEP);
    let steps = (present - OFF..=present + OFF).filter(|step| *step > after);
    // All are looked at, whichever fits.
    steps.fold(None, |found, step| if is_same(code, &code_at(secret, step)) { Some(step) } else { found })
}

/// The code of now.
pub fn code_of(secret: &[u8], now: Moment) -> String {
    code_at(secret, now.0.div_euclid(1_000).div_euclid(STEP))
}

/// The code of a step.
pub fn code_at(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = <Hmac<Sha1> as Mac>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let word = u32::from_be_bytes([digest[at] & 127, digest[at + 1], digest[at + 2], digest[at + 3]]);
    format!("{:06}", word % 1_000_000)
}

/// Base32 without filling, of a number of bytes that needs none.
pub fn base32(bytes: &[u8]) -> String {
    let (mut text, mut bits, mut held) = (String::new(), 0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(LETTERS[(bits >> held & 31) as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of RFC 6238, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(secret, seconds / STEP), code);
            assert_eq!(step_of(secret, code, Moment(seconds * 1_000), 0), Some(seconds / STEP));
        }
        assert_eq!(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_code_is_good_once_and_for_a_minute_and_a_half() {
        let (secret, now) = (b"12345678901234567890", Moment(1_782_178_200_000));
        let step = now.0 / 1_000 / STEP;
        for (off, good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = code_at(secret, step + off);
            assert_eq!(step_of(secret, &code, now, 0).is_some(), good, "{off}");
        }
        assert_eq!(step_of(secret, &code_at(secret, step), now, step), None, "it has been used");
        assert_eq!(step_of(secret, "", now, 0), None);
    }
}
