//! Field elements as they lie in files and in memory.
//!
//! `.zkey` and `.ptau` files hold coordinates in Montgomery form with R = 2^256, the form that ark-ff computes in: words are taken over as
//! they are, once it is known that they are below p. `.wtns` files hold plain numbers.

use ark_bn254::{Fq, Fq2, Fr};
use ark_ff::{BigInt, PrimeField};

/// A scalar as four words, the lowest first, below r.
pub type Scalar = [u64; 4];

/// The plain value of a scalar.
pub fn plain(value: &Fr) -> Scalar {
    value.into_bigint().0
}

/// Four little-endian words.
#[inline(always)]
pub fn words(bytes: &[u8; 32]) -> [u64; 4] {
    let word = |at: usize| u64::from_le_bytes([
        bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4], bytes[at + 5], bytes[at + 6], bytes[at + 7],
    ]);
    [word(0), word(8), word(16), word(24)]
}

#[inline(always)]
pub fn less(a: &[u64; 4], b: &[u64; 4]) -> bool {
    // The top word decides but for one number in 2^60.
    if a[3] != b[3] {
        return a[3] < b[3];
    }
    (a[2], a[1], a[0]) < (b[2], b[1], b[0])
}

/// A plain number below r, or none.
pub fn scalar_from(bytes: &[u8; 32]) -> Option<Scalar> {
    let value = words(bytes);
    less(&value, &Fr::MODULUS.0).then_some(value)
}

/// Scalars from 32 little-endian bytes each; none where one is not below r or bytes are left over.
pub fn scalars_from(bytes: &[u8]) -> Option<Vec<Scalar>> {
    let (elements, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() {
        return None;
    }
    elements.iter().map(scalar_from).collect()
}

/// A number modulo r from its words in Montgomery form, or none.
pub fn fr_from_montgomery(bytes: &[u8; 32]) -> Option<Fr> {
    let value = words(bytes);
    less(&value, &Fr::MODULUS.0).then(|| Fr::new_unchecked(BigInt(value)))
}

/// A number modulo p from its words in Montgomery form, or none. Arithmetic on words that are not below p could run for ever.
#[inline(always)]
pub fn fq_from_montgomery(bytes: &[u8; 32]) -> Option<Fq> {
    let value = words(bytes);
    less(&value, &Fq::MODULUS.0).then(|| Fq::new_unchecked(BigInt(value)))
}

/// c0 + c1·u from the words of c0 and then of c1.
#[inline(always)]
pub fn fq2_from_montgomery(bytes: &[u8; 64]) -> Option<Fq2> {
    let (halves, _) = bytes.as_chunks::<32>();
    Some(Fq2::new(fq_from_montgomery(&halves[0])?, fq_from_montgomery(&halves[1])?))
}

/// The Montgomery representative of a plain number below r.
pub fn fr_from_plain(value: Scalar) -> Fr {
    Fr::new(BigInt(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::Field;

    #[test]
    fn numbers_at_and_above_the_modulus_are_refused() {
        let bytes = |words: [u64; 4]| -> [u8; 32] { words.map(u64::to_le_bytes).concat().try_into().unwrap() };
        let mut largest = Fr::MODULUS.0;
        assert_eq!(scalar_from(&bytes(largest)), None);
        largest[0] -= 1;
        assert_eq!(scalar_from(&bytes(largest)), Some(plain(&-Fr::ONE)));
        assert_eq!(fq_from_montgomery(&bytes(Fq::MODULUS.0)), None);
        assert_eq!(fq_from_montgomery(&bytes([u64::MAX; 4])), None);
        assert_eq!(scalars_from(&[0; 33]), None);
    }
}
