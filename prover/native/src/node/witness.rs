use std::path::PathBuf;

use napi::bindgen_prelude::*;
use napi_derive::napi;

use super::{Cancellation, OnProgress, Work};
use crate::witness::{solve, wtns};

impl Task for Work<Vec<u8>> {
    type Output = Vec<u8>;
    type JsValue = Buffer;

    fn compute(&mut self) -> Result<Vec<u8>> {
        self.work()
    }

    /// The bytes become JavaScript's without a copy.
    fn resolve(&mut self, _env: Env, bytes: Vec<u8>) -> Result<Buffer> {
        Ok(bytes.into())
    }
}

/// The witness of a circuit in circom's `.wtns` format.
///
/// `inputs`: all inputs in the order of the circuit's wires, public ones first, 32 little-endian bytes each.
#[napi]
pub fn solve_witness(
    r1cs: String,
    inputs: Uint8Array,
    cancellation: &Cancellation,
    on_progress: OnProgress,
) -> AsyncTask<Work<Vec<u8>>> {
    let inputs = inputs.to_vec();
    Work::start(cancellation, on_progress, move |control| Ok(wtns(&solve(&PathBuf::from(r1cs), &inputs, control)?)))
}
