//! Multiplication of a generator by many scalars: signed windows and affine additions that share their inversions.

use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ec::{AffineRepr, CurveGroup, PrimeGroup};
use ark_ff::{AdditiveGroup, BigInt, Field, Zero};

use crate::field::Scalar;

/// Points that are added at the same time and share one inversion.
pub const BLOCK: usize = 4096;

const SCALAR_BITS: usize = 254;

/// A point's two coordinates; `None` elsewhere stands for infinity.
#[derive(Clone, Copy)]
struct Pair<F> {
    x: F,
    y: F,
}

/// Tables of multiples of a group's generator, shared by all threads.
///
/// Entry d − 1 of window i is d·2^(bits·i)·G, d = 1 … 2^(bits−1).
pub struct FixedBase<P: SWCurveConfig> {
    bits: usize,
    windows: usize,
    half: usize,
    table: Vec<Pair<P::BaseField>>,
}

/// The width of a window that costs least for n points: one addition for a point and window, two for each entry of a table
/// (it is made by Jacobian additions). No table of one window is larger than 2^15 points, so that it stays in the processor's cache.
pub fn window_bits(n: usize) -> usize {
    let cost = |bits: usize| (SCALAR_BITS + 1).div_ceil(bits) * (n + (2 << (bits - 1)));
    (3..=16).min_by_key(|&bits| cost(bits)).unwrap_or(3)
}

/// The signed digits of one scalar, written to every `stride`-th place of `out`: scalar = Σ digit_i·2^(bits·i) with each digit
/// in (−2^(bits−1), 2^(bits−1)].
fn signed_digits(scalar: &Scalar, bits: usize, out: &mut [i32], stride: usize) {
    let full = 1i64 << bits;
    let mut carry = 0;
    for (window, digit) in out.iter_mut().step_by(stride).enumerate() {
        let bit = window * bits;
        let (word, shift) = (bit / 64, bit % 64);
        let low = scalar.get(word).map_or(0, |&limb| limb >> shift);
        let high = match scalar.get(word + 1) {
            Some(&limb) if shift + bits > 64 => limb << (64 - shift),
            _ => 0,
        };
        let value = ((low | high) & (full as u64 - 1)) as i64 + carry;
        carry = i64::from(value > full / 2);
        *digit = (value - carry * full) as i32;
    }
}

/// Work space of one thread.
pub struct Scratch<F> {
    digits: Vec<i32>,
    sums: Vec<Option<Pair<F>>>,
    lanes: Vec<Lane<F>>,
}

/// One addition that waits for its inversion.
struct Lane<F> {
    point: usize,
    entry: Pair<F>,
    difference: F,
    /// The product of the differences before this one.
    before: F,
}

impl<P: SWCurveConfig> FixedBase<P> {
    /// Makes the tables, the windows spread over `threads` threads.
    pub fn new(bits: usize, threads: usize) -> Self {
        // One bit more than a scalar has: the carry of the last signed window.
        let windows = (SCALAR_BITS + 1).div_ceil(bits);
        let half = 1 << (bits - 1);
        let mut bases = vec![Projective::<P>::generator()];
        for _ in 1..windows {
            let mut next = bases[bases.len() - 1];
            (0..bits).for_each(|_| {
                next.double_in_place();
            });
            bases.push(next);
        }
        let bases = Projective::normalize_batch(&bases);
        let zero = Pair { x: P::BaseField::ZERO, y: P::BaseField::ZERO };
        let mut table = vec![zero; windows * half];
        std::thread::scope(|scope| {
            let share = windows.div_ceil(threads.max(1));
            for (bases, tables) in bases.chunks(share).zip(table.chunks_mut(share * half)) {
                scope.spawn(move || {
                    for (base, table) in bases.iter().zip(tables.chunks_mut(half)) {
                        fill_window(base, table);
                    }
                });
            }
        });
        Self { bits, windows, half, table }
    }

    pub fn scratch(&self) -> Scratch<P::BaseField> {
        Scratch { digits: vec![0; self.windows * BLOCK], sums: vec![None; BLOCK], lanes: Vec::with_capacity(BLOCK) }
    }

    /// Multiplies the generator by up to `BLOCK` scalars and hands each product to `write` by its index; infinity is `None`.
    pub fn multiply(
        &self,
        scalars: &[Scalar],
        scratch: &mut Scratch<P::BaseField>,
        mut write: impl FnMut(usize, Option<(&P::BaseField, &P::BaseField)>),
    ) {
        assert!(scalars.len() <= BLOCK);
        for (i, scalar) in scalars.iter().enumerate() {
            signed_digits(scalar, self.bits, &mut scratch.digits[i..], BLOCK);
        }
        scratch.sums.fill(None);
        let mut exceptions = Vec::new();
        for window in 0..self.windows {
            self.gather(window, scalars.len(), scratch, &mut exceptions);
            add_lanes(&mut scratch.sums, &mut scratch.lanes);
        }
        for i in exceptions {
            let product = Affine::<P>::generator().mul_bigint(BigInt::<4>(scalars[i])).into_affine();
            scratch.sums[i] = product.xy().map(|(x, y)| Pair { x, y });
        }
        for (i, sum) in scratch.sums[..scalars.len()].iter().enumerate() {
            write(i, sum.as_ref().map(|pair| (&pair.x, &pair.y)));
        }
    }

    /// Collects a window's additions. A sum that meets the entry itself or its negative has no slope: with scalars that come
    /// from a random τ that does not happen; where it does, the point is computed another way at the end.
    fn gather(&self, window: usize, count: usize, scratch: &mut Scratch<P::BaseField>, exceptions: &mut Vec<usize>) {
        let table = &self.table[window * self.half..(window + 1) * self.half];
        let digits = &scratch.digits[window * BLOCK..window * BLOCK + count];
        scratch.lanes.clear();
        let mut product = P::BaseField::ONE;
        for (point, &digit) in digits.iter().enumerate() {
            if digit == 0 {
                continue;
            }
            let mut entry = table[digit.unsigned_abs() as usize - 1];
            if digit < 0 {
                entry.y = -entry.y;
            }
            let Some(sum) = scratch.sums[point] else {
                scratch.sums[point] = Some(entry);
                continue;
            };
            let difference = entry.x - sum.x;
            if difference.is_zero() {
                exceptions.push(point);
                continue;
            }
            scratch.lanes.push(Lane { point, entry, difference, before: product });
            product *= difference;
        }
    }
}

/// d·base for d = 1, 2, 3 …
fn fill_window<P: SWCurveConfig>(base: &Affine<P>, table: &mut [Pair<P::BaseField>]) {
    let mut multiple = Projective::<P>::from(*base);
    let mut multiples = Vec::with_capacity(table.len());
    for _ in 0..table.len() {
        multiples.push(multiple);
        multiple += base;
    }
    for (entry, point) in table.iter_mut().zip(Projective::normalize_batch(&multiples)) {
        // d < r and base is of order r, so no multiple is infinity.
        *entry = Pair { x: point.x, y: point.y };
    }
}

/// Affine additions with one inversion for all (Montgomery's trick): five products and a square each.
fn add_lanes<F: Field>(sums: &mut [Option<Pair<F>>], lanes: &mut [Lane<F>]) {
    let Some(last) = lanes.last() else { return };
    // Differences are not zero, so their product is not.
    let mut inverse = (last.before * last.difference).inverse().expect("a product of numbers that are not zero");
    for lane in lanes.iter().rev() {
        let Some(sum) = &mut sums[lane.point] else { continue };
        let slope = (lane.entry.y - sum.y) * inverse * lane.before;
        inverse *= lane.difference;
        let x = slope.square() - sum.x - lane.entry.x;
        *sum = Pair { x, y: slope * (sum.x - x) - sum.y };
    }
}

/// A field element's words in Montgomery form, which is how snarkjs stores coordinates.
pub trait Coordinate: Field {
    fn write(&self, out: &mut [u8]);
}

impl Coordinate for ark_bn254::Fq {
    fn write(&self, out: &mut [u8]) {
        for (bytes, word) in out.chunks_exact_mut(8).zip(self.0.0) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
    }
}

impl Coordinate for ark_bn254::Fq2 {
    fn write(&self, out: &mut [u8]) {
        let (c0, c1) = out.split_at_mut(32);
        self.c0.write(c0);
        self.c1.write(c1);
    }
}
