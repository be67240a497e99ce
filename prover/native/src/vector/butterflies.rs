//! The steps of a transform on eight pairs at a time. A product is 2^−4 of what it should be, so the roots come multiplied by 2^4.

use ark_bn254::{Fr, FrConfig};

use super::field8::{Field8, LANES};

/// What the roots are multiplied by: 2^260/2^256.
pub const ROOT_SCALE: u64 = 16;

type Fr8 = Field8<FrConfig>;

/// Calls `step` with eight pairs and their roots, and writes back what it gives. The slices are equally long, a multiple of eight.
#[inline(always)]
fn each(low: &mut [Fr], high: &mut [Fr], roots: &[Fr], step: impl Fn(Fr8, Fr8, Fr8) -> (Fr8, Fr8)) {
    let ((low, _), (high, _), (roots, _)) = (low.as_chunks_mut::<LANES>(), high.as_chunks_mut::<LANES>(), roots.as_chunks::<LANES>());
    for ((low, high), roots) in low.iter_mut().zip(high).zip(roots) {
        let (a, b) = step(Fr8::load(low), Fr8::load(high), Fr8::load(roots));
        a.store(low);
        b.store(high);
    }
}

/// (a, b) becomes (a + b, (a − b)·root).
pub fn decimate_frequency(low: &mut [Fr], high: &mut [Fr], roots: &[Fr]) {
    each(low, high, roots, |a, b, root| (a.add(b).below_two(), a.sub(b).mul(root).below_two()));
}

/// (a, b) becomes (a + b·root, a − b·root).
pub fn decimate_time(low: &mut [Fr], high: &mut [Fr], roots: &[Fr]) {
    each(low, high, roots, |a, b, root| {
        let product = b.mul(root).below_two();
        (a.add(product).below_two(), a.sub(product).below_two())
    });
}
