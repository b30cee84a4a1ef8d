//! How the server is started: flags first, then environment, then what makes sense.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    time::Duration,
};

use domain::{id::CentreId, time::Moment};

mod sms;
mod wechat;

pub use sms::{Filling, Secret, Sms};
pub use wechat::Wechat;

/// Every flag with the environment variable that stands for it and what it is for.
pub const FLAGS: [(&str, &str, &str); 21] = [
    ("--port", "DOORSTEP_PORT", "port to listen on; 8080"),
    ("--listen", "DOORSTEP_LISTEN", "address to listen on; 127.0.0.1"),
    ("--data", "DOORSTEP_DATA", "folder for the database, keys and caches; data"),
    ("--database", "DOORSTEP_DATABASE", "postgres://… or sqlite:path; a SQLite file in the data folder"),
    ("--dist", "DOORSTEP_DIST", "folder of the built app; dist"),
    ("--demo", "DOORSTEP_DEMO", "folder of demo data to load; shows sign-in codes on the page"),
    ("--origin", "DOORSTEP_ORIGIN", "public address, such as https://example.org"),
    ("--home", "DOORSTEP_HOME", "centre that strangers see first; the first of the list"),
    ("--proxies", "DOORSTEP_PROXIES", "how many proxies in front add to x-forwarded-for; 0"),
    ("--connections", "DOORSTEP_CONNECTIONS", "most connections at once; 10000"),
    ("--codes-a-day", "DOORSTEP_CODES_A_DAY", "most one-time codes in a day, a lid on the bill; 50000"),
    ("--sms-app", "DOORSTEP_SMS_APP", "SmsSdkAppId at Tencent Cloud; without it codes go to the log"),
    ("--sms-sign", "DOORSTEP_SMS_SIGN", "approved signature of the messages"),
    ("--sms-template", "DOORSTEP_SMS_TEMPLATE", "number of the approved template"),
    ("--sms-fillings", "DOORSTEP_SMS_FILLINGS", "what the template has places for; code"),
    ("--sms-region", "DOORSTEP_SMS_REGION", "region of the account; ap-guangzhou"),
    ("--sms-site", "DOORSTEP_SMS_SITE", "where it is asked; https://sms.tencentcloudapi.com"),
    ("--wechat-app", "DOORSTEP_WECHAT_APP", "appid of the official account; without it no WeChat"),
    ("--wechat-open-site", "DOORSTEP_WECHAT_OPEN_SITE", "where people go; https://open.weixin.qq.com"),
    ("--wechat-api-site", "DOORSTEP_WECHAT_API_SITE", "where we ask; https://api.weixin.qq.com"),
    ("--wechat-script", "DOORSTEP_WECHAT_SCRIPT", "script of its functions for pages; jweixin 1.6.0"),
];

/// Flags that take no value.
pub const SWITCHES: [(&str, &str, &str); 1] = [(
    "--test-clock",
    "DOORSTEP_TEST_CLOCK",
    "a clock for tests to set, at first to =MS; never in production",
)];

/// How patient the server is with slow clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For the headers of a request, and between requests.
    pub headers: Duration,
    /// For a body, from its first byte to its last.
    pub body: Duration,
    /// For requests in work when the server stops.
    pub stop: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(10),
            body: Duration::from_secs(10),
            stop: Duration::from_secs(10),
        }
    }
}

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Port; 0 for any that is free.
    pub port: u16,
    /// Address to listen on.
    pub listen: IpAddr,
    /// Folder for the database, keys and caches.
    pub data: PathBuf,
    /// Database address; a SQLite file in `data` where there is none.
    pub database: Option<String>,
    /// Folder of the built app.
    pub dist: PathBuf,
    /// Folder of demo data; sign-in codes are shown on the page when there is one.
    pub demo: Option<PathBuf>,
    /// Public address without a slash at the end, where it is known.
    pub origin: Option<String>,
    /// The centre that strangers see first.
    pub home: Option<CentreId>,
    /// How many proxies of ours stand in front.
    pub proxies: usize,
    /// Most connections at once.
    pub connections: usize,
    /// Most one-time codes in a day.
    pub codes_a_day: u32,
    /// The gateway for text messages; the log takes its place where there is none.
    pub sms: Option<Sms>,
    /// The official account at `WeChat`, if there is one.
    pub wechat: Option<Wechat>,
    /// Keys of the vault, where they do not lie in the data folder.
    pub keys: Option<String>,
    /// Whether tests may set the clock.
    pub test_clock: bool,
    /// What that clock shows at first; the machine's time where this is not said.
    pub test_now: Option<Moment>,
    /// Patience with slow clients.
    pub patience: Patience,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 8080,
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            data: PathBuf::from("data"),
            database: None,
            dist: PathBuf::from("dist"),
            demo: None,
            origin: None,
            home: None,
            proxies: 0,
            connections: 10_000,
            codes_a_day: 50_000,
            sms: None,
            wechat: None,
            keys: None,
            test_clock: false,
            test_now: None,
            patience: Patience::default(),
        }
    }
}

impl Config {
    /// Whether it runs on demo data.
    pub fn is_demo(&self) -> bool {
        self.demo.is_some()
    }

    /// Whether the public address is https, and cookies can be kept to it.
    pub fn is_https(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// The name of the session cookie.
    pub fn session_cookie(&self) -> &'static str {
        if self.is_https() { "__Host-session" } else { "session" }
    }

    /// The name of the cookie by which a browser is known again for its telephone.
    pub fn known_cookie(&self) -> &'static str {
        if self.is_https() { "__Host-known" } else { "known" }
    }

    /// The name of the cookie of who goes to `WeChat`, or has come back from there.
    pub fn wechat_cookie(&self) -> &'static str {
        if self.is_https() { "__Host-wechat" } else { "wechat" }
    }

    /// Reads flags (`args`, without the program's name) and, for those not given, `env`.
    ///
    /// # Errors
    /// A line for the person at the keyboard.
    pub fn read(
        args: impl IntoIterator<Item = String>,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let mut given = flags(args)?;
        for (flag, variable, _) in FLAGS.iter().chain(&SWITCHES) {
            if let Some(value) = env(variable).filter(|value| !value.is_empty()) {
                given.entry(flag).or_insert(value);
            }
        }
        // A secret does not belong among flags, which everybody on the machine can read.
        let keys = env("DOORSTEP_KEYS").filter(|keys| !keys.is_empty());
        let mut config = Self { keys, ..Self::default() };
        for (flag, value) in given {
            config.set(flag, &value).map_err(|problem| format!("{flag} {value}: {problem}"))?;
        }
        if let Some(wechat) = &mut config.wechat {
            wechat.secret = Secret::new(env("DOORSTEP_WECHAT_SECRET").unwrap_or_default());
            wechat.check(config.origin.as_deref())?;
        }
        if let Some(sms) = &mut config.sms {
            let secret = |name: &str| Secret::new(env(name).unwrap_or_default());
            (sms.id, sms.key) = (secret("DOORSTEP_SMS_SECRET_ID"), secret("DOORSTEP_SMS_SECRET_KEY"));
            sms.check()?;
            if config.demo.is_some() {
                return Err("--demo shows codes on the page: real messages go without it".into());
            }
        }
        Ok(config)
    }

    fn set(&mut self, flag: &str, value: &str) -> Result<(), &'static str> {
        match flag {
            "--port" => self.port = value.parse().map_err(|_| "a number from 0 to 65535 is needed")?,
            "--listen" => self.listen = value.parse().map_err(|_| "an IP address is needed")?,
            "--data" => self.data = PathBuf::from(value),
            "--database" => self.database = Some(value.to_owned()),
            "--dist" => self.dist = PathBuf::from(value),
            "--demo" => self.demo = Some(PathBuf::from(value)),
            "--origin" => self.origin = Some(origin(value)?),
            "--home" if domain::id::is_id(value) => self.home = Some(CentreId::from(value)),
            "--home" => return Err("the id of a centre is needed"),
            "--proxies" => self.proxies = value.parse().map_err(|_| "a number is needed")?,
            "--connections" => self.connections = value.parse().map_err(|_| "a number is needed")?,
            "--codes-a-day" => {
                let most = value.parse().ok().filter(|most| *most > 0);
                self.codes_a_day = most.ok_or("a number above 0 is needed")?;
            }
            flag if flag.starts_with("--wechat-") => {
                self.wechat.get_or_insert_default().set(flag, value)?;
            }
            sms if sms.starts_with("--sms-") => self.sms.get_or_insert_default().set(sms, value)?,
            "--test-clock" => {
                self.test_clock = value != "0";
                self.test_now = value.parse().ok().filter(|now| *now > 1).map(Moment);
            }
            _ => return Err("no such flag"),
        }
        Ok(())
    }
}

/// Splits `--flag value`, `--flag=value` and switches.
fn flags(args: impl IntoIterator<Item = String>) -> Result<HashMap<&'static str, String>, String> {
    let mut given = HashMap::new();
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let (name, value) = match arg.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (arg.as_str(), None),
        };
        if let Some((switch, ..)) = SWITCHES.iter().find(|(switch, ..)| *switch == name) {
            given.insert(*switch, value.unwrap_or_else(|| "1".into()));
        } else if let Some((flag, ..)) = FLAGS.iter().find(|(flag, ..)| *flag == name) {
            let value = value.or_else(|| args.next()).ok_or_else(|| format!("{flag} needs a value"))?;
            given.insert(*flag, value);
        } else {
            return Err(format!("{name}: no such flag"));
        }
    }
    Ok(given)
}

/// An address of a site, without the slash.
fn origin(value: &str) -> Result<String, &'static str> {
    let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    match host.map(|host| host.trim_end_matches('/')) {
        Some(host) if !host.is_empty() && !host.contains('/') => Ok(value.trim_end_matches('/').to_owned()),
        _ => Err("an address such as https://example.org is needed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str], env: &[(&str, &str)]) -> Result<Config, String> {
        let look = |name: &str| env.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
        Config::read(args.iter().map(|arg| (*arg).to_owned()), look)
    }

    #[test]
    fn a_flag_goes_before_the_environment() {
        let config = read(
            &["--port", "9000", "--origin=https://example.org/"],
            &[("DOORSTEP_PORT", "1"), ("DOORSTEP_DATA", "/tmp/x")],
        )
        .expect("good flags");
        assert_eq!((config.port, config.data.to_str()), (9000, Some("/tmp/x")));
        assert_eq!(config.origin.as_deref(), Some("https://example.org"));
        assert_eq!(config.session_cookie(), "__Host-session");
    }

    #[test]
    fn the_clock_for_tests_may_start_at_an_instant() {
        let clock = |args: &[&str]| read(args, &[]).map(|config| (config.test_clock, config.test_now));
        assert_eq!(clock(&[]), Ok((false, None)));
        assert_eq!(clock(&["--test-clock"]), Ok((true, None)));
        assert_eq!(clock(&["--test-clock=1782178200000"]), Ok((true, Some(Moment(1_782_178_200_000)))));
        assert_eq!(clock(&["--test-clock=0"]), Ok((false, None)));
    }

    #[test]
    fn text_messages_need_everything_or_nothing() {
        let secrets = [("DOORSTEP_SMS_SECRET_ID", "AKID"), ("DOORSTEP_SMS_SECRET_KEY", "canary")];
        let flags = ["--sms-app=1400006666", "--sms-sign=家门口", "--sms-template=1110"];
        let config = read(&flags, &secrets).expect("complete");
        assert!(!format!("{config:?}").contains("canary"));
        let sms = config.sms.expect("a gateway");
        assert_eq!((sms.app.as_str(), sms.key.reveal()), ("1400006666", "canary"));
        assert_eq!(sms.fillings, [Filling::Code]);
        assert!(read(&flags[..2], &secrets).expect_err("no template").contains("--sms-template"));
        assert!(read(&flags, &secrets[..1]).expect_err("no key").contains("DOORSTEP_SMS_SECRET_KEY"));
        assert!(read(&[&flags[..], &["--demo=demo"]].concat(), &secrets).is_err());
        assert!(read(&["--sms-fillings=name"], &secrets).is_err());
        assert_eq!(read(&[], &[]).expect("nothing").sms, None);
    }

    #[test]
    fn wechat_needs_an_account_a_secret_and_an_address_to_come_back_to() {
        let secret = [("DOORSTEP_WECHAT_SECRET", "canary")];
        let flags = ["--wechat-app=wx1", "--origin=https://example.org"];
        let config = read(&flags, &secret).expect("complete");
        assert!(!format!("{config:?}").contains("canary"));
        assert_eq!(config.wechat.expect("one").script_site(), Some("https://res.wx.qq.com"));
        assert!(read(&flags[..1], &secret).expect_err("no address").contains("--origin"));
        assert!(read(&flags, &[]).expect_err("no secret").contains("DOORSTEP_WECHAT_SECRET"));
        assert!(read(&["--wechat-app=a&b=c", flags[1]], &secret).is_err());
    }

    #[test]
    fn what_is_wrong_is_said_in_a_line() {
        assert_eq!(
            read(&["--port", "many"], &[]),
            Err("--port many: a number from 0 to 65535 is needed".into())
        );
        assert_eq!(read(&["--port"], &[]), Err("--port needs a value".into()));
        assert_eq!(read(&["--fast"], &[]), Err("--fast: no such flag".into()));
        assert!(read(&["--origin", "example.org"], &[]).is_err());
    }
}
