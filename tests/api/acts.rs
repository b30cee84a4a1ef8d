//! What guests do with their bookings, in a word each.

use backend::{
    app::App,
    booking::writer::{Ask, By, Deed},
    call::Key,
    failure::Failure,
};
use domain::{
    booking::{
        Booking,
        api::{CancelBooking, DeclineOffer, GetBooking, RestoreBooking, StopRequest, StopWaiting, TakeOffer},
    },
    failure::Problem,
    id::AccountId,
    notice::{Notice, api::ListNotices},
    refusal::Refusal,
    time::Moment,
};

use crate::{hall::Guest, world::fresh_key};

/// What a deed is answered with.
pub type Answer = Result<Booking, Problem>;

/// The one refusal that a call was answered with.
pub fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

impl Guest {
    /// How their booking stands now.
    pub async fn sees(&self, booking: &Booking) -> Booking {
        self.client.call::<GetBooking>(booking.id.clone(), ()).await.expect("their own")
    }

    /// Gives it back.
    pub async fn cancels(&self, booking: &Booking) -> Answer {
        self.client.call::<CancelBooking>(booking.id.clone(), ()).await
    }

    /// Takes what is offered.
    pub async fn takes(&self, booking: &Booking) -> Answer {
        self.client.call::<TakeOffer>(booking.id.clone(), ()).await
    }

    /// Lets an offer go.
    pub async fn declines(&self, booking: &Booking) -> Answer {
        self.client.call::<DeclineOffer>(booking.id.clone(), ()).await
    }

    /// Wants to be asked no more from then on.
    pub async fn stops(&self, booking: &Booking, after: Option<Moment>) -> Answer {
        self.client.call::<StopWaiting>(booking.id.clone(), StopRequest { after }).await
    }

    /// Takes a cancellation back.
    pub async fn restores(&self, booking: &Booking) -> Answer {
        self.client.call::<RestoreBooking>(booking.id.clone(), ()).await
    }
}

impl Guest {
    /// The kinds of what they were told, latest first.
    pub async fn was_told(&self) -> Vec<&'static str> {
        self.notices().await.iter().map(|notice| notice.about.news.name()).collect()
    }

    /// What they were told, latest first.
    pub async fn notices(&self) -> Vec<Notice> {
        self.client.call::<ListNotices>((), ()).await.expect("signed in")
    }

    /// Whose account it is.
    pub async fn account(&self, app: &App) -> AccountId {
        let sql = "SELECT account_id FROM person WHERE id = $1";
        let row = app.db.row(sql, backend::args![&self.person]).await.expect("reads").expect("a person");
        AccountId(row.text("account_id").expect("a text"))
    }

    /// What the desk does for them.
    pub async fn at_desk(&self, app: &App, deed: Deed) -> Result<Option<Booking>, Failure> {
        let account = self.account(app).await;
        app.bookings.send(by_desk(app, account, deed)).await
    }
}

/// What the desk asks for, for somebody.
pub fn by_desk(app: &App, account: AccountId, deed: Deed) -> Ask {
    let key = Key { text: fresh_key(), body_hash: format!("{deed:?}") };
    Ask { account, key, now: app.now(), deed, by: By::Desk(AccountId::from("a-desk")) }
}

/// The one refusal that the committer answered with.
pub fn turned_down<T: core::fmt::Debug>(answer: Result<T, Failure>) -> Refusal {
    match answer {
        Err(Failure::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}
