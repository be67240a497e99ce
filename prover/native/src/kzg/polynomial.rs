//! Polynomials by their coefficients, the constant one first.

use ark_bn254::Fr;
use ark_ff::AdditiveGroup;

use crate::error::{Error, Result};

/// Σ factors_i·polynomials_i; shorter ones count as padded with zeros.
pub fn combine(terms: &[(Fr, Vec<Fr>)]) -> Vec<Fr> {
    let length = terms.iter().map(|(_, polynomial)| polynomial.len()).max().unwrap_or(0);
    let mut sum = vec![Fr::ZERO; length];
    for (factor, polynomial) in terms {
        sum.iter_mut().zip(polynomial).for_each(|(place, coefficient)| *place += *factor * coefficient);
    }
    sum
}

/// The quotient by X − x, one coefficient shorter, and the value at x.
pub fn divide_by_linear(polynomial: &[Fr], x: Fr) -> (Vec<Fr>, Fr) {
    let mut quotient = vec![Fr::ZERO; polynomial.len().saturating_sub(1)];
    let mut carry = Fr::ZERO;
    for (i, coefficient) in polynomial.iter().enumerate().rev() {
        carry = carry * x + coefficient;
        if i > 0 {
            quotient[i - 1] = carry;
        }
    }
    (quotient, carry)
}

/// f = quotient·(X^w − α) + folded.
pub struct Fold {
    /// w coefficients.
    pub folded: Vec<Fr>,
    pub quotient: Vec<Fr>,
}

/// Division by X^w − α: one pass over the rows of w coefficients from the last to the first (src/crypto/kzg/fold.ts).
///
/// # Errors
/// `TRB_NATIVE_SHAPE` where the coefficients do not make whole rows.
pub fn fold_rows(polynomial: &[Fr], width: usize, alpha: Fr) -> Result<Fold> {
    if width == 0 || polynomial.is_empty() || polynomial.len() % width != 0 {
        return Err(Error::new("TRB_NATIVE_SHAPE", "the polynomial is not made of whole rows")
            .details(format!("{} coefficients, rows of {width}", polynomial.len())));
    }
    let rest = polynomial.len() - width;
    let mut quotient = vec![Fr::ZERO; rest];
    let mut folded = polynomial[rest..].to_vec();
    for (row, out) in polynomial[..rest].chunks_exact(width).zip(quotient.chunks_exact_mut(width)).rev() {
        out.copy_from_slice(&folded);
        folded.iter_mut().zip(row).for_each(|(carry, coefficient)| *carry = *carry * alpha + coefficient);
    }
    Ok(Fold { folded, quotient })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::{Field, UniformRand};

    fn at(polynomial: &[Fr], x: Fr) -> Fr {
        polynomial.iter().rev().fold(Fr::ZERO, |value, coefficient| value * x + coefficient)
    }

    #[test]
    fn divisions_multiply_back() {
        let mut rng = ark_std::test_rng();
        let polynomial: Vec<Fr> = (0..24).map(|_| Fr::rand(&mut rng)).collect();
        let [x, z, alpha] = [(); 3].map(|()| Fr::rand(&mut rng));
        let (quotient, value) = divide_by_linear(&polynomial, x);
        assert_eq!(value, at(&polynomial, x));
        assert_eq!(at(&quotient, z) * (z - x) + value, at(&polynomial, z));
        let Fold { folded, quotient } = fold_rows(&polynomial, 4, alpha).unwrap();
        assert_eq!((folded.len(), quotient.len()), (4, 20));
        assert_eq!(at(&quotient, z) * (z.pow([4]) - alpha) + at(&folded, z), at(&polynomial, z));
        assert!(fold_rows(&polynomial, 5, alpha).is_err());
    }
}
