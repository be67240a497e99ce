//! Errors with the codes that the rest of the project has.

use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong: a code to act on, a sentence, and what in particular.
#[derive(Debug)]
pub struct Error {
    pub code: &'static str,
    pub message: &'static str,
    pub details: String,
}

impl Error {
    pub fn new(code: &'static str, message: &'static str, details: impl Into<String>) -> Self {
        Self { code, message, details: details.into() }
    }

    /// There is not enough memory for what a file's header asks for.
    pub fn memory(bytes: usize) -> Self {
        Self::new("TRB_NATIVE_MEMORY", "there is not enough memory", format!("{bytes} bytes"))
    }

    /// A file could not be written: the disk is full, or it is there already.
    pub fn write(cause: std::io::Error) -> Self {
        Self::new("TRB_FILE_WRITE", "a file could not be written", cause.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {} ({})", self.code, self.message, self.details)
    }
}

impl std::error::Error for Error {}
