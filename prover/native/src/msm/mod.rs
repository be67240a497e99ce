//! Σ scalar_i·point_i by Pippenger's buckets: signed digits, affine buckets whose additions share inversions, and the scalars 0, 1 and −1,
//! which most wires of a circuit have, apart. See docs/decisions/009-native-prover.md for the count of work.

pub mod batch;
pub mod buckets;
mod digits;
mod prepare;
mod sorted;
#[cfg(vectors)]
pub mod vector;
mod weighted;

use ark_ec::short_weierstrass::Projective;
use ark_ff::AdditiveGroup;

use crate::control::Control;
use crate::curve::Group;
use crate::error::Result;
use crate::field::Scalar;
use crate::threads::take_each;
use buckets::Buckets;
use digits::{Windows, digit};
use sorted::bucket_sums;
pub use prepare::Prepared;
use weighted::weighted_sum;

/// Up to here a window's points are sorted: see `sorted.rs`.
const SORTED_POINTS: usize = 1 << 16;

/// One window of one sum: the smallest piece of work that threads share.
pub trait WindowTask: Sync {
    /// Additions, in those of G1.
    fn cost(&self) -> usize;
    fn run(&self);
}

/// A sum of which the windows are computed one by one, in any order and on any thread.
pub struct Msm<P: Group> {
    prepared: Prepared<P>,
    windows: Windows,
    sums: Vec<std::sync::OnceLock<Projective<P>>>,
}

/// A window's number with its sum.
struct Task<'a, P: Group> {
    msm: &'a Msm<P>,
    window: usize,
}

impl<P: Group> Msm<P> {
    /// Reads the points that count and chooses the windows.
    ///
    /// @param points of `P::BYTES` each, as many as scalars
    /// # Errors
    /// `TRB_FILE_CORRUPT` for a coordinate that is not below p, `TRB_NATIVE_CANCELLED`.
    pub fn new(points: &[u8], scalars: &[Scalar], control: &Control) -> Result<Self> {
        let prepared = Prepared::new(points, scalars, control)?;
        let windows = Windows::for_points(prepared.len());
        let sums = (0..windows.count).map(|_| std::sync::OnceLock::new()).collect();
        Ok(Self { prepared, windows, sums })
    }

    /// The pieces of work that are left.
    pub fn tasks(&self) -> impl Iterator<Item = Box<dyn WindowTask + '_>> {
        (0..self.windows.count).map(|window| Box::new(Task { msm: self, window }) as Box<dyn WindowTask>)
    }

    fn window(&self, window: usize) -> Projective<P> {
        let terms = self.prepared.chunks.iter().flat_map(|chunk| chunk.points.iter().zip(&chunk.scalars));
        let terms = terms.filter_map(|(point, scalar)| {
            let value = digit(scalar, &self.windows, window);
            (value != 0).then(|| (value.unsigned_abs() - 1, point.negated(value < 0)))
        });
        if self.prepared.len() <= SORTED_POINTS {
            return weighted_sum::<P>(&bucket_sums::<P>(self.windows.buckets(), terms));
        }
        let mut buckets = Buckets::<P>::new(self.windows.buckets());
        terms.for_each(|(bucket, point)| buckets.add(bucket, point));
        weighted_sum::<P>(&buckets.finish())
    }

    /// The sum, when all tasks have run.
    pub fn finish(self) -> Projective<P> {
        let mut total = Projective::ZERO;
        for sum in self.sums.iter().rev() {
            for _ in 0..self.windows.bits {
                total.double_in_place();
            }
            total += sum.get().copied().unwrap_or(Projective::ZERO);
        }
        total + self.prepared.units
    }
}

impl<P: Group> WindowTask for Task<'_, P> {
    fn cost(&self) -> usize {
        (self.msm.prepared.len() + 2 * self.msm.windows.buckets()) * P::BYTES / 64 * if P::BYTES == 128 { 3 } else { 2 }
    }

    fn run(&self) {
        let sum = self.msm.window(self.window);
        self.msm.sums[self.window].set(sum).unwrap_or_else(|_| unreachable!("a window is taken once"));
    }
}

/// Runs the windows of several sums on the threads of the pool, the longest ones first.
///
/// # Errors
/// `TRB_NATIVE_CANCELLED`, looked at between windows.
pub fn run_tasks(mut tasks: Vec<Box<dyn WindowTask + '_>>, stage: &'static str, control: &Control) -> Result<()> {
    tasks.sort_by_key(|task| std::cmp::Reverse(task.cost()));
    take_each(&tasks, stage, control, |task| {
        task.run();
        Ok(())
    })
}

/// Σ scalars_i·points_i.
///
/// # Errors
/// as `Msm::new` and `run_tasks`.
pub fn msm<P: Group>(points: &[u8], scalars: &[Scalar], stage: &'static str, control: &Control) -> Result<Projective<P>> {
    let msm = Msm::<P>::new(points, scalars, control)?;
    run_tasks(msm.tasks().collect(), stage, control)?;
    Ok(msm.finish())
}
