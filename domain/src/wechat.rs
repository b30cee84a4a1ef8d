//! `WeChat` beside the telephone: signing in without a code, and what its own functions need.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// How an account and `WeChat` stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WechatBond {
    /// Since when one is signed in silently within one's `WeChat`; `None` where one is not.
    pub since: Option<Moment>,
    /// Whether this browser has just shown whose `WeChat` it is, and could be bound.
    pub ready: bool,
}

/// A page that wants to use `WeChat`'s functions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WechatPage {
    /// Its whole address; what follows `#` does not count.
    pub url: String,
}

/// What `wx.config` asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WechatConfig {
    /// The official account.
    pub app: String,
    /// Seconds since 1970.
    pub timestamp: u32,
    /// Drawn for this signature.
    pub nonce: String,
    /// Of page, nonce, time and ticket.
    pub signature: String,
    /// The script to load, once.
    pub script: String,
}

pub mod api {
    //! Endpoints of `WeChat`. Signing in itself goes by addresses of pages: `/wechat/sign-in` and
    //! `/wechat/back`.

    use super::{WechatBond, WechatConfig, WechatPage};
    use crate::endpoint::{Audience, Endpoint, Method};

    /// How one's account and `WeChat` stand to each other.
    pub struct GetWechat;
    impl Endpoint for GetWechat {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/wechat";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Whether one is signed in silently within WeChat";
        type Params = ();
        type Input = ();
        type Output = WechatBond;
    }

    /// Binds the `WeChat` that this browser has just shown to the account.
    pub struct BindWechat;
    impl Endpoint for BindWechat {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/wechat";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Sign in silently within this WeChat from now on";
        type Params = ();
        type Input = ();
        type Output = WechatBond;
    }

    /// Ends that.
    pub struct UnbindWechat;
    impl Endpoint for UnbindWechat {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/wechat";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Sign in by telephone again, within WeChat too";
        type Params = ();
        type Input = ();
        type Output = WechatBond;
    }

    /// Signs a page of ours for `WeChat`'s functions.
    pub struct SignWechatPage;
    impl Endpoint for SignWechatPage {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/wechat/page";
        const AUDIENCE: Audience = Audience::Public;
        const KEYED: bool = false;
        const SUMMARY: &'static str = "What wx.config asks for, for one page";
        type Params = ();
        type Input = WechatPage;
        type Output = WechatConfig;
    }
}
