//! Sums of points by bucket for few points: sorted by bucket and added up in rounds of pairs. Every batch is as long as it may be, where the
//! method of `buckets.rs` would wait for buckets that are taken; it needs all points of a window in memory once more.

use ark_ec::CurveConfig;

use crate::curve::{Group, Point};

/// Additions that share an inversion: what they need stays in the L2 cache.
const BATCH: usize = 2048;

type Points<P> = Vec<Point<<P as CurveConfig>::BaseField>>;

/// The sum of each bucket.
///
/// @param points bucket and point, none of them infinity; read twice
pub fn bucket_sums<P: Group>(count: usize, points: impl Iterator<Item = (u32, Point<P::BaseField>)> + Clone) -> Points<P> {
    // ends[b]: where the next point of bucket b goes, and in the end where the bucket's points end.
    let mut ends = vec![0usize; count];
    points.clone().for_each(|(bucket, _)| ends[bucket as usize] += 1);
    let mut total = 0;
    for end in &mut ends {
        (*end, total) = (total, total + *end);
    }
    let mut sums = vec![Point::INFINITY; total];
    for (bucket, point) in points {
        sums[ends[bucket as usize]] = point;
        ends[bucket as usize] += 1;
    }
    let mut scratch = P::Scratch::default();
    let (mut targets, mut others) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    while add_pairs::<P>(&mut scratch, &mut sums, &ends, &mut targets, &mut others) {
        keep_firsts::<P>(&mut sums, &mut ends);
    }
    let mut start = 0;
    let sum = |end| {
        let first = if start < end { sums[start] } else { Point::INFINITY };
        start = end;
        first
    };
    ends.into_iter().map(sum).collect()
}

/// Adds the second point of each pair of a bucket to the first. Tells whether there was a pair.
fn add_pairs<P: Group>(
    scratch: &mut P::Scratch,
    sums: &mut Points<P>,
    ends: &[usize],
    targets: &mut Vec<u32>,
    others: &mut Points<P>,
) -> bool {
    let (mut start, mut any) = (0, false);
    for &end in ends {
        for first in (start..end.saturating_sub(1)).step_by(2) {
            targets.push(first as u32);
            others.push(sums[first + 1]);
            if targets.len() == BATCH {
                P::add_batch(scratch, sums, targets, others);
                targets.clear();
                others.clear();
                any = true;
            }
        }
        start = end;
    }
    any |= !targets.is_empty();
    P::add_batch(scratch, sums, targets, others);
    targets.clear();
    others.clear();
    any
}

/// Takes the second points of the pairs away, and the sums that came out as infinity.
fn keep_firsts<P: Group>(sums: &mut Points<P>, ends: &mut [usize]) {
    let (mut start, mut kept) = (0, 0);
    for end in ends {
        for first in (start..*end).step_by(2) {
            if !sums[first].is_infinity() {
                sums[kept] = sums[first];
                kept += 1;
            }
        }
        (start, *end) = (*end, kept);
    }
    sums.truncate(kept);
}
