//! Identifiers: short texts, one type for each noun, so that they cannot be mixed up.

/// Longest identifier accepted from outside, in bytes.
pub const MAX_ID: usize = 64;

/// Whether `text` can be an identifier: 1 to 64 letters, digits, `-`, `_` or `.`.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_ID
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl crate::endpoint::Params for $name {
            const SAMPLE: Self = Self(String::new());

            fn values(&self) -> Vec<&str> {
                vec![&self.0]
            }

            fn parse(values: &[&str]) -> Option<Self> {
                match values {
                    [one] if is_id(one) => Some(Self((*one).to_owned())),
                    _ => None,
                }
            }
        }
    )*};
}

ids! {
    /// A city or county, such as `yangzhou`.
    CityId
    /// An area: a city, a district, a street; a city's has the identifier of the city.
    AreaId
    /// A neighbourhood service centre, such as `xinsheng`.
    CentreId
    /// Something a centre offers again and again, such as `xinsheng-pingpong`.
    OfferingId
    /// One bookable unit of an offering.
    SlotId
    /// A party's place in a slot.
    BookingId
    /// A draw by which places are given out.
    DrawId
    /// Something a household is told.
    NoticeId
    /// Somebody's account.
    AccountId
    /// A person of a household.
    PersonId
    /// Somebody's post in the house.
    StaffId
    /// A device on which somebody is signed in.
    DeviceId
    /// A team of a centre, such as `xinsheng-repairs`.
    TeamId
    /// Somebody's place in a team.
    MemberId
    /// Somebody as a volunteer.
    VolunteerId
    /// A wish, suggestion or report.
    WishId
    /// A volunteer task.
    TaskId
    /// A ready ticket.
    TicketId
    /// The bond of another guardian with a child.
    GuardianId
    /// The bond of a relative with the one for whom they may act.
    BondId
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn an_id_is_short_and_plain() {
        assert!(is_id("xinsheng-pingpong.20260701T0900"));
        for bad in ["", "a b", "a/b", "名", "a\0", "../x", &"x".repeat(65)] {
            assert!(!is_id(bad), "{bad:?}");
        }
    }
}
