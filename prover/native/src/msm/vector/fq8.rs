//! Eight elements of Fq side by side in AVX-512 registers, multiplied by the 52-bit multiply-add instructions (IFMA).
//!
//! An element is five digits of 52 bits, digit i of all eight in one register. Elements in memory are ark-ff's: a·2^256 mod p, four words.
//! A product here is a·b/2^260 (five digits are 260 bits), so it is 2^−4 of what ark-ff would hold; who multiplies keeps the account.
//!
//! Bounds: p < 2^253.6, so for a < x·p and b < y·p the product is below (1 + x·y/84)·p. Where a function says "below 8p" it has been counted
//! that nothing overflows and that what comes out is below 2p.

use core::arch::x86_64::{_mm512_i64gather_epi64, _mm512_i64scatter_epi64};

use ark_bn254::Fq;
use ark_ff::{BigInt, PrimeField};

use super::registers::*;

pub const LANES: usize = 8;
const DIGITS: usize = 5;
const DIGIT_BITS: u32 = 52;
const DIGIT_MASK: u64 = (1 << DIGIT_BITS) - 1;

/// The digits of a number of four words.
const fn digits(words: [u64; 4]) -> [u64; DIGITS] {
    [
        words[0] & DIGIT_MASK,
        (words[0] >> 52 | words[1] << 12) & DIGIT_MASK,
        (words[1] >> 40 | words[2] << 24) & DIGIT_MASK,
        (words[2] >> 28 | words[3] << 36) & DIGIT_MASK,
        words[3] >> 16,
    ]
}

const P: [u64; DIGITS] = digits(Fq::MODULUS.0);
const TWO_P: [u64; DIGITS] = digits(doubled(Fq::MODULUS.0));
/// −1/p modulo 2^52.
const MINUS_INVERSE: u64 = minus_inverse(P[0]);

const fn doubled(words: [u64; 4]) -> [u64; 4] {
    [words[0] << 1, words[1] << 1 | words[0] >> 63, words[2] << 1 | words[1] >> 63, words[3] << 1 | words[2] >> 63]
}

/// Newton's iteration: each step doubles the digits that are right.
const fn minus_inverse(odd: u64) -> u64 {
    let mut inverse = 1u64;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse.wrapping_neg() & DIGIT_MASK
}

/// Digits below 2^52 each, the highest one a little more; never negative.
#[derive(Clone, Copy)]
pub struct Fq8([Register; DIGITS]);

/// Digits of any sign and up to 63 bits become digits below 2^52; the number must not be negative.
#[inline(always)]
fn carried(mut digits: [Register; DIGITS]) -> Fq8 {
    let mask = splat(DIGIT_MASK);
    for i in 0..DIGITS - 1 {
        let carry = shift_right_signed::<DIGIT_BITS>(digits[i]);
        digits[i + 1] = add(digits[i + 1], carry);
        digits[i] = and(digits[i], mask);
    }
    Fq8(digits)
}

/// digits, or digits − p where that is not negative.
#[inline(always)]
fn subtract_once(value: Fq8, modulus: &[u64; DIGITS]) -> Fq8 {
    let less: [Register; DIGITS] = core::array::from_fn(|i| sub(value.0[i], splat(modulus[i])));
    let less = carried(less);
    let kept = negative(less.0[DIGITS - 1]);
    Fq8(core::array::from_fn(|i| blend(kept, less.0[i], value.0[i])))
}

/// Adds a[i]·b to the sums of digits: low halves at i, high halves at i + 1.
#[inline(always)]
fn add_row(low: &mut [Register; DIGITS + 1], high: &mut [Register; DIGITS + 1], a: &[Register; DIGITS], b: Register) {
    for i in 0..DIGITS {
        low[i] = multiply_add_low(low[i], a[i], b);
        high[i + 1] = multiply_add_high(high[i + 1], a[i], b);
    }
}

/// Σ_n a_n·b_n / 2^260, digit by digit of b (Montgomery's method, interleaved).
#[inline(always)]
fn products<const N: usize>(pairs: [(&Fq8, &Fq8); N]) -> Fq8 {
    let modulus: [Register; DIGITS] = core::array::from_fn(|i| splat(P[i]));
    let mut low = [zero(); DIGITS + 1];
    for step in 0..DIGITS {
        let mut high = [zero(); DIGITS + 1];
        for (a, b) in pairs {
            add_row(&mut low, &mut high, &a.0, b.0[step]);
        }
        let factor = multiply_add_low(zero(), low[0], splat(MINUS_INVERSE));
        add_row(&mut low, &mut high, &modulus, factor);
        // The lowest digit is a multiple of 2^52 now: what is above goes on, and everything moves down by one place.
        let carry = shift_right::<DIGIT_BITS>(low[0]);
        for i in 0..DIGITS {
            low[i] = add(low[i + 1], high[i + 1]);
        }
        low[0] = add(low[0], carry);
        low[DIGITS] = zero();
    }
    carried([low[0], low[1], low[2], low[3], low[4]])
}

impl Fq8 {
    pub fn zero() -> Self {
        Self([zero(); DIGITS])
    }

    pub fn splat(value: &Fq) -> Self {
        Self(digits(value.0.0).map(splat))
    }

    /// The elements at eight places, which are counted in words from `memory`.
    ///
    /// # Safety
    /// Four words must be readable at each place.
    #[inline(always)]
    pub unsafe fn gather(memory: *const u64, places: Register) -> Self {
        // SAFETY: the caller's promise.
        let word = |i: usize| unsafe { _mm512_i64gather_epi64::<8>(places, memory.add(i).cast()) };
        let words = [word(0), word(1), word(2), word(3)];
        let mask = splat(DIGIT_MASK);
        Self([
            and(words[0], mask),
            and(or(shift_right::<52>(words[0]), shift_left::<12>(words[1])), mask),
            and(or(shift_right::<40>(words[1]), shift_left::<24>(words[2])), mask),
            and(or(shift_right::<28>(words[2]), shift_left::<36>(words[3])), mask),
            shift_right::<16>(words[3]),
        ])
    }

    /// Writes canonical elements to eight places; of equal places the highest lane stays.
    ///
    /// # Safety
    /// Four words must be writable at each place.
    #[inline(always)]
    pub unsafe fn scatter(self, memory: *mut u64, places: Register) {
        let d = self.0;
        let words = [
            or(d[0], shift_left::<52>(d[1])),
            or(shift_right::<12>(d[1]), shift_left::<40>(d[2])),
            or(shift_right::<24>(d[2]), shift_left::<28>(d[3])),
            or(shift_right::<36>(d[3]), shift_left::<16>(d[4])),
        ];
        for (i, word) in words.into_iter().enumerate() {
            // SAFETY: the caller's promise.
            unsafe { _mm512_i64scatter_epi64::<8>(memory.add(i).cast(), places, word) };
        }
    }

    /// a·b/2^260, below 2p; for operands below 8p of which one is below 2p.
    #[inline(always)]
    pub fn mul(self, other: Self) -> Self {
        products([(&self, &other)])
    }

    /// (a·b + c·d)/2^260, below 2p; as `mul`.
    #[inline(always)]
    pub fn sum_of_two(a: Self, b: Self, c: Self, d: Self) -> Self {
        products([(&a, &b), (&c, &d)])
    }

    /// a − b + p, for b below p.
    #[inline(always)]
    pub fn sub(self, other: Self) -> Self {
        carried(core::array::from_fn(|i| {
            sub(add(self.0[i], splat(P[i])), other.0[i])
        }))
    }

    /// 2p − b, for b below 2p.
    #[inline(always)]
    pub fn negated(self) -> Self {
        carried(core::array::from_fn(|i| sub(splat(TWO_P[i]), self.0[i])))
    }

    /// a + b, as integers.
    #[inline(always)]
    pub fn add(self, other: Self) -> Self {
        carried(core::array::from_fn(|i| add(self.0[i], other.0[i])))
    }

    /// 4a, as an integer.
    #[inline(always)]
    pub fn quadrupled(self) -> Self {
        carried(core::array::from_fn(|i| shift_left::<2>(self.0[i])))
    }

    /// The representative below p of a number below 4p.
    #[inline(always)]
    pub fn canonical(self) -> Self {
        subtract_once(subtract_once(self, &TWO_P), &P)
    }

    /// The lanes in which two canonical values are equal.
    #[inline(always)]
    pub fn equal(self, other: Self) -> u8 {
        (0..DIGITS).fold(0xff, |mask, i| mask & equal(self.0[i], other.0[i]))
    }

    /// Replaces one lane by an element of ark-ff.
    pub fn set_lane(&mut self, lane: usize, value: &Fq) {
                for (register, digit) in self.0.iter_mut().zip(digits(value.0.0)) {
            *register = set(1 << lane, *register, digit);
        }
    }

    /// The lanes as elements of ark-ff; for numbers below 4p.
    pub fn to_lanes(self) -> [Fq; LANES] {
        let mut words = [[0u64; 4]; LANES];
        let places = from_words([0, 4, 8, 12, 16, 20, 24, 28]);
        // SAFETY: the places are the starts of the eight elements of `words`.
        unsafe { self.canonical().scatter(words.as_mut_ptr().cast(), places) };
        words.map(|words| Fq::new_unchecked(BigInt(words)))
    }

    /// The other way round.
    pub fn from_lanes(values: &[Fq; LANES]) -> Self {
        let mut out = Self::zero();
        for (lane, value) in values.iter().enumerate() {
            out.set_lane(lane, value);
        }
        out
    }
}
