//! The digits that hang at the door of an offering: who types them stands in front of it. They are others
//! every week, for who stood there once may be at home today.

use domain::{
    booking::deeds::DOOR_TRIES,
    id::OfferingId,
    refusal::Refusal,
    time::{Day, Zone, whole_seconds, write_day},
    week::monday,
};

use super::store;
use crate::{
    call::Call,
    failure::Failure,
    household,
    session::is_same,
    vault::{Purpose, Vault},
};

/// Lets in who typed the digits of the door, of this week on the centre's clock. Wrong ones are counted for the account, under its lock:
/// however many are sent at once, and to however many servers, no more are looked at.
///
/// # Errors
/// They are wrong, or were so too often.
pub async fn knock(call: &Call, (offering, zone): (&OfferingId, Zone), typed: &str) -> Result<(), Failure> {
    let (account, now, (within, most)) = (call.account()?, call.now(), DOOR_TRIES);
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    let before = store::door_tries(&mut tx, account).await?;
    let (since, tries) = before.filter(|(since, _)| now.0 - since.0 < within).unwrap_or((now, 0));
    if tries >= most {
        return Err(Refusal::DoorShut { seconds: whole_seconds(since.0 + within - now.0) }.into());
    }
    if is_same(typed, &door_code(&call.app.vault, offering, now.day(zone))) {
        return Ok(());
    }
    store::count_door_try(&mut tx, account, since, tries + 1).await?;
    tx.commit().await?;
    Err(Refusal::DoorWrong { left: most - tries - 1 }.into())
}

/// The four digits for an offering in the week of that day, from Monday on; the desk prints them. They follow
/// from the keys of the house, so that every server knows them and nobody has to keep them.
pub fn door_code(vault: &Vault, offering: &OfferingId, day: Day) -> String {
    let digest = vault.digest(Purpose::Door, &[offering.as_str(), &write_day(monday(day))]);
    let sum = digest.bytes().fold(0_u32, |sum, byte| (sum * 257 + u32::from(byte)) % 10_000);
    format!("{sum:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> Day {
        Day::from_ymd_opt(2026, 7, number).expect("a real date")
    }

    #[test]
    fn every_door_has_four_digits_that_stay_the_same() {
        let vault = Vault::passing().expect("keys");
        let codes: Vec<String> =
            (0..50).map(|n| door_code(&vault, &OfferingId(format!("hall-{n}")), day(6))).collect();
        assert!(codes.iter().all(|code| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit())));
        assert!(codes.iter().any(|code| *code != codes[0]));
        assert_eq!(door_code(&vault, &OfferingId::from("hall-7"), day(6)), codes[7]);
    }

    #[test]
    fn the_digits_hold_from_monday_to_sunday() {
        let vault = Vault::passing().expect("keys");
        let of = |number| door_code(&vault, &OfferingId::from("hall"), day(number));
        // The 6th of July 2026 is a Monday.
        assert!((6..=12).all(|number| of(number) == of(6)));
        let weeks: std::collections::BTreeSet<String> = (0..4).map(|week| of(6 + week * 7)).collect();
        assert!(weeks.len() > 1, "{weeks:?}");
    }
}
