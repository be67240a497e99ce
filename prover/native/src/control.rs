//! What a caller sees of long work, and how it stops it.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// Takes a stage's name, how much of it is done, and how much there is.
pub type OnProgress<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);

/// Passed to everything that takes longer than a moment.
pub struct Control<'a> {
    on_progress: OnProgress<'a>,
    cancelled: &'a AtomicBool,
}

impl<'a> Control<'a> {
    pub fn new(on_progress: OnProgress<'a>, cancelled: &'a AtomicBool) -> Self {
        Self { on_progress, cancelled }
    }

    /// Says how far a stage has come.
    ///
    /// # Errors
    /// `TRB_PROOF_CANCELLED` where the caller does not want the result any more.
    pub fn report(&self, stage: &'static str, done: usize, total: usize) -> Result<()> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Error::new("TRB_PROOF_CANCELLED", "the work was cancelled", stage));
        }
        (self.on_progress)(stage, done, total);
        Ok(())
    }
}
