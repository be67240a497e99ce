import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { P, R } from "../../../src/crypto/field.ts";
import { G1_GENERATOR, G2_GENERATOR } from "../../../src/crypto/points.ts";
import type { Claim, Settlement, Statement } from "../../../src/protocol/statement.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import { verifyProof, verifySettlement } from "../../../src/verification/verify.ts";
import { commitAmounts, g1, INDEX_SCALAR, provedByTrapdoor, trapdoorKey } from "../../helpers/trapdoor.ts";

const key = trapdoorKey("mini");
const statement: Statement = {
  tier: "mini",
  chainId: 31337n,
  settlement: `0x${"5e".repeat(20)}`,
  batchKey: `0x${"ba".repeat(32)}`,
  indexId: 3n,
  n0: 8n,
  positions: 6,
  indexCommitment: g1(INDEX_SCALAR),
  pools: [20_000n, 30_000n, 40_000n],
  traces: [101n, 102n, 103n],
};
const payouts = [1_000n, 0n, 50_000n, 7n, 0n, 30_000n];
const claim: Claim = {
  payouts,
  payoutCommitment: commitAmounts(payouts, 16),
  unattributed: 0n,
  recipient: `0x${"ec".repeat(20)}`,
};
const settlement: Settlement = {
  statement,
  claim,
  proof: provedByTrapdoor(statement, claim),
  keyDigest: keyDigest(key),
};

const codes = (changed: Settlement): string[] => verifyProof(changed, key).failures.map(({ code }) => code);
const withClaim = (change: Partial<Claim>) => ({ ...settlement, claim: { ...claim, ...change } });
const withStatement = (change: Partial<Statement>) => ({
  ...settlement,
  statement: { ...statement, ...change },
});
const withProof = (change: Partial<Settlement["proof"]>) => ({
  ...settlement,
  proof: { ...settlement.proof, ...change },
});

test("a proven settlement is accepted, whatever the spelling of its addresses", () => {
  assert.deepEqual(verifySettlement(settlement, statement, key), { ok: true, failures: [] });
  const upper = { ...statement, settlement: `0x${"5E".repeat(20)}` } as const;
  assert.ok(verifySettlement(settlement, upper, key).ok);
});

test("without a statement to compare with, a proven settlement is not accepted", () => {
  const { ok, failures } = verifySettlement(settlement, undefined, key);
  assert.ok(!ok);
  assert.deepEqual(
    failures.map(({ code }) => code),
    ["TRB_VERIFY_STATEMENT_UNCHECKED"],
  );
});

test("every field that differs from the expected statement is named", () => {
  const expected: Statement = {
    ...statement,
    indexId: 4n,
    positions: 7,
    pools: [20_000n, 30_001n, 40_000n],
    traces: [101n, 102n],
    indexCommitment: G1_GENERATOR,
  };
  const { failures } = verifySettlement(settlement, expected, key);
  assert.deepEqual(
    failures.map(({ code, message }) => `${code} ${message.split(" is ")[0]}`),
    ["indexId", "positions", "indexCommitment", "pools[1]", "the number of traces"].map(
      (field) => `TRB_VERIFY_STATEMENT ${field}`,
    ),
  );
});

test("any other value of any field that enters the proof is refused", () => {
  const changes: Settlement[] = [
    withStatement({ chainId: 1n }),
    withStatement({ settlement: `0x${"5f".repeat(20)}` }),
    withStatement({ batchKey: `0x${"bb".repeat(32)}` }),
    withStatement({ indexId: 4n }),
    withStatement({ n0: 9n }),
    withStatement({ indexCommitment: G1_GENERATOR }),
    withStatement({ pools: [20_001n, 29_999n, 40_000n] }),
    withStatement({ traces: [102n, 101n, 103n] }),
    withClaim({ payouts: [1_001n, 0n, 49_999n, 7n, 0n, 30_000n] }),
    withClaim({ payoutCommitment: G1_GENERATOR }),
    withClaim({ unattributed: 1n }),
    withClaim({ recipient: `0x${"ed".repeat(20)}` }),
    ...(["h1", "h2", "y"] as const).map((name) => withProof({ [name]: settlement.proof[name] + 1n })),
    ...(["cq", "opening", "a", "c"] as const).map((name) => withProof({ [name]: G1_GENERATOR })),
    withProof({ b: G2_GENERATOR }),
  ];
  for (const change of changes) assert.deepEqual(codes(change), ["TRB_VERIFY_EQUATION"]);
});

test("values outside of their range are refused before any curve work", () => {
  for (const change of [
    withProof({ y: settlement.proof.y + R }),
    withProof({ h1: settlement.proof.h1 + R }),
    withProof({ h2: -1n }),
    withStatement({ indexId: statement.indexId + R }),
    withStatement({ n0: R }),
    withStatement({ traces: [101n, 0n, 103n] }),
    withStatement({ pools: [2n ** 48n, 30_000n, 40_000n] }),
    withClaim({ payouts: [2n ** 56n, 0n, 0n, 0n, 0n, 0n] }),
    withClaim({ unattributed: 90_001n }),
    withClaim({ recipient: "0x12" }),
  ]) {
    assert.deepEqual(codes(change), ["TRB_VERIFY_RANGE"]);
  }
});

test("lists of other lengths, other tiers and more than the pools are refused", () => {
  assert.deepEqual(codes(withClaim({ payouts: payouts.slice(0, 5) })), ["TRB_VERIFY_SHAPE"]);
  assert.deepEqual(codes(withClaim({ payouts: [...payouts, 0n] })), ["TRB_VERIFY_SHAPE"]);
  assert.deepEqual(codes(withStatement({ traces: [101n, 102n] })), ["TRB_VERIFY_SHAPE"]);
  assert.deepEqual(codes(withStatement({ positions: 17 })).slice(0, 1), ["TRB_VERIFY_SHAPE"]);
  assert.deepEqual(codes(withStatement({ pools: [], traces: [] })).slice(0, 1), ["TRB_VERIFY_SHAPE"]);
  assert.deepEqual(codes(withStatement({ tier: "constructor" as "mini" })), ["TRB_VERIFY_TIER"]);
  assert.deepEqual(codes(withStatement({ tier: "small" })), ["TRB_VERIFY_TIER"]);
  assert.deepEqual(codes(withClaim({ payouts: [90_001n, 0n, 0n, 0n, 0n, 0n] })), ["TRB_VERIFY_OVERPAID"]);
});

test("points that are none are refused by name", () => {
  const { failures } = verifyProof(
    withProof({ a: { x: 1n, y: 3n }, c: { x: 1n + P, y: 2n }, b: { ...G2_GENERATOR, x: [1n, 2n] } }),
    key,
  );
  assert.deepEqual(
    failures.map(({ code, message }) => `${code} ${message.split(" ")[0]}`),
    ["TRB_VERIFY_POINT a", "TRB_VERIFY_POINT b", "TRB_VERIFY_POINT c"],
  );
});

test("points with one coordinate 0 are refused like others, and B at infinity by the equation", () => {
  const zeros = [0n, 0n] as const;
  const none = withProof({ a: { x: 5n, y: 0n }, cq: { x: 0n, y: 7n }, b: { ...G2_GENERATOR, y: zeros } });
  assert.deepEqual(codes(none), ["TRB_VERIFY_POINT", "TRB_VERIFY_POINT", "TRB_VERIFY_POINT"]);
  assert.deepEqual(codes(withProof({ b: { x: zeros, y: zeros } })), ["TRB_VERIFY_EQUATION"]);
});

test("a bundle for another key, and keys that nobody may use, are refused", () => {
  assert.deepEqual(codes({ ...settlement, keyDigest: `0x${"00".repeat(32)}` }), ["TRB_VERIFY_KEY"]);
  const refused = (change: Partial<typeof key>) => {
    const { failures } = verifyProof(settlement, { ...key, ...change });
    assert.equal(failures[0]?.code, "TRB_VERIFY_KEY");
  };
  refused({ delta: G2_GENERATOR });
  refused({ tau: { x: [0n, 0n], y: [0n, 0n] } });
  refused({ alpha: { x: 0n, y: 0n } });
  refused({ ic: key.ic.slice(0, 3) });
  refused({ beta: { ...key.beta, x: [1n, 1n] } });
});

test("nothing that a settlement may hold makes the verifier throw", () => {
  const number = fc.bigInt({ min: -(2n ** 260n), max: 2n ** 260n });
  const point = fc.record({ x: number, y: number });
  const hex = fc.string().map((text) => `0x${text}` as const);
  const hostile = fc.record({
    keyDigest: hex,
    statement: fc.record({
      tier: fc.constantFrom("mini", "small", "large", "__proto__", "toString") as fc.Arbitrary<"mini">,
      chainId: number,
      settlement: hex,
      batchKey: hex,
      indexId: number,
      n0: number,
      positions: fc.oneof(fc.integer(), fc.double()),
      indexCommitment: point,
      pools: fc.array(number, { maxLength: 5 }),
      traces: fc.array(number, { maxLength: 5 }),
    }),
    claim: fc.record({
      payouts: fc.array(number, { maxLength: 17 }),
      payoutCommitment: point,
      unattributed: number,
      recipient: hex,
    }),
    proof: fc.record({
      h1: number,
      h2: number,
      y: number,
      cq: point,
      opening: point,
      a: point,
      b: fc.record({ x: fc.tuple(number, number), y: fc.tuple(number, number) }),
      c: point,
    }),
  });
  fc.assert(
    fc.property(hostile, fc.boolean(), (generated, keepStatement) => {
      const given = keepStatement
        ? { ...generated, statement, claim, keyDigest: settlement.keyDigest }
        : generated;
      const { ok, failures } = verifySettlement(given, statement, key);
      assert.ok(!ok && failures.length > 0);
    }),
    { numRuns: 200 },
  );
});
