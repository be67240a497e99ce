//! Commitments and openings over powers of a known τ.

use ark_bn254::{Fr, G1Affine, G1Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, Field, UniformRand};
use tributary_native::control::UNWATCHED;
use tributary_native::fft::root_of_unity;
use tributary_native::field::plain;
use tributary_native::keys::write_srs;
use tributary_native::kzg::{Srs, commit, divide_by_linear, open, open_all};

const LENGTH: usize = 64;

fn with_srs(name: &str, tau: Fr, test: impl FnOnce(&Srs)) {
    let path = std::env::temp_dir().join(format!("tributary-{name}-{}.ptau", std::process::id()));
    write_srs(&path, LENGTH, tau, 1, &UNWATCHED).unwrap();
    test(&Srs::open(&path).unwrap());
    std::fs::remove_file(path).unwrap();
}

fn at(polynomial: &[Fr], x: Fr) -> Fr {
    polynomial.iter().rev().fold(Fr::ZERO, |value, coefficient| value * x + coefficient)
}

fn times_generator(scalar: Fr) -> G1Affine {
    (G1Projective::from(G1Affine::generator()) * scalar).into_affine()
}

#[test]
fn commitments_and_openings_are_the_values_at_tau() {
    let mut rng = ark_std::test_rng();
    let (tau, x) = (Fr::rand(&mut rng), Fr::rand(&mut rng));
    with_srs("commit", tau, |srs| {
        let polynomial: Vec<Fr> = (0..LENGTH).map(|_| Fr::rand(&mut rng)).collect();
        let plain: Vec<_> = polynomial.iter().map(plain).collect();
        assert_eq!(commit(srs, &plain, &UNWATCHED).unwrap(), times_generator(at(&polynomial, tau)));
        let (value, proof) = open(srs, &polynomial, x, &UNWATCHED).unwrap();
        assert_eq!(value, at(&polynomial, x));
        assert_eq!(proof, times_generator(at(&divide_by_linear(&polynomial, x).0, tau)));
        let long = vec![[1, 0, 0, 0]; LENGTH + 1];
        assert_eq!(commit(srs, &long, &UNWATCHED).unwrap_err().code, "TRB_SRS_SHORT");
    });
}

#[test]
fn all_openings_at_once_are_the_single_ones() {
    let mut rng = ark_std::test_rng();
    let tau = Fr::rand(&mut rng);
    with_srs("open-all", tau, |srs| {
        for n in [1, 2, 4, 32, LENGTH] {
            let polynomial: Vec<Fr> = (0..n).map(|_| Fr::rand(&mut rng)).collect();
            let all = open_all(srs, &polynomial, &UNWATCHED).unwrap();
            assert_eq!(all.len(), n);
            for (k, proof) in all.iter().enumerate() {
                let x = root_of_unity(n).pow([k as u64]);
                assert_eq!(*proof, open(srs, &polynomial, x, &UNWATCHED).unwrap().1, "n = {n}, k = {k}");
            }
        }
        assert_eq!(open_all(srs, &[Fr::ONE; 3], &UNWATCHED).unwrap_err().code, "TRB_NATIVE_SHAPE");
        assert_eq!(open_all(srs, &[Fr::ONE; 2 * LENGTH], &UNWATCHED).unwrap_err().code, "TRB_SRS_SHORT");
    });
}
