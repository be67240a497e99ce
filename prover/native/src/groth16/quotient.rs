//! A·B − C on the coset that snarkjs's H points belong to.

use ark_bn254::Fr;
use ark_ff::Field;
use rayon::prelude::*;

use crate::control::Control;
use crate::error::Result;
use crate::fft::{Domain, geometric, reversed, root_of_unity};
use crate::field::{Scalar, plain};

/// What there is to say where the time goes.
pub const STAGE: &str = "quotient";

/// The scalars of the H points: A·B − C at g·ω^i, g the primitive 2n-th root of unity, i = 0 … n−1.
///
/// @param a, b A·w and B·w on the domain
/// # Errors
/// `TRB_NATIVE_CANCELLED`
pub fn quotient(mut a: Vec<Fr>, mut b: Vec<Fr>, control: &Control) -> Result<Vec<Scalar>> {
    let n = a.len();
    let domain = Domain::new(n)?;
    let mut c: Vec<Fr> = a.par_iter().zip(&b).map(|(a, b)| *a * b).collect();
    // The transform gives n times the coefficients, that of X^i at place −i in bit-reversed order: what a coefficient is multiplied with is
    // put into the same order.
    let bits = n.trailing_zeros();
    let size = Fr::from(n as u64).inverse().unwrap_or(Fr::ONE);
    let powers = geometric(size, root_of_unity(2 * n), n);
    let shift: Vec<Fr> = (0..n).into_par_iter().map(|place| powers[(n - reversed(place, bits)) % n]).collect();
    drop(powers);
    for (i, values) in [&mut a, &mut b, &mut c].into_iter().enumerate() {
        control.report(STAGE, i, 3)?;
        domain.to_scrambled(values);
        values.par_iter_mut().zip(&shift).for_each(|(value, factor)| *value *= factor);
        domain.from_scrambled(values);
    }
    control.report(STAGE, 3, 3)?;
    // Place i holds the value at g·ω^(−i).
    Ok((0..n)
        .into_par_iter()
        .map(|i| {
            let place = (n - i) % n;
            plain(&(a[place] * b[place] - c[place]))
        })
        .collect())
}
