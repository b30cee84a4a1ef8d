//! A browser that is known: it has signed in with that telephone before.
//!
//! Codes are few for a telephone, and somebody could use up a neighbour's by asking for them. So a
//! browser gets a cookie at sign-in that says which telephone it was, readable by nobody; with it
//! codes for that telephone have an allowance of their own, which only that browser can use up.

use axum::http::HeaderValue;
use domain::{session::Phone, time::DAY};

use crate::{
    app::App,
    failure::Failure,
    session::keep,
    vault::{Purpose, Vault},
};

/// For how long a browser is known, in milliseconds.
const LIFE: i64 = 365 * DAY;

/// Whether a browser that brings that cookie has signed in with `phone`.
pub fn is_known(vault: &Vault, phone: &Phone, cookie: Option<&str>) -> bool {
    nonce_of(vault, phone, cookie).is_some()
}

/// What tells a known browser from others of the same telephone.
fn nonce_of<'c>(vault: &Vault, phone: &Phone, cookie: Option<&'c str>) -> Option<&'c str> {
    let (nonce, proof) = cookie?.split_once('.')?;
    super::is_same(proof, &proof_of(vault, phone, nonce)).then_some(nonce)
}

/// Under which digest codes for `phone` are counted, for a browser that brings that cookie.
pub fn counted_as(vault: &Vault, phone: &Phone, cookie: Option<&str>) -> String {
    match nonce_of(vault, phone, cookie) {
        Some(nonce) => vault.digest(Purpose::Phone, &[phone.reveal(), nonce]),
        None => vault.digest(Purpose::Phone, &[phone.reveal()]),
    }
}

/// The cookie for a browser that has signed in with `phone`.
pub fn cookie(app: &App, phone: &Phone) -> Result<HeaderValue, Failure> {
    let nonce = app.dice.code(12);
    let value = format!("{nonce}.{}", proof_of(&app.vault, phone, &nonce));
    keep::any_cookie(&app.config, app.config.known_cookie(), &value, LIFE)
}

fn proof_of(vault: &Vault, phone: &Phone, nonce: &str) -> String {
    vault.digest(Purpose::Known, &[phone.reveal(), nonce])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_signed_in_with_a_telephone_is_known_for_it() {
        let vault = Vault::passing().expect("keys");
        let [one, two] = ["13800000001", "13800000002"].map(|number| Phone::parse(number).expect("one"));
        let cookie = |phone: &Phone, nonce: &str| format!("{nonce}.{}", proof_of(&vault, phone, nonce));
        let plain = counted_as(&vault, &one, None);
        let known = counted_as(&vault, &one, Some(&cookie(&one, "AAAA")));
        assert_ne!(known, plain);
        assert_ne!(known, counted_as(&vault, &one, Some(&cookie(&one, "BBBB"))), "each browser its own");
        for forged in ["", ".", "AAAA.", "AAAA", &cookie(&two, "AAAA"), &format!("B{}", cookie(&one, "AAAA"))]
        {
            assert_eq!(counted_as(&vault, &one, Some(forged)), plain, "{forged}");
        }
        assert!(!cookie(&one, "AAAA").contains(one.reveal()));
    }
}
