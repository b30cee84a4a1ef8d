//! Settings of the house's official account at `WeChat`.

use super::Secret;

/// An official account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wechat {
    /// `appid`.
    pub app: String,
    /// Its secret.
    pub secret: Secret,
    /// Where people are sent to show who they are.
    pub open_site: String,
    /// Where the server asks.
    pub api_site: String,
    /// The script of the functions for pages.
    pub script: String,
}

impl Default for Wechat {
    fn default() -> Self {
        Self {
            app: String::new(),
            secret: Secret::default(),
            open_site: "https://open.weixin.qq.com".into(),
            api_site: "https://api.weixin.qq.com".into(),
            script: "https://res.wx.qq.com/open/js/jweixin-1.6.0.js".into(),
        }
    }
}

impl Wechat {
    /// Takes the value of a flag.
    pub(super) fn set(&mut self, flag: &str, value: &str) -> Result<(), &'static str> {
        match flag {
            "--wechat-app" if is_plain(value) => value.clone_into(&mut self.app),
            "--wechat-app" => return Err("letters and digits are needed"),
            "--wechat-open-site" => self.open_site = super::origin(value)?,
            "--wechat-api-site" => self.api_site = super::origin(value)?,
            "--wechat-script" => value.clone_into(&mut self.script),
            _ => return Err("no such flag"),
        }
        Ok(())
    }

    /// Whether nothing is missing; the first thing that is, otherwise.
    pub(super) fn check(&self, origin: Option<&str>) -> Result<(), String> {
        let missing = if self.app.is_empty() {
            "--wechat-app"
        } else if !is_plain(self.secret.reveal()) {
            "DOORSTEP_WECHAT_SECRET"
        } else if origin.is_none() {
            "--origin"
        } else {
            return Ok(());
        };
        Err(format!("to sign in by WeChat, {missing} is needed as well"))
    }

    /// The site of the script, for the policy of pages; none where it is our own.
    pub fn script_site(&self) -> Option<&str> {
        let after = self.script.find("://")? + 3;
        let end = self.script[after..].find('/').map_or(self.script.len(), |at| after + at);
        let site = &self.script[..end];
        site.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-".contains(&byte)).then_some(site)
    }
}

/// What can stand in an address as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
