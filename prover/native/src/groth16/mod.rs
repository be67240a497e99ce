//! Groth16 proofs from snarkjs's `.zkey` and circom's `.wtns`.

mod products;
mod prove;
mod quotient;
mod witness;
mod zkey;

pub use prove::{Blinding, Proof, prove, prove_with};
pub use witness::Witness;
pub use zkey::ProvingKey;
