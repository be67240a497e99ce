//! Points of BN254's two groups as they lie in snarkjs's files: affine coordinates in Montgomery form, infinity all zeros.

use ark_bn254::{g1, g2};
use ark_ec::AffineRepr;
use ark_ec::short_weierstrass::{Affine as ArkAffine, Projective, SWCurveConfig};
use ark_ff::{AdditiveGroup, Field};

use crate::field::{fq2_from_montgomery, fq_from_montgomery};
#[cfg(not(vectors))]
use crate::msm::batch;
#[cfg(vectors)]
use crate::msm::vector;

/// An affine point; (0, 0), which is on neither curve, is infinity.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point<F> {
    pub x: F,
    pub y: F,
}

impl<F: Field> Point<F> {
    pub const INFINITY: Self = Self { x: F::ZERO, y: F::ZERO };

    #[inline(always)]
    pub fn is_infinity(&self) -> bool {
        self.x.is_zero() && self.y.is_zero()
    }

    #[inline(always)]
    pub fn negated(self, yes: bool) -> Self {
        if yes { Self { x: self.x, y: -self.y } } else { self }
    }
}

/// G1 or G2.
pub trait Group: SWCurveConfig {
    /// Bytes of a point in a file.
    const BYTES: usize;

    /// A point from `BYTES` bytes; none where a coordinate is not below p. Whether it is on the curve is not looked at.
    fn read(bytes: &[u8]) -> Option<Point<Self::BaseField>>;

    /// Room that `add_batch` keeps between batches.
    type Scratch: Default;

    /// targets_i-th point += points_i, for targets that differ and points that are not infinity.
    fn add_batch(
        scratch: &mut Self::Scratch,
        sums: &mut [Point<Self::BaseField>],
        targets: &[u32],
        points: &[Point<Self::BaseField>],
    );
}

impl Group for g1::Config {
    #[cfg(vectors)]
    type Scratch = vector::Scratch<vector::Fq8>;
    #[cfg(not(vectors))]
    type Scratch = batch::Scratch<Self::BaseField>;

    fn add_batch(
        scratch: &mut Self::Scratch,
        sums: &mut [Point<Self::BaseField>],
        targets: &[u32],
        points: &[Point<Self::BaseField>],
    ) {
        #[cfg(vectors)]
        vector::add(scratch, sums, targets, points);
        #[cfg(not(vectors))]
        batch::add(scratch, sums, targets, points);
    }

    const BYTES: usize = 64;

    #[inline(always)]
    fn read(bytes: &[u8]) -> Option<Point<Self::BaseField>> {
        let (halves, _) = bytes.as_chunks::<32>();
        Some(Point { x: fq_from_montgomery(halves.first()?)?, y: fq_from_montgomery(halves.get(1)?)? })
    }
}

impl Group for g2::Config {
    #[cfg(vectors)]
    type Scratch = vector::Scratch<vector::Quadratic8>;
    #[cfg(not(vectors))]
    type Scratch = batch::Scratch<Self::BaseField>;

    fn add_batch(
        scratch: &mut Self::Scratch,
        sums: &mut [Point<Self::BaseField>],
        targets: &[u32],
        points: &[Point<Self::BaseField>],
    ) {
        #[cfg(vectors)]
        vector::add(scratch, sums, targets, points);
        #[cfg(not(vectors))]
        batch::add(scratch, sums, targets, points);
    }

    const BYTES: usize = 128;

    #[inline(always)]
    fn read(bytes: &[u8]) -> Option<Point<Self::BaseField>> {
        let (halves, _) = bytes.as_chunks::<64>();
        Some(Point { x: fq2_from_montgomery(halves.first()?)?, y: fq2_from_montgomery(halves.get(1)?)? })
    }
}

/// arkworks' form of a point.
pub fn to_ark<P: Group>(point: &Point<P::BaseField>) -> ArkAffine<P> {
    if point.is_infinity() { ArkAffine::identity() } else { ArkAffine::new_unchecked(point.x, point.y) }
}

pub fn from_ark<P: Group>(point: &ArkAffine<P>) -> Point<P::BaseField> {
    point.xy().map_or(Point::INFINITY, |(x, y)| Point { x, y })
}

/// Σ points.
pub fn sum<P: Group>(points: &[Point<P::BaseField>]) -> Projective<P> {
    points.iter().fold(Projective::ZERO, |total, point| total + to_ark::<P>(point))
}
