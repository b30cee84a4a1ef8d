//! Seals what is readable only where it must be (telephones, names, birthdays) and finds it again.
//!
//! A field is sealed with XChaCha20-Poly1305 and bound to its [`Place`], so that it cannot be moved
//! to another row. Equal values are found by a keyed digest (HMAC-SHA256) with a key of its own.
//! The keys come from `DOORSTEP_KEYS` or from the file `keys` in the data folder; both hold lines
//!
//! ```text
//! seal k1 <64 hexadecimal digits>
//! look    <64 hexadecimal digits>
//! ```
//!
//! The first `seal` line seals; the ones below it still open what was sealed before. Whoever has the
//! database without the keys has no names, and whoever loses the keys has lost the names. How a key is
//! replaced while the house is open stands in `vault/ring.rs` and `rotate.rs`.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use chacha20poly1305::{
    AeadCore, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, OsRng, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::digest::{hex, unhex};

/// Name of the key file in the data folder.
const FILE: &str = "keys";

/// Where a sealed field stands: table, row and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Table, such as `person`.
    pub table: &'a str,
    /// The row's identifier.
    pub row: &'a str,
    /// Column, such as `sealed_box`.
    pub column: &'a str,
}

/// What a digest is for, so that equal values in two uses have different digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A telephone number to be found again.
    Phone,
    /// A network address to be counted.
    Address,
    /// A one-time code, bound to its request.
    Code,
    /// A spare code of the workbench's second lock.
    Spare,
    /// Who somebody is at `WeChat`.
    Openid,
    /// What was agreed on with a browser that goes to `WeChat`.
    Wechat,
    /// That a browser has signed in with a telephone before.
    Known,
    /// The token that takes the place of a session's present one.
    Session,
    /// The secret of a calendar's address.
    Calendar,
    /// The digits at a door.
    Door,
    /// A line in the record of what the staff did, bound to the line before.
    Audit,
    /// Under which number a household is in a draw.
    Draw,
    /// An account that was erased, so that it is known again in a database brought back.
    Erased,
    /// An address at which somebody's own data lies for a few minutes.
    Archive,
    /// A request, to tell a retry from something else sent with the same key. Bodies hold names and
    /// birthdays, which a plain digest would let one guess.
    Request,
    /// A ready ticket, bound to its household, slot and people.
    Ticket,
    /// A code with which another guardian comes, or a relative.
    Invitation,
    /// The key of a write that a relative sends: never one that its owner could have made.
    Helper,
    /// The number of somebody without a telephone.
    Card,
}

/// The keys. Cheap to clone: all clones are the same; printing it shows no key.
#[derive(Clone)]
pub struct Vault(Arc<Shared>);

/// The keys as they are now, and the file they came from: a running server reads it again when
/// somebody adds a key.
struct Shared {
    keys: RwLock<Arc<Keys>>,
    file: Option<PathBuf>,
}

struct Keys {
    /// Newest first, never empty.
    seal: Vec<(String, XChaCha20Poly1305)>,
    /// How old the file was and how long, when it was read.
    stamp: Option<(SystemTime, u64)>,
    /// Keyed already; every digest starts from a copy.
    look: Hmac<Sha256>,
}

/// Why the vault could not be used. It never says what was inside.
#[derive(Debug)]
pub enum VaultError {
    /// The key file or variable is not understood; which line, counted from 1.
    Keys(usize),
    /// A key is missing: no `seal` line, or not exactly one `look` line.
    Incomplete,
    /// The key file cannot be read or made.
    File(io::Error),
    /// The field was sealed with another key, for another place, or was changed.
    Sealed,
}

impl fmt::Display for VaultError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys(line) => write!(out, "line {line} of the keys is not understood"),
            Self::Incomplete => out.write_str("the keys need a `seal` line and one `look` line"),
            Self::File(error) => write!(out, "the key file: {error}"),
            Self::Sealed => out.write_str("a field was sealed with another key or was changed"),
        }
    }
}

impl std::error::Error for VaultError {}

impl fmt::Debug for Vault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Vault(..)")
    }
}

impl Vault {
    /// The keys in `given` (the value of `DOORSTEP_KEYS`) or else in the file `keys` of `data`;
    /// `None` where there is no such file.
    pub fn find(given: Option<&str>, data: &Path) -> Result<Option<Self>, VaultError> {
        if let Some(given) = given {
            return Self::read(given).map(Some);
        }
        let file = data.join(FILE);
        if !file.exists() {
            return Ok(None);
        }
        let keys = read_file(&file)?;
        Ok(Some(Self(Arc::new(Shared { keys: RwLock::new(Arc::new(keys)), file: Some(file) }))))
    }

    /// Reads the key file again where it has changed; whether it had.
    ///
    /// # Errors
    /// It cannot be read or understood: then the keys stay as they were.
    pub fn refresh(&self) -> Result<bool, VaultError> {
        let Some(file) = &self.0.file else { return Ok(false) };
        if stamp(file).map_err(VaultError::File)? == self.keys().stamp {
            return Ok(false);
        }
        let keys = read_file(file)?;
        *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        Ok(true)
    }

    /// The identifiers of the keys that open, the one that seals first.
    pub fn key_ids(&self) -> Vec<String> {
        self.keys().seal.iter().map(|(id, _)| id.clone()).collect()
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Fresh keys, written to the file `keys` of `data`: only for a house in which nothing is sealed.
    pub fn make(data: &Path) -> Result<Self, VaultError> {
        let (path, text) = (data.join(FILE), fresh_keys());
        match write_new(&path, &text) {
            Ok(()) => {}
            // Another server started at the same instant: its keys hold.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(VaultError::File(error)),
        }
        Self::find(None, data)?.ok_or(VaultError::Incomplete)
    }

    /// Keys that live as long as the process; for tests.
    pub fn passing() -> Result<Self, VaultError> {
        Self::read(&fresh_keys())
    }

    /// Reads keys; `;` may stand for the end of a line.
    pub fn read(text: &str) -> Result<Self, VaultError> {
        let keys = Arc::new(Keys::read(text)?);
        Ok(Self(Arc::new(Shared { keys: RwLock::new(keys), file: None })))
    }

    /// Seals `plain` for `place`: key id, nonce and cipher text, as text.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<String, VaultError> {
        let keys = self.keys();
        let (id, cipher) = keys.seal.first().ok_or(VaultError::Incomplete)?;
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let bound = place.bound();
        let sealed = cipher
            .encrypt(&nonce, Payload { msg: plain, aad: bound.as_bytes() })
            .map_err(|_| VaultError::Sealed)?;
        Ok(format!("{id}.{}.{}", hex(&nonce), hex(&sealed)))
    }

    /// Opens what was sealed for `place`.
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<Vec<u8>, VaultError> {
        let mut parts = sealed.split('.');
        let (Some(id), Some(nonce), Some(text), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(VaultError::Sealed);
        };
        let mut keys = self.keys();
        if !keys.seal.iter().any(|(own, _)| own == id) && self.refresh()? {
            keys = self.keys();
        }
        let (_, cipher) = keys.seal.iter().find(|(own, _)| own == id).ok_or(VaultError::Sealed)?;
        let nonce: [u8; 24] =
            unhex(nonce).and_then(|nonce| nonce.try_into().ok()).ok_or(VaultError::Sealed)?;
        let text = unhex(text).ok_or(VaultError::Sealed)?;
        let bound = place.bound();
        cipher
            .decrypt(&XNonce::from(nonce), Payload { msg: &text, aad: bound.as_bytes() })
            .map_err(|_| VaultError::Sealed)
    }

    /// The keyed digest of `parts`, 64 hexadecimal digits.
    pub fn digest(&self, purpose: Purpose, parts: &[&str]) -> String {
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        self.digest_bytes(purpose, &parts)
    }

    /// The same for what need not be text.
    pub fn digest_bytes(&self, purpose: Purpose, parts: &[&[u8]]) -> String {
        hex(&self.mac(purpose, parts).finalize().into_bytes())
    }

    /// Whether `given` is the digest of `parts`; it takes the same time wherever the two differ.
    pub fn is_digest(&self, purpose: Purpose, parts: &[&str], given: &str) -> bool {
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        unhex(given).is_some_and(|given| self.mac(purpose, &parts).verify_slice(&given).is_ok())
    }

    fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.keys().look.clone();
        let name = match purpose {
            Purpose::Phone => "phone",
            Purpose::Address => "address",
            Purpose::Code => "code",
            Purpose::Spare => "spare",
            Purpose::Openid => "openid",
            Purpose::Wechat => "wechat",
            Purpose::Known => "known",
            Purpose::Session => "session",
            Purpose::Calendar => "calendar",
            Purpose::Door => "door",
            Purpose::Audit => "audit",
            Purpose::Draw => "draw",
            Purpose::Request => "request",
            Purpose::Ticket => "ticket",
            Purpose::Erased => "erased",
            Purpose::Archive => "archive",
            Purpose::Invitation => "invitation",
            Purpose::Helper => "helper",
            Purpose::Card => "card",
        };
        // Each part is preceded by its length, so that two lists never run into the same bytes.
        for part in core::iter::once(&name.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

impl Keys {
    fn read(text: &str) -> Result<Self, VaultError> {
        let mut seal: Vec<(String, XChaCha20Poly1305)> = Vec::new();
        let mut look = None;
        for (index, line) in text.split(['\n', ';']).enumerate() {
            let wrong = || VaultError::Keys(index + 1);
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["seal", id, key] => {
                    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
                    if !plain || seal.iter().any(|(other, _)| other == id) {
                        return Err(wrong());
                    }
                    let key = key_of(key).ok_or_else(wrong)?;
                    seal.push((id.to_owned(), XChaCha20Poly1305::new(&key.into())));
                }
                ["look", key] if look.is_none() => {
                    let key = key_of(key).ok_or_else(wrong)?;
                    look = Some(<Hmac<Sha256> as Mac>::new_from_slice(&key).map_err(|_| wrong())?);
                }
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                _ => return Err(wrong()),
            }
        }
        match look {
            Some(look) if !seal.is_empty() => Ok(Self { seal, stamp: None, look }),
            _ => Err(VaultError::Incomplete),
        }
    }
}

impl Place<'_> {
    fn bound(&self) -> String {
        format!("{}/{}/{}", self.table, self.row, self.column)
    }
}

fn key_of(text: &str) -> Option<[u8; 32]> {
    unhex(text)?.try_into().ok()
}

/// The keys in a file.
fn read_file(file: &Path) -> Result<Keys, VaultError> {
    let stamp = stamp(file).map_err(VaultError::File)?;
    let text = fs::read_to_string(file).map_err(VaultError::File)?;
    Ok(Keys { stamp, ..Keys::read(&text)? })
}

fn stamp(file: &Path) -> io::Result<Option<(SystemTime, u64)>> {
    let about = fs::metadata(file)?;
    Ok(Some((about.modified()?, about.len())))
}

fn fresh_key() -> String {
    hex(&XChaCha20Poly1305::generate_key(&mut OsRng))
}

fn fresh_keys() -> String {
    let key = fresh_key;
    format!(
        "# Keys of this house. Without them no name and no telephone can be read again:\n\
         # keep a copy apart from the database, and show them to nobody.\n\
         seal k1 {}\nlook {}\n",
        key(),
        key()
    )
}

/// Writes a file that nobody else may read, and that must not exist yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    use io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

mod ring;

pub use ring::{add_key, drop_keys, fresh_line};

#[cfg(test)]
mod tests;
