//! The one source of randomness, so that tests can bring their own.

use domain::time::Moment;
use rand::RngCore;

/// Letters and digits that cannot be mistaken for one another when read aloud or typed.
const PLAIN: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// What identifiers are made of.
const SMALL: &[u8] = b"0123456789abcdefghijklmnopqrstuv";
/// What tokens are made of: 64 signs that need no escaping in a cookie.
const TOKEN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A source of bytes nobody can foresee.
pub trait Dice: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Dice {
    /// A secret of 256 bits, 43 characters.
    pub fn token(&self) -> String {
        self.draw(TOKEN, 43)
    }

    /// An identifier: `prefix` and 80 bits.
    pub fn id(&self, prefix: &str) -> String {
        format!("{prefix}{}", self.draw(SMALL, 16))
    }

    /// An identifier for what comes by the thousand: `prefix`, the instant it was made, and 60 bits. The
    /// latest lie side by side in an index, which then does not grow slower with its size.
    pub fn id_at(&self, prefix: &str, made: Moment) -> String {
        let instant = made.0.max(0);
        let sign = |place: u32| SMALL[usize::try_from(instant >> (5 * place) & 31_i64).unwrap_or_default()];
        let signs = (0..9).rev().map(|place| char::from(sign(place)));
        format!("{prefix}{}{}", signs.collect::<String>(), self.draw(SMALL, 12))
    }

    /// So many decimal digits, each as likely as the others.
    pub fn digits(&self, count: usize) -> String {
        self.draw(b"0123456789", count)
    }

    /// So many letters and digits for people, without 0, O, 1 and I.
    pub fn code(&self, count: usize) -> String {
        self.draw(PLAIN, count)
    }

    /// Draws from `signs`, of which there are at most 256, each as likely as the others.
    fn draw(&self, signs: &[u8], count: usize) -> String {
        let fair = 256 - 256 % signs.len();
        let mut drawn = String::with_capacity(count);
        let mut bytes = [0; 64];
        while drawn.len() < count {
            self.fill(&mut bytes);
            for byte in bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair) {
                if drawn.len() < count {
                    drawn.push(char::from(signs[byte % signs.len()]));
                }
            }
        }
        drawn
    }
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct SystemDice;

impl Dice for SystemDice {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_has_the_length_and_the_signs_it_should() {
        let dice: &dyn Dice = &SystemDice;
        assert_eq!(dice.token().len(), 43);
        assert_eq!(dice.id("b").len(), 17);
        assert!(domain::id::is_id(&dice.id("b")));
        let ids = [0, 31, 32, 1_782_000_000_000, 1_782_000_000_001].map(|at| dice.id_at("b", Moment(at)));
        assert!(ids.is_sorted() && ids.iter().all(|id| id.len() == 22 && domain::id::is_id(id)), "{ids:?}");
        assert!(domain::session::is_code(&dice.digits(6)));
        assert!(dice.code(600).bytes().all(|sign| !b"0O1I".contains(&sign)));
        assert_ne!(dice.token(), dice.token());
    }
}
