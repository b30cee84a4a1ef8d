//! The circle of somebody without a telephone: opened, shown and ended at the desk, on their word and
//! with a reason on record. The number on their slip stands where others have a telephone.

use domain::{
    audit::Act,
    circle::{
        InvitationDraft, Scope,
        desk::{
            CardAsk, DeskCircle, EndAsk, InviteAsk, LostAsk, Opening,
            api::{EndBondAtDesk, FindCircle, FindLostCircle, InviteAtDesk, OpenCircle},
        },
        read_card,
    },
    consent,
    household::{PersonDraft, Relation},
    id::{AccountId, CentreId, PersonId},
    refusal::Refusal,
    time::CHINA,
};

use super::{invitation, log_of, make_code, members, store};
use crate::{
    app::App,
    audit::{self, Entry},
    call::Call,
    db::Tx,
    failure::Failure,
    household::{self, plain_text},
    mount::Mount,
    once, privacy, session,
    vault::Purpose,
    work,
};

/// How many numbers are drawn before it is given up to find one that nobody has.
const MOST_DRAWN: usize = 20;

pub(super) fn mount(mount: Mount) -> Mount {
    mount
        .serve::<OpenCircle, _, _>(open_circle)
        .serve::<FindCircle, _, _>(find_circle)
        .serve::<FindLostCircle, _, _>(find_lost)
        .serve::<InviteAtDesk, _, _>(invite_at_desk)
        .serve::<EndBondAtDesk, _, _>(end_at_desk)
}

/// Words as they are kept, on one line.
pub(super) fn line(text: &str) -> String {
    plain_text(text).replace('\n', " ")
}

/// The account of somebody without a telephone, by the number that was typed.
///
/// # Errors
/// Nobody has it.
pub async fn card_of(app: &App, tx: &mut Tx, typed: &str) -> Result<AccountId, Failure> {
    let card = read_card(typed).ok_or(Refusal::CardUnknown)?;
    let mac = app.vault.digest(Purpose::Card, &[&card]);
    Ok(session::account_of(tx, &mac).await?.ok_or(Refusal::CardUnknown)?)
}

/// An account for somebody without a telephone, found by a number of its own that a desk gives; nobody
/// can ever sign in to it. Made once for an identifier.
///
/// # Errors
/// The database fails, or every number is taken.
pub async fn new_card(app: &App, tx: &mut Tx, id: &AccountId, centre: &CentreId) -> Result<(), Failure> {
    for _ in 0..MOST_DRAWN {
        let [mac, card] = drawn(app);
        if session::add_without_phone(app, tx, id, centre, [&mac, &card]).await? {
            return Ok(());
        }
    }
    Err(Failure::Broken("no number is left".into()))
}

/// Another number for such an account.
///
/// # Errors
/// As [`new_card`].
pub(super) async fn other_card(
    app: &App,
    tx: &mut Tx,
    id: &AccountId,
    centre: &CentreId,
) -> Result<(), Failure> {
    for _ in 0..MOST_DRAWN {
        let [mac, card] = drawn(app);
        if session::refind(app, tx, id, Some(centre), [&mac, &card]).await? {
            return Ok(());
        }
    }
    Err(Failure::Broken("no number is left".into()))
}

/// A number, and the digest by which it is found.
fn drawn(app: &App) -> [String; 2] {
    let card = app.dice.digits(domain::circle::CARD_LENGTH);
    [app.vault.digest(Purpose::Card, &[&card]), card]
}

async fn open_circle(call: Call, centre: CentreId, input: Opening) -> Result<DeskCircle, Failure> {
    let staff = call.staff_of(&centre).await?;
    let opening = Opening {
        name: line(&input.name),
        relative: line(&input.relative),
        reason: line(&input.reason),
        ..input
    };
    let mut refusals = opening.check();
    let today = call.now().day(CHINA);
    let holder = PersonDraft { relation: Relation::Myself, name: opening.name.clone(), born: opening.born };
    refusals
        .extend(holder.check(today).into_iter().filter(|refusal| *refusal == Refusal::BirthdayImpossible));
    // A child has guardians, not a circle.
    if refusals.is_empty() && consent::is_needed(opening.born, today) {
        refusals.push(Refusal::BirthdayImpossible);
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let app = &call.app;
    // The same for a retry: it follows from who asks and with which key.
    let digest = app.vault.digest(Purpose::Request, &["circle", staff.account.as_str(), &call.key()?.text]);
    let account = AccountId(format!("w{}", digest.get(..20).unwrap_or_default()));
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, &staff.account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        new_card(app, &mut tx, &account, &centre).await?;
        let asked = household::AtDesk { name: &opening.name, born: opening.born, along: &[] };
        let people = household::at_desk(app, &mut tx, &account, &asked).await?;
        let draft = drafted(&opening.relative, &opening.name, opening.scope);
        make_code(app, &mut tx, &account, &draft).await?;
        once::keep(&mut tx, &call, &()).await?;
        let entry = entry(&call, Act::Circle, &centre, people.first(), &opening.reason)?;
        audit::record(&mut tx, &app.vault, &[entry], audit::retry(&call).as_deref()).await?;
        tx.commit().await?;
    }
    shown(&call, &account).await
}

fn drafted(relative: &str, name: &str, scope: Scope) -> InvitationDraft {
    InvitationDraft { name: relative.to_owned(), me: name.to_owned(), scope }
}

pub(super) fn entry<'a>(
    call: &'a Call,
    act: Act,
    centre: &'a CentreId,
    person: Option<&'a PersonId>,
    reason: &'a str,
) -> Result<Entry<'a>, Failure> {
    let by = Some(call.account()?);
    Ok(Entry { person, centre: Some(centre), purpose: reason, ..Entry::new(by, act, call.now()) })
}

async fn find_circle(call: Call, centre: CentreId, input: CardAsk) -> Result<DeskCircle, Failure> {
    call.staff_of(&centre).await?;
    let ask = CardAsk { reason: line(&input.reason), ..input };
    let refusals = ask.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let (account, holder) = found(&call, &centre, &ask.card, &ask.reason).await?;
    audit::seen(&call, &[entry(&call, Act::Look, &centre, Some(&holder), &ask.reason)?]).await?;
    shown(&call, &account).await
}

async fn find_lost(call: Call, centre: CentreId, input: LostAsk) -> Result<DeskCircle, Failure> {
    call.staff_of(&centre).await?;
    let ask = LostAsk { name: line(&input.name), reason: line(&input.reason), ..input };
    let refusals = ask.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    work::count_look(&call).await?;
    let mut called_so = household::called_at(&call.app, &centre, &ask.name, ask.born).await?;
    // Of two of the same name it is not known whose the slip was.
    let found = if called_so.len() == 1 { called_so.pop() } else { None };
    let holder = found.as_ref().map(|(_, holder)| holder);
    audit::seen(&call, &[entry(&call, Act::Look, &centre, holder, &ask.reason)?]).await?;
    shown(&call, &found.ok_or(Refusal::SlipUnknown)?.0).await
}

/// Whose number it is, and the holder of that account. Numbers are not to be tried: how many are looked
/// for is counted, and that nobody has one is on record, too.
pub(super) async fn found(
    call: &Call,
    centre: &CentreId,
    card: &str,
    reason: &str,
) -> Result<(AccountId, PersonId), Failure> {
    work::count_look(call).await?;
    let found = async {
        let mut tx = call.app.db.begin().await?;
        found_in(&call.app, &mut tx, card).await
    };
    let found = found.await;
    if found.is_err() {
        audit::seen(call, &[entry(call, Act::Look, centre, None, reason)?]).await?;
    }
    found
}

/// The same within a transaction, for who was found before.
pub(super) async fn found_in(app: &App, tx: &mut Tx, card: &str) -> Result<(AccountId, PersonId), Failure> {
    let account = card_of(app, tx, card).await?;
    let holder = household::holder(tx, &account).await?.ok_or(Failure::NotFound)?;
    Ok((account, holder))
}

async fn invite_at_desk(call: Call, centre: CentreId, input: InviteAsk) -> Result<DeskCircle, Failure> {
    call.staff_of(&centre).await?;
    let ask = InviteAsk { relative: line(&input.relative), reason: line(&input.reason), ..input };
    let refusals = ask.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let (account, holder) = found(&call, &centre, &ask.card, &ask.reason).await?;
    audit::before(&call, &[entry(&call, Act::Circle, &centre, Some(&holder), &ask.reason)?]).await?;
    let name = name_of(&call, &account).await?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, &account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        make_code(&call.app, &mut tx, &account, &drafted(&ask.relative, &name, ask.scope)).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    shown(&call, &account).await
}

async fn end_at_desk(call: Call, centre: CentreId, input: EndAsk) -> Result<DeskCircle, Failure> {
    call.staff_of(&centre).await?;
    let ask = EndAsk { reason: line(&input.reason), ..input };
    let refusals = ask.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let (account, holder) = found(&call, &centre, &ask.card, &ask.reason).await?;
    let bond = store::any_bond(&call.app.db, &ask.bond).await?;
    if bond.is_none_or(|bond| bond.account != account) {
        return Err(Failure::NotFound);
    }
    audit::before(&call, &[entry(&call, Act::EndBond, &centre, Some(&holder), &ask.reason)?]).await?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, &account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        // The relative was quicker: it has ended, as was wished.
        store::end_bond(&mut tx, &ask.bond, call.account()?, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    shown(&call, &account).await
}

/// What the holder of an account is called.
pub(super) async fn name_of(call: &Call, account: &AccountId) -> Result<String, Failure> {
    let people = household::me(&call.app, account).await?.people;
    let holder = people.into_iter().find(|person| person.relation == Relation::Myself);
    holder.map(|holder| holder.name).ok_or(Failure::NotFound)
}

/// The circle as the desk sees it.
pub(super) async fn shown(call: &Call, account: &AccountId) -> Result<DeskCircle, Failure> {
    let app = &call.app;
    Ok(DeskCircle {
        card: household::card(app, account).await?.ok_or(Refusal::CardUnknown)?,
        name: name_of(call, account).await?,
        members: members(app, account).await?,
        invitation: invitation(app, account).await?,
        log: log_of(app, account).await?,
        leaving: privacy::leaving(&app.db, account).await?,
    })
}
