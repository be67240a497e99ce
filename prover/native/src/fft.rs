//! Transforms over domains of 2^k points, the roots being snarkjs's: 5^((r−1)/n).
//!
//! There are two, which need no reordering between them: `to_scrambled` takes numbers in their order and leaves the result in bit-reversed
//! order, `from_scrambled` the other way round. Both multiply with powers of ω; the inverse transform is the same sum read at index −j.

use ark_bn254::Fr;
use ark_ff::{Field, PrimeField};
use rayon::prelude::*;

use crate::error::{Error, Result};
#[cfg(vectors)]
use crate::vector::butterflies;

/// The largest domain of the scalar field.
const MAX_BITS: u32 = 28;
/// Blocks of this size are transformed by one thread without further splitting; 2^12 numbers stay in the L2 cache.
const BLOCK: usize = 1 << 12;

/// From so many butterflies on they are done eight at a time.
#[cfg(vectors)]
const LEAST_VECTORS: usize = 8;

/// The roots of unity of one domain.
pub struct Domain {
    /// n, a power of two.
    pub size: usize,
    /// For each m = 2, 4, …, n the powers ω_m^0 … ω_m^(m/2−1), from place m/2. Those that are used
    /// eight at a time are multiplied as `butterflies` wants them.
    roots: Vec<Fr>,
}

/// The primitive n-th root of unity.
pub fn root_of_unity(n: usize) -> Fr {
    let exponent = (Fr::MODULUS_MINUS_ONE_DIV_TWO.0, n.trailing_zeros());
    // 5^((r−1)/n): halve (r−1)/2 as often as needed.
    let mut words = exponent.0;
    if n == 1 {
        return Fr::ONE;
    }
    for _ in 1..exponent.1 {
        for i in 0..4 {
            words[i] = words[i] >> 1 | if i < 3 { words[i + 1] << 63 } else { 0 };
        }
    }
    Fr::from(5u64).pow(words)
}

/// start·ratio^i for i < count, on all threads.
pub fn geometric(start: Fr, ratio: Fr, count: usize) -> Vec<Fr> {
    const PART: usize = 1 << 12;
    let mut out = vec![Fr::ONE; count];
    out.par_chunks_mut(PART).enumerate().for_each(|(i, part)| {
        let mut value = start * ratio.pow([(i * PART) as u64]);
        for place in part {
            *place = value;
            value *= ratio;
        }
    });
    out
}

impl Domain {
    /// # Errors
    /// `TRB_NATIVE_DOMAIN` for a size that is not a power of two up to 2^28.
    pub fn new(size: usize) -> Result<Self> {
        if !size.is_power_of_two() || size > 1 << MAX_BITS {
            return Err(Error::new("TRB_NATIVE_DOMAIN", "a domain size is a power of two up to 2^28").details(size.to_string()));
        }
        let mut roots = vec![Fr::ONE; size.max(2)];
        if size >= 2 {
            roots[size / 2..].copy_from_slice(&geometric(Fr::ONE, root_of_unity(size), size / 2));
            let mut half = size / 2;
            while half > 1 {
                let (smaller, larger) = roots.split_at_mut(half);
                for (i, root) in smaller[half / 2..].iter_mut().enumerate() {
                    *root = larger[2 * i];
                }
                half /= 2;
            }
        }
        #[cfg(vectors)]
        roots.iter_mut().skip(LEAST_VECTORS).for_each(|root| *root *= Fr::from(butterflies::ROOT_SCALE));
        Ok(Self { size, roots })
    }

    fn roots(&self, m: usize) -> &[Fr] {
        &self.roots[m / 2..m]
    }

    /// values_j becomes Σ_i values_i·ω^(i·j'), j' the bits of j in reverse order.
    pub fn to_scrambled(&self, values: &mut [Fr]) {
        assert_eq!(values.len(), self.size);
        self.scramble(values);
    }

    fn scramble(&self, values: &mut [Fr]) {
        let m = values.len();
        if m <= BLOCK {
            let mut size = m;
            while size > 1 {
                values.chunks_exact_mut(size).for_each(|part| {
                    let (low, high) = part.split_at_mut(size / 2);
                    decimate_frequency(low, high, self.roots(size));
                });
                size /= 2;
            }
            return;
        }
        let (low, high) = values.split_at_mut(m / 2);
        in_parts(low, high, self.roots(m), decimate_frequency);
        rayon::join(|| self.scramble(low), || self.scramble(high));
    }

    /// values_i becomes Σ_j values_j·ω^(i·j'), j' the bits of j in reverse order.
    pub fn from_scrambled(&self, values: &mut [Fr]) {
        assert_eq!(values.len(), self.size);
        self.unscramble(values);
    }

    fn unscramble(&self, values: &mut [Fr]) {
        let m = values.len();
        if m <= BLOCK {
            let mut size = 2;
            while size <= m {
                values.chunks_exact_mut(size).for_each(|part| {
                    let (low, high) = part.split_at_mut(size / 2);
                    decimate_time(low, high, self.roots(size));
                });
                size *= 2;
            }
            return;
        }
        let (low, high) = values.split_at_mut(m / 2);
        rayon::join(|| self.unscramble(low), || self.unscramble(high));
        in_parts(low, high, self.roots(m), decimate_time);
    }
}

/// Butterflies of two halves, in parts that threads share.
fn in_parts(low: &mut [Fr], high: &mut [Fr], roots: &[Fr], butterflies: fn(&mut [Fr], &mut [Fr], &[Fr])) {
    let parts = low.par_chunks_mut(BLOCK).zip(high.par_chunks_mut(BLOCK)).zip(roots.par_chunks(BLOCK));
    parts.for_each(|((low, high), roots)| butterflies(low, high, roots));
}

fn decimate_frequency(low: &mut [Fr], high: &mut [Fr], roots: &[Fr]) {
    #[cfg(vectors)]
    if low.len() >= LEAST_VECTORS {
        return butterflies::decimate_frequency(low, high, roots);
    }
    for ((a, b), root) in low.iter_mut().zip(high).zip(roots) {
        let difference = *a - *b;
        *a += *b;
        *b = difference * root;
    }
}

fn decimate_time(low: &mut [Fr], high: &mut [Fr], roots: &[Fr]) {
    #[cfg(vectors)]
    if low.len() >= LEAST_VECTORS {
        return butterflies::decimate_time(low, high, roots);
    }
    for ((a, b), root) in low.iter_mut().zip(high).zip(roots) {
        let product = *b * root;
        *b = *a - product;
        *a += product;
    }
}

/// i with its lowest `bits` bits in reverse order.
pub fn reversed(i: usize, bits: u32) -> usize {
    if bits == 0 { 0 } else { i.reverse_bits() >> (usize::BITS - bits) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::{AdditiveGroup, UniformRand};

    #[test]
    fn both_transforms_are_the_sums_they_say() {
        let mut rng = ark_std::test_rng();
        for bits in [0u32, 1, 2, 5] {
            let n = 1usize << bits;
            let domain = Domain::new(n).unwrap();
            let omega = root_of_unity(n);
            let values: Vec<Fr> = (0..n).map(|_| Fr::rand(&mut rng)).collect();
            let sum = |exponent: &dyn Fn(usize) -> usize| -> Fr {
                values.iter().enumerate().fold(Fr::ZERO, |total, (i, value)| total + *value * omega.pow([exponent(i) as u64]))
            };
            let mut scrambled = values.clone();
            domain.to_scrambled(&mut scrambled);
            let mut plain = values.clone();
            domain.from_scrambled(&mut plain);
            for j in 0..n {
                assert_eq!(scrambled[j], sum(&|i| i * reversed(j, bits)));
                assert_eq!(plain[j], sum(&|i| reversed(i, bits) * j));
            }
        }
    }

    #[test]
    fn there_and_back_over_several_blocks() {
        let mut rng = ark_std::test_rng();
        let n = 4 * BLOCK;
        let domain = Domain::new(n).unwrap();
        let values: Vec<Fr> = (0..n).map(|_| Fr::rand(&mut rng)).collect();
        let mut there = values.clone();
        domain.to_scrambled(&mut there);
        domain.from_scrambled(&mut there);
        let size = Fr::from(n as u64);
        for (i, value) in values.iter().enumerate() {
            assert_eq!(there[(n - i) % n], *value * size);
        }
        assert_eq!(root_of_unity(n).pow([n as u64 / 2]), -Fr::ONE);
        assert!(Domain::new(3).is_err());
    }
}
