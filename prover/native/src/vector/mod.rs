//! Arithmetic on eight field elements at a time, where the processor that the crate is built for has the 52-bit multiply-add instructions
//! (Intel since Ice Lake, AMD since Zen 4; see build.rs). Elsewhere ark-ff does the same one by one.

pub mod butterflies;
pub mod field8;
pub mod registers;
