//! The instructions that are used, as safe functions.
//!
//! Safety, of all of them: each needs a processor with AVX-512 F, DQ or IFMA and touches nothing but its operands. This module is compiled
//! only where build.rs has found those three among the features that the whole crate is built for.

use core::arch::x86_64::*;

/// Eight words.
pub type Register = __m512i;

macro_rules! instructions {
    ($($(#[$note:meta])* $name:ident $(<$constant:ident: $kind:ty>)? ($($operand:ident: $type:ty),*) -> $result:ty = $instruction:expr;)*) => {
        $(
            $(#[$note])*
            #[inline(always)]
            pub fn $name$(<const $constant: $kind>)?($($operand: $type),*) -> $result {
                // SAFETY: see above.
                unsafe { $instruction }
            }
        )*
    };
}

instructions! {
    zero() -> Register = _mm512_setzero_si512();
    splat(value: u64) -> Register = _mm512_set1_epi64(value as i64);
    from_words(words: [u64; 8]) -> Register = _mm512_loadu_si512(words.as_ptr().cast());
    /// Lane i is word places_i of the sixteen of a and b.
    permute(a: Register, places: Register, b: Register) -> Register = _mm512_permutex2var_epi64(a, places, b);
    add(a: Register, b: Register) -> Register = _mm512_add_epi64(a, b);
    sub(a: Register, b: Register) -> Register = _mm512_sub_epi64(a, b);
    and(a: Register, b: Register) -> Register = _mm512_and_si512(a, b);
    or(a: Register, b: Register) -> Register = _mm512_or_si512(a, b);
    shift_left<N: u32>(a: Register) -> Register = _mm512_slli_epi64::<N>(a);
    shift_right<N: u32>(a: Register) -> Register = _mm512_srli_epi64::<N>(a);
    /// Keeps the sign.
    shift_right_signed<N: u32>(a: Register) -> Register = _mm512_srai_epi64::<N>(a);
    /// sum + the low 52 bits of a·b, of whose operands 52 bits count.
    multiply_add_low(sum: Register, a: Register, b: Register) -> Register = _mm512_madd52lo_epu64(sum, a, b);
    /// sum + the bits of a·b from 52 on.
    multiply_add_high(sum: Register, a: Register, b: Register) -> Register = _mm512_madd52hi_epu64(sum, a, b);
    equal(a: Register, b: Register) -> u8 = _mm512_cmpeq_epi64_mask(a, b);
    negative(a: Register) -> u8 = _mm512_movepi64_mask(a);
    /// b in the lanes of the mask.
    blend(mask: u8, a: Register, b: Register) -> Register = _mm512_mask_blend_epi64(mask, a, b);
    set(mask: u8, a: Register, value: u64) -> Register = _mm512_mask_set1_epi64(a, mask, value as i64);
}
