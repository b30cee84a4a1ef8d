//! Wishes: made by residents, joined in by neighbours, answered by the centre. Every one has a
//! number, and none shows a name.

use domain::{
    id::{AccountId, CentreId, WishId, is_id},
    refusal::Refusal,
    time::{DAY, Moment, whole_seconds},
    wish::{
        Step, StepKind, Wish, WishDraft, WishPage, WishState,
        api::{GetWish, ListWishes, MakeWish, MyWishes, SupportWish, WithdrawWish},
    },
};

use crate::{
    app::App,
    call::Call,
    db::Tx,
    failure::Failure,
    household::{self, plain_text},
    mount::Mount,
    once,
    snapshot::{Freshness, Topic, announce},
};

mod store;

pub use store::next_number;

/// How many wishes one account may make within a day.
const MOST_A_DAY: i64 = 10;

/// Serves wishes.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve_shared::<ListWishes, _, _>(|_| Freshness::of([Topic::Wishes]), list_wishes)
        .serve::<GetWish, _, _>(get_wish)
        .serve::<MyWishes, _, _>(my_wishes)
        .serve::<MakeWish, _, _>(make_wish)
        .serve::<SupportWish, _, _>(support_wish)
        .serve::<WithdrawWish, _, _>(withdraw_wish)
}

async fn list_wishes(app: App, centre: CentreId) -> Result<Vec<Wish>, Failure> {
    if !store::is_centre(&app.db, &centre).await? {
        return Err(Failure::NotFound);
    }
    let mut wishes = store::of_centre(&app.db, &centre).await?;
    wishes.retain(|wish| wish.state() != WishState::Withdrawn);
    Ok(wishes)
}

async fn get_wish(call: Call, id: WishId, (): ()) -> Result<WishPage, Failure> {
    let viewer = call.caller.as_ref().map(|account| &account.id);
    let page = store::page(&call.app.db, &id, viewer).await?.ok_or(Failure::NotFound)?;
    // What was taken back is for those to see who had a part in it.
    let gone = page.wish.text.zh.is_empty() || (!page.mine && !page.supported);
    if page.wish.state() == WishState::Withdrawn && gone {
        return Err(Failure::NotFound);
    }
    Ok(page)
}

async fn my_wishes(call: Call, (): (), (): ()) -> Result<Vec<Wish>, Failure> {
    let mut wishes = store::of_account(&call.app.db, call.account()?).await?;
    // Of what was taken back long ago the words are gone.
    wishes.retain(|wish| !wish.text.zh.is_empty());
    Ok(wishes)
}

async fn make_wish(call: Call, (): (), input: WishDraft) -> Result<WishPage, Failure> {
    let draft = WishDraft { text: plain_text(&input.text), ..input };
    let refusals = draft.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    if !is_id(draft.centre.as_str()) {
        return Err(Failure::NotFound);
    }
    let (account, now) = (call.account()?, call.now());
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if let Some(answer) = once::replay(&mut tx, &call).await? {
        return Ok(answer);
    }
    if let Some(first) = store::nth_latest(&mut tx, account, now.plus(-DAY), MOST_A_DAY).await? {
        return Err(Failure::TooMany { retry_after: seconds_until(first.plus(DAY), now) });
    }
    let zone = store::zone(&mut tx, &draft.centre).await?.ok_or(Failure::NotFound)?;
    let wish = Wish {
        id: WishId(call.app.dice.id("w")),
        number: next_number(&mut tx).await?,
        centre: draft.centre,
        zone,
        category: draft.category,
        text: domain::text::Text::only(draft.text),
        made: now,
        supports: 1,
        steps: Vec::new(),
    };
    store::insert(&mut tx, &wish, account).await?;
    store::support(&mut tx, &wish.id, account, now).await?;
    finish(call, tx, WishPage { wish, mine: true, supported: true }).await
}

async fn support_wish(call: Call, id: WishId, (): ()) -> Result<WishPage, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    if let Some(answer) = once::replay(&mut tx, &call).await? {
        return Ok(answer);
    }
    let mut page = locked(&mut tx, &id, account).await?;
    if !page.supported {
        if !page.wish.may_support() {
            let settled = page.mine || page.wish.state() != WishState::Withdrawn;
            return Err(if settled { Refusal::WishSettled.into() } else { Failure::NotFound });
        }
        store::support(&mut tx, &id, account, call.now()).await?;
        store::count_support(&mut tx, &id).await?;
        page.supported = true;
        page.wish.supports += 1;
    }
    finish(call, tx, page).await
}

async fn withdraw_wish(call: Call, id: WishId, (): ()) -> Result<WishPage, Failure> {
    let mut tx = call.app.db.begin().await?;
    if let Some(answer) = once::replay(&mut tx, &call).await? {
        return Ok(answer);
    }
    let mut page = locked(&mut tx, &id, call.account()?).await?;
    if !page.mine {
        return Err(Failure::NotFound);
    }
    if !page.wish.may_withdraw() {
        return Err(Refusal::WishSettled.into());
    }
    let step = Step { kind: StepKind::Withdrawn, at: call.now(), note: domain::text::Text::default() };
    store::add_step(&mut tx, &page.wish, &step).await?;
    page.wish.steps.push(step);
    finish(call, tx, page).await
}

/// The wish, held so that nobody else changes it until the transaction ends.
async fn locked(tx: &mut Tx, id: &WishId, viewer: &AccountId) -> Result<WishPage, Failure> {
    store::lock(tx, id).await?;
    store::page_in(tx, id, viewer).await?.ok_or(Failure::NotFound)
}

/// Keeps the answer, commits, and has the lists built anew.
async fn finish(call: Call, mut tx: Tx, page: WishPage) -> Result<WishPage, Failure> {
    once::keep(&mut tx, &call, &page).await?;
    announce(&mut tx, &[Topic::Wishes]).await?;
    tx.commit().await?;
    call.app.snapshots.touch(&Topic::Wishes);
    Ok(page)
}

/// Whole seconds from `now` until `then`, at least one.
fn seconds_until(then: Moment, now: Moment) -> u32 {
    whole_seconds((then.0 - now.0).max(1))
}
