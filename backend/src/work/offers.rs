//! Offers that wait for an answer, for the desk that rings who does not look into the app.

use domain::{
    booking::meeting,
    consent,
    household::Relation,
    id::CentreId,
    session::SESSION_LIFE,
    time::Zone,
    work::{OpenOffer, masked},
};

use super::store::offers::{self, OfferRow};
use crate::{
    call::Call,
    failure::Failure,
    household::{self, Sealed},
};

/// The open offers of a centre, what lapses first first. No child is named here: its name stands in the
/// list of the slot, where the look is on record.
pub async fn open(call: &Call, centre: &CentreId, zone: Zone) -> Result<Vec<OpenOffer>, Failure> {
    let (vault, now) = (&call.app.vault, call.now());
    let mut open: Vec<OpenOffer> = Vec::new();
    for row in offers::open(&call.app.db, centre, now, now.plus(-SESSION_LIFE)).await? {
        let span = meeting::first(&row.meetings);
        let Sealed { name, born, .. } = household::unseal(vault, &row.person, &row.sealed_box)?;
        let child = row.relation == Relation::Child || consent::is_needed(born, span.starts.day(zone));
        let name = if child { String::new() } else { masked(&name) };
        match open.last_mut().filter(|last| last.booking == row.booking) {
            // A grown-up answers for a party rather than a child, and one with a name rather than another.
            Some(last) if last.name.is_empty() && !name.is_empty() => {
                (last.person, last.name, last.relation) = (row.person, name, row.relation);
            }
            Some(_) => {}
            None => {
                let OfferRow { booking, slot, details, until, person, relation, people, signed_in, .. } = row;
                let phone = household::phone(vault, &row.account, &row.phone_box)?;
                let phone = phone.map(|phone| phone.masked());
                let title = details.title;
                open.push(OpenOffer {
                    booking,
                    slot,
                    title,
                    span,
                    until,
                    person,
                    name,
                    relation,
                    people,
                    phone,
                    signed_in,
                });
            }
        }
    }
    Ok(open)
}
