//! What Node sees. Everything here runs off the JavaScript thread and answers with a promise.

mod keys;
mod witness;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use napi::bindgen_prelude::*;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;

use crate::control::Control;
use crate::error::Error as NativeError;

/// Stops work that it was given to.
#[napi]
#[derive(Clone, Default)]
pub struct Cancellation {
    cancelled: Arc<AtomicBool>,
}

#[napi]
impl Cancellation {
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    #[napi]
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// Called with a stage, how much of it is done, and how much there is.
pub type OnProgress = ThreadsafeFunction<FnArgs<(String, f64, f64)>, (), FnArgs<(String, f64, f64)>, Status, false>;

/// Long work with its inputs: runs on a thread of Node's pool.
pub struct Work<T> {
    run: Option<Box<dyn FnOnce(&Control) -> crate::error::Result<T> + Send>>,
    cancellation: Cancellation,
    on_progress: OnProgress,
}

impl<T> Work<T> {
    fn start(
        cancellation: &Cancellation,
        on_progress: OnProgress,
        run: impl FnOnce(&Control) -> crate::error::Result<T> + Send + 'static,
    ) -> AsyncTask<Self>
    where
        Self: Task,
    {
        AsyncTask::new(Self { run: Some(Box::new(run)), cancellation: cancellation.clone(), on_progress })
    }

    fn work(&mut self) -> Result<T> {
        let run = self.run.take().ok_or_else(|| Error::from_reason("a task runs once"))?;
        let report = |stage: &'static str, done: usize, total: usize| {
            let event = FnArgs::from((stage.to_owned(), done as f64, total as f64));
            self.on_progress.call(event, ThreadsafeFunctionCallMode::NonBlocking);
        };
        run(&Control::new(&report, &self.cancellation.cancelled)).map_err(encode)
    }
}

/// Code, message and details on lines of their own, for the TypeScript side to take apart.
fn encode(NativeError { code, message, details }: NativeError) -> Error {
    Error::from_reason(format!("{code}\n{message}\n{details}"))
}
