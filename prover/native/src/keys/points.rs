//! Lists of points, computed on all threads and written where they belong in a file.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicUsize, Ordering};

use ark_bn254::{g1, g2};
use ark_ec::short_weierstrass::SWCurveConfig;

use super::fixed_base::{BLOCK, Coordinate, FixedBase, Scratch, window_bits};
use super::write_failed;
use crate::control::Control;
use crate::error::Result;
use crate::field::Scalar;

/// Bytes of an affine point.
pub const G1_BYTES: usize = 64;
pub const G2_BYTES: usize = 128;

#[derive(Clone, Copy, PartialEq)]
pub enum Group {
    G1,
    G2,
}

/// Scalars whose products with a group's generator go to a place in the file, one after another; infinity is all zeros.
#[derive(Clone, Copy)]
pub struct PointList<'a> {
    pub group: Group,
    pub scalars: &'a [Scalar],
    pub position: u64,
}

/// The tables of both groups, for as many points as there will be.
struct Tables {
    g1: FixedBase<g1::Config>,
    g2: FixedBase<g2::Config>,
}

/// Points of a group that cost: those that are not infinity.
fn cost(lists: &[PointList], group: Group) -> usize {
    let of_group = lists.iter().filter(|list| list.group == group);
    of_group.map(|list| list.scalars.iter().filter(|&&scalar| scalar != [0; 4]).count()).sum()
}

/// Computes and writes all lists on `threads` threads, and runs `other`, which has nothing to do with points, on the first of them.
///
/// # Errors
/// `TRB_FILE_WRITE`, `TRB_NATIVE_CANCELLED`, and what `other` returns. The first error stops all threads.
pub fn write_points(
    file: &File,
    lists: &[PointList],
    threads: usize,
    stage: &'static str,
    control: &Control,
    other: impl FnOnce() -> Result<()> + Send,
) -> Result<()> {
    let tables = Tables {
        g1: FixedBase::new(window_bits(cost(lists, Group::G1)), threads),
        g2: FixedBase::new(window_bits(cost(lists, Group::G2)), threads),
    };
    let parts: Vec<PointList> = lists.iter().flat_map(split).collect();
    let total = lists.iter().map(|list| list.scalars.len()).sum();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || -> Result<()> {
        let mut scratch = (tables.g1.scratch(), tables.g2.scratch());
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let bytes = match part.group {
                Group::G1 => multiply(&tables.g1, &mut scratch.0, part.scalars, G1_BYTES),
                Group::G2 => multiply(&tables.g2, &mut scratch.1, part.scalars, G2_BYTES),
            };
            file.write_all_at(&bytes, part.position).map_err(write_failed)?;
            let before = done.fetch_add(part.scalars.len(), Ordering::Relaxed);
            control.report(stage, before + part.scalars.len(), total)?;
        }
        Ok(())
    };
    // A thread that fails leaves nothing for the others to take.
    let stopping = |result: Result<()>| result.inspect_err(|_| next.store(parts.len(), Ordering::Relaxed));
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(|| stopping(work()))).collect();
        let first = stopping(other()).and_then(|()| stopping(work()));
        others.into_iter().fold(first, |result, thread| result.and(thread.join().expect("no thread panics")))
    })
}

/// A list in parts of one block each.
fn split<'a>(list: &PointList<'a>) -> impl Iterator<Item = PointList<'a>> + use<'a> {
    let PointList { group, scalars, position } = *list;
    let size = if group == Group::G1 { G1_BYTES } else { G2_BYTES };
    let place = move |i: usize| position + (i * BLOCK * size) as u64;
    scalars.chunks(BLOCK).enumerate().map(move |(i, scalars)| PointList { group, scalars, position: place(i) })
}

fn multiply<P: SWCurveConfig>(base: &FixedBase<P>, scratch: &mut Scratch<P::BaseField>, scalars: &[Scalar], size: usize) -> Vec<u8>
where
    P::BaseField: Coordinate,
{
    let mut bytes = vec![0; scalars.len() * size];
    base.multiply(scalars, scratch, |i, point| {
        if let Some((x, y)) = point {
            let (first, second) = bytes[i * size..(i + 1) * size].split_at_mut(size / 2);
            x.write(first);
            y.write(second);
        }
    });
    bytes
}
