//! Staff at work: their second lock is set up, with a password that is cheap to check, and opened as
//! they open it.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, Version};
use backend::{
    app::App,
    args,
    digest::{hex, sha256},
    vault::Place,
};
use domain::{
    elevation::{LockKey, api::OpenLock},
    id::AccountId,
    time::Moment,
};
use hmac::{Hmac, Mac};
use reqwest::{Response, header};
use sha1::Sha1;

use crate::world::{Client, World};

/// The password of all staff.
pub const PASSWORD: &str = "正确的马 battery staple";
/// What their codes are made of.
const SECRET: &[u8; 20] = b"12345678901234567890";

/// The hash of the password at the least cost that the algorithm allows; what it costs stands in it.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let (salt, mut sum) = ([7; 16], [0; 32]);
    let params = Params::new(8, 1, 1, Some(32)).expect("the least");
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(PASSWORD.as_bytes(), &salt, &mut sum).expect("hashed");
    format!("argon2id 8 1 1 {} {}", hex(&salt), hex(&sum))
});

/// The code that an authenticator app shows.
pub fn code(secret: &[u8], now: Moment) -> String {
    let mut mac = <Hmac<Sha1> as Mac>::new_from_slice(secret).expect("any key");
    mac.update(&(now.0 / 30_000).to_be_bytes());
    let sum = mac.finalize().into_bytes();
    let at = usize::from(sum[19] & 15);
    let word = u32::from_be_bytes([sum[at] & 127, sum[at + 1], sum[at + 2], sum[at + 3]]);
    format!("{:06}", word % 1_000_000)
}

/// The browser after an answer that brought another cookie.
pub fn with(client: &Client, answer: &Response) -> Client {
    let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("plain");
    let mut client = client.clone();
    client.cookie = cookie.split(';').next().map(str::to_owned);
    client
}

/// Somebody of the staff, signed in, once they have opened their lock.
pub async fn opened(app: &App, client: &Client) -> Client {
    let token = client.cookie.as_deref().and_then(|cookie| cookie.split_once('=')).expect("signed in").1;
    let row = app.db.row("SELECT account_id FROM session WHERE hash = $1", args![sha256(token)]).await;
    let account = AccountId(row.expect("reads").expect("a session").text("account_id").expect("a text"));
    let place = Place { table: "staff_lock", row: account.as_str(), column: "secret_box" };
    let sealed = app.vault.seal(place, hex(SECRET).as_bytes()).expect("sealed");
    let sql = "INSERT INTO staff_lock (id, password_hash, secret_box, made) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (id) DO UPDATE SET password_hash = $2, secret_box = $3, last_step = 0, tries = 0";
    let mut tx = app.db.begin().await.expect("begins");
    tx.run(sql, args![&account, HASH.as_str(), &sealed, app.now()]).await.expect("a lock");
    tx.commit().await.expect("commits");
    let key = LockKey { password: PASSWORD.into(), code: code(SECRET, app.now()) };
    let answer = client.send::<OpenLock>((), key, None).await;
    assert_eq!(answer.status(), 200, "the lock opens");
    with(client, &answer)
}

impl World {
    /// Somebody of the staff with that telephone, signed in, whose lock is open.
    pub async fn staff(&self, phone: &str) -> Client {
        opened(&self.server.app, &self.resident(phone).await).await
    }
}
