//! Writes: with a key that stays the same until it is known what became of them.

use domain::{endpoint::Endpoint, failure::Problem};
use leptos::prelude::Set;
use serde::de::DeserializeOwned;

use super::{PATIENCE, QUICK, Reach, SHORT, Trouble, decode, encode, forget, keep, news, reach, send};
use crate::host;

/// Pauses before the retries of a write, in milliseconds.
const PAUSES: [i32; 2] = [600, 1_800];
/// The longest pause before a retry, in milliseconds.
const LONGEST: i32 = 6_000;

/// Writes. `key` is made once for what the resident means to do, and kept until it is done: another
/// tap after a lost answer sends the same key.
pub async fn write<E: Endpoint>(
    key: &str,
    params: E::Params,
    input: &E::Input,
) -> Result<E::Output, Trouble> {
    let text = send_write::<E>(key, &params, input).await?;
    understood(&text)
}

/// An answer of another shape comes from a newer server: the bar at the top says so.
fn understood<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    decode(text).ok_or_else(|| {
        news().new_version.set(true);
        Trouble::Problem(Problem::Unknown)
    })
}

/// Writes like [`write`], and takes the answer for what `R` would answer now: what is on the screen
/// changes at once and without a second request. `onto` says of what it is the answer; what begins
/// with one of `outdated` is forgotten.
pub async fn write_onto<E: Endpoint, R: Endpoint<Input = (), Output = E::Output>>(
    key: &str,
    params: E::Params,
    input: &E::Input,
    outdated: &[&str],
    onto: impl FnOnce(&E::Output) -> R::Params,
) -> Result<E::Output, Trouble> {
    let text = send_write::<E>(key, &params, input).await?;
    show_on::<R>(text, outdated, onto)
}

/// Takes the answer for what `R` would answer now.
fn show_on<R: Endpoint<Input = ()>>(
    text: String,
    outdated: &[&str],
    onto: impl FnOnce(&R::Output) -> R::Params,
) -> Result<R::Output, Trouble> {
    let output: R::Output = understood(&text)?;
    for prefix in outdated {
        forget(prefix);
    }
    keep(R::path(&onto(&output)), text, true);
    Ok(output)
}

/// Writes like [`write_onto`] what nobody must be left in doubt about, as [`write_for_sure`] does.
pub async fn write_for_sure_onto<E: Endpoint, R: Endpoint<Input = (), Output = E::Output>>(
    key: &str,
    params: E::Params,
    input: &E::Input,
    outdated: &[&str],
    onto: impl FnOnce(&E::Output) -> R::Params,
    told: impl Fn(Doubt) -> bool,
) -> Result<E::Output, Trouble> {
    let text = send_for_sure(reach::<E>(), &E::path(&params), body_of::<E>(input), key, &told).await?;
    show_on::<R>(text, outdated, onto)
}

/// Why what was sent is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There was no answer: nobody knows whether it arrived.
    NoAnswer,
    /// Very many came at once; it has not been looked at yet.
    Crowd,
}

/// Writes what nobody must be left in doubt about: it is sent again with the same key until somebody
/// knows, for as long as `told`, which hears of every doubt, says that it is still wanted.
pub async fn write_for_sure<E: Endpoint>(
    key: &str,
    params: E::Params,
    input: &E::Input,
    told: impl Fn(Doubt) -> bool,
) -> Result<E::Output, Trouble> {
    let text = send_for_sure(reach::<E>(), &E::path(&params), body_of::<E>(input), key, &told).await?;
    understood(&text)
}

async fn send_for_sure(
    reach: Reach,
    path: &str,
    body: Option<String>,
    key: &str,
    told: &dyn Fn(Doubt) -> bool,
) -> Result<String, Trouble> {
    let mut pause = PAUSES[0];
    loop {
        let answer = send(reach, "POST", path, body.clone(), Some(key), QUICK).await;
        let (doubt, least) = match &answer {
            Err(Trouble::Offline | Trouble::Problem(Problem::Unknown)) => (Doubt::NoAnswer, pause / 2),
            Err(Trouble::Problem(Problem::Busy { retry_after })) if *retry_after <= SHORT => {
                (Doubt::Crowd, retry_after.cast_signed().max(1) * 1_000)
            }
            _ => return answer,
        };
        if !told(doubt) {
            return answer;
        }
        pause_about(least, pause).await;
        // Without a network there is nobody to ask; what comes back late is asked at once.
        while !host::has_network() {
            if !told(Doubt::NoAnswer) {
                return answer;
            }
            host::sleep(250).await;
        }
        // Who left meanwhile was told that nothing was booked, and must not be proved wrong.
        if !told(doubt) {
            return answer;
        }
        pause = (pause * 2).min(LONGEST);
    }
}

/// Waits at least so long, and up to `spread` longer: many phones that were refused together must not
/// come back together.
pub(super) async fn pause_about(least: i32, spread: i32) {
    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a pause")]
    let jitter = (js_sys::Math::random() * f64::from(spread)) as i32;
    host::sleep(least + jitter).await;
}

fn body_of<E: Endpoint>(input: &E::Input) -> Option<String> {
    (std::any::TypeId::of::<E::Input>() != std::any::TypeId::of::<()>()).then(|| encode(input)).flatten()
}

async fn send_write<E: Endpoint>(key: &str, params: &E::Params, input: &E::Input) -> Result<String, Trouble> {
    let path = E::path(params);
    send_patiently(reach::<E>(), E::METHOD.name(), &path, body_of::<E>(input), E::KEYED.then_some(key)).await
}

/// Sends a write, and again with the same key while the network or the server stumbles.
async fn send_patiently(
    reach: Reach,
    method: &str,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
) -> Result<String, Trouble> {
    let mut tries = if key.is_some() { PAUSES.iter() } else { [].iter() };
    loop {
        let answer = send(reach, method, path, body.clone(), key, PATIENCE).await;
        let pause = match &answer {
            Err(Trouble::Offline | Trouble::Problem(Problem::Unknown)) if host::has_network() => {
                tries.next().map(|pause| (pause / 2, *pause))
            }
            Err(Trouble::Problem(Problem::Busy { retry_after })) if *retry_after <= SHORT => {
                tries.next().map(|_| (retry_after.cast_signed().max(1) * 1_000, 1_000))
            }
            _ => None,
        };
        let Some((least, spread)) = pause else { return answer };
        pause_about(least, spread).await;
    }
}
