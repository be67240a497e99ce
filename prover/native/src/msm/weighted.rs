//! Σ_i (i+1)·B_i over the buckets of a window, by running sums in many segments at once, so that these additions share inversions too.

use ark_ec::short_weierstrass::Projective;
use ark_ff::AdditiveGroup;

use crate::curve::{Group, Point, sum, to_ark};

const SEGMENTS: usize = 512;
/// Buckets of a segment at the least: putting the segments together is not batched.
const LEAST_LENGTH: usize = 16;

type PointOf<P> = Point<<P as ark_ec::CurveConfig>::BaseField>;

/// Adds points_i to sums_i for all i; infinity may be among either.
fn add_all<P: Group>(scratch: &mut P::Scratch, sums: &mut [PointOf<P>], points: impl Iterator<Item = PointOf<P>>) {
    let (mut targets, mut others) = (Vec::with_capacity(sums.len()), Vec::with_capacity(sums.len()));
    for (i, point) in points.enumerate() {
        if point.is_infinity() {
            continue;
        }
        if sums[i].is_infinity() {
            sums[i] = point;
        } else {
            targets.push(i as u32);
            others.push(point);
        }
    }
    P::add_batch(scratch, sums, &targets, &others);
}

/// @param buckets as many as a power of two
pub fn weighted_sum<P: Group>(buckets: &[PointOf<P>]) -> Projective<P> {
    let segments = (buckets.len() / LEAST_LENGTH).clamp(1, SEGMENTS);
    let length = buckets.len() / segments;
    let mut scratch = P::Scratch::default();
    // Within a segment: the sum of its buckets so far from the top, and the sum of these sums.
    let mut plain = vec![Point::INFINITY; segments];
    let mut weighted = vec![Point::INFINITY; segments];
    for place in (0..length).rev() {
        add_all::<P>(&mut scratch, &mut plain, (0..segments).map(|segment| buckets[segment * length + place]));
        add_all::<P>(&mut scratch, &mut weighted, plain.iter().copied());
    }
    // Σ_s (weighted_s + s·length·plain_s)
    let (mut above, mut offsets) = (Projective::<P>::ZERO, Projective::<P>::ZERO);
    for segment in plain[1..].iter().rev() {
        above += to_ark::<P>(segment);
        offsets += above;
    }
    for _ in 0..length.trailing_zeros() {
        offsets.double_in_place();
    }
    sum::<P>(&weighted) + offsets
}
