//! Batched additions of points in AVX-512, eight at a time. Built where the processor that the addon is built for has the 52-bit
//! multiply-add instructions (Intel since Ice Lake, AMD since Zen 4); elsewhere `batch.rs` does the same one by one.

mod add;
mod fields;
#[cfg(test)]
mod tests;

pub use add::{Scratch, add};
pub use fields::{Fq8, Quadratic8};
