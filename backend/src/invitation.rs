//! Codes by which one account lets another come.
//!
//! A code follows from its identifier by a keyed digest, so that who made it can read it again as long
//! as it is good, and whoever has the database without the keys cannot.

use domain::{
    id::AccountId,
    invitation::{CODE_LENGTH, MOST_TRIES},
    refusal::Refusal,
};

use crate::{
    app::App,
    failure::Failure,
    vault::{Purpose, Vault},
};

mod store;

/// The signs of a code: those that are not mistaken for others.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The code of an invitation.
pub fn code(vault: &Vault, id: &str) -> String {
    let digest = vault.digest(Purpose::Invitation, &["code of", id]);
    let pairs = digest.as_bytes().chunks(2).take(CODE_LENGTH);
    let sign = |pair: &[u8]| {
        let byte = pair.iter().fold(0, |sum, sign| sum * 16 + char::from(*sign).to_digit(16).unwrap_or(0));
        char::from(SIGNS[byte as usize % SIGNS.len()])
    };
    pairs.map(sign).collect()
}

/// What is kept of a code.
pub fn code_mac(vault: &Vault, code: &str) -> String {
    vault.digest(Purpose::Invitation, &["is", code])
}

/// Counts a try of somebody's code, good or not: eight signs are not found by trying, and nobody shall
/// try. Counted in the database, for all servers together.
///
/// # Errors
/// There were too many within the hour.
pub async fn count_try(app: &App, account: &AccountId) -> Result<(), Failure> {
    let mut tx = app.db.begin().await?;
    let tries = store::count_try(&mut tx, account, app.now()).await?;
    if tries > MOST_TRIES {
        // What is refused is not counted on and on: the hour begins with the first.
        return Err(Refusal::TooManyTries.into());
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use domain::invitation::read_code;

    use super::*;

    #[test]
    fn a_code_follows_from_its_identifier_and_the_keys() {
        let vault = Vault::passing().expect("keys");
        let one = code(&vault, "g1");
        assert_eq!(read_code(&one).as_deref(), Some(&*one));
        assert_eq!(code(&vault, "g1"), one);
        assert_ne!(code(&vault, "g2"), one);
        assert_ne!(code(&Vault::passing().expect("keys"), "g1"), one);
    }
}
