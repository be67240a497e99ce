//! A circuit's witness from its constraint file and its inputs: what circom's own calculator gives, without its program.
//! See docs/decisions/010-witness.md.

mod solver;

use std::path::Path;

use ark_bn254::Fr;
use ark_ff::PrimeField;

use crate::control::Control;
use crate::error::{Error, Result};
use crate::field::{fr_from_plain, plain, scalars_from};
use crate::r1cs::R1cs;
use solver::{Outcome, Solver};

const CONSTRAINTS_PER_REPORT: usize = 1 << 14;
const STAGE: &str = "witness";

fn refused(constraint: usize) -> Error {
    Error::new("TRB_PROOF_WITNESS", "the circuit refuses this batch").details(format!("constraint {constraint} does not hold"))
}

/// The values of all wires.
///
/// `inputs`: the wires after the outputs, 32 plain little-endian bytes each.
///
/// # Errors
/// `TRB_PROOF_WITNESS` where the inputs satisfy no witness, `TRB_PROOF_WITNESS_INPUT` for another number of inputs,
/// `TRB_PROOF_WITNESS_HINT` for a circuit with hints that this does not know, and what reading the file gives.
pub fn solve(r1cs: &Path, inputs: &[u8], control: &Control) -> Result<Vec<Fr>> {
    let r1cs = R1cs::open(r1cs)?;
    let not_elements = || Error::new("TRB_PROOF_WITNESS_INPUT", "an input is not a field element").details("it is not below r");
    let inputs: Vec<Fr> = scalars_from(inputs).ok_or_else(not_elements)?.into_iter().map(fr_from_plain).collect();
    if inputs.len() != r1cs.inputs {
        let details = format!("{} inputs, the circuit has {}", inputs.len(), r1cs.inputs);
        return Err(Error::new("TRB_PROOF_WITNESS_INPUT", "the circuit takes another number of inputs").details(details));
    }
    let mut solver = Solver::new(r1cs.wires, r1cs.outputs, &inputs);
    // Constraints that come before what they need, as bytes; most of a circuit's are in order.
    let mut later = Vec::new();
    r1cs.for_each(|constraint, combinations| {
        if constraint % CONSTRAINTS_PER_REPORT == 0 {
            control.report(STAGE, constraint, r1cs.constraints)?;
        }
        match solver.visit(&combinations) {
            Outcome::Settled => Ok(()),
            Outcome::Refused => Err(refused(constraint)),
            Outcome::Later => {
                later.push((constraint, combinations.map(|combination| combination.to_owned())));
                Ok(())
            }
        }
    })?;
    while !later.is_empty() {
        let before = later.len();
        let mut error = None;
        later.retain(|(constraint, combinations)| match solver.visit(&combinations.each_ref().map(|owned| owned.as_ref())) {
            Outcome::Settled => false,
            Outcome::Refused => {
                error.get_or_insert(refused(*constraint));
                false
            }
            Outcome::Later => true,
        });
        if let Some(error) = error {
            return Err(error);
        }
        if later.len() == before {
            return Err(unknown_hint(format!("constraint {} and {} others", later[0].0, before - 1)));
        }
    }
    control.report(STAGE, r1cs.constraints, r1cs.constraints)?;
    solver.finish().map_err(|wire| unknown_hint(format!("wire {wire} is in no constraint")))
}

fn unknown_hint(details: String) -> Error {
    Error::new("TRB_PROOF_WITNESS_HINT", "the constraints do not say how this circuit's wires are computed").details(details)
}

/// A witness in circom's `.wtns` format.
pub fn wtns(values: &[Fr]) -> Vec<u8> {
    const HEADER_BYTES: u64 = 40;
    let words = |words: &[u64]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut bytes = Vec::with_capacity(76 + 32 * values.len());
    bytes.extend(b"wtns");
    bytes.extend([2u32, 2, 1].iter().flat_map(|word| word.to_le_bytes()));
    bytes.extend(HEADER_BYTES.to_le_bytes());
    bytes.extend(32u32.to_le_bytes());
    bytes.extend(words(&Fr::MODULUS.0));
    bytes.extend((values.len() as u32).to_le_bytes());
    bytes.extend(2u32.to_le_bytes());
    bytes.extend((32 * values.len() as u64).to_le_bytes());
    values.iter().for_each(|value| plain(value).iter().for_each(|word| bytes.extend(word.to_le_bytes())));
    bytes
}
