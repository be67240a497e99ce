//! What a batched addition needs of eight coordinates, for Fq and for Fq2 = Fq[u]/(u² + 1).

use ark_bn254::{Fq, Fq2, FqConfig};
use ark_ff::Field;

use crate::vector::field8::{Field8, LANES};
use crate::vector::registers::Register;

/// Eight elements of Fq.
pub type Fq8 = Field8<FqConfig>;

/// Eight coordinates. Bounds are those of `Fq8`, for both halves of an element of Fq2.
pub trait Lanes: Copy {
    type Field: Field;
    /// Words of an element in memory.
    const WORDS: usize;

    fn splat(value: &Self::Field) -> Self;
    /// # Safety
    /// `WORDS` words must be readable at each place.
    unsafe fn gather(memory: *const u64, places: Register) -> Self;
    /// # Safety
    /// `WORDS` words must be writable at each place.
    unsafe fn scatter(self, memory: *mut u64, places: Register);
    /// a·b/2^260; b below 2p.
    fn mul(self, other: Self) -> Self;
    /// a²/2^260; a below 2p.
    fn square(self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn quadrupled(self) -> Self;
    fn canonical(self) -> Self;
    fn equal(self, other: Self) -> u8;
    fn set_lane(&mut self, lane: usize, value: &Self::Field);
    fn to_lanes(self) -> [Self::Field; LANES];
    fn from_lanes(values: &[Self::Field; LANES]) -> Self;
}

impl Lanes for Fq8 {
    type Field = Fq;
    const WORDS: usize = 4;

    fn splat(value: &Fq) -> Self {
        Fq8::splat(value)
    }
    #[inline(always)]
    unsafe fn gather(memory: *const u64, places: Register) -> Self {
        // SAFETY: the caller's promise.
        unsafe { Fq8::gather(memory, places) }
    }
    #[inline(always)]
    unsafe fn scatter(self, memory: *mut u64, places: Register) {
        // SAFETY: the caller's promise.
        unsafe { Fq8::scatter(self, memory, places) }
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Fq8::mul(self, other)
    }
    #[inline(always)]
    fn square(self) -> Self {
        Fq8::mul(self, self)
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Fq8::sub(self, other)
    }
    #[inline(always)]
    fn quadrupled(self) -> Self {
        Fq8::quadrupled(self)
    }
    #[inline(always)]
    fn canonical(self) -> Self {
        Fq8::canonical(self)
    }
    #[inline(always)]
    fn equal(self, other: Self) -> u8 {
        Fq8::equal(self, other)
    }
    fn set_lane(&mut self, lane: usize, value: &Fq) {
        Fq8::set_lane(self, lane, value);
    }
    fn to_lanes(self) -> [Fq; LANES] {
        Fq8::to_lanes(self)
    }
    fn from_lanes(values: &[Fq; LANES]) -> Self {
        Fq8::from_lanes(values)
    }
}

/// c0 + c1·u; in memory c0's words, then those of c1.
#[derive(Clone, Copy)]
pub struct Quadratic8 {
    c0: Fq8,
    c1: Fq8,
}

impl Lanes for Quadratic8 {
    type Field = Fq2;
    const WORDS: usize = 8;

    fn splat(value: &Fq2) -> Self {
        Self { c0: Fq8::splat(&value.c0), c1: Fq8::splat(&value.c1) }
    }
    #[inline(always)]
    unsafe fn gather(memory: *const u64, places: Register) -> Self {
        // SAFETY: the caller's promise: c1's four words are behind c0's.
        unsafe { Self { c0: Fq8::gather(memory, places), c1: Fq8::gather(memory.add(4), places) } }
    }
    #[inline(always)]
    unsafe fn scatter(self, memory: *mut u64, places: Register) {
        // SAFETY: as `gather`.
        unsafe {
            self.c0.scatter(memory, places);
            self.c1.scatter(memory.add(4), places);
        }
    }
    /// Two products share one reduction, so four products cost as much as three.
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self {
            c0: Fq8::sum_of_two(self.c0, other.c0, self.c1, other.c1.negated()),
            c1: Fq8::sum_of_two(self.c0, other.c1, self.c1, other.c0),
        }
    }
    #[inline(always)]
    fn square(self) -> Self {
        let Self { c0, c1 } = self;
        Self { c0: c0.add(c1).mul(c0.add(c1.negated())), c1: c0.add(c0).mul(c1) }
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self { c0: self.c0.sub(other.c0), c1: self.c1.sub(other.c1) }
    }
    #[inline(always)]
    fn quadrupled(self) -> Self {
        Self { c0: self.c0.quadrupled(), c1: self.c1.quadrupled() }
    }
    #[inline(always)]
    fn canonical(self) -> Self {
        Self { c0: self.c0.canonical(), c1: self.c1.canonical() }
    }
    #[inline(always)]
    fn equal(self, other: Self) -> u8 {
        self.c0.equal(other.c0) & self.c1.equal(other.c1)
    }
    fn set_lane(&mut self, lane: usize, value: &Fq2) {
        self.c0.set_lane(lane, &value.c0);
        self.c1.set_lane(lane, &value.c1);
    }
    fn to_lanes(self) -> [Fq2; LANES] {
        let (c0, c1) = (self.c0.to_lanes(), self.c1.to_lanes());
        core::array::from_fn(|lane| Fq2::new(c0[lane], c1[lane]))
    }
    fn from_lanes(values: &[Fq2; LANES]) -> Self {
        Self { c0: Fq8::from_lanes(&values.map(|value| value.c0)), c1: Fq8::from_lanes(&values.map(|value| value.c1)) }
    }
}
