//! The digits that hang at the door of an offering: who types them stands in front of it.

use domain::id::OfferingId;

use crate::vault::{Purpose, Vault};

/// The four digits for an offering; the desk prints them. They follow from the keys of the house, so
/// that every server knows them and nobody has to keep them.
pub fn door_code(vault: &Vault, offering: &OfferingId) -> String {
    let digest = vault.digest(Purpose::Door, &[offering.as_str()]);
    let sum = digest.bytes().fold(0_u32, |sum, byte| (sum * 257 + u32::from(byte)) % 10_000);
    format!("{sum:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_door_has_four_digits_that_stay_the_same() {
        let vault = Vault::passing().expect("keys");
        let codes: Vec<String> =
            (0..50).map(|n| door_code(&vault, &OfferingId(format!("hall-{n}")))).collect();
        assert!(codes.iter().all(|code| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit())));
        assert!(codes.iter().any(|code| *code != codes[0]));
        assert_eq!(door_code(&vault, &OfferingId::from("hall-7")), codes[7]);
    }
}
