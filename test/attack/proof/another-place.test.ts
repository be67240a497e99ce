import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Settlement, Statement } from "../../../src/core/statement.ts";
import { type AlphaInput, alpha } from "../../../src/core/transcript.ts";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/** A proof taken from where it was made to another chain, another contract, another batch, or another prover's pocket. */
const NOWHERE = `0x${"00".repeat(20)}` as const;
const ELSEWHERE = `0x${"77".repeat(20)}` as const;

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

/** A transcript whose α does not see what `blind` covers. */
const blindTo = (blind: (input: AlphaInput) => AlphaInput): Partial<Transcript> => ({
  alpha: (input) => alpha(blind(input)),
});

/** Proves for `here`, moves to `there`: the blind mutant accepts there, the verifiers do not. */
async function assertBound(
  mutant: Partial<Transcript>,
  move: (made: Settlement) => Settlement,
): Promise<void> {
  const { tools, example, verifiers, honest } = scene;
  const { settlement } = await forge(tools, example, { transcript: mutant });
  assert.ok(
    acceptedByMutant(move(settlement), verifiers.key, mutant),
    "a transcript blind to it accepts the move",
  );
  await assertRefused(verifiers, move(honest));
}

const moveTo = (change: Partial<Statement>) => (made: Settlement) => ({
  ...made,
  statement: { ...made.statement, ...change },
});

test("a proof for one settlement contract is refused by another", async () => {
  const mutant = blindTo((input) => ({ ...input, statement: { ...input.statement, settlement: NOWHERE } }));
  await assertBound(mutant, moveTo({ settlement: ELSEWHERE }));
});

test("a proof for one batch is refused for another of the same payments", async () => {
  const blank = `0x${"00".repeat(32)}` as const;
  const mutant = blindTo((input) => ({ ...input, statement: { ...input.statement, batchKey: blank } }));
  await assertBound(mutant, moveTo({ batchKey: `0x${"bb".repeat(32)}` }));
});

test("a copied proof cannot be sent in with another recipient of the prover's share", async () => {
  const mutant = blindTo((input) => ({ ...input, claim: { ...input.claim, recipient: NOWHERE } }));
  await assertBound(mutant, (made) => ({ ...made, claim: { ...made.claim, recipient: ELSEWHERE } }));
});

test("a proof for another chain is refused on this one", async () => {
  const { tools, example, verifiers } = scene;
  const abroad = { ...example.statement, chainId: 1n };
  const { settlement } = await forge(tools, { ...example, statement: abroad });
  assert.equal(verifiers.javascript(settlement), "accepted", "it is a proof, for chain 1");
  await assertRefused(verifiers, settlement, { javascript: "TRB_VERIFY_STATEMENT" }, example.statement);
  await assertRefused(verifiers, { ...settlement, statement: example.statement });
});
