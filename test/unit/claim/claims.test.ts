import assert from "node:assert/strict";
import { test } from "node:test";
import { positionsOf, prepareClaim, prepareClaims, unclaimed } from "../../../src/claim/claims.ts";
import { type AmountCommitments, rebuildEarnings } from "../../../src/claim/earnings.ts";
import { mod, pow, rootOfUnity } from "../../../src/crypto/field.ts";
import { pack } from "../../../src/crypto/packing.ts";
import { G1_GENERATOR } from "../../../src/crypto/points.ts";
import type { SettledBatch } from "../../../src/settlement/settle.ts";
import type { Book } from "../../../src/settlement/vault.ts";
import { linearCombination, pairingProductIsOne, readG1, readG2 } from "../../../src/verification/curve.ts";
import { addPoints } from "../../helpers/proof-points.ts";
import { commitAmounts, g2, openAmounts, trapdoorKey } from "../../helpers/trapdoor.ts";

const C = 16;
/** Commitments under the tests' own key, whose τ is known: real points without a reference string. */
const commitments: AmountCommitments = {
  commit: async (amounts) => commitAmounts(amounts, C),
  open: async (amounts, position) => openAmounts(amounts, C, position),
};

const BOOK = (4n << 32n) | 0x01020304n;
const PAYOUTS = [
  [5n, 0n, 7n, 1_000_000n, 3n],
  [10n, 20n, 0n, 1n, 0n, 9n],
  [1n, 1n, 1n],
];

const settled: SettledBatch[] = PAYOUTS.map((payouts, i) => ({
  batchKey: `0x${String(i).repeat(64)}`,
  indexId: 1n,
  book: BOOK,
  checkpoint: BigInt(i + 1),
  payoutCommitment: commitAmounts(payouts, C),
  paid: payouts.reduce((sum, pay) => sum + pay, 0n),
  unattributed: 0n,
  recipient: `0x${"00".repeat(20)}`,
  payoutWords: pack("amount", payouts),
}));

/** The chain's book after so many settlements: its total is a sum of points. */
function bookAfter(count: number): Book {
  const included = settled.slice(0, count);
  const total = included.map((batch) => batch.payoutCommitment).reduce(addPoints);
  const owed = included.reduce((sum, batch) => sum + batch.paid, 0n);
  const checkpoint = BigInt(count);
  return { book: BOOK, selector: "0x01020304", capacity: C, owed, reserve: 0n, total, checkpoint };
}

/** e(total − cumulative·G + ω^c·π, G₂) = e(π, [τ]₂), as the vault checks it. */
function opens(claim: Awaited<ReturnType<typeof prepareClaim>>): boolean {
  const at = pow(rootOfUnity(C), claim.position);
  const opening = readG1(claim.opening)!;
  const left = linearCombination([
    [1n, readG1(claim.total)!],
    [mod(-claim.cumulative), readG1(G1_GENERATOR)!],
    [at, opening],
  ]);
  return pairingProductIsOne([
    [left, readG2(g2(1n))!],
    [opening.negate(), readG2(trapdoorKey("mini").tau)!],
  ]);
}

test("earnings add up over settlements, and every position's claim opens the chain's total", async () => {
  const earnings = await rebuildEarnings(settled, bookAfter(3), commitments);
  assert.deepEqual(earnings.cumulative.slice(0, 7), [16n, 21n, 8n, 1_000_001n, 3n, 9n, 0n]);
  for (const position of [0, 3, 5, 15]) {
    const claim = await prepareClaim(earnings, position, commitments);
    assert.ok(opens(claim), `position ${position}`);
    assert.ok(!opens({ ...claim, cumulative: claim.cumulative + 1n }));
  }
});

test("a settlement after the books were read is left out", async () => {
  const earnings = await rebuildEarnings(settled, bookAfter(2), commitments);
  assert.equal(earnings.checkpoint, 2n);
  assert.equal(earnings.cumulative[0], 15n);
  assert.ok(opens(await prepareClaim(earnings, 0, commitments)));
});

test("an event that is missing or was altered is seen", async () => {
  const books = bookAfter(3);
  const missing = rebuildEarnings(settled.slice(1), books, commitments);
  await assert.rejects(missing, { code: "TRB_CLAIM_TOTAL_MISMATCH" });
  const altered = settled.map((batch, i) =>
    i === 1 ? { ...batch, payoutWords: pack("amount", [11n, 20n]) } : batch,
  );
  await assert.rejects(rebuildEarnings(altered, books, commitments), { code: "TRB_CLAIM_TOTAL_MISMATCH" });
});

test("nothing settled, and positions that do not exist, have their own errors", async () => {
  const none = { ...bookAfter(1), checkpoint: 0n };
  await assert.rejects(rebuildEarnings([], none, commitments), { code: "TRB_CLAIM_NOTHING_SETTLED" });
  await assert.rejects(rebuildEarnings(settled, { ...bookAfter(3), capacity: 4 }, commitments), {
    code: "TRB_CLAIM_POSITION",
  });
  const earnings = await rebuildEarnings(settled, bookAfter(3), commitments);
  await assert.rejects(prepareClaim(earnings, C, commitments), { code: "TRB_CLAIM_POSITION" });
});

test("only positions with something due are claimed, and an account's positions are found whatever the spelling", async () => {
  const earnings = await rebuildEarnings(settled, bookAfter(3), commitments);
  const claimed = new Map([16n, 20n, 8n].entries());
  assert.equal(unclaimed(earnings, claimed, 1), 1n);
  const claims = await prepareClaims(earnings, claimed, [0, 1, 2, 3, 6], commitments);
  assert.deepEqual(
    claims.map(({ position, cumulative }) => [position, cumulative]),
    [
      [1n, 21n],
      [3n, 1_000_001n],
    ],
  );
  const owners = ["0xAa", "0xbb", "0xaA"] as const;
  assert.deepEqual(positionsOf(owners, "0xaa"), [0, 2]);
  assert.deepEqual(positionsOf(owners, "0xcc"), []);
});
