use std::path::PathBuf;

use napi::bindgen_prelude::*;
use napi_derive::napi;

use super::{Job, Reporter};
use crate::control::Control;
use crate::error::{Error, Result};
use crate::field::{fr_from_plain, scalars_from};
use crate::groth16::{ProvingKey, Witness, prove};
use crate::pairing::{G1_BYTES, G2_BYTES, combination, g1_bytes, g2_bytes, product_is_one, read_g1, read_g2};
use crate::threads::{thread_count, with_threads};

/// A proof from a `.zkey` and the bytes of a `.wtns`: A (64 bytes), B (128), C (64), and the public signals (32 each).
#[napi]
pub fn prove_groth16(zkey: String, wtns: &[u8], threads: Option<u32>, reporter: &Reporter) -> AsyncTask<Job<Buffer>> {
    // A copy, since JavaScript may change its bytes at any time.
    let wtns = wtns.to_vec();
    Job::start(reporter, move |control| {
        let proof = with_threads(thread_count(threads)?, || {
            let key = ProvingKey::open(&PathBuf::from(zkey))?;
            prove(&key, &Witness::read(wtns)?, control)
        })?;
        let publics = proof.publics.iter().flatten().flat_map(|word| word.to_le_bytes()).collect();
        Ok([g1_bytes(&proof.a), g2_bytes(&proof.b), g1_bytes(&proof.c), publics].concat().into())
    })
}

/// Whether Π e(Σ scalar·point, twist) = 1. `counts` says how many of the scalars (32 bytes each) and points of G1 (64) are of each
/// sum, in order; there is a point of G2 (128) for each.
#[napi]
pub fn pairing_equation(counts: Vec<u32>, scalars: &[u8], points: &[u8], twists: &[u8], reporter: &Reporter) -> AsyncTask<Job<bool>> {
    let (scalars, points, twists) = (scalars.to_vec(), points.to_vec(), twists.to_vec());
    Job::start(reporter, move |_: &Control| {
        let scalars = scalars_from(&scalars).ok_or_else(shape)?.into_iter().map(fr_from_plain);
        let points = points.chunks(G1_BYTES).map(read_g1).collect::<Result<Vec<_>>>()?;
        let twists = twists.chunks(G2_BYTES).map(read_g2).collect::<Result<Vec<_>>>()?;
        let total = counts.iter().fold(0, |sum: usize, count| sum.saturating_add(*count as usize));
        if scalars.len() != total || points.len() != total || twists.len() != counts.len() {
            return Err(shape());
        }
        let mut terms = scalars.zip(points);
        let sums: Vec<_> = counts.iter().map(|count| combination(terms.by_ref().take(*count as usize))).collect();
        Ok(product_is_one(&sums.into_iter().zip(twists).collect::<Vec<_>>()))
    })
}

fn shape() -> Error {
    Error::new("TRB_NATIVE_SHAPE", "points or scalars are missing, or a scalar is not below r")
}
