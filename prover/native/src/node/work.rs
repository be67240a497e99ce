//! Work on a thread of Node's pool: with progress, cancellation, and errors that carry their code.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use napi::bindgen_prelude::*;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;

use crate::control::Control;
use crate::error::{Error, Result};

/// (stage, done, total), called on JavaScript's thread.
pub type OnReport = ThreadsafeFunction<FnArgs<(String, u32, u32)>, (), FnArgs<(String, u32, u32)>, Status, false, true>;

/// Watches one piece of work: hears its progress and can cancel it.
#[napi]
pub struct Reporter {
    cancelled: Arc<AtomicBool>,
    on_report: Option<Arc<OnReport>>,
}

#[napi]
impl Reporter {
    #[napi(constructor)]
    pub fn new(on_report: Option<OnReport>) -> Self {
        Self { cancelled: Arc::default(), on_report: on_report.map(Arc::new) }
    }

    /// Asks the work to stop; it ends with TRB_NATIVE_CANCELLED.
    #[napi]
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

type Run<T> = Box<dyn FnOnce(&Control) -> Result<T> + Send>;

/// A piece of work that gives JavaScript a `T`.
pub struct Job<T> {
    cancelled: Arc<AtomicBool>,
    on_report: Option<Arc<OnReport>>,
    run: Option<Run<T>>,
}

impl<T> Job<T> {
    pub fn start(reporter: &Reporter, run: impl FnOnce(&Control) -> Result<T> + Send + 'static) -> AsyncTask<Self>
    where
        T: Send + ToNapiValue + TypeName + 'static,
    {
        AsyncTask::new(Self {
            cancelled: reporter.cancelled.clone(),
            on_report: reporter.on_report.clone(),
            run: Some(Box::new(run)),
        })
    }
}

fn to_napi(error: &Error) -> napi::Error {
    napi::Error::new(Status::GenericFailure, error.to_json())
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Job<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> napi::Result<T> {
        let on_report = self.on_report.clone();
        let progress = move |stage: &'static str, done: usize, total: usize| {
            if let Some(call) = &on_report {
                let values = FnArgs::from((stage.to_string(), done as u32, total as u32));
                call.call(values, ThreadsafeFunctionCallMode::NonBlocking);
            }
        };
        let control = Control::new(&progress, &self.cancelled);
        let Some(run) = self.run.take() else {
            return Err(to_napi(&Error::new("TRB_NATIVE_DEFECT", "a piece of work was started twice")));
        };
        // A panic must not unwind into C, which would end the process. What the work borrowed is dropped with it.
        catch_unwind(AssertUnwindSafe(|| run(&control)))
            .unwrap_or_else(|panic| {
                let defect = Error::new("TRB_NATIVE_DEFECT", "the native prover failed where it never should");
                Err(defect.details(panic_text(panic.as_ref())))
            })
            .map_err(|error| to_napi(&error))
    }

    fn resolve(&mut self, _env: Env, output: T) -> napi::Result<T> {
        Ok(output)
    }
}
