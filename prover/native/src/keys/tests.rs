//! Fixed-base multiplication against arkworks' own, which goes another way.

use ark_bn254::{Fr, g1, g2};
use ark_ec::short_weierstrass::{Affine, SWCurveConfig};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, Field, PrimeField, UniformRand};
use ark_std::rand::{SeedableRng, rngs::StdRng};

use super::fixed_base::{BLOCK, FixedBase, window_bits};
use crate::field::plain;

/// 0, 1, numbers around the borders of digits, r − 1 and around, numbers for which a partial sum meets the entry that is added
/// to it, and random ones.
fn scalars(bits: usize, random: usize) -> Vec<Fr> {
    let two = Fr::from(2u64);
    let border = two.pow([bits as u64 - 1]);
    let mut scalars = vec![Fr::ZERO, Fr::ONE, -Fr::ONE, two.inverse().expect("2 is not 0")];
    for power in [border, border.double(), border.square(), two.pow([253])] {
        scalars.extend([power - Fr::ONE, power, power + Fr::ONE, -power, -power - Fr::ONE]);
    }
    // The one scalar whose sum of the lower windows is equal to the top window's entry modulo r: twice the multiple of that
    // window's unit that is next below r, where it is near enough.
    let unit = bits * (255usize.div_ceil(bits) - 1);
    let mut next = Fr::MODULUS;
    next >>= unit as u32;
    scalars.push(two.pow([unit as u64 + 1]) * Fr::from(next));
    let mut rng = StdRng::seed_from_u64(7);
    scalars.extend((0..random).map(|_| Fr::rand(&mut rng)));
    scalars.extend((0..random).map(|i| Fr::from(u64::rand(&mut rng) >> (i % 64))));
    scalars
}

fn agrees<P: SWCurveConfig<ScalarField = Fr>>(bits: usize, random: usize) {
    let base = FixedBase::<P>::new(bits, 2);
    let mut scratch = base.scratch();
    for block in scalars(bits, random).chunks(BLOCK) {
        let words: Vec<_> = block.iter().map(plain).collect();
        let mut found = vec![None; block.len()];
        base.multiply(&words, &mut scratch, |i, point| found[i] = point.map(|(x, y)| (*x, *y)));
        for (scalar, point) in block.iter().zip(found) {
            let expected = (Affine::<P>::generator() * scalar).into_affine();
            assert_eq!(point, expected.xy(), "{bits} bits, scalar {scalar}");
        }
    }
}

#[test]
fn multiples_in_g1_are_those_of_arkworks_for_every_width() {
    (3..=16).for_each(|bits| agrees::<g1::Config>(bits, 20));
    agrees::<g1::Config>(8, BLOCK);
}

#[test]
fn multiples_in_g2_are_those_of_arkworks() {
    [3, 7, 8, 13].into_iter().for_each(|bits| agrees::<g2::Config>(bits, 20));
}

#[test]
fn a_work_space_that_was_used_before_changes_nothing() {
    let base = FixedBase::<g1::Config>::new(6, 1);
    let mut scratch = base.scratch();
    let many = vec![[5, 0, 0, 0]; BLOCK];
    base.multiply(&many, &mut scratch, |_, _| {});
    base.multiply(&[[0; 4]], &mut scratch, |i, point| assert!(i == 0 && point.is_none()));
}

#[test]
fn more_points_take_wider_windows() {
    assert!(window_bits(100) < window_bits(10_000));
    assert!(window_bits(10_000) < window_bits(1_000_000));
}
