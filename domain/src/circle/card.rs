//! The number of somebody without a telephone, by which the desk finds them again.

/// How many digits it has.
pub const CARD_LENGTH: usize = 8;

/// The number of somebody without a telephone, however it was typed: eight digits. `None` where it
/// cannot be one.
pub fn read_card(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
    let plain = digits.len() == CARD_LENGTH && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some(digits)
}

/// The number as it is read out: `4821 0935`.
pub fn write_card(card: &str) -> String {
    match card.split_at_checked(CARD_LENGTH / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => card.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_typed_and_written_as_it_is_said() {
        for typed in ["48210935", "4821 0935", " 4821-0935"] {
            assert_eq!(read_card(typed).as_deref(), Some("48210935"), "{typed}");
        }
        for bad in ["", "4821093", "482109351", "4821093a", "13800000001"] {
            assert_eq!(read_card(bad), None, "{bad}");
        }
        assert_eq!(write_card("48210935"), "4821 0935");
    }
}
