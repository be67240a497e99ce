//! Sums of points by bucket, in batches in which no bucket occurs twice.

use crate::curve::{Group, Point};

/// Additions that share an inversion. An inversion costs as much as some hundred multiplications, and a batch should stay in the L2 cache.
const BATCH: usize = 1024;
/// Points whose bucket was taken, after which they are added up among themselves.
const MAX_DEFERRED: usize = 4 * BATCH;

type Points<P> = Vec<Point<<P as ark_ec::CurveConfig>::BaseField>>;

/// Buckets of one window.
pub struct Buckets<P: Group> {
    sums: Points<P>,
    /// The batch in which a bucket was last used.
    used: Vec<u32>,
    batch: u32,
    targets: Vec<u32>,
    points: Points<P>,
    deferred: Vec<(u32, Point<P::BaseField>)>,
    scratch: P::Scratch,
}

impl<P: Group> Buckets<P> {
    pub fn new(count: usize) -> Self {
        Self {
            sums: vec![Point::INFINITY; count],
            used: vec![0; count],
            batch: 1,
            targets: Vec::with_capacity(BATCH),
            points: Vec::with_capacity(BATCH),
            deferred: Vec::new(),
            scratch: P::Scratch::default(),
        }
    }

    /// Adds a point, which is not infinity, to a bucket.
    #[inline(always)]
    pub fn add(&mut self, bucket: u32, point: Point<P::BaseField>) {
        let used = &mut self.used[bucket as usize];
        if *used == self.batch {
            self.deferred.push((bucket, point));
            if self.deferred.len() >= MAX_DEFERRED {
                self.merge_deferred();
            }
            return;
        }
        let sum = &mut self.sums[bucket as usize];
        if sum.is_infinity() {
            *sum = point;
            return;
        }
        *used = self.batch;
        self.targets.push(bucket);
        self.points.push(point);
        if self.targets.len() == BATCH {
            self.flush();
        }
    }

    /// Carries out the batch, and begins the next one with what had to wait.
    fn flush(&mut self) {
        P::add_batch(&mut self.scratch, &mut self.sums, &self.targets, &self.points);
        self.targets.clear();
        self.points.clear();
        self.batch += 1;
        for (bucket, point) in std::mem::take(&mut self.deferred) {
            self.add(bucket, point);
        }
    }

    /// Adds up the waiting points bucket by bucket, in rounds of pairs, so that at most one is left for each: scalars that are all alike,
    /// which would otherwise make batches of one, cost no more than others.
    fn merge_deferred(&mut self) {
        let mut waiting = std::mem::take(&mut self.deferred);
        waiting.sort_unstable_by_key(|&(bucket, _)| bucket);
        let (mut buckets, mut sums): (Vec<u32>, Points<P>) = waiting.into_iter().unzip();
        loop {
            let (mut targets, mut points) = (Vec::new(), Vec::new());
            let mut kept = vec![true; buckets.len()];
            let mut i = 0;
            while i + 1 < buckets.len() {
                if buckets[i] == buckets[i + 1] {
                    targets.push(i as u32);
                    points.push(sums[i + 1]);
                    kept[i + 1] = false;
                    i += 1;
                }
                i += 1;
            }
            if targets.is_empty() {
                break;
            }
            P::add_batch(&mut self.scratch, &mut sums, &targets, &points);
            let left = || (0..buckets.len()).filter(|&i| kept[i] && !sums[i].is_infinity());
            (buckets, sums) = left().map(|i| (buckets[i], sums[i])).unzip();
        }
        // The batch is carried out first: the waiting points' buckets are in it.
        P::add_batch(&mut self.scratch, &mut self.sums, &self.targets, &self.points);
        self.targets.clear();
        self.points.clear();
        self.batch += 1;
        for (bucket, point) in buckets.into_iter().zip(sums) {
            self.add(bucket, point);
        }
    }

    /// The sum of each bucket.
    pub fn finish(mut self) -> Points<P> {
        while !self.targets.is_empty() || !self.deferred.is_empty() {
            self.flush();
        }
        self.sums
    }
}
