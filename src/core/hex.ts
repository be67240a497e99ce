/** Bytes as `0x` and hex digits: addresses, digests, keys, words of the chain. */
export type Hex = `0x${string}`;
