//! Products of pairings, and Groth16's check.

use ark_bn254::{Bn254, Fq, Fq2, Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::pairing::Pairing;
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, BigInt, Field, One, PrimeField};

use crate::error::{Error, Result};
use crate::field::{less, words};

/// Bytes of a point in what JavaScript hands over: plain coordinates, 32 little-endian bytes each, those of G2 with c0 before c1.
pub const G1_BYTES: usize = 64;
pub const G2_BYTES: usize = 128;

fn invalid(details: &str) -> Error {
    Error::new("TRB_NATIVE_POINT", "this is not a point of the group").details(details)
}

fn coordinate(bytes: &[u8]) -> Result<Fq> {
    let words = words(bytes.try_into().map_err(|_| invalid("a coordinate has 32 bytes"))?);
    if !less(&words, &Fq::MODULUS.0) {
        return Err(invalid("a coordinate is not below p"));
    }
    Ok(Fq::new(BigInt(words)))
}

/// A point of G1; all zeros are infinity.
///
/// # Errors
/// `TRB_NATIVE_POINT` for bytes that are not a point of the curve, whose order is prime.
pub fn read_g1(bytes: &[u8]) -> Result<G1Affine> {
    let (x, y) = bytes.split_at_checked(32).ok_or_else(|| invalid("it is cut off"))?;
    let (x, y) = (coordinate(x)?, coordinate(y)?);
    if x == Fq::ZERO && y == Fq::ZERO {
        return Ok(G1Affine::identity());
    }
    let point = G1Affine::new_unchecked(x, y);
    if point.is_on_curve() { Ok(point) } else { Err(invalid("it is not on the curve")) }
}

/// A point of G2; all zeros are infinity.
///
/// # Errors
/// `TRB_NATIVE_POINT` for bytes that are not on the twist, or not in its subgroup of order r.
pub fn read_g2(bytes: &[u8]) -> Result<G2Affine> {
    if bytes.len() != G2_BYTES {
        return Err(invalid("it is cut off"));
    }
    let element = |at: usize| Ok(Fq2::new(coordinate(&bytes[at..at + 32])?, coordinate(&bytes[at + 32..at + 64])?));
    let (x, y) = (element(0)?, element(64)?);
    if x == Fq2::ZERO && y == Fq2::ZERO {
        return Ok(G2Affine::identity());
    }
    let point = G2Affine::new_unchecked(x, y);
    if point.is_on_curve() && point.is_in_correct_subgroup_assuming_on_curve() {
        Ok(point)
    } else {
        Err(invalid("it is not in the group"))
    }
}

/// A point of G1 in the form that `read_g1` takes.
pub fn g1_bytes(point: &G1Affine) -> Vec<u8> {
    let (x, y) = point.xy().unwrap_or((Fq::ZERO, Fq::ZERO));
    [x, y].iter().flat_map(plain_bytes).collect()
}

pub fn g2_bytes(point: &G2Affine) -> Vec<u8> {
    let (x, y) = point.xy().unwrap_or((Fq2::ZERO, Fq2::ZERO));
    [x.c0, x.c1, y.c0, y.c1].iter().flat_map(plain_bytes).collect()
}

fn plain_bytes(value: &Fq) -> Vec<u8> {
    value.into_bigint().0.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Σ scalar·point.
pub fn combination(terms: impl Iterator<Item = (Fr, G1Affine)>) -> G1Affine {
    terms.fold(G1Projective::ZERO, |sum, (scalar, point)| sum + point * scalar).into_affine()
}

/// Whether Π e(a_i, b_i) = 1.
pub fn product_is_one(pairs: &[(G1Affine, G2Affine)]) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    Bn254::multi_pairing(a, b).0.is_one()
}

/// What Groth16's check needs, γ₂ included.
pub struct VerifyingKey {
    pub alpha: G1Affine,
    pub beta: G2Affine,
    pub gamma: G2Affine,
    pub delta: G2Affine,
    /// One point for the constant and one for each public signal.
    pub ic: Vec<G1Affine>,
}

/// Groth16's check: e(−A, B)·e(α, β)·e(IC₀ + Σ x_i·IC_i, γ)·e(C, δ) = 1.
pub fn verify(key: &VerifyingKey, publics: &[Fr], a: G1Affine, b: G2Affine, c: G1Affine) -> bool {
    if key.ic.len() != publics.len() + 1 {
        return false;
    }
    let inputs = combination([Fr::ONE].iter().chain(publics).copied().zip(key.ic.iter().copied()));
    product_is_one(&[(-a, b), (key.alpha, key.beta), (inputs, key.gamma), (c, key.delta)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bn254::G2Projective;
    use ark_ff::UniformRand;

    #[test]
    fn products_that_are_one_and_products_that_are_not() {
        let mut rng = ark_std::test_rng();
        let (a, b) = (Fr::rand(&mut rng), Fr::rand(&mut rng));
        let (g, h) = (G1Affine::generator(), G2Affine::generator());
        let pair = |x: Fr, y: Fr| ((g * x).into_affine(), (h * y).into_affine());
        assert!(product_is_one(&[pair(a, b), pair(-a * b, Fr::ONE)]));
        assert!(!product_is_one(&[pair(a, b), pair(-a * b, Fr::from(2))]));
        assert!(product_is_one(&[(G1Affine::identity(), h)]));
    }

    #[test]
    fn points_survive_their_bytes_and_false_ones_are_refused() {
        let mut rng = ark_std::test_rng();
        let point = G1Projective::rand(&mut rng).into_affine();
        let twisted = G2Projective::rand(&mut rng).into_affine();
        assert_eq!(read_g1(&g1_bytes(&point)), Ok(point));
        assert_eq!(read_g2(&g2_bytes(&twisted)), Ok(twisted));
        assert_eq!(read_g1(&[0; 64]), Ok(G1Affine::identity()));
        let code = |error: Error| error.code;
        assert_eq!(read_g1(&[1; 64]).map_err(code), Err("TRB_NATIVE_POINT"));
        assert_eq!(read_g1(&[255; 64]).map_err(code), Err("TRB_NATIVE_POINT"));
        assert_eq!(read_g2(&[1; 127]).map_err(code), Err("TRB_NATIVE_POINT"));
        // On the twist, but not of order r: the cofactor is not 1.
        let outside = (1u64..).find_map(|x| G2Affine::get_point_from_x_unchecked(Fq2::from(x), false)).unwrap();
        assert!(outside.is_on_curve() && !outside.is_in_correct_subgroup_assuming_on_curve());
        assert_eq!(read_g2(&g2_bytes(&outside)).map_err(code), Err("TRB_NATIVE_POINT"));
    }
}
