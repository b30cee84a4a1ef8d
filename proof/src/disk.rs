//! A disk that fails when it is told to, and what a power cut would have left on it.
//!
//! A small library of C, built with the machine's compiler and loaded before libc into a server,
//! keeps a diary of every write and sync of the database's files. From the diary follows what a disk
//! would hold if the power had gone at any moment: all that was synced, and of the rest nothing, or
//! here and there a sector.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Outcome, fate::Fate};

/// The library's source.
const SOURCE: &str = include_str!("../shim/disk.c");
const SECTOR: usize = 512;

/// A disk for one server.
#[derive(Clone)]
pub struct Disk {
    library: PathBuf,
    diary: PathBuf,
    control: PathBuf,
}

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// Syncs: the disk says that it could not.
    Sync,
    /// Writes: the disk says that it could not.
    Write,
    /// Writes: no room.
    Full,
}

impl Disk {
    /// Builds the library in a folder; `None` where this machine has no compiler.
    ///
    /// # Errors
    /// The compiler's or the system's.
    pub fn build(folder: &Path) -> Outcome<Option<Self>> {
        let said = |error: std::io::Error| error.to_string();
        let (source, library) = (folder.join("disk.c"), folder.join("disk.so"));
        fs::write(&source, SOURCE).map_err(said)?;
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).arg("-ldl");
        match cc.output() {
            Err(_) => return Ok(None),
            Ok(output) if !output.status.success() => {
                return Err(String::from_utf8_lossy(&output.stderr).into_owned());
            }
            Ok(_) => {}
        }
        let disk = Self { library, diary: folder.join("diary"), control: folder.join("control") };
        File::create(&disk.diary).map_err(said)?;
        disk.fail(Fault::None)?;
        Ok(Some(disk))
    }

    /// What a server needs in its environment.
    pub fn environment(&self) -> [(&'static str, &std::ffi::OsStr); 4] {
        [
            ("LD_PRELOAD", self.library.as_os_str()),
            ("DISK_DIARY", self.diary.as_os_str()),
            ("DISK_CONTROL", self.control.as_os_str()),
            // What it complains of is what is wanted.
            ("DOORSTEP_LOG", "off".as_ref()),
        ]
    }

    /// From now on that fails.
    ///
    /// # Errors
    /// The system's.
    pub fn fail(&self, fault: Fault) -> Outcome {
        let byte = match fault {
            Fault::None => b"-",
            Fault::Sync => b"s",
            Fault::Write => b"w",
            Fault::Full => b"f",
        };
        // In place: the server has mapped the very file.
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&self.control);
        file.and_then(|mut file| file.write_all(byte)).map_err(|error| error.to_string())
    }

    /// Notes that somebody was told that this is done.
    ///
    /// # Errors
    /// The system's.
    pub fn acknowledge(&self, key: &str) -> Outcome {
        let mut entry = vec![b'A', b'-'];
        entry.extend(0_u64.to_ne_bytes());
        entry.extend((key.len() as u64).to_ne_bytes());
        entry.extend(key.as_bytes());
        let file = OpenOptions::new().append(true).open(&self.diary);
        file.and_then(|mut file| file.write_all(&entry)).map_err(|error| error.to_string())
    }

    /// Reads the diary.
    ///
    /// # Errors
    /// The system's; an entry that is none.
    pub fn diary(&self) -> Outcome<Vec<Entry>> {
        let bytes = fs::read(&self.diary).map_err(|error| error.to_string())?;
        let (mut rest, mut entries) = (bytes.as_slice(), Vec::new());
        while let [kind, file, head @ ..] = rest {
            let number = |at: usize| head.get(at..at + 8)?.try_into().ok().map(u64::from_ne_bytes);
            let (offset, length) = number(0).zip(number(8)).ok_or("a diary that ends in the middle")?;
            let length = usize::try_from(length).map_err(|error| error.to_string())?;
            let (offset, body) = (usize::try_from(offset).map_err(|error| error.to_string())?, &head[16..]);
            let body = body.get(..length).ok_or("a diary that ends in the middle")?;
            rest = &head[16 + length..];
            let log = *file == b'l';
            entries.push(match kind {
                b'W' => Entry::Write { log, offset, bytes: body.to_vec() },
                b'T' => Entry::Cut { log, length: offset },
                b'S' if *file == b'f' => Entry::FolderSynced,
                b'S' => Entry::Synced { log },
                b'F' => Entry::SyncFailed { log },
                b'A' => Entry::Acknowledged(String::from_utf8_lossy(body).into_owned()),
                _ => return Err(format!("a diary with an entry of kind {kind}")),
            });
        }
        Ok(entries)
    }
}

/// An entry of the diary; `log` says that it is about SQLite's log and not about the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Bytes were written.
    Write {
        /// To which file.
        log: bool,
        /// Where.
        offset: usize,
        /// What.
        bytes: Vec<u8>,
    },
    /// A file was cut to a length.
    Cut {
        /// Which file.
        log: bool,
        /// To how many bytes.
        length: usize,
    },
    /// What was written to a file is on the disk.
    Synced {
        /// Which file.
        log: bool,
    },
    /// What was written to a file is lost: the system does not try again.
    SyncFailed {
        /// Which file.
        log: bool,
    },
    /// The names of the files are on the disk.
    FolderSynced,
    /// Somebody was told that what they asked for under that key is done.
    Acknowledged(String),
}

/// A file as the disk has it, with what is still on its way.
#[derive(Clone, Debug, Default)]
struct Sheet {
    /// Whether its name is on the disk.
    named: bool,
    durable: Vec<u8>,
    pending: Vec<Entry>,
}

impl Sheet {
    fn apply(bytes: &mut Vec<u8>, entry: &Entry) {
        match entry {
            Entry::Write { offset, bytes: new, .. } => {
                let end = offset + new.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*offset..end].copy_from_slice(new);
            }
            Entry::Cut { length, .. } => bytes.resize(*length, 0),
            _ => {}
        }
    }

    fn sync(&mut self) {
        for entry in std::mem::take(&mut self.pending) {
            Self::apply(&mut self.durable, &entry);
        }
    }
}

/// What is on the disk at some moment.
#[derive(Clone, Debug)]
pub struct Platter {
    database: Sheet,
    log: Sheet,
    /// The keys that were acknowledged until then.
    pub acknowledged: Vec<String>,
}

impl Platter {
    /// A disk with these files on it.
    pub fn new(database: Vec<u8>, log: Option<Vec<u8>>) -> Self {
        let sheet = |bytes: Option<Vec<u8>>| Sheet {
            named: bytes.is_some(),
            durable: bytes.unwrap_or_default(),
            pending: Vec::new(),
        };
        Self { database: sheet(Some(database)), log: sheet(log), acknowledged: Vec::new() }
    }

    /// Lets something happen.
    pub fn happen(&mut self, entry: &Entry) {
        match entry {
            Entry::Write { log, .. } | Entry::Cut { log, .. } => self.sheet(*log).pending.push(entry.clone()),
            Entry::Synced { log } => self.sheet(*log).sync(),
            Entry::SyncFailed { log } => self.sheet(*log).pending.clear(),
            Entry::FolderSynced => self.log.named = true,
            Entry::Acknowledged(key) => self.acknowledged.push(key.clone()),
        }
    }

    fn sheet(&mut self, log: bool) -> &mut Sheet {
        if log { &mut self.log } else { &mut self.database }
    }

    /// Writes what a power cut would leave at this moment into a folder: what was synced, and with
    /// `torn` here and there a sector of what was not.
    ///
    /// # Errors
    /// The system's.
    pub fn power_cut(&self, folder: &Path, torn: Option<&mut Fate>) -> Outcome {
        let (mut database, mut log) = (self.database.durable.clone(), self.log.durable.clone());
        if let Some(fate) = torn {
            for (bytes, sheet) in [(&mut database, &self.database), (&mut log, &self.log)] {
                tear(bytes, &sheet.pending, fate);
            }
        }
        let write = |name: &str, bytes: &[u8]| {
            fs::write(folder.join(name), bytes).map_err(|error| format!("{name}: {error}"))
        };
        for name in ["doorstep.db-wal", "doorstep.db-shm"] {
            let _ = fs::remove_file(folder.join(name));
        }
        write("doorstep.db", &database)?;
        if self.log.named { write("doorstep.db-wal", &log) } else { Ok(()) }
    }
}

/// Of what was on its way some writes arrive, whole or in parts, in any order.
fn tear(bytes: &mut Vec<u8>, pending: &[Entry], fate: &mut Fate) {
    for entry in pending {
        match entry {
            Entry::Write { log, offset, bytes: new } => {
                for (n, sector) in new.chunks(SECTOR).enumerate() {
                    if fate.happens(2) {
                        let part =
                            Entry::Write { log: *log, offset: offset + n * SECTOR, bytes: sector.to_vec() };
                        Sheet::apply(bytes, &part);
                    }
                }
            }
            other if fate.happens(2) => Sheet::apply(bytes, other),
            _ => {}
        }
    }
}
