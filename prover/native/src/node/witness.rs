use std::path::PathBuf;

use napi::bindgen_prelude::*;
use napi_derive::napi;

use super::{Job, Reporter};
use crate::witness::{solve, wtns};

/// The witness of a circuit in circom's `.wtns` format; its bytes become JavaScript's without a copy.
///
/// `inputs`: all inputs in the order of the circuit's wires, public ones first, 32 little-endian bytes each.
#[napi]
pub fn solve_witness(r1cs: String, inputs: &[u8], reporter: &Reporter) -> AsyncTask<Job<Buffer>> {
    let inputs = inputs.to_vec();
    Job::start(reporter, move |control| Ok(wtns(&solve(&PathBuf::from(r1cs), &inputs, control)?).into()))
}
