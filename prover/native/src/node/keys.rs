use std::path::PathBuf;

use ark_bn254::Fr;
use napi::bindgen_prelude::*;
use napi_derive::napi;

use super::{Cancellation, OnProgress, Work};
use crate::error::Error as NativeError;
use crate::field::read_elements;
use crate::keys::{Trapdoor, write_key, write_srs};

impl Task for Work<()> {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        self.work()
    }

    fn resolve(&mut self, _env: Env, (): ()) -> Result<()> {
        Ok(())
    }
}

fn secrets<const N: usize>(bytes: &[u8]) -> crate::error::Result<[Fr; N]> {
    let elements = read_elements(bytes).and_then(|elements| elements.try_into().ok());
    elements.ok_or_else(|| {
        NativeError::new("TRB_PROOF_TRAPDOOR", "these secrets make no key", format!("{N} scalars are needed"))
    })
}

/// Writes a development key to a file that is not there yet.
///
/// `trapdoor`: τ, α, β, δ, 32 little-endian bytes each.
#[napi]
pub fn write_development_key(
    r1cs: String,
    zkey: String,
    trapdoor: Uint8Array,
    threads: u32,
    cancellation: &Cancellation,
    on_progress: OnProgress,
) -> AsyncTask<Work<()>> {
    let trapdoor = trapdoor.to_vec();
    Work::start(cancellation, on_progress, move |control| {
        let [tau, alpha, beta, delta] = secrets(&trapdoor)?;
        let trapdoor = Trapdoor { tau, alpha, beta, delta };
        write_key(&PathBuf::from(r1cs), &PathBuf::from(zkey), &trapdoor, threads as usize, control)
    })
}

/// Writes the first `length` powers of `tau` (32 little-endian bytes) to a file that is not there yet.
#[napi]
pub fn write_development_srs(
    ptau: String,
    length: u32,
    tau: Uint8Array,
    threads: u32,
    cancellation: &Cancellation,
    on_progress: OnProgress,
) -> AsyncTask<Work<()>> {
    let tau = tau.to_vec();
    Work::start(cancellation, on_progress, move |control| {
        let [tau] = secrets(&tau)?;
        write_srs(&PathBuf::from(ptau), length as usize, tau, threads as usize, control)
    })
}
