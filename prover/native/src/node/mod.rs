//! The addon's surface for `src/proof/native-backend.ts`: bytes in, bytes out, work off JavaScript's thread.

mod groth16;
mod keys;
mod kzg;
mod witness;
mod work;

pub use work::{Job, Reporter};
