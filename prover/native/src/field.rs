//! The scalar field's elements as words and bytes.

use ark_bn254::Fr;
use ark_ff::{BigInt, PrimeField};

/// A scalar's plain value as four words, the lowest first, below r.
pub type Scalar = [u64; 4];

pub fn plain(value: &Fr) -> Scalar {
    value.into_bigint().0
}

/// 32 plain little-endian bytes each; `None` where one is not below r, or bytes are left.
pub fn read_elements(bytes: &[u8]) -> Option<Vec<Fr>> {
    let (elements, []) = bytes.as_chunks::<32>() else { return None };
    let element = |bytes: &[u8; 32]| {
        let word = |i: usize| u64::from_le_bytes(std::array::from_fn(|j| bytes[8 * i + j]));
        Fr::from_bigint(BigInt(std::array::from_fn(word)))
    };
    elements.iter().map(element).collect()
}
