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
//! database without the keys has no names, and whoever loses the keys has lost the names.

use std::{fmt, fs, io, path::Path, sync::Arc};

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
    /// A request, to tell a retry from something else sent with the same key. Bodies hold names and
    /// birthdays, which a plain digest would let one guess.
    Request,
    /// A ready ticket, bound to its household, slot and people.
    Ticket,
}

/// The keys. Cheap to clone; printing it shows no key.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    /// Newest first, never empty.
    seal: Vec<(String, XChaCha20Poly1305)>,
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
        match fs::read_to_string(data.join(FILE)) {
            Ok(text) => Self::read(&text).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(VaultError::File(error)),
        }
    }

    /// Fresh keys, written to the file `keys` of `data`: only for a house in which nothing is sealed.
    pub fn make(data: &Path) -> Result<Self, VaultError> {
        let (path, text) = (data.join(FILE), fresh_keys());
        match write_new(&path, &text) {
            Ok(()) => Self::read(&text),
            // Another server started at the same instant: its keys hold.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Self::read(&fs::read_to_string(&path).map_err(VaultError::File)?)
            }
            Err(error) => Err(VaultError::File(error)),
        }
    }

    /// Keys that live as long as the process; for tests.
    pub fn passing() -> Result<Self, VaultError> {
        Self::read(&fresh_keys())
    }

    /// Reads keys; `;` may stand for the end of a line.
    pub fn read(text: &str) -> Result<Self, VaultError> {
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
            Some(look) if !seal.is_empty() => Ok(Self(Arc::new(Keys { seal, look }))),
            _ => Err(VaultError::Incomplete),
        }
    }

    /// Seals `plain` for `place`: key id, nonce and cipher text, as text.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<String, VaultError> {
        let (id, cipher) = self.0.seal.first().ok_or(VaultError::Incomplete)?;
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
        let (_, cipher) = self.0.seal.iter().find(|(own, _)| own == id).ok_or(VaultError::Sealed)?;
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
        let mut mac = self.0.look.clone();
        let name = match purpose {
            Purpose::Phone => "phone",
            Purpose::Address => "address",
            Purpose::Code => "code",
            Purpose::Known => "known",
            Purpose::Session => "session",
            Purpose::Calendar => "calendar",
            Purpose::Door => "door",
            Purpose::Audit => "audit",
            Purpose::Draw => "draw",
            Purpose::Request => "request",
            Purpose::Ticket => "ticket",
        };
        // Each part is preceded by its length, so that two lists never run into the same bytes.
        for part in core::iter::once(&name.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
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

fn fresh_keys() -> String {
    let key = || hex(&XChaCha20Poly1305::generate_key(&mut OsRng));
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

#[cfg(test)]
mod tests;
