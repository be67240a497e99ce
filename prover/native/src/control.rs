//! Progress and cancellation of long work.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// How long work tells its caller where it is, and hears that it should stop.
pub struct Control<'a> {
    progress: &'a (dyn Fn(&'static str, usize, usize) + Sync),
    cancelled: &'a AtomicBool,
}

impl<'a> Control<'a> {
    /// @param progress takes a stage, the parts done and all parts; it is called on any thread
    pub fn new(progress: &'a (dyn Fn(&'static str, usize, usize) + Sync), cancelled: &'a AtomicBool) -> Self {
        Self { progress, cancelled }
    }

    /// Reports `done` of `total` parts of a stage.
    ///
    /// # Errors
    /// `TRB_NATIVE_CANCELLED`, as `check`.
    pub fn report(&self, stage: &'static str, done: usize, total: usize) -> Result<()> {
        self.check()?;
        (self.progress)(stage, done, total);
        Ok(())
    }

    /// # Errors
    /// `TRB_NATIVE_CANCELLED` where the caller wants no result any more.
    pub fn check(&self) -> Result<()> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Error::cancelled()) } else { Ok(()) }
    }
}

static NEVER: AtomicBool = AtomicBool::new(false);

/// For work that nobody watches.
pub const UNWATCHED: Control<'static> = Control { progress: &|_, _, _| {}, cancelled: &NEVER };
