//! The quadratic arithmetic program of a circuit, evaluated at a known τ.

use ark_bn254::Fr;
use ark_ff::{AdditiveGroup, BigInt, FftField, Field, Zero};

use super::Trapdoor;
use crate::control::Control;
use crate::error::{Error, Result};
use crate::field::{Scalar, plain};
use crate::r1cs::R1cs;

/// The scalars of a Groth16 key, plain; point i of the key is scalar i times the generator.
pub struct KeyScalars {
    /// u_i(τ) of every wire.
    pub a: Vec<Scalar>,
    /// v_i(τ) of every wire.
    pub b: Vec<Scalar>,
    /// β·u_i(τ) + α·v_i(τ) + w_i(τ) of every wire (γ = 1); over δ, but for the constant and the public wires.
    pub c: Vec<Scalar>,
    /// L_{2i+1}(τ)/δ on the domain of 2n: the prover's quotient is given by its values at the odd points.
    pub h: Vec<Scalar>,
    /// Terms of the matrices A and B, without the rows that are added to A.
    pub terms: usize,
}

/// Constraints between two looks at whether somebody wants this to stop.
const CONSTRAINTS_PER_REPORT: usize = 1 << 14;

/// offset·ω^i / (τ − offset·ω^i) · scale for i < n, ω the primitive n-th root of unity.
fn lagrange(n: usize, offset: Fr, tau: Fr, scale: Fr) -> Vec<Fr> {
    let omega = Fr::get_root_of_unity(n as u64).expect("n is a power of two up to 2^28");
    let mut values = Vec::with_capacity(n);
    let mut root = offset;
    for _ in 0..n {
        values.push(tau - root);
        root *= omega;
    }
    ark_ff::batch_inversion(&mut values);
    let mut power = offset * scale;
    for value in &mut values {
        *value *= power;
        power *= omega;
    }
    values
}

/// L_i(τ) on the n-th roots of unity: (τ^n − 1)/n · ω^i/(τ − ω^i).
fn lagrange_at(n: usize, tau: Fr) -> Vec<Fr> {
    lagrange(n, Fr::ONE, tau, (tau.pow([n as u64]) - Fr::ONE) / Fr::from(n as u64))
}

/// L_{2i+1}(τ) on the 2n-th roots of unity, times `scale`.
fn odd_lagrange_at(n: usize, tau: Fr, scale: Fr) -> Vec<Fr> {
    let size = 2 * n as u64;
    let omega = Fr::get_root_of_unity(size).expect("2n is a power of two up to 2^28");
    lagrange(n, omega, tau, (tau.pow([size]) - Fr::ONE) / Fr::from(size) * scale)
}

/// A number below r taken for a Montgomery form: the product of a field element with it is the product with the plain number,
/// over R = 2^256. So coefficient · L_j (in Montgomery form) comes out plain, without a conversion.
fn unconverted(words: Scalar) -> Fr {
    Fr::new_unchecked(BigInt(words))
}

/// Adds L_j·coefficient of every term to its wire's sum, for the three matrices. The sums hold plain values.
fn accumulate(r1cs: &R1cs, lagrange: &[Fr], control: &Control) -> Result<(Vec<[Fr; 3]>, usize)> {
    let mut sums = Vec::new();
    sums.try_reserve_exact(r1cs.wires).map_err(|_| Error::memory(96 * r1cs.wires))?;
    sums.resize(r1cs.wires, [Fr::ZERO; 3]);
    let one: Scalar = [1, 0, 0, 0];
    let mut terms = 0;
    r1cs.for_each(|j, combinations| {
        if j % CONSTRAINTS_PER_REPORT == 0 {
            control.report("constraints at τ", j, r1cs.constraints)?;
        }
        let at_tau = unconverted(plain(&lagrange[j]));
        for (matrix, combination) in combinations.iter().enumerate() {
            terms += if matrix < 2 { combination.len() } else { 0 };
            for (wire, coefficient) in combination.iter() {
                let product = if coefficient == one { at_tau } else { lagrange[j] * unconverted(coefficient) };
                sums[wire][matrix] += product;
            }
        }
        Ok(())
    })?;
    control.report("constraints at τ", r1cs.constraints, r1cs.constraints)?;
    Ok((sums, terms))
}

/// Evaluates the program at τ.
///
/// snarkjs adds to A the row (constraints + s) with a 1 at wire s for the constant and each public wire: it keeps the public
/// wires' polynomials linearly independent, without which a proof for one public input could be turned into one for another.
pub fn key_scalars(r1cs: &R1cs, secrets: &Trapdoor, control: &Control) -> Result<KeyScalars> {
    let Trapdoor { tau, alpha, beta, delta } = *secrets;
    let n = r1cs.domain();
    if (tau.pow([2 * n as u64]) - Fr::ONE).is_zero() || delta.is_zero() {
        return Err(Error::new("TRB_PROOF_TRAPDOOR", "these secrets make no key").details("τ is a root of unity, or δ is 0"));
    }
    let over_delta = delta.inverse().expect("δ is not 0");
    let (mut lagrange, h) = std::thread::scope(|scope| {
        let odd = scope.spawn(|| odd_lagrange_at(n, tau, over_delta).iter().map(plain).collect());
        (lagrange_at(n, tau), odd.join().expect("the inversion does not panic"))
    });
    let (mut sums, terms) = accumulate(r1cs, &lagrange, control)?;
    for (s, sum) in sums[..=r1cs.publics].iter_mut().enumerate() {
        sum[0] += unconverted(plain(&lagrange[r1cs.constraints + s]));
    }
    lagrange = Vec::new();
    drop(lagrange);
    let (a, b) = (sums.iter().map(|sum| sum[0].0.0).collect(), sums.iter().map(|sum| sum[1].0.0).collect());
    let c = sums.iter().enumerate().map(|(wire, [u, v, w])| {
        let combined = beta * u + alpha * v + w;
        (if wire > r1cs.publics { combined * over_delta } else { combined }).0.0
    });
    Ok(KeyScalars { a, b, c: c.collect(), h, terms })
}
