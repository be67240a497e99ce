import assert from "node:assert/strict";
import { test } from "node:test";
import { R } from "../../../src/crypto/field.ts";
import { G2_GENERATOR } from "../../../src/crypto/points.ts";
import { readManifest } from "../../../src/protocol/manifest.ts";
import type { Settlement, Statement } from "../../../src/protocol/statement.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { statementDifferences } from "../../../src/verification/compare.ts";
import { keyFailures, readKey } from "../../../src/verification/key.ts";
import { rangeFailures, shapeFailures, tierOf } from "../../../src/verification/values.ts";
import { verifyProof } from "../../../src/verification/verify.ts";
import { wellFormedSettlement } from "../../helpers/settlement.ts";
import { trapdoorKey } from "../../helpers/trapdoor.ts";

/** One case for each check that comes before the pairing: where the check is taken out, its case fails. */
const key = trapdoorKey("mini");
const whole: Settlement = {
  ...wellFormedSettlement("mini"),
  keyDigest: keyDigest(key),
};
const { statement } = whole;

const stated = (change: Partial<Statement>): Settlement => ({
  ...whole,
  statement: { ...statement, ...change },
});

const OUT_OF_RANGE: readonly [string, Settlement][] = [
  ["chainId", stated({ chainId: 1n << 256n })],
  ["the settlement contract", stated({ settlement: "0x12" })],
  ["the settlement contract", stated({ settlement: `ab0x${"0".repeat(38)}` as "0x" })],
  ["the batch key", stated({ batchKey: `0x${"0".repeat(66)}` })],
  ["the key digest", { ...whole, keyDigest: "0x12" }],
  ["the recipient", { ...whole, claim: { ...whole.claim, recipient: `0x${"zz".repeat(20)}` } }],
  ["trace 1", stated({ traces: statement.traces.map((t, q) => (q === 1 ? t + R : t)) })],
  ["trace 2", stated({ traces: statement.traces.map((t, q) => (q === 2 ? 0n : t)) })],
  ["unattributed", { ...whole, claim: { ...whole.claim, unattributed: 2n ** 50n } }],
];

for (const [name, settlement] of OUT_OF_RANGE) {
  test(`range: ${name}`, () => {
    const failures = rangeFailures(settlement);
    assert.deepEqual(
      failures.map(({ code }) => code),
      ["TRB_VERIFY_RANGE"],
    );
    assert.ok(failures[0]!.message.startsWith(name), failures[0]!.message);
  });
}

test("range: nothing to say about a settlement that is well formed", () => {
  const traces = statement.traces.map((trace) => trace % R);
  assert.deepEqual(rangeFailures(stated({ traces })), []);
});

test("shape: a payment more than the tier has, half a position", () => {
  const tier = tierOf(whole)!;
  const five = { pools: [...statement.pools, 1n], traces: [...statement.traces, 1n] };
  assert.equal(shapeFailures(stated(five), tier).length, 1);
  const half = { ...stated({ positions: 1.5 }), claim: { ...whole.claim, payouts: [1n] } };
  assert.deepEqual(
    shapeFailures(half, tier).map(({ message }) => message),
    ["an index of this tier has 1 to 16 positions, not 1.5", "1.5 positions, but 1 payouts"],
  );
  assert.deepEqual(shapeFailures(whole, tier), []);
  for (const positions of [0, 17]) {
    const payouts = new Array<bigint>(positions).fill(0n);
    const listed = { ...stated({ positions }), claim: { ...whole.claim, payouts } };
    assert.deepEqual(
      shapeFailures(listed, tier).map(({ message }) => message),
      [`an index of this tier has 1 to 16 positions, not ${positions}`],
    );
  }
});

const OTHER: Partial<Statement> = {
  tier: "small",
  chainId: 1n,
  settlement: `0x${"11".repeat(20)}`,
  batchKey: `0x${"22".repeat(32)}`,
  indexId: 99n,
  n0: 99n,
  positions: 3,
  indexCommitment: { x: statement.indexCommitment.x, y: 5n },
  pools: statement.pools.map((pool, q) => (q === 3 ? pool - 1n : pool)),
  traces: statement.traces.map((trace, q) => (q === 3 ? trace - 1n : trace)),
};

for (const [field, value] of Object.entries(OTHER)) {
  test(`expected statement: ${field}`, () => {
    const differences = statementDifferences({ ...statement, [field]: value }, statement);
    assert.equal(differences.length, 1);
    assert.ok(differences[0]!.message.startsWith(field), differences[0]!.message);
  });
}

test("expected statement: every field of one has its case", () => {
  assert.deepEqual(Object.keys(OTHER).sort(), Object.keys(statement).sort());
});

const INFINITY_2 = { x: [0n, 0n], y: [0n, 0n] } as const;
const SPOILED: Readonly<Record<string, Partial<VerifyingKey>>> = {
  "α₁ at infinity": { alpha: { x: 0n, y: 0n } },
  "β₂ at infinity": { beta: INFINITY_2 },
  "δ₂ at infinity": { delta: INFINITY_2 },
  "[τ]₂ at infinity": { tau: INFINITY_2 },
  "δ₂ is γ₂": { delta: G2_GENERATOR },
  "β₂ off the twist": { beta: { ...key.beta, x: [1n, 1n] } },
  "δ₂ off the twist": { delta: { ...key.delta, x: [1n, 1n] } },
  "[τ]₂ off the twist": { tau: { ...key.tau, x: [1n, 1n] } },
  "α₁ off the curve": { alpha: { x: 1n, y: 3n } },
  "IC_3 off the curve": { ic: [...key.ic.slice(0, 3), { x: 1n, y: 3n }] },
  "an IC too many": { ic: [...key.ic, key.ic[0]!] },
};

for (const [name, change] of Object.entries(SPOILED)) {
  test(`key: ${name}`, () => {
    const spoiled = { ...key, ...change };
    const read = readKey(spoiled);
    assert.ok("code" in read && read.code === "TRB_VERIFY_KEY");
    // A bundle that was made for just this key is refused for it, too.
    const { ok, failures } = verifyProof({ ...whole, keyDigest: keyDigest(spoiled) }, spoiled);
    assert.ok(!ok && failures.some(({ message }) => message === read.message));
  });
}

test("key: a development key, where there is money", async () => {
  const development = (await readManifest()).tiers.mini!.keys!.development!.verifyingKey;
  const codes = (chainId: bigint): string[] =>
    keyFailures({ ...stated({ chainId }), keyDigest: keyDigest(development) }, development).map(
      ({ code }) => code,
    );
  assert.deepEqual(codes(1n), ["TRB_VERIFY_DEVELOPMENT_KEY"]);
  assert.deepEqual(codes(31337n), []);
});
