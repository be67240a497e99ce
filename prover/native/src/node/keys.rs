use std::path::PathBuf;

use ark_bn254::Fr;
use napi::bindgen_prelude::*;
use napi_derive::napi;

use super::{Job, Reporter};
use crate::error::{Error, Result};
use crate::field::{fr_from_plain, scalars_from};
use crate::keys::{Trapdoor, write_key, write_srs};
use crate::threads::thread_count;

fn secrets<const N: usize>(bytes: &[u8]) -> Result<[Fr; N]> {
    let found: Option<[_; N]> = scalars_from(bytes).and_then(|scalars| scalars.try_into().ok());
    let refused = || Error::new("TRB_PROOF_TRAPDOOR", "these secrets make no key").details(format!("{N} scalars below r"));
    Ok(found.ok_or_else(refused)?.map(fr_from_plain))
}

/// Writes a development key to a file that is not there yet.
///
/// `trapdoor`: τ, α, β, δ, 32 little-endian bytes each.
#[napi]
pub fn write_development_key(r1cs: String, zkey: String, trapdoor: &[u8], threads: Option<u32>, reporter: &Reporter) -> AsyncTask<Job<()>> {
    let trapdoor = trapdoor.to_vec();
    Job::start(reporter, move |control| {
        let [tau, alpha, beta, delta] = secrets(&trapdoor)?;
        let trapdoor = Trapdoor { tau, alpha, beta, delta };
        write_key(&PathBuf::from(r1cs), &PathBuf::from(zkey), &trapdoor, thread_count(threads)?, control)
    })
}

/// Writes the first `length` powers of `tau` (32 little-endian bytes) to a file that is not there yet.
#[napi]
pub fn write_development_srs(ptau: String, length: u32, tau: &[u8], threads: Option<u32>, reporter: &Reporter) -> AsyncTask<Job<()>> {
    let tau = tau.to_vec();
    Job::start(reporter, move |control| {
        let [tau] = secrets(&tau)?;
        write_srs(&PathBuf::from(ptau), length as usize, tau, thread_count(threads)?, control)
    })
}
