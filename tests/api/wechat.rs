//! `WeChat`: a stand-in answers as the documentation says, codes are good once, previews are nobody,
//! and tickets lapse.

use backend::{
    args,
    config::{Config, Secret, Wechat},
    start::start,
};
use domain::{
    device::{
        DeviceStep,
        api::{EndOtherDevices, ListDevices},
    },
    failure::Problem,
    privacy::api::GetMyData,
    refusal::Refusal,
    session::api::{GetMe, SignOut},
    time::{HOUR, MINUTE},
    wechat::{
        WechatBond, WechatPage,
        api::{BindWechat, GetWechat, SignWechatPage, UnbindWechat},
    },
};
use reqwest::{Method, Response, header, redirect::Policy};
use sha1::{Digest, Sha1};

use crate::{
    wechat_stand_in::{APP, SECRET, Shared, stand_in},
    world::{Client, World},
};

const PHONE: &str = "13800000001";
const ORIGIN: &str = "http://doorstep.example";
const OPENID: &str = "oCanaryOpenid-1";

async fn world() -> (World, Shared) {
    let (site, counts) = stand_in().await;
    let world = World::with(|config| {
        config.origin = Some(ORIGIN.into());
        config.wechat = Some(Wechat {
            app: APP.into(),
            secret: Secret::new(SECRET),
            api_site: site,
            ..Wechat::default()
        });
    })
    .await;
    (world, counts)
}

/// A browser with all its cookies.
#[derive(Clone, Default)]
struct Jar(Vec<(String, String)>);

impl Jar {
    fn of(client: &Client) -> Self {
        let mut jar = Self::default();
        if let Some((name, value)) = client.cookie.as_deref().and_then(|cookie| cookie.split_once('=')) {
            jar.0.push((name.into(), value.into()));
        }
        jar
    }

    fn client(&self, world: &World) -> Client {
        let mut client = world.anonymous();
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        client.cookie = Some(pairs.join("; "));
        client
    }

    fn take(&mut self, answer: &Response) {
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("plain");
            assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, value) =
                cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            self.0.retain(|(known, _)| known != name);
            if !cookie.contains("Max-Age=0") {
                self.0.push((name.into(), value.into()));
            }
        }
    }

    /// Opens an address without following it further: where it leads.
    async fn opens(&mut self, base: &str, path: &str) -> String {
        let http = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        // As a phone does that comes back from another site.
        let request = http.get(format!("{base}{path}")).header("sec-fetch-site", "cross-site");
        let answer = request.header(header::COOKIE, pairs.join("; ")).send().await.expect("an answer");
        assert_eq!(answer.status(), 303, "{path}");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
        self.take(&answer);
        answer.headers()[header::LOCATION].to_str().expect("plain").to_owned()
    }

    /// Goes to `WeChat`: the state that it would bring back.
    async fn goes(&mut self, world: &World, next: &str) -> String {
        let address = self.opens(&world.base, &format!("/wechat/sign-in?next={next}")).await;
        let rest = address.strip_prefix(
            "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx0123456789abcdef\
             &redirect_uri=http%3A%2F%2Fdoorstep.example%2Fwechat%2Fback&response_type=code\
             &scope=snsapi_base&state=",
        );
        let state = rest.and_then(|rest| rest.strip_suffix("#wechat_redirect")).expect("as documented");
        assert!(state.len() <= 128 && state.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{state}");
        state.to_owned()
    }

    async fn comes_back(&mut self, base: &str, code: &str, state: &str) -> String {
        self.opens(base, &format!("/wechat/back?code={code}&state={state}")).await
    }
}

#[tokio::test]
async fn a_wechat_is_bound_once_and_signs_in_silently_from_then_on() {
    let (world, _) = world().await;
    let mut phone = Jar::default();
    let state = phone.goes(&world, "%2Fofferings%2Fxinsheng-pingpong").await;
    let there = phone.comes_back(&world.base, "code-1_a", &state).await;
    assert_eq!(there, "/sign-in?next=%2Fofferings%2Fxinsheng-pingpong&wechat=new");

    // By telephone, once; and then bound.
    let signed_in = world.resident(PHONE).await;
    phone.0.extend(Jar::of(&signed_in).0);
    let me = phone.client(&world);
    assert_eq!(me.call::<GetWechat>((), ()).await, Ok(WechatBond { since: None, ready: true }));
    let bond = me.call::<BindWechat>((), ()).await.expect("bound");
    assert_eq!(bond, WechatBond { since: Some(world.now()), ready: false });
    assert_eq!(
        me.call::<BindWechat>((), ()).await,
        Err(Problem::Refused(vec![Refusal::WechatUnknown])),
        "shown once, bound once"
    );
    let data = me.call::<GetMyData>((), ()).await.expect("data");
    assert!(serde_json::to_string(&data).expect("JSON").contains(OPENID), "it is handed out to oneself");
    me.call::<SignOut>((), ()).await.expect("out");

    let mut again = Jar::default();
    let state = again.goes(&world, "%2Fmine").await;
    assert_eq!(again.comes_back(&world.base, "code-1_b", &state).await, "/sign-in?next=%2Fmine&wechat=in");
    let me = again.client(&world);
    assert_eq!(me.call::<GetMe>((), ()).await.expect("signed in").phone, "138****0001");
    assert_eq!(me.call::<ListDevices>((), ()).await.expect("devices").lines.len(), 3, "told to the others");

    // Who unbinds signs in by telephone again.
    assert_eq!(me.call::<UnbindWechat>((), ()).await, Ok(WechatBond { since: None, ready: false }));
    let mut stranger = Jar::default();
    let state = stranger.goes(&world, "%2Fmine").await;
    assert!(stranger.comes_back(&world.base, "code-1_c", &state).await.ends_with("wechat=new"));

    // Nowhere stands who it is at WeChat.
    for sql in [
        "SELECT id AS a, openid_box AS b FROM wechat_bond",
        "SELECT COALESCE(openid_mac, '') AS a, openid_box AS b FROM wechat_visit",
    ] {
        for row in world.server.app.db.rows(sql, args![]).await.expect("reads") {
            let (a, b) = (row.text("a").expect("text"), row.text("b").expect("text"));
            assert!(!format!("{a}{b}").contains(OPENID));
        }
    }
}

#[tokio::test]
async fn a_wechat_that_signs_one_in_is_told_and_goes_with_the_other_devices() {
    let (world, _) = world().await;
    let mut phone = Jar::default();
    let state = phone.goes(&world, "%2Fmine").await;
    phone.comes_back(&world.base, "code-1_a", &state).await;
    phone.0.extend(Jar::of(&world.resident(PHONE).await).0);
    let me = phone.client(&world);
    me.call::<BindWechat>((), ()).await.expect("bound");
    let told = async || {
        let all = me.call::<ListDevices>((), ()).await.expect("devices");
        let steps: Vec<DeviceStep> = all.lines.iter().map(|line| line.step).collect();
        (all.wechat, steps)
    };
    assert_eq!(told().await, (Some(world.now()), vec![DeviceStep::Bound, DeviceStep::SignedIn]));
    world.clock.advance(MINUTE);
    let left = me.call::<EndOtherDevices>((), ()).await.expect("signed out elsewhere");
    assert_eq!((left.devices.len(), left.wechat), (1, None));
    assert_eq!(told().await.1[0], DeviceStep::Unbound);
    // Whoever bound it has to give the telephone again.
    let mut theirs = Jar::default();
    let state = theirs.goes(&world, "%2Fmine").await;
    let there = theirs.comes_back(&world.base, "code-1_b", &state).await;
    assert_eq!(there, "/sign-in?next=%2Fmine&wechat=new");
}

#[tokio::test]
async fn a_way_back_is_good_once_for_one_browser_and_for_ten_minutes() {
    let (world, counts) = world().await;
    let lapsed = "/sign-in?next=%2Fmine&wechat=lapsed";
    let mut phone = Jar::default();
    let state = phone.goes(&world, "%2Fmine").await;
    // A link that somebody else sends: their state, another browser.
    assert_eq!(Jar::default().comes_back(&world.base, "code-9_a", &state).await, lapsed);
    let mut other = Jar::default();
    other.goes(&world, "%2Fmine").await;
    assert_eq!(other.comes_back(&world.base, "code-9_b", &state).await, lapsed);
    assert!(counts.lock().expect("counts").used.is_empty(), "WeChat was not even asked");
    let jar = phone.clone();
    assert!(phone.comes_back(&world.base, "code-1_a", &state).await.ends_with("wechat=new"));
    // The very same once more, with another code, also at another server.
    assert_eq!(jar.clone().comes_back(&world.base, "code-2_a", &state).await, lapsed);
    if !world.server.app.db.is_sqlite() {
        let config = Config::clone(&world.server.app.config);
        let second = start(config, world.clock.clone()).await.expect("the second server starts");
        let base = format!("http://{}", second.address);
        assert_eq!(jar.clone().comes_back(&base, "code-2_b", &state).await, lapsed);
    }
    // Twenty at once are one.
    let mut phone = Jar::default();
    let state = phone.goes(&world, "%2Fmine").await;
    let mut all = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (mut jar, base, state) = (phone.clone(), world.base.clone(), state.clone());
        all.spawn(async move { jar.comes_back(&base, &format!("code-3_{number}"), &state).await });
    }
    let ends = all.join_all().await;
    assert_eq!(ends.iter().filter(|end| end.ends_with("new")).count(), 1, "{ends:?}");
    // Too late.
    let mut phone = Jar::default();
    let state = phone.goes(&world, "%2Fmine").await;
    world.clock.advance(10 * MINUTE);
    assert_eq!(phone.comes_back(&world.base, "code-1_c", &state).await, lapsed);
}

#[tokio::test]
async fn previews_bad_codes_and_other_sites_sign_nobody_in() {
    let (world, _) = world().await;
    for (code, end) in [
        ("code-preview_a", "snapshot"),
        ("made-up", "lapsed"),
        ("code-preview_a", "lapsed"),
        ("a%26secret%3Dx", "failed"),
        ("", "failed"),
    ] {
        let mut phone = Jar::default();
        let state = phone.goes(&world, "%2Fmine").await;
        let there = phone.comes_back(&world.base, code, &state).await;
        assert_eq!(there, format!("/sign-in?next=%2Fmine&wechat={end}"), "{code}");
        assert!(phone.0.is_empty(), "{:?}", phone.0);
    }
    for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"] {
        let mut phone = Jar::default();
        let state = phone.goes(&world, next).await;
        let there = phone.comes_back(&world.base, "code-1_a", &state).await;
        assert!(there.starts_with("/sign-in?next=%2Fmine&"), "{there}");
    }
}

#[tokio::test]
async fn one_wechat_has_one_account_and_nobody_is_moved_to_another_unasked() {
    let (world, _) = world().await;
    let bind = async |resident: &Client, code: &str| {
        let mut phone = Jar::of(resident);
        let state = phone.goes(&world, "%2Fsettings").await;
        let end = phone.comes_back(&world.base, code, &state).await;
        assert!(end.ends_with("wechat=new"), "{end}");
        let me = phone.client(&world);
        let before = me.call::<GetMe>((), ()).await.expect("as before");
        me.call::<BindWechat>((), ()).await.expect("bound");
        before.phone
    };
    let (one, two) = (world.resident(PHONE).await, world.resident("13800000002").await);
    assert_eq!(bind(&one, "code-1_a").await, "138****0001");
    // The same WeChat, while somebody else is signed in: they stay who they are, and may take it over.
    assert_eq!(bind(&two, "code-1_b").await, "138****0002");
    assert_eq!(one.call::<GetWechat>((), ()).await.expect("a bond").since, None);
    assert!(two.call::<GetWechat>((), ()).await.expect("a bond").since.is_some());
    // Somebody who has what another browser was shown cannot use it after half an hour.
    let mut phone = Jar::of(&one);
    let state = phone.goes(&world, "%2Fsettings").await;
    phone.comes_back(&world.base, "code-7_a", &state).await;
    world.clock.advance(HOUR);
    let late = phone.client(&world).call::<BindWechat>((), ()).await;
    assert_eq!(late, Err(Problem::Refused(vec![Refusal::WechatUnknown])));
}

#[tokio::test]
async fn pages_are_signed_with_a_ticket_that_one_server_fetches_for_all() {
    let (world, counts) = world().await;
    let url = format!("{ORIGIN}/offerings/xinsheng-pingpong?slot=a&b=c");
    let ask = async |client: &Client| {
        let page = WechatPage { url: format!("{url}#top") };
        client.call::<SignWechatPage>((), page).await.expect("signed")
    };
    let mut doors = vec![world.anonymous()];
    let mut second = None;
    if !world.server.app.db.is_sqlite() {
        let config = Config::clone(&world.server.app.config);
        let server = start(config, world.clock.clone()).await.expect("the second server starts");
        doors.push(world.anonymous_at(&format!("http://{}", server.address)));
        second = Some(server);
    }
    let answers = futures_of(&doors, &ask).await;
    let counted = |counts: &Shared| {
        let counts = counts.lock().expect("counts");
        (counts.tokens, counts.tickets)
    };
    assert_eq!(counted(&counts), (1, 1));
    for config in &answers {
        let text = format!(
            "jsapi_ticket=ticketcanary-1&noncestr={}&timestamp={}&url={url}",
            config.nonce, config.timestamp
        );
        assert_eq!(config.signature, backend::digest::hex(&Sha1::digest(text)));
        assert_eq!(config.app, "wx0123456789abcdef");
    }
    let kept = world.server.app.db.row("SELECT ticket_box FROM wechat_loan", args![]).await.expect("reads");
    assert!(!kept.expect("a loan").text("ticket_box").expect("text").contains("canary"));

    // Shortly before it lapses there is a new one; a token that was taken back is asked for anew.
    world.clock.advance(HOUR);
    ask(&doors[0]).await;
    assert_eq!(counted(&counts), (1, 1));
    counts.lock().expect("counts").token = "token-spoilt".into();
    world.clock.advance(HOUR - 4 * MINUTE);
    ask(&doors[0]).await;
    assert_eq!(counted(&counts), (3, 2));

    for foreign in ["http://evil.example/", "http://doorstep.example.evil.example/", "javascript:1", ""] {
        let page = WechatPage { url: foreign.into() };
        let answer = doors[0].call::<SignWechatPage>((), page).await;
        assert!(matches!(answer, Err(Problem::Malformed(_))), "{foreign}");
    }
    drop(second);
}

/// Six at the same time, through all doors.
async fn futures_of<T>(doors: &[Client], ask: &impl AsyncFn(&Client) -> T) -> Vec<T> {
    let door = |number: usize| &doors[number % doors.len()];
    let three = async |first: usize| {
        let (one, two, three) = tokio::join!(ask(door(first)), ask(door(first + 1)), ask(door(first + 2)));
        [one, two, three]
    };
    let (some, others) = tokio::join!(three(0), three(3));
    some.into_iter().chain(others).collect()
}

#[tokio::test]
async fn without_an_official_account_there_is_no_wechat() {
    let world = World::new().await;
    let resident = world.resident(PHONE).await;
    for path in ["/wechat/sign-in?next=%2Fmine", "/wechat/back?code=code-1_a&state=x"] {
        assert_eq!(resident.request(Method::GET, path).send().await.expect("an answer").status(), 404);
    }
    assert_eq!(resident.call::<GetWechat>((), ()).await, Ok(WechatBond { since: None, ready: false }));
    let unknown = Err(Problem::Refused(vec![Refusal::WechatUnknown]));
    assert_eq!(resident.call::<BindWechat>((), ()).await, unknown);
    let page = resident.request(Method::GET, "/").send().await.expect("a page");
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("plain").to_owned();
    assert!(!policy.contains("wx.qq.com") && !page.text().await.expect("a page").contains("data-wechat"));
    let (with, _) = self::world().await;
    let page = with.anonymous().request(Method::GET, "/").send().await.expect("a page");
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("plain").to_owned();
    assert!(
        policy.contains("https://res.wx.qq.com")
            && page.text().await.expect("a page").contains("data-wechat")
    );
}
