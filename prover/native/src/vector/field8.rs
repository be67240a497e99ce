//! Eight elements of a prime field side by side in AVX-512 registers, multiplied by the 52-bit multiply-add instructions (IFMA).
//!
//! The field is Fq or Fr; p stands for either's modulus. An element is five digits of 52 bits, digit i of all eight in one register. Elements in memory are ark-ff's: a·2^256 mod p, four words.
//! A product here is a·b/2^260 (five digits are 260 bits), so it is 2^−4 of what ark-ff would hold; who multiplies keeps the account.
//!
//! Bounds: both moduli are below 2^253.6, so for a < x·p and b < y·p the product is below (1 + x·y/84)·p. Where a function says "below 8p" it has been counted
//! that nothing overflows and that what comes out is below 2p.

use core::arch::x86_64::{_mm512_i64gather_epi64, _mm512_i64scatter_epi64, _mm512_loadu_si512, _mm512_storeu_si512};

use core::marker::PhantomData;
use core::mem::{offset_of, size_of};

use ark_ff::{BigInt, Fp, MontBackend, MontConfig};

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

/// The digits of a modulus and what a product needs of it.
struct Modulus<C>(PhantomData<C>);

impl<C: MontConfig<4>> Modulus<C> {
    const P: [u64; DIGITS] = digits(C::MODULUS.0);
    const TWO_P: [u64; DIGITS] = digits(doubled(C::MODULUS.0));
    /// −1/p modulo 2^52.
    const MINUS_INVERSE: u64 = minus_inverse(Self::P[0]);
}

/// An element of the field in ark-ff.
pub type Element<C> = Fp<MontBackend<C, 4>, 4>;

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
pub struct Field8<C> {
    digits: [Register; DIGITS],
    field: PhantomData<C>,
}

impl<C> Clone for Field8<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Field8<C> {}

#[inline(always)]
fn from_digits<C>(digits: [Register; DIGITS]) -> Field8<C> {
    Field8 { digits, field: PhantomData }
}

/// Digits of any sign and up to 63 bits become digits below 2^52; the number must not be negative.
#[inline(always)]
fn carried<C>(mut digits: [Register; DIGITS]) -> Field8<C> {
    let mask = splat(DIGIT_MASK);
    for i in 0..DIGITS - 1 {
        let carry = shift_right_signed::<DIGIT_BITS>(digits[i]);
        digits[i + 1] = add(digits[i + 1], carry);
        digits[i] = and(digits[i], mask);
    }
    from_digits(digits)
}

/// digits, or digits − p where that is not negative.
#[inline(always)]
fn subtract_once<C>(value: Field8<C>, modulus: &[u64; DIGITS]) -> Field8<C> {
    let less: [Register; DIGITS] = core::array::from_fn(|i| sub(value.digits[i], splat(modulus[i])));
    let less: Field8<C> = carried(less);
    let kept = negative(less.digits[DIGITS - 1]);
    from_digits(core::array::from_fn(|i| blend(kept, less.digits[i], value.digits[i])))
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
fn products<C: MontConfig<4>, const N: usize>(pairs: [(&Field8<C>, &Field8<C>); N]) -> Field8<C> {
    let modulus: [Register; DIGITS] = core::array::from_fn(|i| splat(Modulus::<C>::P[i]));
    let mut low = [zero(); DIGITS + 1];
    for step in 0..DIGITS {
        let mut high = [zero(); DIGITS + 1];
        for (a, b) in pairs {
            add_row(&mut low, &mut high, &a.digits, b.digits[step]);
        }
        let factor = multiply_add_low(zero(), low[0], splat(Modulus::<C>::MINUS_INVERSE));
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

impl<C: MontConfig<4>> Field8<C> {
    pub fn zero() -> Self {
        from_digits([zero(); DIGITS])
    }

    pub fn splat(value: &Element<C>) -> Self {
        from_digits(digits(value.0.0).map(splat))
    }

    /// From registers of which the i-th holds word i of all eight elements.
    #[inline(always)]
    fn from_words(words: [Register; 4]) -> Self {
        let mask = splat(DIGIT_MASK);
        from_digits([
            and(words[0], mask),
            and(or(shift_right::<52>(words[0]), shift_left::<12>(words[1])), mask),
            and(or(shift_right::<40>(words[1]), shift_left::<24>(words[2])), mask),
            and(or(shift_right::<28>(words[2]), shift_left::<36>(words[3])), mask),
            shift_right::<16>(words[3]),
        ])
    }

    /// The other way round, for canonical elements.
    #[inline(always)]
    fn to_words(self) -> [Register; 4] {
        let d = self.digits;
        [
            or(d[0], shift_left::<52>(d[1])),
            or(shift_right::<12>(d[1]), shift_left::<40>(d[2])),
            or(shift_right::<24>(d[2]), shift_left::<28>(d[3])),
            or(shift_right::<36>(d[3]), shift_left::<16>(d[4])),
        ]
    }

    /// Eight elements behind one another.
    #[inline(always)]
    pub fn load(elements: &[Element<C>; LANES]) -> Self {
        const { assert!(size_of::<Element<C>>() == 32 && offset_of!(Element<C>, 0) == 0) };
        let memory: *const u64 = elements.as_ptr().cast();
        // SAFETY: the eight elements are 32 words, for each has 32 bytes and begins with its four words.
        let [m0, m1, m2, m3] = [0, 8, 16, 24].map(|at| unsafe { _mm512_loadu_si512(memory.add(at).cast()) });
        let (first, second) = (from_words([0, 4, 8, 12, 1, 5, 9, 13]), from_words([2, 6, 10, 14, 3, 7, 11, 15]));
        let (low01, high01, low23, high23) =
            (permute(m0, first, m1), permute(m0, second, m1), permute(m2, first, m3), permute(m2, second, m3));
        let (low, high) = (from_words([0, 1, 2, 3, 8, 9, 10, 11]), from_words([4, 5, 6, 7, 12, 13, 14, 15]));
        Self::from_words([
            permute(low01, low, low23),
            permute(low01, high, low23),
            permute(high01, low, high23),
            permute(high01, high, high23),
        ])
    }

    /// Writes eight canonical elements behind one another.
    #[inline(always)]
    pub fn store(self, elements: &mut [Element<C>; LANES]) {
        let [w0, w1, w2, w3] = self.to_words();
        let (low, high) = (from_words([0, 1, 2, 3, 8, 9, 10, 11]), from_words([4, 5, 6, 7, 12, 13, 14, 15]));
        let (low01, low23, high01, high23) =
            (permute(w0, low, w1), permute(w2, low, w3), permute(w0, high, w1), permute(w2, high, w3));
        let (first, second) = (from_words([0, 4, 8, 12, 1, 5, 9, 13]), from_words([2, 6, 10, 14, 3, 7, 11, 15]));
        let registers = [
            permute(low01, first, low23),
            permute(low01, second, low23),
            permute(high01, first, high23),
            permute(high01, second, high23),
        ];
        let memory: *mut u64 = elements.as_mut_ptr().cast();
        for (i, register) in registers.into_iter().enumerate() {
            // SAFETY: as in `load`; canonical words are a valid element.
            unsafe { _mm512_storeu_si512(memory.add(8 * i).cast(), register) };
        }
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
        Self::from_words(words)
    }

    /// Writes canonical elements to eight places; of equal places the highest lane stays.
    ///
    /// # Safety
    /// Four words must be writable at each place.
    #[inline(always)]
    pub unsafe fn scatter(self, memory: *mut u64, places: Register) {
        for (i, word) in self.to_words().into_iter().enumerate() {
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
            sub(add(self.digits[i], splat(Modulus::<C>::P[i])), other.digits[i])
        }))
    }

    /// 2p − b, for b below 2p.
    #[inline(always)]
    pub fn negated(self) -> Self {
        carried(core::array::from_fn(|i| sub(splat(Modulus::<C>::TWO_P[i]), self.digits[i])))
    }

    /// a + b, as integers.
    #[inline(always)]
    pub fn add(self, other: Self) -> Self {
        carried(core::array::from_fn(|i| add(self.digits[i], other.digits[i])))
    }

    /// 4a, as an integer.
    #[inline(always)]
    pub fn quadrupled(self) -> Self {
        carried(core::array::from_fn(|i| shift_left::<2>(self.digits[i])))
    }

    /// The representative below p of a number below 2p.
    #[inline(always)]
    pub fn below_two(self) -> Self {
        subtract_once(self, &Modulus::<C>::P)
    }

    /// The representative below p of a number below 4p.
    #[inline(always)]
    pub fn canonical(self) -> Self {
        subtract_once(subtract_once(self, &Modulus::<C>::TWO_P), &Modulus::<C>::P)
    }

    /// The lanes in which two canonical values are equal.
    #[inline(always)]
    pub fn equal(self, other: Self) -> u8 {
        (0..DIGITS).fold(0xff, |mask, i| mask & equal(self.digits[i], other.digits[i]))
    }

    /// Replaces one lane by an element of ark-ff.
    pub fn set_lane(&mut self, lane: usize, value: &Element<C>) {
                for (register, digit) in self.digits.iter_mut().zip(digits(value.0.0)) {
            *register = set(1 << lane, *register, digit);
        }
    }

    /// The lanes as elements of ark-ff; for numbers below 4p.
    pub fn to_lanes(self) -> [Element<C>; LANES] {
        let mut words = [[0u64; 4]; LANES];
        let places = from_words([0, 4, 8, 12, 16, 20, 24, 28]);
        // SAFETY: the places are the starts of the eight elements of `words`.
        unsafe { self.canonical().scatter(words.as_mut_ptr().cast(), places) };
        words.map(|words| Element::<C>::new_unchecked(BigInt(words)))
    }

    /// The other way round.
    pub fn from_lanes(values: &[Element<C>; LANES]) -> Self {
        let mut out = Self::zero();
        for (lane, value) in values.iter().enumerate() {
            out.set_lane(lane, value);
        }
        out
    }
}
