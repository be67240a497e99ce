//! The prover's core in native code: what `src/proof/native-backend.ts` loads. The same files go in and the same proofs come out as
//! with snarkjs; see docs/decisions/009-native-prover.md.

pub mod binfile;
pub mod control;
pub mod error;
pub mod field;
pub mod keys;
pub mod r1cs;
pub mod threads;
pub mod witness;

#[cfg(feature = "node")]
mod node;
