use std::path::PathBuf;

use ark_bn254::Fr;
use napi::bindgen_prelude::*;
use napi_derive::napi;

use super::{Job, Reporter};
use crate::error::{Error, Result};
use crate::field::{fr_from_plain, plain, scalars_from};
use crate::kzg::{Srs, combine, commit, fold_rows, open, open_all};
use crate::pairing::g1_bytes;
use crate::threads::{thread_count, with_threads};

fn numbers(bytes: &[u8]) -> Result<Vec<Fr>> {
    let refused = || Error::new("TRB_CORE_RANGE", "a coefficient is not a field element");
    Ok(scalars_from(bytes).ok_or_else(refused)?.into_iter().map(fr_from_plain).collect())
}

fn number(bytes: &[u8]) -> Result<Fr> {
    match numbers(bytes)?[..] {
        [one] => Ok(one),
        _ => Err(Error::new("TRB_NATIVE_SHAPE", "one scalar is expected")),
    }
}

fn scalar_bytes(values: &[Fr]) -> Vec<u8> {
    values.iter().flat_map(plain).flat_map(u64::to_le_bytes).collect()
}

/// Copies of JavaScript's bytes, which may change at any time.
fn copies(polynomials: &[Uint8Array]) -> Vec<Vec<u8>> {
    polynomials.iter().map(|bytes| bytes.to_vec()).collect()
}

/// Σ factors_i·polynomials_i.
fn combined(factors: &[u8], polynomials: &[Vec<u8>]) -> Result<Vec<Fr>> {
    let factors = numbers(factors)?;
    if factors.len() != polynomials.len() {
        return Err(Error::new("TRB_NATIVE_SHAPE", "a factor for each polynomial is expected"));
    }
    let terms: Result<Vec<_>> = factors.into_iter().zip(polynomials).map(|(factor, bytes)| Ok((factor, numbers(bytes)?))).collect();
    Ok(combine(&terms?))
}

/// [Σ factors_i·f_i(τ)]₁ (64 bytes). A polynomial is its coefficients, 32 little-endian bytes each, the constant one first.
#[napi]
pub fn commit_polynomial(
    ptau: String,
    factors: &[u8],
    polynomials: Vec<Uint8Array>,
    threads: Option<u32>,
    reporter: &Reporter,
) -> AsyncTask<Job<Buffer>> {
    let (factors, polynomials) = (factors.to_vec(), copies(&polynomials));
    Job::start(reporter, move |control| {
        let point = with_threads(thread_count(threads)?, || {
            let polynomial: Vec<_> = combined(&factors, &polynomials)?.iter().map(plain).collect();
            commit(&Srs::open(&PathBuf::from(ptau))?, &polynomial, control)
        })?;
        Ok(g1_bytes(&point).into())
    })
}

/// The value at x of Σ factors_i·f_i (32 bytes) and its opening (64 bytes).
#[napi]
pub fn open_polynomial(
    ptau: String,
    factors: &[u8],
    polynomials: Vec<Uint8Array>,
    x: &[u8],
    threads: Option<u32>,
    reporter: &Reporter,
) -> AsyncTask<Job<Buffer>> {
    let (factors, polynomials, x) = (factors.to_vec(), copies(&polynomials), x.to_vec());
    Job::start(reporter, move |control| {
        let (value, proof) = with_threads(thread_count(threads)?, || {
            let polynomial = combined(&factors, &polynomials)?;
            open(&Srs::open(&PathBuf::from(ptau))?, &polynomial, number(&x)?, control)
        })?;
        Ok([scalar_bytes(&[value]), g1_bytes(&proof)].concat().into())
    })
}

/// The openings of a polynomial at 1, ω, ω², … (64 bytes each), ω the primitive root of unity of as many points as it has coefficients.
#[napi]
pub fn open_at_all_roots(ptau: String, polynomial: &[u8], threads: Option<u32>, reporter: &Reporter) -> AsyncTask<Job<Buffer>> {
    let polynomial = polynomial.to_vec();
    Job::start(reporter, move |control| {
        let proofs = with_threads(thread_count(threads)?, || {
            open_all(&Srs::open(&PathBuf::from(ptau))?, &numbers(&polynomial)?, control)
        })?;
        Ok(proofs.iter().flat_map(g1_bytes).collect::<Vec<u8>>().into())
    })
}

/// Division by X^w − α: the w coefficients of the remainder, then those of the quotient.
#[napi]
pub fn fold_polynomial(polynomial: &[u8], width: u32, alpha: &[u8], reporter: &Reporter) -> AsyncTask<Job<Buffer>> {
    let (polynomial, alpha) = (polynomial.to_vec(), alpha.to_vec());
    Job::start(reporter, move |control| {
        control.check()?;
        let fold = fold_rows(&numbers(&polynomial)?, width as usize, number(&alpha)?)?;
        Ok([scalar_bytes(&fold.folded), scalar_bytes(&fold.quotient)].concat().into())
    })
}
