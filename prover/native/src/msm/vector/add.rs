//! The batch of `batch.rs` on eight points at a time.
//!
//! Elements are a·R with R = 2^256 and a product is a·b/R' with R' = 2^260, so scales have to be kept (all modulo p):
//!
//! - the products of the denominators D_i are P_i = P_(i−1)·D_i/R', and U_i is defined by U_i·P_i = 2^518, so that U_(i−1) = U_i·D_i/R' and
//!   I_i = U_i·P_(i−1)/R' = 2^518/D_i = 2^262/d_i for D_i = d_i·R;
//! - the slope is (Δy·R)·I_i/R' = λ·2^258, its square λ²·2^516/R' = λ²·R as it should be, and its product with (x₁ − x₃)·R is λ(x₁ − x₃)·2^254,
//!   which four times the second factor mends.

use std::mem::{align_of, offset_of, size_of};

use ark_ff::{AdditiveGroup, Field, Zero};

use super::fields::Lanes;
use crate::vector::field8::LANES;
use crate::vector::registers::{Register, from_words};
use crate::curve::Point;
use crate::msm::batch;

/// Chains of products that are built side by side: one product waits for the one before it, and the processor has time for others.
const CHAINS: usize = 4;
/// Below this many additions the inversion of `CHAINS`·8 products at the end costs more than is saved.
const LEAST: usize = 128;

/// An addition whose slope is not Δy/Δx.
#[derive(Clone, Copy)]
enum Special {
    /// a + a.
    Double,
    /// a − a.
    Infinity,
}

/// Room for one batch.
pub struct Scratch<L: Lanes> {
    denominators: Vec<L>,
    products: Vec<L>,
    /// Places in the batch, ascending.
    special: Vec<(usize, Special)>,
    /// For what is left over of eight.
    rest: batch::Scratch<L::Field>,
}

impl<L: Lanes> Default for Scratch<L> {
    fn default() -> Self {
        Self { denominators: Vec::new(), products: Vec::new(), special: Vec::new(), rest: Default::default() }
    }
}

/// Where the eight lanes' points are, in words.
fn places(points: [u32; LANES], words: usize) -> Register {
    from_words(points.map(|point| u64::from(point) * words as u64))
}

/// targets_i-th sum += points_i. The targets differ, and neither the points nor the sums there are infinity.
///
/// # Panics
/// Where a target is none of the sums.
pub fn add<L: Lanes>(
    scratch: &mut Scratch<L>,
    sums: &mut [Point<L::Field>],
    targets: &[u32],
    points: &[Point<L::Field>],
) {
    const {
        assert!(size_of::<Point<L::Field>>() == 16 * L::WORDS && align_of::<Point<L::Field>>() == 8);
        assert!(offset_of!(Point<L::Field>, x) == 0 && offset_of!(Point<L::Field>, y) == 8 * L::WORDS);
    }
    let whole = if targets.len() < LEAST { 0 } else { targets.len() / LANES };
    let (rest_targets, rest_points) = (&targets[whole * LANES..], &points[whole * LANES..]);
    if whole > 0 {
        let (targets, _) = targets.as_chunks::<LANES>();
        let (points, _) = points.as_chunks::<LANES>();
        assert!(targets.iter().flatten().all(|&target| (target as usize) < sums.len()));
        assert!(points.len() >= whole);
        let products = forward(scratch, sums, &targets[..whole], &points[..whole]);
        backward(scratch, sums, &targets[..whole], &points[..whole], inverses::<L>(products));
    }
    batch::add(&mut scratch.rest, sums, rest_targets, rest_points);
}

/// The points of eight lanes behind one another.
const IN_ORDER: [u32; LANES] = [0, 1, 2, 3, 4, 5, 6, 7];

fn words<F>(points: *const Point<F>) -> *const u64 {
    points.cast()
}

/// Collects the denominators and multiplies them up, every `CHAINS`-th vector into the same product.
fn forward<L: Lanes>(
    scratch: &mut Scratch<L>,
    sums: &[Point<L::Field>],
    targets: &[[u32; LANES]],
    points: &[[Point<L::Field>; LANES]],
) -> [L; CHAINS] {
    let Scratch { denominators, products, special, .. } = scratch;
    denominators.clear();
    products.clear();
    special.clear();
    let mut product = [L::splat(&L::Field::ONE); CHAINS];
    let second = places(IN_ORDER, 2 * L::WORDS);
    for (at, (targets, points)) in targets.iter().zip(points).enumerate() {
        let first = places(*targets, 2 * L::WORDS);
        // SAFETY: every target is one of the sums (`add` asserts it), the points are eight behind one another, and a point's first
        // words are its x.
        let (x1, x2) = unsafe { (L::gather(words(sums.as_ptr()), first), L::gather(words(points.as_ptr()), second)) };
        let mut denominator = x2.sub(x1);
        let equal = x1.equal(x2);
        if equal != 0 {
            for lane in (0..LANES).filter(|lane| equal >> lane & 1 == 1) {
                let sum = &sums[targets[lane] as usize];
                let doubles = sum.y == points[lane].y && !sum.y.is_zero();
                denominator.set_lane(lane, &if doubles { sum.y.double() } else { L::Field::ONE });
                special.push((at * LANES + lane, if doubles { Special::Double } else { Special::Infinity }));
            }
        }
        let chain = &mut product[at % CHAINS];
        products.push(*chain);
        denominators.push(denominator);
        *chain = chain.mul(denominator);
    }
    product
}

/// 2^518/P for each lane of each product P.
fn inverses<L: Lanes>(products: [L; CHAINS]) -> [L; CHAINS] {
    let mut lanes: Vec<L::Field> = products.iter().flat_map(|product| product.to_lanes()).collect();
    // ark-ff takes P for the element P/R and gives R/P, which it holds as R²/P = 2^512/P.
    ark_ff::batch_inversion(&mut lanes);
    for lane in &mut lanes {
        for _ in 0..6 {
            lane.double_in_place();
        }
    }
    core::array::from_fn(|chain| L::from_lanes(&core::array::from_fn(|lane| lanes[chain * LANES + lane])))
}

fn backward<L: Lanes>(
    scratch: &mut Scratch<L>,
    sums: &mut [Point<L::Field>],
    targets: &[[u32; LANES]],
    points: &[[Point<L::Field>; LANES]],
    mut inverse: [L; CHAINS],
) {
    let Scratch { denominators, products, special, .. } = scratch;
    let second = places(IN_ORDER, 2 * L::WORDS);
    for (at, (targets, points)) in targets.iter().zip(points).enumerate().rev() {
        let first = places(*targets, 2 * L::WORDS);
        let memory = sums.as_mut_ptr().cast::<u64>();
        // SAFETY: as in `forward`; a point's y is `WORDS` words behind its x.
        let (x1, y1, x2, y2) = unsafe {
            (
                L::gather(memory, first),
                L::gather(memory.add(L::WORDS), first),
                L::gather(words(points.as_ptr()), second),
                L::gather(words(points.as_ptr()).add(L::WORDS), second),
            )
        };
        let chain = &mut inverse[at % CHAINS];
        let one = chain.mul(products[at]);
        *chain = chain.mul(denominators[at]);
        let mut rise = y2.sub(y1);
        let mut vanishing = 0u8;
        while let Some(&(place, kind)) = special.last().filter(|(place, _)| *place >= at * LANES) {
            special.pop();
            let lane = place % LANES;
            match kind {
                Special::Double => {
                    let square = sums[targets[lane] as usize].x.square();
                    rise.set_lane(lane, &(square.double() + square));
                }
                Special::Infinity => vanishing |= 1 << lane,
            }
        }
        let slope = rise.mul(one);
        // slope² − x₁ − x₂, each difference with p added: below 4p.
        let x3 = slope.square().sub(x1).sub(x2).canonical();
        let y3 = x1.sub(x3).quadrupled().mul(slope).sub(y1).canonical();
        // SAFETY: as above, and no two targets of a batch are the same.
        unsafe {
            x3.scatter(memory, first);
            y3.scatter(memory.add(L::WORDS), first);
        }
        for lane in (0..LANES).filter(|lane| vanishing >> lane & 1 == 1) {
            sums[targets[lane] as usize] = Point::INFINITY;
        }
    }
}
