//! A·w and B·w from the key's list of matrix entries.

use ark_bn254::Fr;
use ark_ff::{AdditiveGroup, BigInt};
use rayon::prelude::*;

use crate::control::Control;
use crate::error::{Error, Result};
use crate::field::{Scalar, fr_from_montgomery};
use crate::groth16::zkey::{COEFFICIENT_BYTES, ProvingKey};

/// Entries that are looked at together.
const BLOCK: usize = 1 << 12;
/// Ranges of rows that threads take, for each thread.
const RANGES: usize = 8;

/// The rows that a block of entries touches.
struct Block<'a> {
    bytes: &'a [u8],
    first: usize,
    last: usize,
}

fn word(entry: &[u8; COEFFICIENT_BYTES], at: usize) -> usize {
    u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]) as usize
}

fn entries(bytes: &[u8]) -> &[[u8; COEFFICIENT_BYTES]] {
    bytes.as_chunks::<COEFFICIENT_BYTES>().0
}

/// A·w and B·w, row by row, padded with zeros to the domain.
///
/// An entry is stored times R², so that its Montgomery product with a plain wire is the Montgomery form of the product. Entries may come in
/// any order; a range of rows takes those blocks that touch it, and since snarkjs writes them row by row these are few.
///
/// # Errors
/// `TRB_FILE_CORRUPT` for an entry that is out of range.
pub fn products(key: &ProvingKey, witness: &[Scalar], control: &Control) -> Result<[Vec<Fr>; 2]> {
    let blocks: Result<Vec<Block>> = key
        .coefficients()?
        .par_chunks(BLOCK * COEFFICIENT_BYTES)
        .map(|bytes| {
            control.check()?;
            let (mut first, mut last) = (usize::MAX, 0);
            for entry in entries(bytes) {
                let (matrix, row, wire) = (word(entry, 0), word(entry, 4), word(entry, 8));
                if matrix > 1 || row >= key.domain || wire >= key.wires {
                    return Err(key.corrupt("a coefficient's place is out of range"));
                }
                (first, last) = (first.min(row), last.max(row));
            }
            Ok(Block { bytes, first, last })
        })
        .collect();
    let blocks = blocks?;
    let mut sums = [zeros(key.domain)?, zeros(key.domain)?];
    let [a, b] = &mut sums;
    let rows = key.domain.div_ceil(RANGES * rayon::current_num_threads());
    a.par_chunks_mut(rows).zip(b.par_chunks_mut(rows)).enumerate().try_for_each(|(i, (a, b))| {
        control.check()?;
        let (from, to) = (i * rows, i * rows + a.len());
        let mut sums = [a, b];
        for block in blocks.iter().filter(|block| block.first < to && block.last >= from) {
            for entry in entries(block.bytes) {
                let (matrix, row) = (word(entry, 0), word(entry, 4));
                // The range was checked above, but the file may have changed since: then the place is none, not another's.
                let Some(place) = sums.get_mut(matrix).and_then(|rows| rows.get_mut(row.wrapping_sub(from))) else { continue };
                let Some(wire) = witness.get(word(entry, 8)) else { continue };
                if *wire == [0; 4] {
                    continue;
                }
                let (_, value) = entry.split_last_chunk::<32>().ok_or_else(|| key.corrupt("a coefficient is cut off"))?;
                let value = fr_from_montgomery(value).ok_or_else(|| key.corrupt("a coefficient is not below r"))?;
                *place += value * Fr::new_unchecked(BigInt(*wire));
            }
        }
        Ok(())
    })?;
    Ok(sums)
}

/// # Errors
/// `TRB_NATIVE_MEMORY`
fn zeros(count: usize) -> Result<Vec<Fr>> {
    let mut out = Vec::new();
    out.try_reserve_exact(count).map_err(|_| Error::memory(count * size_of::<Fr>()))?;
    out.resize(count, Fr::ZERO);
    Ok(out)
}
