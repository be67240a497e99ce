/** An affine point of BN254's G1; (0, 0) is the point at infinity, as in the EVM's precompiles. */
export interface G1 {
  readonly x: bigint;
  readonly y: bigint;
}

/**
 * An affine point of BN254's G2; a coordinate is [c0, c1], the element c0 + c1·u.
 * The EVM's precompile takes c1 first: only the code that talks to it reorders.
 */
export interface G2 {
  readonly x: readonly [bigint, bigint];
  readonly y: readonly [bigint, bigint];
}

export const G1_GENERATOR: G1 = { x: 1n, y: 2n };

export const G2_GENERATOR: G2 = {
  x: [
    10857046999023057135944570762232829481370756359578518086990519993285655852781n,
    11559732032986387107991004021392285783925812861821192530917403151452391805634n,
  ],
  y: [
    8495653923123431417604973247489272438418190587263600148770280649306958101930n,
    4082367875863433681332203403145435568316851327593401208105741076214120093531n,
  ],
};
