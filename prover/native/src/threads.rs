//! A bounded number of threads for one piece of work.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::control::Control;
use crate::error::{Error, Result};

/// More threads than this are refused: each takes scratch memory of its own.
pub const MAX_THREADS: usize = 256;

/// As many as the caller says; all cores where it says nothing.
///
/// # Errors
/// `TRB_NATIVE_THREADS` for zero or more than `MAX_THREADS`.
pub fn thread_count(asked: Option<u32>) -> Result<usize> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS);
    match asked.map(|count| count as usize) {
        None => Ok(cores()),
        Some(count) if (1..=MAX_THREADS).contains(&count) => Ok(count),
        Some(count) => {
            Err(Error::new("TRB_NATIVE_THREADS", format!("threads: 1 to {MAX_THREADS}")).details(count.to_string()))
        }
    }
}

/// Runs `work` in a pool of its own with `threads` threads: rayon's calls inside of it use these and no others.
///
/// # Errors
/// `TRB_NATIVE_THREADS` where the system gives no threads, and what `work` returns.
pub fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|cause| Error::new("TRB_NATIVE_THREADS", "threads could not be started").details(cause.to_string()))?;
    pool.install(work)
}

/// Hands `items` to the pool's threads one by one, each to the first thread that is free, and reports how many are done.
///
/// # Errors
/// The first error of `work`, or `TRB_NATIVE_CANCELLED`; items that were not begun are then left out.
pub fn take_each<T: Sync>(
    items: &[T],
    stage: &'static str,
    control: &Control,
    work: impl Fn(&T) -> Result<()> + Sync,
) -> Result<()> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results = rayon::broadcast(|_| {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            let before = done.load(Ordering::Relaxed);
            if let Err(error) = control.report(stage, before, items.len()).and_then(|()| work(item)) {
                next.store(items.len(), Ordering::Relaxed);
                return Err(error);
            }
            done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    });
    results.into_iter().collect::<Result<()>>()?;
    control.report(stage, items.len(), items.len())
}
