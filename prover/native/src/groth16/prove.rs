//! The proof: five sums over the key's points.

use ark_bn254::{Fr, G1Affine, G1Projective, G2Affine, G2Projective, g1, g2};
use ark_ec::{AffineRepr, CurveGroup};

use crate::control::Control;
use crate::error::{Error, Result};
use crate::field::Scalar;
use crate::groth16::products::products;
use crate::groth16::quotient::quotient;
use crate::groth16::witness::Witness;
use crate::groth16::zkey::ProvingKey;
use crate::msm::{Msm, run_tasks};
use crate::random::random_scalar;

/// A proof and the public signals that the witness had.
#[derive(Debug, PartialEq, Eq)]
pub struct Proof {
    pub a: G1Affine,
    pub b: G2Affine,
    pub c: G1Affine,
    pub publics: Vec<Scalar>,
}

/// The proof's randomness, which makes it zero-knowledge.
#[derive(Clone, Copy)]
pub struct Blinding {
    pub r: Fr,
    pub s: Fr,
}

/// A proof with randomness from the operating system.
///
/// # Errors
/// `TRB_PROOF_WITNESS_FORM` for a witness of another circuit; `TRB_FILE_CORRUPT`, `TRB_NATIVE_CANCELLED`, `TRB_NATIVE_MEMORY`,
/// `TRB_NATIVE_RANDOM`.
pub fn prove(key: &ProvingKey, witness: &Witness, control: &Control) -> Result<Proof> {
    prove_with(key, witness, Blinding { r: random_scalar()?, s: random_scalar()? }, control)
}

/// A proof with given randomness: for tests, which JavaScript cannot call.
///
/// # Errors
/// as `prove`
pub fn prove_with(key: &ProvingKey, witness: &Witness, blinding: Blinding, control: &Control) -> Result<Proof> {
    let wires = &witness.values[..];
    if wires.len() != key.wires {
        return Err(Error::new("TRB_PROOF_WITNESS_FORM", "the witness is not of the key's circuit")
            .details(format!("{} wires, the key has {}", wires.len(), key.wires)));
    }
    control.report("products", 0, 1)?;
    let [a, b] = products(key, wires, control)?;
    control.report("products", 1, 1)?;
    let quotient = quotient(a, b, control)?;

    control.report("points", 0, 1)?;
    let a = Msm::<g1::Config>::new(key.a()?, wires, control)?;
    let b1 = Msm::<g1::Config>::new(key.b1()?, wires, control)?;
    let b2 = Msm::<g2::Config>::new(key.b2()?, wires, control)?;
    let c = Msm::<g1::Config>::new(key.c()?, &wires[key.publics + 1..], control)?;
    let h = Msm::<g1::Config>::new(key.h()?, &quotient, control)?;
    drop(quotient);
    let tasks = b2.tasks().chain(h.tasks()).chain(a.tasks()).chain(b1.tasks()).chain(c.tasks());
    run_tasks(tasks.collect(), "sums", control)?;

    let Blinding { r, s } = blinding;
    let a: G1Projective = a.finish() + key.alpha1 + key.delta1 * r;
    let b1: G1Projective = b1.finish() + key.beta1 + key.delta1 * s;
    let b2: G2Projective = b2.finish() + key.beta2 + key.delta2 * s;
    let c: G1Projective = c.finish() + h.finish() + a * s + b1 * r - key.delta1.into_group() * (r * s);
    let publics = wires[1..=key.publics].to_vec();
    Ok(Proof { a: a.into_affine(), b: b2.into_affine(), c: c.into_affine(), publics })
}
