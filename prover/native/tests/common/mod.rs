//! What the tests of the library share.

use ark_bn254::{Fq, Fr};
use ark_ec::short_weierstrass::Affine;
use ark_ff::{BigInt, One, PrimeField, UniformRand, Zero};
use tributary_native::curve::{Group, from_ark};
use tributary_native::field::{Scalar, plain};

/// Coordinates as a list of numbers modulo p.
pub trait Coordinates {
    fn parts(&self) -> Vec<Fq>;
}

impl Coordinates for Fq {
    fn parts(&self) -> Vec<Fq> {
        vec![*self]
    }
}

impl Coordinates for ark_bn254::Fq2 {
    fn parts(&self) -> Vec<Fq> {
        vec![self.c0, self.c1]
    }
}

/// Points as they lie in a file.
pub fn file_bytes<P: Group>(points: &[Affine<P>]) -> Vec<u8>
where
    P::BaseField: Coordinates,
{
    let parts = |point: &Affine<P>| {
        let point = from_ark::<P>(point);
        [point.x.parts(), point.y.parts()].concat()
    };
    points.iter().flat_map(parts).flat_map(|Fq { 0: BigInt(words), .. }| words).flat_map(u64::to_le_bytes).collect()
}

/// Scalars of the kinds that are treated apart, and random ones.
pub fn scalar_kinds(count: usize) -> Vec<(&'static str, Vec<Scalar>)> {
    let mut rng = ark_std::test_rng();
    let half = Fr::from(BigInt(Fr::MODULUS_MINUS_ONE_DIV_TWO.0));
    let same = Fr::rand(&mut rng);
    let of = |kind: &'static str, make: &mut dyn FnMut(usize) -> Fr| (kind, (0..count).map(|i| plain(&make(i))).collect());
    vec![
        of("zero", &mut |_| Fr::zero()),
        of("one", &mut |_| Fr::one()),
        of("minus one", &mut |_| -Fr::one()),
        of("around half", &mut |i| half + Fr::from(i as u64) - Fr::from(2u64)),
        of("all equal", &mut |_| same),
        of("small and negative", &mut |i| if i % 2 == 0 { Fr::from(i as u64) } else { -Fr::from(i as u64) }),
        of("powers of two", &mut |i| Fr::from(BigInt([0, 1 << (i % 64), 0, 0]))),
        of("random", &mut |_| Fr::rand(&mut rng)),
    ]
}
