/** A mutant that no test can tell from the code, or that nobody has anything from, with the reason. */
export interface Equivalent {
  readonly file: string;
  /** The changed lines as they are and as they are in the mutant, spaces run together, as the table prints them. */
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

const NOBLE_REFUSES =
  "noble 2.4 refuses a coordinate that is not reduced, by throwing, and what throws is no point; a version that reduced it would not.";

const NO_CALL_BACK =
  "What is called, OPEN, the positions, the treasury and a verifier that is called statically, calls nobody back (test/attack/contract/re-entrancy.test.ts), and everything is booked before it is paid: the guard is the second line.";

const OTHER_DEPLOYMENT =
  "The claims, with their book and total, are hashed beside it: the same weights on another chain or treasury help nobody.";

/** Reviewed by hand; test/unit/mutants/equivalent.test.ts says which are no mutants any more. */
export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: "src/verification/curve.ts",
    before: "if (x === 0n && y === 0n) return bn254.G1.Point.ZERO;",
    after: "if (false) return bn254.G1.Point.ZERO;",
    reason:
      "noble's fromAffine takes (0, 0) for infinity and calls it valid, too; the line is there not to rest on that.",
  },
  {
    file: "src/verification/curve.ts",
    before: "if (coordinates.every((coordinate) => coordinate === 0n)) return bn254.G2.Point.ZERO;",
    after: "if (false) return bn254.G2.Point.ZERO;",
    reason: "As in G1: noble reads infinity by itself.",
  },
  {
    file: "src/verification/key.ts",
    before: "if (!alpha || !beta || !gamma || !delta || !tau || !ic.every((point) => point !== undefined)) {",
    after: "if (!alpha || !beta || false || !delta || !tau || !ic.every((point) => point !== undefined)) {",
    reason: "gamma is the generator of G2, a constant that is always read.",
  },
  {
    file: "src/verification/verify.ts",
    before:
      'if (failures.length > 0 || Array.isArray(points) || "code" in keyPoints) return verdict(failures);',
    after: 'if (failures.length > 0 || false || "code" in keyPoints) return verdict(failures);',
    reason: "Where points are none, failures has them already; the condition is for the type.",
  },
  {
    file: "src/verification/verify.ts",
    before:
      'if (failures.length > 0 || Array.isArray(points) || "code" in keyPoints) return verdict(failures);',
    after: "if (failures.length > 0 || Array.isArray(points) || false) return verdict(failures);",
    reason: "As with the points.",
  },
  {
    file: "src/operations/proving/prove-batch.ts",
    before: "if (signal?.aborted) {",
    after: "if (false) {",
    reason:
      "The native backend looks at the signal by itself, so the proof stops all the same, a little later.",
  },
  {
    file: "src/verification/curve.ts",
    before: "const canonical = (coordinate: bigint): boolean => coordinate >= 0n && coordinate < P;",
    after: "const canonical = (coordinate: bigint): boolean => true && coordinate < P;",
    reason: NOBLE_REFUSES,
  },
  {
    file: "src/verification/curve.ts",
    before: "const canonical = (coordinate: bigint): boolean => coordinate >= 0n && coordinate < P;",
    after: "const canonical = (coordinate: bigint): boolean => coordinate >= 0n && true;",
    reason: NOBLE_REFUSES,
  },
  {
    file: "src/verification/curve.ts",
    before: "if (!canonical(x) || !canonical(y)) return undefined;",
    after: "if (false) return undefined;",
    reason: NOBLE_REFUSES,
  },
  {
    file: "src/verification/curve.ts",
    before: "if (!canonical(x) || !canonical(y)) return undefined;",
    after: "if (false || !canonical(y)) return undefined;",
    reason: NOBLE_REFUSES,
  },
  {
    file: "src/verification/curve.ts",
    before: "if (!canonical(x) || !canonical(y)) return undefined;",
    after: "if (!canonical(x) || false) return undefined;",
    reason: NOBLE_REFUSES,
  },
  {
    file: "src/verification/curve.ts",
    before: "if (!coordinates.every(canonical)) return undefined;",
    after: "if (false) return undefined;",
    reason: NOBLE_REFUSES,
  },
  {
    file: "contracts/fees/FeeEscrow.sol",
    before: "if (ScalarField.allNonzeroElements(traces)) return;",
    after: "if (false) return;",
    reason: "The loop below looks at each trace and comes to the same; this is cheaper where all are right.",
  },
  {
    file: "contracts/rewards/RewardVault.sol",
    before: "Domain.requirePrimitiveRoot();",
    after: "",
    reason:
      "The root is a constant, and the right one; test/attack/contract/wrong-root-of-unity.test.ts has another, in sources that are otherwise as they are.",
  },
  {
    file: "contracts/rewards/RewardVault.sol",
    before: "function claim(PositionClaim calldata item) external nonReentrant returns (uint256 units) {",
    after: "function claim(PositionClaim calldata item) external returns (uint256 units) {",
    reason: NO_CALL_BACK,
  },
  {
    file: "contracts/rewards/RewardVault.sol",
    before:
      "function claimMany(PositionClaim[] calldata items) external nonReentrant returns (uint256 units) {",
    after: "function claimMany(PositionClaim[] calldata items) external returns (uint256 units) {",
    reason: NO_CALL_BACK,
  },
  {
    file: "contracts/rewards/RewardVault.sol",
    before: "if (units == 0) return 0;",
    after: "if (false) return 0;",
    reason: "A sum of no openings holds, and nothing is sent; this saves the pairing.",
  },
  {
    file: "contracts/rewards/RewardVault.sol",
    before: "bytes32 seed = keccak256(abi.encode(block.chainid, address(this), items));",
    after: "bytes32 seed = keccak256(abi.encode(address(this), items));",
    reason: OTHER_DEPLOYMENT,
  },
  {
    file: "contracts/rewards/RewardVault.sol",
    before: "bytes32 seed = keccak256(abi.encode(block.chainid, address(this), items));",
    after: "bytes32 seed = keccak256(abi.encode(block.chainid, items));",
    reason: OTHER_DEPLOYMENT,
  },
  {
    file: "contracts/settlement/Settlement.sol",
    before:
      "function settle(Batch calldata batch, Claim calldata claim, Proof calldata proof) external nonReentrant {",
    after: "function settle(Batch calldata batch, Claim calldata claim, Proof calldata proof) external {",
    reason: NO_CALL_BACK,
  },
  {
    file: "contracts/settlement/Settlement.sol",
    before: "nonReentrant",
    after: "",
    reason: NO_CALL_BACK,
  },
];
