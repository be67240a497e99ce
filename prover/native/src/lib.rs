//! The prover's core in native code: what `src/proof/native-backend.ts` loads. The same files go in and the same proofs come out as
//! with snarkjs; see docs/decisions/009-native-prover.md.

pub mod binfile;
pub mod control;
pub mod curve;
pub mod error;
pub mod fft;
pub mod field;
pub mod groth16;
pub mod keys;
pub mod kzg;
pub mod msm;
pub mod pairing;
pub mod r1cs;
pub mod random;
pub mod threads;
pub mod witness;
#[cfg(vectors)]
pub mod vector;

#[cfg(feature = "node")]
mod node;
