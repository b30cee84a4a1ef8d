//! A slot: one bookable unit of an offering.

use serde::{Deserialize, Serialize};

use super::meeting::{self, Meeting};
use crate::{
    id::{DrawId, SlotId},
    refusal::Refusal,
    time::{Moment, Span},
};

/// The one meeting of a slot in which somebody lives: no time at all, put where no clock will come. So it
/// is always ahead: it opens, is waited for, offered and given back like a table tomorrow, and nobody has to
/// be elsewhere for it.
pub const STAY: Span = Span { starts: Moment(4_102_358_400_000), ends: Moment(4_102_444_800_000) };

/// Whether what starts then has no time, since somebody lives there.
pub fn is_stay(starts: Moment) -> bool {
    starts == STAY.starts
}

/// One bookable unit of an offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slot {
    /// Identifier.
    pub id: SlotId,
    /// Its meetings by their numbers: one for a table hour, many for a course; never empty, and one takes
    /// place.
    pub meetings: Vec<Meeting>,
    /// Places in all.
    pub capacity: u32,
    /// When booking opens.
    pub opens: Moment,
    /// When booking closes.
    pub closes: Moment,
    /// Places that are the counter's alone until `kept_until`, those it has given out included.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub kept: u32,
    /// When kept places that are left open to all.
    #[serde(default)]
    pub kept_until: Moment,
    /// The draw by which its places are given out, where they are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<DrawId>,
    /// Whether that draw has been held; afterwards it is first come, first served.
    #[serde(default, skip_serializing_if = "is_false")]
    pub drawn: bool,
    /// Whether the centre called it off: nobody gets into it any more, in whatever way.
    #[serde(default, skip_serializing_if = "is_false")]
    pub called_off: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Slot {
    /// When the first meeting starts.
    pub fn starts(&self) -> Moment {
        meeting::first_start(&self.meetings)
    }

    /// When the last meeting ends.
    pub fn ends(&self) -> Moment {
        meeting::last_end(&self.meetings)
    }

    /// Whether it can be booked ahead at `now`; the state of the button and the guard of the handler.
    /// Where places of those who stay away open again, [`super::Rules::gate`] knows of them too.
    ///
    /// # Errors
    /// Called off, past, closed, still to be drawn or not yet open.
    pub fn gate(&self, now: Moment) -> Result<(), Refusal> {
        if self.called_off {
            Err(Refusal::CalledOff)
        } else if now >= self.starts() {
            Err(Refusal::SlotPast)
        } else if now >= self.closes {
            Err(Refusal::SlotClosed { closed: self.closes })
        } else if self.is_to_be_drawn() {
            Err(Refusal::DrawPending)
        } else if now < self.opens {
            Err(Refusal::NotYetOpen { opens: self.opens })
        } else {
            Ok(())
        }
    }

    /// Whether its places are given out by a draw that has not been held.
    pub fn is_to_be_drawn(&self) -> bool {
        self.draw.is_some() && !self.drawn
    }

    /// Kept places that are still to be had at the counter alone at `now`, where the counter has given
    /// out `given` places so far.
    pub fn kept_left(&self, given: u32, now: Moment) -> u32 {
        if now < self.kept_until { self.kept.saturating_sub(given) } else { 0 }
    }
}
