//! snarkjs's proving key, as a mapped file.

use std::path::Path;

use ark_bn254::{Fq, Fr, g1, g2};
use ark_ec::short_weierstrass::Affine;
use ark_ff::PrimeField;

use crate::binfile::{SectionFile, u32_at};
use crate::curve::{Group, to_ark};
use crate::error::{Error, Result};
use crate::pairing::VerifyingKey;

const MAGIC: &str = "zkey";
const PROTOCOL: u32 = 1;
const HEADER: u32 = 2;
const INPUTS: u32 = 3;
const COEFFICIENTS: u32 = 4;
const POINTS_A: u32 = 5;
const POINTS_B1: u32 = 6;
const POINTS_B2: u32 = 7;
const POINTS_C: u32 = 8;
const POINTS_H: u32 = 9;

/// Two primes with their lengths, then wires, public signals and domain as u32.
const SIZES_AT: usize = 2 * (4 + 32);
const POINTS_AT: usize = SIZES_AT + 3 * 4;
const HEADER_BYTES: usize = POINTS_AT + 3 * 64 + 3 * 128;
/// Matrix (0 or 1), constraint and wire as u32, and the value.
pub const COEFFICIENT_BYTES: usize = 12 + 32;
/// Quotients are taken on a coset of the next larger domain's roots.
const MAX_DOMAIN: usize = 1 << 27;

/// A proving key: sizes and single points read and checked, the long sections as they lie in the file.
pub struct ProvingKey {
    file: SectionFile,
    /// Wires, the constant 1 (wire 0) included.
    pub wires: usize,
    /// Public signals, wires 1 … publics.
    pub publics: usize,
    pub domain: usize,
    pub alpha1: Affine<g1::Config>,
    pub beta1: Affine<g1::Config>,
    pub beta2: Affine<g2::Config>,
    pub gamma2: Affine<g2::Config>,
    pub delta1: Affine<g1::Config>,
    pub delta2: Affine<g2::Config>,
    ic: Vec<Affine<g1::Config>>,
}

/// The header's points, one after another.
struct Points<'a> {
    file: &'a SectionFile,
    bytes: &'a [u8],
}

impl Points<'_> {
    fn take<P: Group>(&mut self) -> Result<Affine<P>> {
        let (bytes, rest) = self.bytes.split_at_checked(P::BYTES).ok_or_else(|| self.file.corrupt("its header is cut off"))?;
        self.bytes = rest;
        let point = P::read(bytes).map(|point| to_ark::<P>(&point));
        point.filter(Affine::is_on_curve).ok_or_else(|| self.file.corrupt("a point of its header is not on the curve"))
    }
}

impl ProvingKey {
    /// Maps a key and checks its header and the lengths of its sections. That the long sections' points are the right ones is what the
    /// pinned digest is for, and the check of the finished proof.
    ///
    /// # Errors
    /// `TRB_FILE_MISSING`, `TRB_FILE_CORRUPT`, `TRB_PROOF_KEY_FORM` for another proof system or curve.
    pub fn open(path: &Path) -> Result<Self> {
        let file = SectionFile::open(path, MAGIC)?;
        let other = |details: &str| Error::new("TRB_PROOF_KEY_FORM", "this is not a Groth16 key for BN254").details(details);
        if u32_at(file.sized(PROTOCOL, 4)?, 0) != Some(1) {
            return Err(other("its proof system is another one"));
        }
        let header = file.section(HEADER)?;
        let modulus = |at: usize, words: [u64; 4]| {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            u32_at(header, at) == Some(32) && header.get(at + 4..at + 36) == Some(&bytes[..])
        };
        if !modulus(0, Fq::MODULUS.0) || !modulus(36, Fr::MODULUS.0) {
            return Err(other("its primes are not those of BN254"));
        }
        if header.len() != HEADER_BYTES {
            return Err(file.corrupt(format!("its header has {} bytes, not {HEADER_BYTES}", header.len())));
        }
        let size = |i: usize| u32_at(header, SIZES_AT + 4 * i).unwrap_or(0) as usize;
        let (wires, publics, domain) = (size(0), size(1), size(2));
        if publics >= wires || !domain.is_power_of_two() || domain > MAX_DOMAIN {
            return Err(file.corrupt(format!("{wires} wires, {publics} public signals, domain {domain}")));
        }
        let mut points = Points { file: &file, bytes: &header[POINTS_AT..] };
        let (alpha1, beta1, beta2) = (points.take()?, points.take()?, points.take()?);
        let gamma2 = points.take()?;
        let (delta1, delta2) = (points.take()?, points.take()?);
        let mut inputs = Points { file: &file, bytes: file.sized(INPUTS, (publics + 1) * 64)? };
        let ic = (0..=publics).map(|_| inputs.take()).collect::<Result<_>>()?;
        let key = Self { wires, publics, domain, alpha1, beta1, beta2, gamma2, delta1, delta2, ic, file };
        for section in [key.a(), key.b1(), key.b2(), key.c(), key.h(), key.coefficients()] {
            section?;
        }
        Ok(key)
    }

    /// The key that checks this key's proofs.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey { alpha: self.alpha1, beta: self.beta2, gamma: self.gamma2, delta: self.delta2, ic: self.ic.clone() }
    }

    pub fn a(&self) -> Result<&[u8]> {
        self.file.sized(POINTS_A, self.wires * 64)
    }

    pub fn b1(&self) -> Result<&[u8]> {
        self.file.sized(POINTS_B1, self.wires * 64)
    }

    pub fn b2(&self) -> Result<&[u8]> {
        self.file.sized(POINTS_B2, self.wires * 128)
    }

    /// Of the wires that are neither the constant nor public.
    pub fn c(&self) -> Result<&[u8]> {
        self.file.sized(POINTS_C, (self.wires - self.publics - 1) * 64)
    }

    pub fn h(&self) -> Result<&[u8]> {
        self.file.sized(POINTS_H, self.domain * 64)
    }

    /// The entries of the matrices A and B, `COEFFICIENT_BYTES` each, in any order.
    pub fn coefficients(&self) -> Result<&[u8]> {
        let section = self.file.section(COEFFICIENTS)?;
        let count = u32_at(section, 0).unwrap_or(0) as usize;
        if section.len() != 4 + count * COEFFICIENT_BYTES {
            return Err(self.file.corrupt(format!("{count} coefficients in {} bytes", section.len())));
        }
        Ok(&section[4..])
    }

    pub fn corrupt(&self, details: &str) -> Error {
        self.file.corrupt(details)
    }
}
