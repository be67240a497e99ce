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
];
