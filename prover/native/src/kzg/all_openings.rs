//! The openings at all n-th roots of unity at once (Feist and Khovratovich, "Fast amortized KZG proofs", ePrint 2023/033).
//!
//! The quotient by X − z is Σ_i z^i·h_i with h_i = Σ_m f_(m+i+1)·[τ^m]₁, whatever z is: so the openings at all roots are one transform of the
//! h_i, and the h_i are one product of polynomials, with transforms of twice the length. 2n·log₂(2n) multiplications of a point and some, where
//! single openings take n sums of n points.

use ark_bn254::{Fr, G1Affine, G1Projective};
use ark_ec::CurveGroup;
use ark_ff::{AdditiveGroup, Field};
use rayon::prelude::*;

use super::Srs;
use crate::control::Control;
use crate::error::{Error, Result};
use crate::fft::{Domain, reversed, root_of_unity};

const STAGE: &str = "openings";
const MAX_POINTS: usize = 1 << 16;

/// Σ_i points_i·ω^(ij) for every j, in order.
fn transform(points: &mut [G1Projective], control: &Control) -> Result<()> {
    let n = points.len();
    let bits = n.trailing_zeros();
    for i in 0..n {
        let other = reversed(i, bits);
        if i < other {
            points.swap(i, other);
        }
    }
    let mut size = 2;
    while size <= n {
        let root = root_of_unity(size);
        let twiddles: Vec<Fr> = std::iter::successors(Some(Fr::ONE), |last| Some(*last * root)).take(size / 2).collect();
        // Butterflies of one twiddle, or of one part, whatever there are more of, go to the threads one by one.
        let (low, high): (Vec<_>, Vec<_>) = points.chunks_exact(size).map(|part| part.split_at(size / 2)).unzip();
        let pairs: Vec<_> = low.into_iter().flatten().zip(high.into_iter().flatten()).zip(twiddles.iter().cycle()).collect();
        let results: Result<Vec<_>> = pairs
            .into_par_iter()
            .map(|((a, b), twiddle)| {
                control.check()?;
                let product = if *twiddle == Fr::ONE { *b } else { *b * twiddle };
                Ok((*a + product, *a - product))
            })
            .collect();
        for (k, (sum, difference)) in results?.into_iter().enumerate() {
            let (part, place) = (k / (size / 2), k % (size / 2));
            points[part * size + place] = sum;
            points[part * size + place + size / 2] = difference;
        }
        size *= 2;
    }
    Ok(())
}

/// The proofs [(f(τ) − f(ω^k))/(τ − ω^k)]₁ for k = 0 … n−1.
///
/// @param polynomial n coefficients, n a power of two
/// # Errors
/// `TRB_NATIVE_SHAPE` for another n, `TRB_SRS_SHORT`, `TRB_FILE_CORRUPT`, `TRB_NATIVE_CANCELLED`.
pub fn open_all(srs: &Srs, polynomial: &[Fr], control: &Control) -> Result<Vec<G1Affine>> {
    let n = polynomial.len();
    if !n.is_power_of_two() || n > MAX_POINTS {
        return Err(Error::new("TRB_NATIVE_SHAPE", "all openings: a power of two of coefficients").details(n.to_string()));
    }
    let total = 4;
    control.report(STAGE, 0, total)?;
    // Place t holds τ^(n−2−t).
    let mut powers = vec![G1Projective::ZERO; 2 * n];
    let reversed_powers = srs.points(n - 1)?.into_iter().rev();
    powers.iter_mut().zip(reversed_powers).for_each(|(place, power)| *place = power.into());
    transform(&mut powers, control)?;

    control.report(STAGE, 1, total)?;
    let domain = Domain::new(2 * n)?;
    let mut coefficients = polynomial.to_vec();
    coefficients.resize(2 * n, Fr::ZERO);
    domain.to_scrambled(&mut coefficients);
    let bits = (2 * n).trailing_zeros();
    let size = Fr::from(2 * n as u64).inverse().unwrap_or(Fr::ONE);
    let mut products: Vec<G1Projective> =
        powers.par_iter().enumerate().map(|(i, power)| *power * (coefficients[reversed(i, bits)] * size)).collect();

    control.report(STAGE, 2, total)?;
    transform(&mut products, control)?;
    // The inverse transform is the transform at −p; h_i is at place n − 1 + i.
    let mut h: Vec<G1Projective> = (0..n).map(|i| if i + 1 < n { products[n + 1 - i] } else { G1Projective::ZERO }).collect();

    control.report(STAGE, 3, total)?;
    transform(&mut h, control)?;
    control.report(STAGE, total, total)?;
    Ok(G1Projective::normalize_batch(&h))
}
