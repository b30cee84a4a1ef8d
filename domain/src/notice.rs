//! What a household is told: of its bookings, of being a volunteer; written with what it tells of.

use serde::{Deserialize, Serialize};

use crate::{
    booking::meeting::Clash,
    id::{BookingId, DrawId, NoticeId, OfferingId},
    text::Text,
    time::{Moment, Span, Zone},
};

/// How many notices a household is shown.
pub const MOST_NOTICES: u32 = 50;

/// Something a household is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notice {
    /// Identifier.
    pub id: NoticeId,
    /// Of which booking, where it is about one.
    pub booking: Option<BookingId>,
    /// What happened to what.
    pub about: About,
    /// When it happened.
    pub made: Moment,
    /// When it was read in the app.
    pub seen: Option<Moment>,
}

/// What happened to what; kept as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct About {
    /// What happened.
    pub news: News,
    /// To which offering; `None` where it is not about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offering: Option<OfferingId>,
    /// The name of the offering, the centre or the team.
    pub title: Text,
    /// When the slot starts, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Moment>,
    /// The centre's clock.
    pub zone: Zone,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Places are held for a party that waited.
    Offered {
        /// Until then, at that instant not any more.
        until: Moment,
    },
    /// An offer was not taken in time.
    Lapsed,
    /// A waiting party is asked no more, as it wished.
    Stopped,
    /// The slot has started, and a waiting party was never called.
    Unreached,
    /// Not checked in within the grace time: the place went on, and a mark is kept for 30 days.
    Missed,
    /// The centre took the place back.
    Withdrawn {
        /// Why.
        reason: String,
    },
    /// The centre moved a meeting of the slot.
    MeetingMoved {
        /// When it was to start.
        from: Moment,
        /// When it is instead.
        to: Span,
        /// Why.
        reason: String,
        /// What somebody of the party has booked at that time.
        #[serde(default)]
        clash: Option<Clash>,
        /// The draw that the household takes part in and whose lots are still to fall, where it has no
        /// booking yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draw: Option<DrawId>,
    },
    /// The centre called a meeting of the slot off.
    MeetingOff {
        /// When it was to start.
        from: Moment,
        /// Why.
        reason: String,
        /// The draw that the household takes part in, where it has no booking yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draw: Option<DrawId>,
    },
    /// The centre called off a class that the household chose in a draw whose lots are still to fall.
    ClassOff {
        /// Why.
        reason: String,
        /// In which draw.
        draw: DrawId,
    },
    /// The desk booked places for the household.
    BookedAtDesk,
    /// The desk put the household into the queue.
    QueuedAtDesk,
    /// The desk cancelled a booking for the household.
    CancelledAtDesk,
    /// A relative booked places for the household.
    BookedForYou,
    /// A relative put the household into the queue.
    QueuedForYou,
    /// A relative gave a booking back for the household.
    CancelledForYou,
    /// Who had the shared table has left; it is theirs now.
    TableYours,
    /// The lots gave the household its places.
    DrawnIn {
        /// In which draw.
        draw: DrawId,
    },
    /// The lots put the household into the queue.
    DrawnWaiting {
        /// In which draw.
        draw: DrawId,
        /// Its position, counted from 1.
        position: u32,
    },
    /// The household could not take part in the draw any more.
    DrawnOut {
        /// In which draw.
        draw: DrawId,
    },
    /// The desk suspended them as a volunteer.
    VolunteerSuspended {
        /// Why.
        reason: String,
    },
    /// The desk restored them as a volunteer.
    VolunteerRestored,
    /// The desk suspended them in a team.
    TeamSuspended,
    /// The desk gave them their place in a team back.
    TeamResumed,
    /// The desk took them out of a team.
    TeamLeft,
    /// A relative came into the household's circle of care, with a code of its own.
    CircleJoined,
}

impl News {
    /// When the meeting was to start that it is about; `None` where it is about the whole slot.
    pub const fn meeting(&self) -> Option<Moment> {
        match self {
            Self::MeetingMoved { from, .. } | Self::MeetingOff { from, .. } => Some(*from),
            _ => None,
        }
    }

    /// The name in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Offered { .. } => "offered",
            Self::Lapsed => "lapsed",
            Self::Stopped => "stopped",
            Self::Unreached => "unreached",
            Self::Missed => "missed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::MeetingMoved { .. } => "meeting_moved",
            Self::MeetingOff { .. } => "meeting_off",
            Self::ClassOff { .. } => "class_off",
            Self::BookedAtDesk => "booked_at_desk",
            Self::QueuedAtDesk => "queued_at_desk",
            Self::CancelledAtDesk => "cancelled_at_desk",
            Self::BookedForYou => "booked_for_you",
            Self::QueuedForYou => "queued_for_you",
            Self::CancelledForYou => "cancelled_for_you",
            Self::TableYours => "table_yours",
            Self::DrawnIn { .. } => "drawn_in",
            Self::DrawnWaiting { .. } => "drawn_waiting",
            Self::DrawnOut { .. } => "drawn_out",
            Self::VolunteerSuspended { .. } => "volunteer_suspended",
            Self::VolunteerRestored => "volunteer_restored",
            Self::TeamSuspended => "team_suspended",
            Self::TeamResumed => "team_resumed",
            Self::TeamLeft => "team_left",
            Self::CircleJoined => "circle_joined",
        }
    }
}

pub mod api {
    //! Endpoints of notices.

    use serde::{Deserialize, Serialize};

    use super::Notice;
    use crate::{
        circle::ForAnother,
        endpoint::{Audience, Endpoint, Method},
        time::Moment,
    };

    /// Up to when notices were read.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct SeenRequest {
        /// The latest that was shown.
        pub up_to: Moment,
    }

    /// What the household was told lately, latest first.
    pub struct ListNotices;
    impl Endpoint for ListNotices {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/notices";
        const AUDIENCE: Audience = Audience::Resident;
        const FOR_ANOTHER: ForAnother = ForAnother::See;
        const SUMMARY: &'static str = "What the household was told";
        type Params = ();
        type Input = ();
        type Output = Vec<Notice>;
    }

    /// Marks notices as read; done twice it is the same, so it needs no key.
    pub struct SeeNotices;
    impl Endpoint for SeeNotices {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/notices/seen";
        const AUDIENCE: Audience = Audience::Resident;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "Mark notices as read";
        type Params = ();
        type Input = SeenRequest;
        type Output = ();
    }
}
