//! What households are told: read in the app, latest first, and marked as read there.

use domain::{
    id::{AccountId, NoticeId},
    notice::{
        About, News, Notice,
        api::{ListNotices, SeeNotices, SeenRequest},
    },
    text::Text,
    time::CHINA,
};

use crate::{
    app::App,
    call::Call,
    db::{DbError, Tx},
    failure::Failure,
    mount::Mount,
};

mod store;

/// Serves notices.
pub fn mount(mount: Mount) -> Mount {
    mount.serve::<ListNotices, _, _>(list_notices).serve::<SeeNotices, _, _>(see_notices)
}

/// Tells an account something that is about no booking: about what `title` names.
///
/// # Errors
/// The database fails.
pub async fn tell(
    app: &App,
    tx: &mut Tx,
    account: &AccountId,
    news: News,
    title: Text,
) -> Result<(), DbError> {
    let about = About { news, offering: None, title, starts: None, zone: CHINA };
    store::add(tx, &NoticeId(app.dice.id_at("n", app.now())), account, &about, app.now()).await
}

async fn list_notices(call: Call, (): (), (): ()) -> Result<Vec<Notice>, Failure> {
    Ok(store::latest(&call.app.db, call.account()?).await?)
}

async fn see_notices(call: Call, (): (), input: SeenRequest) -> Result<(), Failure> {
    let account = call.account()?;
    // The page says so each time it is looked at; mostly there is nothing to write.
    if !store::has_unseen(&call.app.db, account, input.up_to).await? {
        return Ok(());
    }
    let mut tx = call.app.db.begin().await?;
    store::see(&mut tx, account, input.up_to, call.now()).await?;
    Ok(tx.commit().await?)
}
