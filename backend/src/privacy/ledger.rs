//! The register of erasures as a file beside the keys: only ever added to, and not brought back with
//! the database. A line is an instant and the keyed digest of an account's identifier.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Read, Seek, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use domain::time::Moment;

/// Its name in the data folder.
const FILE: &str = "erased";

fn path(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// The lines that are there. One that was cut off by a loss of power is none.
pub fn read(data: &Path) -> io::Result<Vec<(String, Moment)>> {
    let text = match fs::read_to_string(path(data)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        text => text?,
    };
    let line = |line: &str| {
        let (at, digest) = line.split_once(' ')?;
        let whole = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        whole.then(|| Some((digest.to_owned(), Moment(at.parse().ok()?))))?
    };
    Ok(text.lines().filter_map(line).collect())
}

/// Adds lines, which are on the disk when this returns.
pub fn append(data: &Path, lines: &[(String, Moment)]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut options = fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path(data))?;
    let mut text = String::new();
    if file.seek(SeekFrom::End(0))? > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            text.push('\n');
        }
    }
    for (digest, at) in lines {
        let _ = writeln!(text, "{} {digest}", at.0);
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::File::open(data)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_also_after_one_that_was_cut_off() {
        let data = std::env::temp_dir().join(format!("doorstep-ledger-{}", std::process::id()));
        fs::create_dir_all(&data).expect("a folder");
        assert_eq!(read(&data).expect("nothing yet"), []);
        let (one, two) = (("1".repeat(64), Moment(1)), ("2".repeat(64), Moment(2)));
        append(&data, std::slice::from_ref(&one)).expect("added");
        let mut cut = fs::read(path(&data)).expect("there");
        cut.extend_from_slice(b"5 3333");
        fs::write(path(&data), cut).expect("written");
        append(&data, std::slice::from_ref(&two)).expect("added");
        assert_eq!(read(&data).expect("both"), [one, two]);
        fs::remove_dir_all(&data).expect("removed");
    }
}
