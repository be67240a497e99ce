//! SHA-256 of files too large to be read twice for nothing.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::control::Control;
use crate::error::{Error, Result};

const BUFFER_BYTES: usize = 1 << 20;

/// # Errors
/// `TRB_FILE_MISSING`, `TRB_FILE_READ`, `TRB_PROOF_CANCELLED`.
pub fn sha256(path: &Path, control: &Control) -> Result<Vec<u8>> {
    let details = |cause: std::io::Error| format!("{}: {cause}", path.display());
    let missing = |cause| Error::new("TRB_FILE_MISSING", "a file is missing", details(cause));
    let unread = |cause| Error::new("TRB_FILE_READ", "a file could not be read", details(cause));
    let mut file = File::open(path).map_err(missing)?;
    let total = file.metadata().map_err(unread)?.len() as usize;
    let (mut hash, mut buffer, mut done) = (Sha256::new(), vec![0; BUFFER_BYTES], 0);
    loop {
        let length = file.read(&mut buffer).map_err(unread)?;
        if length == 0 {
            return Ok(hash.finalize().to_vec());
        }
        hash.update(&buffer[..length]);
        done += length;
        control.report("digest", done, total)?;
    }
}
