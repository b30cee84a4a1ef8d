//! The key file as a ring of keys: one more is hung in front, those that nothing is sealed with any
//! more are taken off. The file is replaced whole, so that nobody ever reads half of it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{FILE, Keys, VaultError, fresh_key, write_new};

/// Adds a fresh key that seals from now on; what it is called.
///
/// # Errors
/// The key file cannot be read, understood or replaced.
pub fn add_key(data: &Path) -> Result<String, VaultError> {
    let path = data.join(FILE);
    let text = fs::read_to_string(&path).map_err(VaultError::File)?;
    let ids: Vec<String> = Keys::read(&text)?.seal.into_iter().map(|(id, _)| id).collect();
    let id = next(&ids);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let first = lines.iter().position(|line| sealing(line).is_some()).unwrap_or(lines.len());
    lines.insert(first, format!("seal {id} {}", fresh_key()));
    replace(&path, &(lines.join("\n") + "\n"))?;
    Ok(id)
}

/// Takes keys off. The one that seals stays, whatever `ids` say.
///
/// # Errors
/// The key file cannot be read, understood or replaced.
pub fn drop_keys(data: &Path, ids: &[String]) -> Result<(), VaultError> {
    let path = data.join(FILE);
    let text = fs::read_to_string(&path).map_err(VaultError::File)?;
    let first = text.lines().find_map(sealing).map(str::to_owned);
    let goes = |line: &&str| {
        sealing(line).is_some_and(|id| Some(id) != first.as_deref() && ids.iter().any(|gone| gone == id))
    };
    let kept: Vec<&str> = text.lines().filter(|line| !goes(line)).collect();
    replace(&path, &(kept.join("\n") + "\n"))
}

/// A line for `DOORSTEP_KEYS`, for houses whose keys lie in no file.
pub fn fresh_line(ids: &[String]) -> String {
    format!("seal {} {}", next(ids), fresh_key())
}

/// A name that no key has: `k1`, `k2`, …
fn next(ids: &[String]) -> String {
    let number = |id: &String| id.strip_prefix('k')?.parse::<u32>().ok();
    let last = ids.iter().filter_map(number).max().unwrap_or(0);
    format!("k{}", last + 1)
}

/// The key that a line of the file holds.
fn sealing(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    if words.next() == Some("seal") { words.next() } else { None }
}

fn replace(path: &Path, text: &str) -> Result<(), VaultError> {
    Keys::read(text)?;
    let beside: PathBuf = path.with_extension("new");
    let write = || -> io::Result<()> {
        // Left behind by one that was stopped in the middle.
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        write_new(&beside, text)?;
        fs::rename(&beside, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    };
    write().map_err(VaultError::File)
}
