//! The points of a sum that cost something, copied out of the file in a form that the windows can run through.

use ark_bn254::Fr;
use ark_ec::short_weierstrass::Projective;
use ark_ff::{AdditiveGroup, PrimeField};
use rayon::prelude::*;

use crate::control::Control;
use crate::curve::{Group, Point, sum};
use crate::error::{Error, Result};
use crate::field::{Scalar, less};
use crate::msm::buckets::Buckets;

/// Points that one thread reads at a time.
const CHUNK: usize = 1 << 16;
/// Sums over which points with the scalars 1 and −1 are spread, so that a batch has none twice.
const SPREAD: u32 = 2048;

/// Points with scalars of 2 … (r−1)/2.
pub struct Chunk<P: Group> {
    pub points: Vec<Point<P::BaseField>>,
    pub scalars: Vec<Scalar>,
}

/// A sum before its windows.
pub struct Prepared<P: Group> {
    pub chunks: Vec<Chunk<P>>,
    /// The points with the scalars 1 and −1, added up.
    pub units: Projective<P>,
}

impl<P: Group> Prepared<P> {
    pub fn new(points: &[u8], scalars: &[Scalar], control: &Control) -> Result<Self> {
        if points.len() != scalars.len() * P::BYTES {
            return Err(Error::new("TRB_NATIVE_DEFECT", "a sum has not as many points as scalars"));
        }
        let parts: Result<Vec<_>> = points
            .par_chunks(CHUNK * P::BYTES)
            .zip(scalars.par_chunks(CHUNK))
            .map(|(points, scalars)| {
                control.check()?;
                prepare(points, scalars)
            })
            .collect();
        let (chunks, units): (Vec<_>, Vec<_>) = parts?.into_iter().unzip();
        Ok(Self { chunks, units: units.into_iter().fold(Projective::ZERO, |total, part| total + part) })
    }

    /// Points that the windows run through.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.points.len()).sum()
    }
}

/// |scalar|, counted from −(r−1)/2 to (r−1)/2, and whether it is negative.
#[inline(always)]
fn magnitude(scalar: &Scalar) -> (Scalar, bool) {
    if !less(&Fr::MODULUS_MINUS_ONE_DIV_TWO.0, scalar) {
        return (*scalar, false);
    }
    let mut out = [0; 4];
    let mut borrow = false;
    for i in 0..4 {
        let (difference, first) = Fr::MODULUS.0[i].overflowing_sub(scalar[i]);
        let (difference, second) = difference.overflowing_sub(u64::from(borrow));
        out[i] = difference;
        borrow = first | second;
    }
    (out, true)
}

fn prepare<P: Group>(bytes: &[u8], scalars: &[Scalar]) -> Result<(Chunk<P>, Projective<P>)> {
    let mut chunk = Chunk { points: Vec::new(), scalars: Vec::new() };
    let mut units = Buckets::<P>::new(SPREAD as usize);
    let mut next = 0;
    for (bytes, scalar) in bytes.chunks_exact(P::BYTES).zip(scalars) {
        if *scalar == [0; 4] {
            continue;
        }
        let point = P::read(bytes)
            .ok_or_else(|| Error::new("TRB_FILE_CORRUPT", "a file has a point whose coordinates are not below p"))?;
        if point.is_infinity() {
            continue;
        }
        let (size, negative) = magnitude(scalar);
        let point = point.negated(negative);
        if size == [1, 0, 0, 0] {
            units.add(next % SPREAD, point);
            next += 1;
        } else {
            chunk.points.push(point);
            chunk.scalars.push(size);
        }
    }
    Ok((chunk, sum::<P>(&units.finish())))
}
