//! The screens of the app and their addresses. The app's router and the server's first paint both
//! read addresses here, so a link that one makes the other understands.

use crate::id::{BookingId, CentreId, DrawId, OfferingId, PersonId, SlotId, TaskId, TeamId, WishId, is_id};

/// A screen, without its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// What is on at the chosen centre.
    Home,
    /// Everything one can take part in.
    Join,
    /// Choosing a centre.
    Centres,
    /// A centre.
    Centre(CentreId),
    /// An offering and its slots.
    Offering(OfferingId),
    /// A draw: what it is, one's entry, what came of it.
    Draw(DrawId),
    /// A booking and its code.
    Booking(BookingId),
    /// What is mine.
    Mine,
    /// What the household has booked, day by day.
    Week,
    /// What the household was told.
    Notices,
    /// The people I book for.
    Family,
    /// One of them: what is ready, and what is missing.
    Person(PersonId),
    /// A guardian's consent for one of them.
    Consent(PersonId),
    /// What those who look after one of them should know.
    Care(PersonId),
    /// Who looked at the record of one of them.
    Looks(PersonId),
    /// The guardians of a child.
    Guardians(PersonId),
    /// Coming with a code, as another guardian of a child.
    JoinFamily,
    /// The circle of care: who helps me, and whom I help.
    Circle,
    /// What relatives did for me.
    CircleLog,
    /// Inviting a relative.
    CircleInvite,
    /// Coming into somebody's circle, with a code.
    JoinCircle,
    /// Wishes of the chosen centre.
    Wishes,
    /// Making a wish.
    NewWish,
    /// A wish.
    Wish(WishId),
    /// Volunteer tasks.
    Volunteer,
    /// A task.
    Task(TaskId),
    /// Being a volunteer.
    Volunteering,
    /// A team, for those who are in it.
    Team(TeamId),
    /// Elder mode, language, signing out.
    Settings,
    /// The devices on which one is signed in.
    Devices,
    /// What is kept of everybody.
    Privacy,
    /// What is kept of me.
    MyData,
    /// Having the account erased.
    Leave,
    /// Signing in.
    SignIn,
    /// The staff's workbench: a day at a centre.
    Work,
    /// Who comes to a slot, for the staff.
    WorkSlot(SlotId),
    /// Who works where, for those who appoint.
    WorkStaff,
    /// The volunteers of a centre, for its desk.
    WorkVolunteers,
    /// The teams of a centre, for its desk.
    WorkTeams,
    /// The second lock of the workbench.
    WorkLock,
    /// Papers that the desk sees.
    WorkPapers,
    /// Circles of those without a telephone.
    WorkCircle,
}

/// The tab at the foot under which a screen stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What is on.
    Home,
    /// Taking part.
    Join,
    /// Lending a hand, and wishes.
    Volunteer,
    /// What is mine.
    Mine,
}

impl Screen {
    /// The tab under which it stands; `None` where the foot of the page is needed for a button.
    pub fn tab(&self) -> Option<Tab> {
        match self {
            Self::Offering(_) | Self::NewWish | Self::SignIn => None,
            Self::Home | Self::Centres | Self::Centre(_) => Some(Tab::Home),
            Self::Join | Self::Draw(_) => Some(Tab::Join),
            Self::Volunteer
            | Self::Volunteering
            | Self::Team(_)
            | Self::Task(_)
            | Self::Wishes
            | Self::Wish(_) => Some(Tab::Volunteer),
            _ => Some(Tab::Mine),
        }
    }

    /// Whether it can be looked at in another's name; the others are everybody's own.
    pub fn is_for_another(&self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::Join
                | Self::Centres
                | Self::Centre(_)
                | Self::Offering(_)
                | Self::Draw(_)
                | Self::Booking(_)
                | Self::Mine
                | Self::Week
                | Self::Notices
                | Self::Family
                | Self::Person(_)
                | Self::Care(_)
                | Self::Wishes
                | Self::NewWish
                | Self::Wish(_)
                | Self::Privacy
                | Self::SignIn
        )
    }

    /// The screen at a path; `None` where there is none.
    pub fn parse(path: &str) -> Option<Self> {
        let mut parts = path.trim_matches('/').split('/');
        let screen = match (parts.next()?, parts.next()) {
            ("", None) => Self::Home,
            ("join", None) => Self::Join,
            ("centres", None) => Self::Centres,
            ("centres", Some(id)) if is_id(id) => Self::Centre(CentreId::from(id)),
            ("offerings", Some(id)) if is_id(id) => Self::Offering(OfferingId::from(id)),
            ("draws", Some(id)) if is_id(id) => Self::Draw(DrawId::from(id)),
            ("bookings", Some(id)) if is_id(id) => Self::Booking(BookingId::from(id)),
            ("mine", None) => Self::Mine,
            ("week", None) => Self::Week,
            ("notices", None) => Self::Notices,
            ("family", None) => Self::Family,
            ("family", Some("join")) => Self::JoinFamily,
            ("family", Some(id)) if is_id(id) => {
                let id = PersonId::from(id);
                match parts.next() {
                    None => Self::Person(id),
                    Some("consent") => Self::Consent(id),
                    Some("care") => Self::Care(id),
                    Some("looks") => Self::Looks(id),
                    Some("guardians") => Self::Guardians(id),
                    Some(_) => return None,
                }
            }
            ("circle", None) => Self::Circle,
            ("circle", Some("log")) => Self::CircleLog,
            ("circle", Some("invite")) => Self::CircleInvite,
            ("circle", Some("join")) => Self::JoinCircle,
            ("wishes", None) => Self::Wishes,
            ("wishes", Some("new")) => Self::NewWish,
            ("wishes", Some(id)) if is_id(id) => Self::Wish(WishId::from(id)),
            ("volunteer", None) => Self::Volunteer,
            ("volunteer", Some("me")) => Self::Volunteering,
            ("teams", Some(id)) if is_id(id) => Self::Team(TeamId::from(id)),
            ("tasks", Some(id)) if is_id(id) => Self::Task(TaskId::from(id)),
            ("settings", None) => Self::Settings,
            ("devices", None) => Self::Devices,
            ("privacy", None) => Self::Privacy,
            ("my-data", None) => Self::MyData,
            ("leave", None) => Self::Leave,
            ("sign-in", None) => Self::SignIn,
            ("work", None) => Self::Work,
            ("work", Some("staff")) => Self::WorkStaff,
            ("work", Some("volunteers")) => Self::WorkVolunteers,
            ("work", Some("teams")) => Self::WorkTeams,
            ("work", Some("lock")) => Self::WorkLock,
            ("work", Some("papers")) => Self::WorkPapers,
            ("work", Some("circle")) => Self::WorkCircle,
            ("work", Some("slots")) => match parts.next() {
                Some(id) if is_id(id) => Self::WorkSlot(SlotId::from(id)),
                _ => return None,
            },
            _ => return None,
        };
        parts.next().is_none().then_some(screen)
    }

    /// The path of a screen.
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/".into(),
            Self::Join => "/join".into(),
            Self::Centres => "/centres".into(),
            Self::Centre(id) => format!("/centres/{id}"),
            Self::Offering(id) => format!("/offerings/{id}"),
            Self::Draw(id) => format!("/draws/{id}"),
            Self::Booking(id) => format!("/bookings/{id}"),
            Self::Mine => "/mine".into(),
            Self::Week => "/week".into(),
            Self::Notices => "/notices".into(),
            Self::Family => "/family".into(),
            Self::Person(id) => format!("/family/{id}"),
            Self::Consent(id) => format!("/family/{id}/consent"),
            Self::Care(id) => format!("/family/{id}/care"),
            Self::Looks(id) => format!("/family/{id}/looks"),
            Self::Guardians(id) => format!("/family/{id}/guardians"),
            Self::JoinFamily => "/family/join".into(),
            Self::Circle => "/circle".into(),
            Self::CircleLog => "/circle/log".into(),
            Self::CircleInvite => "/circle/invite".into(),
            Self::JoinCircle => "/circle/join".into(),
            Self::Wishes => "/wishes".into(),
            Self::NewWish => "/wishes/new".into(),
            Self::Wish(id) => format!("/wishes/{id}"),
            Self::Volunteer => "/volunteer".into(),
            Self::Volunteering => "/volunteer/me".into(),
            Self::Team(id) => format!("/teams/{id}"),
            Self::Task(id) => format!("/tasks/{id}"),
            Self::Settings => "/settings".into(),
            Self::Devices => "/devices".into(),
            Self::Privacy => "/privacy".into(),
            Self::MyData => "/my-data".into(),
            Self::Leave => "/leave".into(),
            Self::SignIn => "/sign-in".into(),
            Self::Work => "/work".into(),
            Self::WorkSlot(id) => format!("/work/slots/{id}"),
            Self::WorkStaff => "/work/staff".into(),
            Self::WorkVolunteers => "/work/volunteers".into(),
            Self::WorkTeams => "/work/teams".into(),
            Self::WorkLock => "/work/lock".into(),
            Self::WorkPapers => "/work/papers".into(),
            Self::WorkCircle => "/work/circle".into(),
        }
    }
}

/// The address if it is a path of our own site: one that begins with a single `/`. A second `/` or
/// a `\` would lead to another site, and control characters are skipped by browsers.
pub fn own_path(address: &str) -> Option<&str> {
    let rest = address.strip_prefix('/')?;
    let foreign = rest.starts_with(['/', '\\']) || rest.chars().any(char::is_control);
    (!foreign).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::{Screen, Tab, own_path};

    #[test]
    fn paths_of_our_own_are_kept() {
        assert_eq!(own_path("/mine"), Some("/mine"));
        assert_eq!(own_path("/join?kind=class"), Some("/join?kind=class"));
        assert_eq!(own_path("/"), Some("/"));
    }

    #[test]
    fn other_sites_are_not() {
        for address in
            ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:1", "", "mine"]
        {
            assert_eq!(own_path(address), None, "{address}");
        }
        assert_eq!(own_path("/\t/evil.example"), None);
    }

    #[test]
    fn a_screen_stands_under_its_tab_and_one_with_a_button_at_the_foot_under_none() {
        let tab = |path: &str| Screen::parse(path).and_then(|screen| screen.tab());
        assert_eq!(
            ["/", "/centres/a", "/join"].map(tab),
            [Some(Tab::Home), Some(Tab::Home), Some(Tab::Join)]
        );
        assert_eq!(
            ["/wishes/w1", "/work", "/family"].map(tab),
            [Some(Tab::Volunteer), Some(Tab::Mine), Some(Tab::Mine)]
        );
        assert_eq!(["/offerings/a", "/wishes/new", "/sign-in"].map(tab), [None; 3]);
    }

    #[test]
    fn what_is_everybodys_own_is_not_looked_at_for_another() {
        let is = |path: &str| Screen::parse(path).is_some_and(|screen| screen.is_for_another());
        for path in ["/", "/join", "/offerings/a", "/bookings/b", "/mine", "/week", "/family/p1/care"] {
            assert!(is(path), "{path}");
        }
        for path in ["/circle", "/devices", "/my-data", "/leave", "/volunteer", "/work", "/family/p1/consent"]
        {
            assert!(!is(path), "{path}");
        }
    }

    #[test]
    fn every_address_is_read_back_as_the_screen_that_wrote_it() {
        for path in [
            "/",
            "/join",
            "/centres",
            "/centres/a",
            "/offerings/a-b",
            "/draws/a-b.20260701",
            "/bookings/x",
            "/mine",
            "/week",
            "/notices",
            "/family",
            "/family/p1",
            "/family/p1/consent",
            "/family/p1/care",
            "/family/p1/looks",
            "/family/p1/guardians",
            "/family/join",
            "/circle",
            "/circle/log",
            "/circle/invite",
            "/circle/join",
            "/wishes",
            "/wishes/new",
            "/wishes/w1",
            "/volunteer",
            "/volunteer/me",
            "/teams/a-b",
            "/tasks/t",
            "/settings",
            "/devices",
            "/privacy",
            "/my-data",
            "/leave",
            "/sign-in",
            "/work",
            "/work/slots/s.1",
            "/work/staff",
            "/work/volunteers",
            "/work/teams",
            "/work/papers",
            "/work/circle",
            "/work/lock",
        ] {
            assert_eq!(Screen::parse(path).map(|screen| screen.path()).as_deref(), Some(path));
        }
        for path in [
            "/nope",
            "/family/p1/nope",
            "/family/p1/care/x",
            "/centres/a/b",
            "/centres/%00",
            "/offerings",
            "/tasks/a b",
            "/work/slots",
            "/work/x",
        ] {
            assert_eq!(Screen::parse(path), None, "{path}");
        }
    }
}
