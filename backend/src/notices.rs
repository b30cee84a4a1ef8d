//! What households are told: read in the app, latest first, and marked as read there.

use domain::notice::{
    Notice,
    api::{ListNotices, SeeNotices, SeenRequest},
};

use crate::{call::Call, failure::Failure, mount::Mount};

mod store;

/// Serves notices.
pub fn mount(mount: Mount) -> Mount {
    mount.serve::<ListNotices, _, _>(list_notices).serve::<SeeNotices, _, _>(see_notices)
}

async fn list_notices(call: Call, (): (), (): ()) -> Result<Vec<Notice>, Failure> {
    Ok(store::latest(&call.app.db, call.account()?).await?)
}

async fn see_notices(call: Call, (): (), input: SeenRequest) -> Result<(), Failure> {
    let mut tx = call.app.db.begin().await?;
    if store::see(&mut tx, call.account()?, input.up_to, call.now()).await? > 0 {
        tx.commit().await?;
    }
    Ok(())
}
