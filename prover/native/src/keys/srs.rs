//! Powers of a known τ in the layout of a snarkjs `.ptau` file.

use std::os::unix::fs::FileExt;
use std::path::Path;

use ark_bn254::{Fq, Fr};
use ark_ff::{Field, PrimeField};

use super::points::{G1_BYTES, G2_BYTES, Group, PointList, write_points};
use super::{create, write_failed};
use crate::control::Control;
use crate::error::Result;
use crate::field::plain;

/// Writes [τ^0]₁ … [τ^(length−1)]₁, [1]₂ and [τ]₂: the two sections that KZG needs, and no more powers than asked for.
///
/// The file must not be there yet; it is synced when this returns. After an error what is there is of no use.
///
/// # Errors
/// `TRB_FILE_WRITE`, `TRB_NATIVE_CANCELLED`.
pub fn write_srs(path: &Path, length: usize, tau: Fr, threads: usize, control: &Control) -> Result<()> {
    let file = create(path)?;
    let mut head = b"ptau".to_vec();
    let mut word = |value: usize| head.extend((value as u32).to_le_bytes());
    word(1);
    word(3);
    word(1);
    word(44);
    word(0);
    word(32);
    let power = length.next_power_of_two().ilog2();
    head.extend(Fq::MODULUS.0.iter().flat_map(|word| word.to_le_bytes()));
    head.extend([power, power, 2].iter().flat_map(|word| word.to_le_bytes()));
    head.extend(((length * G1_BYTES) as u64).to_le_bytes());
    file.write_all_at(&head, 0).map_err(write_failed)?;
    let tau_g1 = head.len() as u64;
    let section3 = tau_g1 + (length * G1_BYTES) as u64;
    let mut head = 3u32.to_le_bytes().to_vec();
    head.extend(((2 * G2_BYTES) as u64).to_le_bytes());
    file.write_all_at(&head, section3).map_err(write_failed)?;
    let tau_g2 = section3 + head.len() as u64;
    let powers = std::iter::successors(Some(Fr::ONE), |power| Some(*power * tau));
    let powers: Vec<_> = powers.take(length).map(|power| plain(&power)).collect();
    write_points(
        &file,
        &[
            PointList { group: Group::G2, scalars: &[plain(&Fr::ONE), plain(&tau)], position: tau_g2 },
            PointList { group: Group::G1, scalars: &powers, position: tau_g1 },
        ],
        threads,
        "powers of τ",
        control,
        || Ok(()),
    )?;
    file.sync_all().map_err(write_failed)
}
