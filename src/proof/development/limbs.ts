/** How the curve kernel keeps an element of a field: x stands as x·RADIX in LIMBS limbs of LIMB_BITS bits, 32 bits in memory each. */
export const LIMB_BITS = 29;
export const LIMBS = 9;
export const ELEMENT_BYTES = 4 * LIMBS;
export const LIMB_MASK = (1n << BigInt(LIMB_BITS)) - 1n;
export const RADIX = 1n << BigInt(LIMBS * LIMB_BITS);
