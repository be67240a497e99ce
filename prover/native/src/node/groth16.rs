use std::path::PathBuf;

use napi::bindgen_prelude::*;
use napi_derive::napi;

use super::{Job, Reporter};
use crate::control::Control;
use crate::error::{Error, Result};
use crate::field::{fr_from_plain, scalars_from};
use crate::groth16::{ProvingKey, Witness, prove};
use crate::pairing::{G1_BYTES, G2_BYTES, VerifyingKey, g1_bytes, g2_bytes, product_is_one, read_g1, read_g2, verify};
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

/// Whether Π e(a_i, b_i) = 1, a pair being a point of G1 (64 bytes) and one of G2 (128).
#[napi]
pub fn pairing_product_is_one(pairs: &[u8], reporter: &Reporter) -> AsyncTask<Job<bool>> {
    let pairs = pairs.to_vec();
    Job::start(reporter, move |_: &Control| {
        let pairs = pairs.chunks(G1_BYTES + G2_BYTES).map(|pair| {
            let (a, b) = pair.split_at_checked(G1_BYTES).ok_or_else(shape)?;
            Ok((read_g1(a)?, read_g2(b)?))
        });
        Ok(product_is_one(&pairs.collect::<Result<Vec<_>>>()?))
    })
}

/// Groth16's check. `key`: α, β, γ, δ and one point of G1 for the constant and each public signal; `proof`: A, B, C.
#[napi]
pub fn verify_groth16(key: &[u8], publics: &[u8], proof: &[u8], reporter: &Reporter) -> AsyncTask<Job<bool>> {
    let (key, publics, proof) = (key.to_vec(), publics.to_vec(), proof.to_vec());
    Job::start(reporter, move |_: &Control| {
        const HEAD: usize = G1_BYTES + 3 * G2_BYTES;
        if key.len() < HEAD || proof.len() != 2 * G1_BYTES + G2_BYTES {
            return Err(shape());
        }
        let g2_at = |i: usize| read_g2(&key[G1_BYTES + i * G2_BYTES..G1_BYTES + (i + 1) * G2_BYTES]);
        let ic = key[HEAD..].chunks(G1_BYTES).map(read_g1).collect::<Result<_>>()?;
        let key = VerifyingKey { alpha: read_g1(&key[..G1_BYTES])?, beta: g2_at(0)?, gamma: g2_at(1)?, delta: g2_at(2)?, ic };
        let publics = scalars_from(&publics).ok_or_else(shape)?.into_iter().map(fr_from_plain).collect::<Vec<_>>();
        let (a, rest) = proof.split_at(G1_BYTES);
        let (b, c) = rest.split_at(G2_BYTES);
        Ok(verify(&key, &publics, read_g1(a)?, read_g2(b)?, read_g1(c)?))
    })
}

fn shape() -> Error {
    Error::new("TRB_NATIVE_SHAPE", "points or scalars are missing, or a scalar is not below r")
}
