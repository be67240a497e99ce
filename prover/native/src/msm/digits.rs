//! Signed digits of scalars without carries.

use crate::field::Scalar;

/// How scalars of up to 253 bits are cut.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    /// Bits of a window.
    pub bits: usize,
    pub count: usize,
    /// 2^(bits−1) in every window but the top one. With it added to a scalar, the digit of a window is what stands there less 2^(bits−1).
    bias: Scalar,
}

/// The largest scalars are below r/2 < 2^253: larger ones go in negated.
const SCALAR_BITS: usize = 253;

impl Windows {
    /// The windows with the fewest additions for so many points.
    pub fn for_points(points: usize) -> Self {
        let cost = |bits: usize| (SCALAR_BITS + 1).div_ceil(bits) * (points + 3 * (1 << (bits - 1)));
        Self::of_bits((3..=18).min_by_key(|&bits| cost(bits)).unwrap_or(8))
    }

    pub fn of_bits(bits: usize) -> Self {
        let count = (SCALAR_BITS + 1).div_ceil(bits);
        let mut bias = [0; 4];
        for window in 0..count - 1 {
            let bit = window * bits + bits - 1;
            bias[bit / 64] |= 1 << (bit % 64);
        }
        Self { bits, count, bias }
    }

    /// Digits go from −2^(bits−1) to 2^(bits−1), and 0 has no bucket.
    pub fn buckets(&self) -> usize {
        1 << (self.bits - 1)
    }

    /// The scalar that `digit` takes the digits of.
    #[inline(always)]
    pub fn biased(&self, scalar: &Scalar) -> Scalar {
        let mut out = [0; 4];
        let mut carry = false;
        for i in 0..4 {
            let (sum, first) = scalar[i].overflowing_add(self.bias[i]);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            out[i] = sum;
            carry = first | second;
        }
        out
    }
}

/// The digit of a window: Σ digit_w·2^(w·bits) is the scalar.
#[inline(always)]
pub fn digit(scalar: &Scalar, windows: &Windows, window: usize) -> i32 {
    let biased = windows.biased(scalar);
    let start = window * windows.bits;
    let (word, shift) = (start / 64, start % 64);
    let mut value = biased[word] >> shift;
    if shift + windows.bits > 64 && word < 3 {
        value |= biased[word + 1] << (64 - shift);
    }
    let value = (value & ((1 << windows.bits) - 1)) as i32;
    if window + 1 == windows.count { value } else { value - (1 << (windows.bits - 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bn254::Fr;
    use ark_ff::{AdditiveGroup, Field, PrimeField};

    #[test]
    fn digits_add_up_for_every_window_size() {
        let half = Fr::MODULUS_MINUS_ONE_DIV_TWO.0;
        let scalars = [[0; 4], [1, 0, 0, 0], [u64::MAX, 0, 0, 0], [u64::MAX, u64::MAX, u64::MAX, u64::MAX >> 12], half];
        for bits in 3..=18 {
            let windows = Windows::of_bits(bits);
            for scalar in &scalars {
                let mut total = Fr::ZERO;
                for window in (0..windows.count).rev() {
                    let value = digit(scalar, &windows, window);
                    assert!(value.unsigned_abs() as usize <= windows.buckets(), "{bits} {window} {value}");
                    let size = Fr::from(u64::from(value.unsigned_abs()));
                    total = total * Fr::from(2u64).pow([bits as u64]) + if value < 0 { -size } else { size };
                }
                assert_eq!(total.into_bigint().0, *scalar, "{bits} bits");
            }
        }
    }
}
