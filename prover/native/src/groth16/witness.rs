//! circom's witness file: the values of all wires, plain.

use ark_bn254::Fr;
use ark_ff::PrimeField;
use rayon::prelude::*;

use crate::binfile::{SectionFile, u32_at};
use crate::error::{Error, Result};
use crate::field::{Scalar, scalar_from};

const HEADER: u32 = 1;
const VALUES: u32 = 2;

/// The wires' values, below r.
pub struct Witness {
    pub values: Vec<Scalar>,
}

impl Witness {
    /// Reads `.wtns` bytes.
    ///
    /// # Errors
    /// `TRB_FILE_CORRUPT`, `TRB_PROOF_WITNESS_FORM` for another field or a number that is not below r.
    pub fn read(bytes: Vec<u8>) -> Result<Self> {
        let file = SectionFile::from_bytes("witness", "wtns", bytes)?;
        let header = file.sized(HEADER, 40)?;
        let form = |details: &str| Error::new("TRB_PROOF_WITNESS_FORM", "this is not a witness over BN254").details(details);
        let prime: Vec<u8> = Fr::MODULUS.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        if u32_at(header, 0) != Some(32) || header[4..36] != prime[..] {
            return Err(form("its prime is another one"));
        }
        let count = u32_at(header, 36).unwrap_or(0) as usize;
        let (elements, _) = file.sized(VALUES, count * 32)?.as_chunks::<32>();
        let values: Option<Vec<Scalar>> = elements.par_iter().map(scalar_from).collect();
        Ok(Self { values: values.ok_or_else(|| form("a value is not below r"))? })
    }
}
