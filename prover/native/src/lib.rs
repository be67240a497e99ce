//! Tributary's native prover: the heavy parts of proving, on all cores and on files that never pass through JavaScript.

#![deny(unsafe_op_in_unsafe_fn)]

pub mod control;
pub mod error;
pub mod field;
pub mod keys;
#[cfg(not(test))]
mod node;
pub mod r1cs;
pub mod witness;
