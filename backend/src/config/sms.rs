//! Settings of the gateway for text messages.

use std::fmt;

/// A text that is never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for whoever signs with it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(..)")
    }
}

/// What a place in the template of a message is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// The code.
    Code,
    /// For how many minutes it is good.
    Minutes,
}

/// An application at Tencent Cloud SMS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sms {
    /// Where it is asked.
    pub site: String,
    /// The region of the account.
    pub region: String,
    /// `SmsSdkAppId`.
    pub app: String,
    /// The signature in front of the message, as approved.
    pub sign: String,
    /// The approved template.
    pub template: String,
    /// What stands in its places.
    pub fillings: Vec<Filling>,
    /// `SecretId`.
    pub id: Secret,
    /// `SecretKey`.
    pub key: Secret,
}

impl Default for Sms {
    fn default() -> Self {
        Self {
            site: "https://sms.tencentcloudapi.com".into(),
            region: "ap-guangzhou".into(),
            app: String::new(),
            sign: String::new(),
            template: String::new(),
            fillings: vec![Filling::Code],
            id: Secret::default(),
            key: Secret::default(),
        }
    }
}

impl Sms {
    /// Takes the value of a flag.
    pub(super) fn set(&mut self, flag: &str, value: &str) -> Result<(), &'static str> {
        match flag {
            "--sms-site" => self.site = super::origin(value)?,
            "--sms-region" => value.clone_into(&mut self.region),
            "--sms-app" => value.clone_into(&mut self.app),
            "--sms-sign" => value.clone_into(&mut self.sign),
            "--sms-template" => value.clone_into(&mut self.template),
            "--sms-fillings" => {
                let filling = |name: &str| match name.trim() {
                    "code" => Ok(Filling::Code),
                    "minutes" => Ok(Filling::Minutes),
                    _ => Err("`code` or `code,minutes` is needed"),
                };
                self.fillings = value.split(',').map(filling).collect::<Result<_, _>>()?;
            }
            _ => return Err("no such flag"),
        }
        Ok(())
    }

    /// Whether nothing is missing; the first thing that is, otherwise.
    pub(super) fn check(&self) -> Result<(), String> {
        for (value, name) in [
            (&self.app, "--sms-app"),
            (&self.sign, "--sms-sign"),
            (&self.template, "--sms-template"),
            (&self.id.0, "DOORSTEP_SMS_SECRET_ID"),
            (&self.key.0, "DOORSTEP_SMS_SECRET_KEY"),
        ] {
            if value.is_empty() {
                return Err(format!("to send text messages, {name} is needed as well"));
            }
        }
        Ok(())
    }
}
