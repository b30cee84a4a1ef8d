//! A request as a handler sees it: who calls, with which key, from where.

use std::net::IpAddr;

use axum::http::HeaderValue;
use domain::{
    device::DeviceLook,
    id::{AccountId, CentreId},
    staff::Post,
    text::Lang,
    time::Moment,
};

use crate::{
    app::App,
    circle::Acting,
    failure::Failure,
    staff::{self, Staff},
};

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose account.
    pub id: AccountId,
    /// The hash by which the session is kept.
    pub session: String,
    /// The cookie that takes the place of the one that came, where it is time for another.
    pub renewed: Option<HeaderValue>,
}

/// What a retry is recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// As the client made it.
    pub text: String,
    /// Hash of method, address and body: the same key must come with the same request.
    pub body_hash: String,
}

/// A request that passed all the checks that come before the handler.
#[derive(Clone)]
pub struct Call {
    /// The server.
    pub app: App,
    /// In whose name it is called, where somebody is signed in; always there for endpoints that ask for a resident.
    pub caller: Option<Account>,
    /// By which bond a relative calls, where it is not the one in whose name the call is made: `caller`
    /// is then the latter.
    pub acting: Option<Acting>,
    /// The posts they hold at this moment; read, and never empty, only for endpoints that ask for
    /// the staff.
    pub posts: Vec<Post>,
    /// The key; always there for endpoints that are keyed.
    pub key: Option<Key>,
    /// The number by which the log knows this request.
    pub request: String,
    /// Where it came from.
    pub address: IpAddr,
    /// The language the app is set to.
    pub lang: Lang,
    /// What it came from looks like.
    pub device: DeviceLook,
    /// What the browser has of an earlier sign-in (`session/known.rs`).
    pub known: Option<String>,
    /// What it has of a way to `WeChat` (`wechat/visit.rs`).
    pub wechat: Option<String>,
}

impl Call {
    /// Who calls.
    ///
    /// # Errors
    /// Nobody is signed in; cannot happen where the endpoint asks for a resident.
    pub fn account(&self) -> Result<&AccountId, Failure> {
        self.caller.as_ref().map(|account| &account.id).ok_or(Failure::SignedOut)
    }

    /// Who calls, as somebody who works at that centre.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where they do not, or there is no such centre.
    pub async fn staff_of(&self, centre: &CentreId) -> Result<Staff, Failure> {
        let post = staff::at(&self.app.db, &self.posts, centre).await?;
        Ok(Staff { account: self.account()?.clone(), post })
    }

    /// The key of a keyed write.
    ///
    /// # Errors
    /// There is none; cannot happen where the endpoint is keyed.
    pub fn key(&self) -> Result<&Key, Failure> {
        self.key.as_ref().ok_or_else(|| Failure::Malformed("idempotency-key is missing".into()))
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        self.app.now()
    }
}

/// What a handler answers, where cookies go with it.
#[derive(Debug)]
pub struct Reply<T> {
    /// The body.
    pub body: T,
    /// The values of `set-cookie` headers.
    pub cookies: Vec<HeaderValue>,
}

/// Something that answers an endpoint whose output is `T`: the output itself, or a [`Reply`].
pub trait IntoReply<T> {
    /// Makes it a reply.
    fn into_reply(self) -> Reply<T>;
}

impl<T> IntoReply<T> for T {
    fn into_reply(self) -> Reply<T> {
        Reply { body: self, cookies: Vec::new() }
    }
}

impl<T> IntoReply<T> for Reply<T> {
    fn into_reply(self) -> Self {
        self
    }
}
