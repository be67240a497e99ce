//! snarkjs's `.zkey` of a circuit, straight from known secrets.
//!
//! The size of every section is known before the first point is, so the threads write their parts where they belong and
//! no section is ever in memory.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use ark_bn254::{Fq, Fr};
use ark_ff::{BigInt, Field, PrimeField};

use super::points::{G1_BYTES, G2_BYTES, Group, PointList, write_points};
use super::qap::{KeyScalars, key_scalars};
use super::{Trapdoor, create, write_failed};
use crate::control::Control;
use crate::error::Result;
use crate::field::{Scalar, plain};
use crate::r1cs::R1cs;

const GROTH16: u32 = 1;
/// Matrix (u32), constraint (u32), wire (u32), coefficient.
const COEFFICIENT_BYTES: usize = 44;
/// 64 bytes of a circuit hash and a count of contributions: there was no ceremony.
const CONTRIBUTIONS_BYTES: usize = 68;
/// Both primes with their lengths, three counts, and α₁, β₁, β₂, γ₂, δ₁, δ₂.
const HEADER_BYTES: usize = 72 + 12 + 3 * G1_BYTES + 3 * G2_BYTES;
const SECTION_HEADER_BYTES: usize = 12;
/// How much of the coefficients is written at a time.
const BUFFER_BYTES: usize = 1 << 20;

/// Where each section's content begins: index 0 is section 1.
fn write_frame(file: &File, sizes: &[usize; 10]) -> Result<[u64; 10]> {
    let mut head = b"zkey".to_vec();
    head.extend([1u32, sizes.len() as u32].iter().flat_map(|word| word.to_le_bytes()));
    file.write_all_at(&head, 0).map_err(write_failed)?;
    let mut position = head.len() as u64;
    let mut places = [0; 10];
    for (i, &size) in sizes.iter().enumerate() {
        let mut head = (i as u32 + 1).to_le_bytes().to_vec();
        head.extend((size as u64).to_le_bytes());
        file.write_all_at(&head, position).map_err(write_failed)?;
        places[i] = position + SECTION_HEADER_BYTES as u64;
        position = places[i] + size as u64;
    }
    // The sections that are all zeros, or begin with points at infinity, need their length too.
    file.set_len(position).map_err(write_failed)?;
    Ok(places)
}

/// The header up to its points.
fn header_numbers(r1cs: &R1cs) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(84);
    for modulus in [Fq::MODULUS, Fr::MODULUS] {
        bytes.extend(32u32.to_le_bytes());
        bytes.extend(modulus.0.iter().flat_map(|word| word.to_le_bytes()));
    }
    for count in [r1cs.wires, r1cs.publics, r1cs.domain()] {
        bytes.extend((count as u32).to_le_bytes());
    }
    bytes
}

/// Section 4: the terms of A and B, and A's extra rows for the constant and the public wires.
///
/// snarkjs stores a coefficient times R² (R = 2^256): its Montgomery product with a plain witness value is then in
/// Montgomery form.
fn write_coefficients(file: &File, position: u64, r1cs: &R1cs, terms: usize) -> Result<()> {
    let mut buffer = ((terms + r1cs.publics + 1) as u32).to_le_bytes().to_vec();
    let mut at = position;
    // The Montgomery form of R² is R³, and the Montgomery product of a plain number with it is that number times R².
    let cubed = montgomery_radix().square();
    let push = |buffer: &mut Vec<u8>, numbers: [usize; 3], coefficient: Scalar| {
        buffer.extend(numbers.iter().flat_map(|&number| (number as u32).to_le_bytes()));
        let scaled = Fr::new_unchecked(BigInt(coefficient)) * cubed;
        buffer.extend(scaled.0.0.iter().flat_map(|word| word.to_le_bytes()));
    };
    let mut flush = |buffer: &mut Vec<u8>| -> Result<()> {
        file.write_all_at(buffer, at).map_err(write_failed)?;
        at += buffer.len() as u64;
        buffer.clear();
        Ok(())
    };
    r1cs.for_each(|constraint, combinations| {
        for (matrix, combination) in combinations[..2].iter().enumerate() {
            for (wire, coefficient) in combination.iter() {
                push(&mut buffer, [matrix, constraint, wire], coefficient);
            }
        }
        if buffer.len() >= BUFFER_BYTES { flush(&mut buffer) } else { Ok(()) }
    })?;
    for s in 0..=r1cs.publics {
        push(&mut buffer, [0, r1cs.constraints + s, s], [1, 0, 0, 0]);
    }
    flush(&mut buffer)
}

/// R = 2^256 as a field element.
fn montgomery_radix() -> Fr {
    Fr::from(2u64).pow([256])
}

/// Writes a Groth16 proving key in snarkjs's `.zkey` format: the same bytes every time, and no security at all.
///
/// The file must not be there yet; it is synced when this returns. After an error what is there is of no use.
///
/// Memory: 96 bytes for each wire while the constraints are read, then 96 a wire and 32 a row of the domain.
///
/// # Errors
/// `TRB_FILE_MISSING`, `TRB_FILE_CORRUPT`, `TRB_FILE_READ`, `TRB_PROOF_R1CS`, `TRB_FILE_WRITE`, `TRB_NATIVE_CANCELLED`,
/// `TRB_NATIVE_MEMORY`.
pub fn write_key(r1cs: &Path, zkey: &Path, secrets: &Trapdoor, threads: usize, control: &Control) -> Result<()> {
    let r1cs = R1cs::open(r1cs)?;
    let KeyScalars { a, b, c, h, terms } = key_scalars(&r1cs, secrets, control)?;
    let (ic, c) = c.split_at(r1cs.publics + 1);
    let file = create(zkey)?;
    let places = write_frame(
        &file,
        &[
            4,
            HEADER_BYTES,
            ic.len() * G1_BYTES,
            4 + (terms + r1cs.publics + 1) * COEFFICIENT_BYTES,
            a.len() * G1_BYTES,
            b.len() * G1_BYTES,
            b.len() * G2_BYTES,
            c.len() * G1_BYTES,
            h.len() * G1_BYTES,
            CONTRIBUTIONS_BYTES,
        ],
    )?;
    file.write_all_at(&GROTH16.to_le_bytes(), places[0]).map_err(write_failed)?;
    let numbers = header_numbers(&r1cs);
    file.write_all_at(&numbers, places[1]).map_err(write_failed)?;
    // In the header points of both groups alternate: α₁, β₁, β₂, γ₂ = G₂, δ₁, δ₂.
    let [alpha, beta, delta] = [secrets.alpha, secrets.beta, secrets.delta].map(|value| plain(&value));
    let (header1, header2, header3) = ([alpha, beta], [beta, plain(&Fr::ONE)], [delta]);
    let points = places[1] + numbers.len() as u64;
    let after = |g1: usize, g2: usize| points + (g1 * G1_BYTES + g2 * G2_BYTES) as u64;
    let list = |group, scalars, position| PointList { group, scalars, position };
    write_points(
        &file,
        &[
            list(Group::G2, &b, places[6]),
            list(Group::G1, &a, places[4]),
            list(Group::G1, &b, places[5]),
            list(Group::G1, c, places[7]),
            list(Group::G1, &h, places[8]),
            list(Group::G1, ic, places[2]),
            list(Group::G1, &header1, after(0, 0)),
            list(Group::G2, &header2, after(2, 0)),
            list(Group::G1, &header3, after(2, 2)),
            list(Group::G2, &header3, after(3, 2)),
        ],
        threads,
        "key points",
        control,
        || write_coefficients(&file, places[3], &r1cs, terms),
    )?;
    file.sync_all().map_err(write_failed)
}
