//! Development keys: everything from secrets that are known. Whoever knows them can forge, so these keys are for tests and
//! for a chain of one's own; see docs/decisions/003-development-keys.md. The secrets' one source is src/proof/development/secrets.ts.

mod fixed_base;
mod points;
mod qap;
mod srs;
mod zkey;

use std::fs::{File, OpenOptions};
use std::path::Path;

use ark_bn254::Fr;

use crate::error::{Error, Result};

pub use srs::write_srs;
pub use zkey::write_key;

/// The trapdoor of a Groth16 key; γ is 1.
#[derive(Clone, Copy)]
pub struct Trapdoor {
    pub tau: Fr,
    pub alpha: Fr,
    pub beta: Fr,
    pub delta: Fr,
}

/// A new file. One that is there is never written to.
fn create(path: &Path) -> Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path).map_err(write_failed)
}

/// The disk is full, the folder cannot be written to, or the file is there already.
fn write_failed(cause: std::io::Error) -> Error {
    Error::new("TRB_FILE_WRITE", "a file could not be written").details(cause.to_string())
}

#[cfg(test)]
mod tests;
