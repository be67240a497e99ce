import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chainFacts } from "../../../src/operations/chain-facts.ts";
import { type BundleVerdict, verifyBundleText } from "../../../src/operations/verify.ts";
import { encodeBundle } from "../../../src/protocol/bundle.ts";
import type { Claim, Settlement } from "../../../src/protocol/statement.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../../src/protocol/verifying-key.ts";
import type { ChainReader } from "../../../src/settlement/chain.ts";
import { forgedProof } from "../../helpers/forged-proof.ts";
import { importMutant } from "../../helpers/mutant-source.ts";
import { type Committed, claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { g1, g2, provedByTrapdoor, trapdoorKey } from "../../helpers/trapdoor.ts";
import { deployWorld, type World } from "../../helpers/world.ts";
import { deploymentOf, pinning, readerOf } from "../../helpers/world-reader.ts";

type Facts = typeof chainFacts;

const key = trapdoorKey("mini");
const SOURCE = "src/operations/chain-facts.ts";
const OTHER = `0x${"0b".repeat(20)}` as const;
const payouts = [1_000n, 0n, 50_000n, 7n, 0n, 30_000n];
const paid = claimOf(payouts, `0x${"0a".repeat(20)}`);

let world: World;
let reader: ChainReader;
let settled: Committed;
let waiting: Committed;

before(async () => {
  world = await deployWorld();
  reader = await readerOf(world);
  const served = await serve(world);
  settled = await commitBatch(world, served, 0n, FEES);
  waiting = await commitBatch(world, served, BigInt(FEES.length), FEES);
  await settle(world, settled, paid);
});
after(() => world.close());

const provenFor = ({ statement }: Committed, claim: Claim): Settlement => ({
  statement,
  claim,
  proof: provedByTrapdoor(statement, claim),
  keyDigest: keyDigest(key),
});

const verdictOf = (
  settlement: Settlement,
  pinned: VerifyingKey,
  facts: Facts = chainFacts,
): Promise<BundleVerdict> =>
  verifyBundleText(
    encodeBundle(settlement),
    { kind: "chain", of: (one, with_) => facts(reader, deploymentOf(world), one, with_) },
    pinning(pinned),
  );

const codes = ({ ok, failures }: BundleVerdict): string =>
  ok ? "accepted" : [...new Set(failures.map(({ code }) => code))].join(" ");

/** The same payouts and another recipient, other payouts, and payouts that were left to the reserve. */
const others: readonly Claim[] = [
  { ...paid, recipient: OTHER },
  claimOf(payouts.with(2, 40_000n).with(1, 10_000n), paid.recipient),
  { ...paid, unattributed: 5n },
];

test("the bundle that was settled is accepted, and so is one whose batch waits, which is said", async () => {
  const done = await verdictOf(provenFor(settled, paid), key);
  assert.deepEqual([codes(done), done.status, done.keyDigest], ["accepted", "settled", keyDigest(key)]);
  const open = await verdictOf(provenFor(waiting, paid), key);
  assert.deepEqual([codes(open), open.status], ["accepted", "pending"]);
});

test("a proof that holds, of other payouts than the chain settled, is refused", async () => {
  for (const claim of others) {
    assert.equal(codes(await verdictOf(provenFor(settled, claim), key)), "TRB_VERIFY_PAYOUTS");
  }
});

/** A key whose secrets the prover knows, pinned by a reader who was told that it is the right one. */
const SECRET = { alpha: 2n, beta: 3n, delta: 5n, tau: 7n };
const another: VerifyingKey = {
  tier: "mini",
  alpha: g1(SECRET.alpha),
  beta: g2(SECRET.beta),
  delta: g2(SECRET.delta),
  tau: g2(SECRET.tau),
  ic: [11n, 13n, 17n, 19n].map(g1),
};

test("a proof under another key than the index's verifier has is refused", async () => {
  const forged = forgedProof(SECRET, another, waiting.statement, paid);
  assert.equal(codes(await verdictOf(forged, another)), "TRB_VERIFY_SELECTOR");
});

test("a batch that the chain does not know makes a false bundle", async () => {
  const statement = { ...waiting.statement, batchKey: `0x${"77".repeat(32)}` } as const;
  const made = { ...provenFor({ ...waiting, statement }, paid), statement };
  const verdict = await verdictOf(made, key);
  assert.deepEqual([codes(verdict), verdict.status], ["TRB_VERIFY_STATEMENT", "none"]);
});

test("bites: without the comparisons each of them is accepted", async () => {
  const noPayouts = await importMutant<{ chainFacts: Facts }>(SOURCE, {
    file: SOURCE,
    remove: 'batch.status === "settled"',
    insert: "false",
  });
  for (const claim of others) {
    const verdict = await verdictOf(provenFor(settled, claim), key, noPayouts.chainFacts);
    assert.equal(codes(verdict), "accepted");
  }
  const noKey = await importMutant<{ chainFacts: Facts }>(SOURCE, {
    file: SOURCE,
    remove: "there.toLowerCase() === here",
    insert: "true",
  });
  const forged = forgedProof(SECRET, another, waiting.statement, paid);
  assert.equal(codes(await verdictOf(forged, another, noKey.chainFacts)), "accepted");
});
