//! Sums of points against arkworks' own.

mod common;

use ark_bn254::{Fr, g1, g2};
use ark_ec::short_weierstrass::{Affine, Projective};
use ark_ec::{AffineRepr, CurveGroup, VariableBaseMSM};
use ark_ff::UniformRand;
use common::{Coordinates, file_bytes, scalar_kinds};
use tributary_native::control::UNWATCHED;
use tributary_native::curve::Group;
use tributary_native::field::fr_from_plain;
use tributary_native::msm::msm;
use tributary_native::threads::with_threads;

fn points<P: Group>(count: usize) -> Vec<Affine<P>> {
    let mut rng = ark_std::test_rng();
    let step = Projective::<P>::rand(&mut rng);
    let first = Projective::<P>::rand(&mut rng);
    let all: Vec<_> = std::iter::successors(Some(first), |last| Some(*last + step)).take(count).collect();
    Projective::normalize_batch(&all)
}

fn compare<P: Group>(points: &[Affine<P>], what: &str)
where
    P: ark_ec::CurveConfig<ScalarField = Fr>,
    P::BaseField: Coordinates,
{
    let bytes = file_bytes(points);
    for (kind, scalars) in scalar_kinds(points.len()) {
        let numbers: Vec<Fr> = scalars.iter().map(|scalar| fr_from_plain(*scalar)).collect();
        let expected = Projective::<P>::msm(points, &numbers).unwrap().into_affine();
        for threads in [1, 2] {
            let found = with_threads(threads, || msm::<P>(&bytes, &scalars, "test", &UNWATCHED)).unwrap().into_affine();
            assert_eq!(found, expected, "{what}, scalars {kind}, {threads} threads");
        }
    }
}

#[test]
fn sums_in_g1_for_every_kind_of_scalar() {
    for count in [0, 1, 3, 300, 5000] {
        compare(&points::<g1::Config>(count), &format!("{count} points"));
    }
}

#[test]
fn sums_in_g2_for_every_kind_of_scalar() {
    for count in [1, 300, 1500] {
        compare(&points::<g2::Config>(count), &format!("{count} points"));
    }
}

#[test]
fn the_same_point_again_and_its_negative_and_infinity() {
    let some = points::<g1::Config>(1)[0];
    compare(&vec![some; 3000], "one point");
    let signs: Vec<_> = (0..3000).map(|i| if i % 2 == 0 { some } else { -some }).collect();
    compare(&signs, "a point and its negative");
    let mut holes = points::<g1::Config>(3000);
    holes.iter_mut().step_by(3).for_each(|point| *point = Affine::zero());
    compare(&holes, "infinity among them");
}

#[test]
fn a_coordinate_that_is_not_reduced_is_refused() {
    let mut bytes = file_bytes(&points::<g1::Config>(2));
    bytes[64..96].fill(255);
    let error = msm::<g1::Config>(&bytes, &[[7, 0, 0, 0]; 2], "test", &UNWATCHED).unwrap_err();
    assert_eq!(error.code, "TRB_FILE_CORRUPT");
    assert!(msm::<g1::Config>(&bytes, &[[7, 0, 0, 0]; 3], "test", &UNWATCHED).is_err());
}
