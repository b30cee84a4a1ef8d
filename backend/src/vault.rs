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
use sha2::{Digest, Sha256};

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
    /// The keys in `given` (the value of `DOORSTEP_KEYS`) or else in the file `keys` of `data`,
    /// which is made where there is none.
    pub fn open_or_make(given: Option<&str>, data: &Path) -> Result<Self, VaultError> {
        if let Some(given) = given {
            return Self::read(given);
        }
        let path = data.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let text = fresh_keys();
                match write_new(&path, &text) {
                    Ok(()) => Self::read(&text),
                    // Another server started at the same instant: its keys hold.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        Self::read(&fs::read_to_string(&path).map_err(VaultError::File)?)
                    }
                    Err(error) => Err(VaultError::File(error)),
                }
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
        let mut mac = self.0.look.clone();
        let name = match purpose {
            Purpose::Phone => "phone",
            Purpose::Address => "address",
            Purpose::Code => "code",
        };
        // Each part is preceded by its length, so that two lists never run into the same bytes.
        for part in core::iter::once(&name).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        hex(&mac.finalize().into_bytes())
    }
}

impl Place<'_> {
    fn bound(&self) -> String {
        format!("{}/{}/{}", self.table, self.row, self.column)
    }
}

/// The plain SHA-256 of a text, 64 hexadecimal digits: for tokens that nobody can guess anyway.
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads hexadecimal digits; `None` where it is something else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
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
mod tests {
    use super::*;

    const PLACE: Place<'static> = Place { table: "person", row: "p1", column: "sealed_box" };

    #[test]
    fn what_was_sealed_opens_in_its_place_and_nowhere_else() {
        let vault = Vault::passing().expect("keys");
        let sealed = vault.seal(PLACE, "朵朵".as_bytes()).expect("sealed");
        assert_eq!(vault.open(PLACE, &sealed).expect("opened"), "朵朵".as_bytes());
        assert!(vault.open(Place { row: "p2", ..PLACE }, &sealed).is_err());
        assert!(vault.open(PLACE, &sealed.replace("k1.", "k2.")).is_err());
        let other = Vault::passing().expect("keys");
        assert!(other.open(PLACE, &sealed).is_err());
        assert_ne!(sealed, vault.seal(PLACE, "朵朵".as_bytes()).expect("sealed"), "the nonce is new");
    }

    #[test]
    fn a_field_that_was_tampered_with_does_not_open() {
        let vault = Vault::passing().expect("keys");
        let sealed = vault.seal(PLACE, b"1999-01-01").expect("sealed");
        for at in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(bytes).expect("text");
            assert!(vault.open(PLACE, &changed).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens() {
        let look = "0".repeat(64);
        let (one, two) = ("1".repeat(64), "2".repeat(64));
        let before = Vault::read(&format!("seal k1 {one}; look {look}")).expect("keys");
        let after = Vault::read(&format!("seal k2 {two}\nseal k1 {one}\nlook {look}")).expect("keys");
        let sealed = before.seal(PLACE, b"x").expect("sealed");
        assert_eq!(after.open(PLACE, &sealed).expect("opened"), b"x");
        assert!(after.seal(PLACE, b"x").expect("sealed").starts_with("k2."));
        let digest = |vault: &Vault| vault.digest(Purpose::Phone, &["13800000001"]);
        assert_eq!(digest(&before), digest(&after));
    }

    #[test]
    fn bad_keys_are_named_by_their_line() {
        assert!(matches!(Vault::read("seal k1 abc"), Err(VaultError::Keys(1))));
        let good = "a".repeat(64);
        assert!(matches!(Vault::read(&format!("seal k1 {good}\nlok {good}")), Err(VaultError::Keys(2))));
        assert!(matches!(Vault::read(&format!("seal k1 {good}")), Err(VaultError::Incomplete)));
        assert!(matches!(Vault::read(""), Err(VaultError::Incomplete)));
    }

    #[test]
    fn digests_differ_by_purpose_and_by_the_cut_between_parts() {
        let vault = Vault::passing().expect("keys");
        let code = |parts: &[&str]| vault.digest(Purpose::Code, parts);
        assert_ne!(code(&["a", "bc"]), code(&["ab", "c"]));
        assert_ne!(code(&["a"]), vault.digest(Purpose::Phone, &["a"]));
    }

    #[test]
    fn the_key_file_is_made_once_and_only_its_owner_reads_it() {
        let folder = std::env::temp_dir().join(format!("doorstep-vault-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("folder");
        let first = Vault::open_or_make(None, &folder).expect("made");
        let sealed = first.seal(PLACE, b"x").expect("sealed");
        let second = Vault::open_or_make(None, &folder).expect("read");
        assert_eq!(second.open(PLACE, &sealed).expect("opened"), b"x");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(FILE)).expect("file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::remove_dir_all(&folder).expect("cleaned");
    }
}
