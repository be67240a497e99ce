use ark_bn254::{Fq, Fq2, G1Affine, G2Affine, g1, g2};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, UniformRand};

use super::fields::{Fq8, Lanes, Quadratic8};
use crate::vector::field8::LANES;
use super::add::{Scratch, add};
use crate::curve::{Group, Point, from_ark};
use crate::msm::batch;

fn edge(i: usize) -> Fq {
    [Fq::from(0u64), Fq::from(1u64), -Fq::from(1u64), Fq::from(2u64).inverse().unwrap()][i % 4]
}

/// 2^−4 and 2^−2: what products are off by.
fn power(exponent: u64) -> Fq {
    Fq::from(2u64).pow([exponent]).inverse().unwrap()
}

#[test]
fn products_are_ark_ffs_but_for_their_scale() {
    let mut random = ark_std::test_rng();
    for round in 0..200 {
        let draw = |random: &mut _| -> [Fq; LANES] {
            std::array::from_fn(|i| if round < 8 { edge(i + round) } else { Fq::rand(random) })
        };
        let (a, b) = (draw(&mut random), draw(&mut random));
        let (va, vb) = (Fq8::from_lanes(&a), Fq8::from_lanes(&b));
        let product = va.mul(vb).to_lanes();
        let wide = va.sub(vb).quadrupled().mul(vb).to_lanes();
        let difference = va.sub(vb).canonical().to_lanes();
        for i in 0..LANES {
            assert_eq!(product[i], a[i] * b[i] * power(4));
            assert_eq!(wide[i], (a[i] - b[i]) * b[i] * power(2));
            assert_eq!(difference[i], a[i] - b[i]);
        }
        assert_eq!(va.equal(vb), (0..LANES).fold(0, |mask, i| mask | u8::from(a[i] == b[i]) << i));
    }
}

#[test]
fn quadratic_products_are_ark_ffs_but_for_their_scale() {
    let mut random = ark_std::test_rng();
    for _ in 0..200 {
        let a: [Fq2; LANES] = std::array::from_fn(|_| Fq2::rand(&mut random));
        let b: [Fq2; LANES] = std::array::from_fn(|_| Fq2::rand(&mut random));
        let (va, vb) = (Quadratic8::from_lanes(&a), Quadratic8::from_lanes(&b));
        let (product, square) = (va.mul(vb).to_lanes(), va.square().to_lanes());
        for i in 0..LANES {
            let scale = Fq2::new(power(4), Fq::from(0u64));
            assert_eq!(product[i], a[i] * b[i] * scale);
            assert_eq!(square[i], a[i] * a[i] * scale);
        }
    }
}

/// A batch in which every eleventh addition doubles and every seventh gives infinity.
fn batch_of<P: Group>(points: &[ark_ec::short_weierstrass::Affine<P>]) -> (Vec<Point<P::BaseField>>, Vec<Point<P::BaseField>>) {
    let half = points.len() / 2;
    let sums: Vec<_> = points[..half].iter().map(from_ark::<P>).collect();
    let others = points[half..].iter().map(from_ark::<P>).enumerate();
    let added = others.map(|(i, other)| if i % 11 == 3 { sums[i] } else if i % 7 == 2 { sums[i].negated(true) } else { other });
    let added = added.collect();
    (sums, added)
}

fn check<P: Group, L: Lanes<Field = P::BaseField>>(points: &[ark_ec::short_weierstrass::Affine<P>]) {
    for count in [0, 1, 127, 128, 135, points.len() / 2] {
        let (sums, added) = batch_of::<P>(&points[..2 * count]);
        let targets: Vec<u32> = (0..count as u32).rev().collect();
        // Each target gets what was planted for it.
        let added: Vec<_> = targets.iter().map(|&target| added[target as usize]).collect();
        let (mut expected, mut found) = (sums.clone(), sums);
        batch::add(&mut batch::Scratch::default(), &mut expected, &targets, &added);
        add::<L>(&mut Scratch::default(), &mut found, &targets, &added);
        assert_eq!(found, expected, "{count} additions");
    }
}

#[test]
fn batches_are_those_of_the_portable_code() {
    let mut random = ark_std::test_rng();
    let g1: Vec<G1Affine> = (0..4000).map(|_| (G1Affine::generator() * ark_bn254::Fr::rand(&mut random)).into_affine()).collect();
    check::<g1::Config, Fq8>(&g1);
    let g2: Vec<G2Affine> = (0..600).map(|_| (G2Affine::generator() * ark_bn254::Fr::rand(&mut random)).into_affine()).collect();
    check::<g2::Config, Quadratic8>(&g2);
}
