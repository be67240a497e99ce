import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Settlement } from "../../../src/protocol/statement.ts";
import { alpha } from "../../../src/protocol/transcript.ts";
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

/** A transcript that sees neither contract nor batch nor recipient. */
const BLIND: Partial<Transcript> = {
  alpha: (input) =>
    alpha({
      ...input,
      statement: { ...input.statement, settlement: NOWHERE, batchKey: NOWHERE },
      claim: { ...input.claim, recipient: NOWHERE },
    }),
};

const MOVES: readonly (readonly [to: string, move: (made: Settlement) => Settlement])[] = [
  [
    "another settlement contract",
    (made) => ({ ...made, statement: { ...made.statement, settlement: ELSEWHERE } }),
  ],
  [
    "another batch of the same payments",
    (made) => ({ ...made, statement: { ...made.statement, batchKey: `0x${"bb".repeat(32)}` } }),
  ],
  [
    "another recipient of the prover's share",
    (made) => ({ ...made, claim: { ...made.claim, recipient: ELSEWHERE } }),
  ],
];

test("a proof moved to another contract, batch or recipient: a blind transcript accepts, the verifiers do not", async () => {
  const { tools, example, verifiers, honest } = scene;
  const { settlement } = await forge(tools, example, { transcript: BLIND });
  for (const [to, move] of MOVES) {
    assert.ok(acceptedByMutant(move(settlement), verifiers.key, BLIND), to);
    await assertRefused(verifiers, move(honest));
  }
});

test("a proof for another chain is refused on this one", async () => {
  const { tools, example, verifiers } = scene;
  const abroad = { ...example.statement, chainId: 1n };
  const { settlement } = await forge(tools, { ...example, statement: abroad });
  assert.ok(acceptedByMutant(settlement, verifiers.key, {}), "it is a proof, for chain 1");
  const reasons = "TRB_VERIFY_STATEMENT TRB_VERIFY_DEVELOPMENT_KEY";
  await assertRefused(verifiers, settlement, { javascript: reasons }, example.statement);
  await assertRefused(verifiers, { ...settlement, statement: example.statement });
});
