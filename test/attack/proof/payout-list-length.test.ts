import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { exampleIndex, exampleStatement } from "../../helpers/proof-example.ts";
import { INDEX_SEED } from "../../helpers/proof-fixture.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { assertAccepted, assertRefused } from "../../helpers/proof-verdicts.ts";

/** Lists of payouts, pools or traces that are longer or shorter than the statement says. */
let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("a payout more, in the last word's free place, is refused", async () => {
  const { honest, verifiers } = scene;
  const payouts = [...honest.claim.payouts, 1n];
  await assertRefused(
    verifiers,
    { ...honest, claim: { ...honest.claim, payouts } },
    { javascript: "TRB_VERIFY_SHAPE", solidity: "TRB_SETTLEMENT_STRAY_BITS" },
  );
});

test("a word of payouts more, or one less, is refused", async () => {
  const { honest, verifiers } = scene;
  const { payouts } = honest.claim;
  for (const list of [[...payouts, 0n, 0n], payouts.slice(0, 8), []]) {
    await assertRefused(
      verifiers,
      { ...honest, claim: { ...honest.claim, payouts: list } },
      { javascript: "TRB_VERIFY_SHAPE", solidity: "TRB_SETTLEMENT_WORD_COUNT_MISMATCH" },
    );
  }
});

test("a payment more than the circuit has slots is refused", async () => {
  const { honest, verifiers } = scene;
  const { statement } = honest;
  const longer = {
    ...statement,
    pools: [...statement.pools, statement.pools[0]!],
    traces: [...statement.traces, 1n],
  };
  await assertRefused(
    verifiers,
    { ...honest, statement: longer },
    { javascript: "TRB_VERIFY_SHAPE", solidity: "TRB_SETTLEMENT_TRACE_COUNT_OUT_OF_RANGE" },
  );
});

test("payouts to positions that nobody owns are refused, though a proof of them exists", async () => {
  const { tools, example, verifiers } = scene;
  const { assigned } = example.index;
  // A model maker's trick: the registered index has rows past the positions that are assigned.
  const crowded = exampleIndex(INDEX_SEED, 16);
  const registered = await exampleStatement({ ...crowded, assigned }, example.traces, tools);
  const { settlement } = await forge(tools, {
    index: crowded,
    traces: example.traces,
    statement: { ...registered, positions: 16 },
  });
  assert.ok(settlement.claim.payouts.slice(assigned).some((pay) => pay > 0n));
  await assertAccepted(verifiers, settlement);
  await assertRefused(
    verifiers,
    settlement,
    { javascript: "TRB_VERIFY_STATEMENT", solidity: "TRB_SETTLEMENT_WORD_COUNT_MISMATCH" },
    registered,
  );
  const cut = { ...settlement.claim, payouts: settlement.claim.payouts.slice(0, assigned) };
  await assertRefused(verifiers, { ...settlement, statement: registered, claim: cut });
});
