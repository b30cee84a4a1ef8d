//! Passwords: argon2id with 19 MiB and two passes, as OWASP recommends; on threads of their own, and
//! only a few at a time, for each is made to cost something.

use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::{
    dice::Dice,
    digest::{hex, unhex},
    failure::Failure,
};

/// KiB of memory, passes, lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// How many are worked on at once.
static HANDS: Semaphore = Semaphore::const_new(4);

/// The hash of a password, with what it takes to check it.
pub async fn hash(dice: &(dyn Dice + 'static), password: &str) -> Result<String, Failure> {
    let mut salt = [0; 16];
    dice.fill(&mut salt);
    let sum = sum(password, salt.to_vec(), COST).await?;
    let (memory, passes, lanes) = COST;
    Ok(format!("argon2id {memory} {passes} {lanes} {} {}", hex(&salt), hex(&sum)))
}

/// Whether that is the password.
pub async fn fits(hashed: &str, password: &str) -> Result<bool, Failure> {
    let broken = || Failure::Broken("a password's hash is not understood".into());
    let words: Vec<&str> = hashed.split(' ').collect();
    let ["argon2id", memory, passes, lanes, salt, wanted] = words[..] else { return Err(broken()) };
    let number = |text: &str| text.parse().map_err(|_| broken());
    let cost = (number(memory)?, number(passes)?, number(lanes)?);
    let sum = sum(password, unhex(salt).ok_or_else(broken)?, cost).await?;
    Ok(crate::session::is_same(wanted, &hex(&sum)))
}

async fn sum(password: &str, salt: Vec<u8>, cost: (u32, u32, u32)) -> Result<[u8; 32], Failure> {
    let _hand = HANDS.acquire().await.map_err(|error| Failure::Broken(error.to_string()))?;
    let password = password.to_owned();
    let work = move || {
        let (memory, passes, lanes) = cost;
        let params = Params::new(memory, passes, lanes, Some(32))?;
        let mut sum = [0; 32];
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon.hash_password_into(password.as_bytes(), &salt, &mut sum)?;
        Ok::<_, argon2::Error>(sum)
    };
    let worked = tokio::task::spawn_blocking(work).await;
    let worked = worked.map_err(|error| Failure::Broken(error.to_string()))?;
    worked.map_err(|error| Failure::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::SystemDice;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_no_other() {
        let hashed = hash(&SystemDice, "正确的马 battery").await.expect("hashed");
        assert!(hashed.starts_with("argon2id 19456 2 1 ") && !hashed.contains("battery"));
        assert_ne!(hashed, hash(&SystemDice, "正确的马 battery").await.expect("hashed"), "salted");
        assert!(fits(&hashed, "正确的马 battery").await.expect("checked"));
        assert!(!fits(&hashed, "正确的马 Battery").await.expect("checked"));
        assert!(fits("argon2id 1", "x").await.is_err());
    }
}
