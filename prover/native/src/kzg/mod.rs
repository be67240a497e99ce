//! KZG commitments and openings over the powers of τ in a snarkjs `.ptau` file.

mod all_openings;
mod polynomial;

use std::path::Path;

use ark_bn254::{Fq, Fr, G1Affine, g1};
use ark_ec::CurveGroup;
use ark_ff::PrimeField;

use crate::binfile::{SectionFile, u32_at};
use crate::control::Control;
use crate::curve::{Group, to_ark};
use crate::error::{Error, Result};
use crate::field::{Scalar, plain};
use crate::msm::msm;
pub use all_openings::open_all;
pub use polynomial::{Fold, combine, divide_by_linear, fold_rows};

const MAGIC: &str = "ptau";
const HEADER: u32 = 1;
const TAU_G1: u32 = 2;
const POINT_BYTES: usize = 64;

/// A mapped powers-of-tau file.
pub struct Srs {
    file: SectionFile,
    /// Powers in G1.
    pub length: usize,
}

impl Srs {
    /// # Errors
    /// `TRB_FILE_MISSING`, `TRB_FILE_CORRUPT`, `TRB_SRS_CORRUPT` for another curve.
    pub fn open(path: &Path) -> Result<Self> {
        let file = SectionFile::open(path, MAGIC)?;
        let header = file.sized(HEADER, 44)?;
        let prime: Vec<u8> = Fq::MODULUS.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        if u32_at(header, 0) != Some(32) || header[4..36] != prime[..] {
            return Err(Error::new("TRB_SRS_CORRUPT", "the powers-of-tau file is not for the curve BN254"));
        }
        let length = file.section(TAU_G1)?.len() / POINT_BYTES;
        Ok(Self { file, length })
    }

    /// The first powers, as bytes.
    ///
    /// # Errors
    /// `TRB_SRS_SHORT`
    fn powers(&self, count: usize) -> Result<&[u8]> {
        let section = self.file.section(TAU_G1)?;
        section.get(..count * POINT_BYTES).ok_or_else(|| {
            Error::new("TRB_SRS_SHORT", "the reference string is too short for this polynomial")
                .details(format!("{count} coefficients, {} points", self.length))
        })
    }

    /// The first powers, checked to be on the curve.
    fn points(&self, count: usize) -> Result<Vec<G1Affine>> {
        let corrupt = || self.file.corrupt("a power is not a point of the curve");
        self.powers(count)?
            .chunks_exact(POINT_BYTES)
            .map(|bytes| {
                let point = g1::Config::read(bytes).map(|point| to_ark::<g1::Config>(&point)).ok_or_else(corrupt)?;
                if point.is_on_curve() { Ok(point) } else { Err(corrupt()) }
            })
            .collect()
    }
}

/// [f(τ)]₁.
///
/// # Errors
/// `TRB_SRS_SHORT`, `TRB_FILE_CORRUPT`, `TRB_NATIVE_CANCELLED`.
pub fn commit(srs: &Srs, polynomial: &[Scalar], control: &Control) -> Result<G1Affine> {
    Ok(msm::<g1::Config>(srs.powers(polynomial.len())?, polynomial, "commitment", control)?.into_affine())
}

/// f(x) and [(f(τ) − f(x))/(τ − x)]₁.
///
/// # Errors
/// as `commit`
pub fn open(srs: &Srs, polynomial: &[Fr], x: Fr, control: &Control) -> Result<(Fr, G1Affine)> {
    let (quotient, value) = divide_by_linear(polynomial, x);
    let quotient: Vec<Scalar> = quotient.iter().map(plain).collect();
    Ok((value, commit(srs, &quotient, control)?))
}
