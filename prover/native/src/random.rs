//! Randomness from the operating system.

use ark_bn254::Fr;
use ark_ff::PrimeField;

use crate::error::{Error, Result};

/// A scalar whose distance from uniform is below 2^−250: 64 random bytes modulo r.
///
/// # Errors
/// `TRB_NATIVE_RANDOM`
pub fn random_scalar() -> Result<Fr> {
    let mut bytes = [0; 64];
    getrandom::fill(&mut bytes)
        .map_err(|cause| Error::new("TRB_NATIVE_RANDOM", "the system gives no random bytes").details(cause.to_string()))?;
    Ok(Fr::from_le_bytes_mod_order(&bytes))
}
