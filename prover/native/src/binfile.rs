//! The sectioned files of circom and snarkjs (`.zkey`, `.ptau`, `.wtns`), mapped into memory.
//!
//! Nothing in a file is believed: every length is compared with what is there, and sections are handed out as bytes, of which any value is
//! a valid one.

use std::fs::File;
use std::path::Path;

use memmap2::Mmap;

use crate::error::{Error, Result};

const HEADER_BYTES: usize = 12;
const MAX_SECTIONS: usize = 64;

/// The bytes behind a sectioned file: mapped, or handed over in memory.
enum Bytes {
    Mapped(Mmap),
    Owned(Vec<u8>),
}

/// A file's section table and contents.
pub struct SectionFile {
    name: String,
    magic: &'static str,
    bytes: Bytes,
    sections: Vec<(u32, usize, usize)>,
}

impl SectionFile {
    /// Maps a file and reads its table.
    ///
    /// # Errors
    /// `TRB_FILE_MISSING`, and `TRB_FILE_CORRUPT` for another kind of file or one that is cut off.
    pub fn open(path: &Path, magic: &'static str) -> Result<Self> {
        let name = path.display().to_string();
        let missing = |cause: std::io::Error| {
            Error::new("TRB_FILE_MISSING", format!("a {magic} file cannot be read")).details(format!("{name}: {cause}"))
        };
        let file = File::open(path).map_err(missing)?;
        if !file.metadata().map_err(missing)?.is_file() {
            return Err(Error::new("TRB_FILE_CORRUPT", format!("this is not a {magic} file")).details(name));
        }
        // SAFETY: a map is sound as long as nobody changes the file below it. Who writes these files here (the set-up, the ceremony, the
        // downloads) writes a new file and renames it, so a file that is open keeps its contents. Should another program write into
        // it all the same, then: the map is only ever read as bytes, copied before they are looked at, so that a change makes a
        // wrong number and not a broken value, and the prover's own check refuses the proof; and a file that is cut short ends the process
        // with SIGBUS, without a result. Reading instead would cost a copy of 1.4 GB at tier large for every proof.
        let map = unsafe { Mmap::map(&file) }.map_err(missing)?;
        Self::with_table(name, magic, Bytes::Mapped(map))
    }

    /// Takes a file's contents from memory.
    ///
    /// # Errors
    /// `TRB_FILE_CORRUPT`.
    pub fn from_bytes(name: &str, magic: &'static str, bytes: Vec<u8>) -> Result<Self> {
        Self::with_table(name.to_string(), magic, Bytes::Owned(bytes))
    }

    fn with_table(name: String, magic: &'static str, bytes: Bytes) -> Result<Self> {
        let mut file = Self { name, magic, bytes, sections: Vec::new() };
        file.sections = file.table().map_err(|details| file.corrupt(details))?;
        Ok(file)
    }

    fn all(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Mapped(map) => map,
            Bytes::Owned(bytes) => bytes,
        }
    }

    fn table(&self) -> std::result::Result<Vec<(u32, usize, usize)>, String> {
        let bytes = self.all();
        if bytes.len() < HEADER_BYTES || bytes[..4] != *self.magic.as_bytes() {
            return Err(format!("it does not begin with \"{}\"", self.magic));
        }
        let count = u32_at(bytes, 8).unwrap_or(0) as usize;
        if count > MAX_SECTIONS {
            return Err(format!("{count} sections"));
        }
        let mut sections = Vec::with_capacity(count);
        let mut position = HEADER_BYTES;
        for _ in 0..count {
            let head = bytes.get(position..position + HEADER_BYTES).ok_or("its table of sections is cut off")?;
            let id = u32_at(head, 0).unwrap_or(0);
            let length = u64::from_le_bytes(head[4..].try_into().map_err(|_| "its table of sections is cut off")?);
            position += HEADER_BYTES;
            if length > (bytes.len() - position) as u64 {
                return Err(format!("section {id} is cut off"));
            }
            sections.push((id, position, length as usize));
            position += length as usize;
        }
        Ok(sections)
    }

    /// A section's bytes.
    ///
    /// # Errors
    /// `TRB_FILE_CORRUPT` where it is missing.
    pub fn section(&self, id: u32) -> Result<&[u8]> {
        let found = self.sections.iter().find(|(other, _, _)| *other == id);
        let &(_, position, length) = found.ok_or_else(|| self.corrupt(format!("section {id} is missing")))?;
        Ok(&self.all()[position..position + length])
    }

    /// A section that must have `length` bytes.
    ///
    /// # Errors
    /// `TRB_FILE_CORRUPT` where it is missing or of another length.
    pub fn sized(&self, id: u32, length: usize) -> Result<&[u8]> {
        let section = self.section(id)?;
        if section.len() != length {
            return Err(self.corrupt(format!("section {id} has {} bytes, not {length}", section.len())));
        }
        Ok(section)
    }

    pub fn corrupt(&self, details: impl AsRef<str>) -> Error {
        Error::new("TRB_FILE_CORRUPT", format!("this is not a whole {} file", self.magic))
            .details(format!("{}: {}", self.name, details.as_ref()))
    }
}

/// A little-endian u32, or none where the bytes end before it.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
