import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { splitPools } from "../../src/attribution/rewards.ts";
import { scoreTrace } from "../../src/attribution/scores.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import { proveBatch } from "../../src/operations/proving/prove-batch.ts";
import type { Groth16Backend, SignalValues } from "../../src/proof/backend.ts";
import { chooseBackend } from "../../src/proof/choose-backend.ts";
import { slotRecords } from "../../src/witness/slots.ts";
import { noiseIndex, noiseTraces, OPERATOR, statementOf } from "../helpers/batch.ts";
import { openProofTools, type ProofTools } from "../helpers/proof-tools.ts";

/*
 * Two proofs of one batch differ in all they show already where one secret is drawn: α hashes blind1 through h1, and the rest
 * follows. So the secrets themselves are looked at, where they enter the circuit.
 */
let tools: ProofTools;
before(async () => {
  tools = await openProofTools();
});
after(() => tools.close());

const index = noiseIndex("mini", 12);
const traces = noiseTraces("mini", 3);

/** The circuit's input of one proof, made by the real backend. */
async function provenInput(): Promise<SignalValues> {
  const { srs, hash } = tools;
  const statement = await statementOf(index, traces, srs, hash);
  const commitments = slotRecords({ statement, traces }).map((record) => commitTrace(record, hash));
  const scores = traces.map((trace) => scoreTrace(trace.u, index));
  const batch = { statement, traces, commitments, scores, split: splitPools(scores, statement.pools) };
  const backend = chooseBackend();
  const inputs: SignalValues[] = [];
  const watched: Groth16Backend = {
    name: backend.name,
    witness: (path, input, options) => {
      inputs.push(input);
      return backend.witness(path, input, options);
    },
    groth16: (...args) => backend.groth16(...args),
    productIsOne: (...args) => backend.productIsOne(...args),
    kzg: (...args) => backend.kzg(...args),
  };
  const parts = { ...tools, backend: watched, kzg: backend.kzg(srs) };
  await proveBatch(parts, batch, { index, statement, traces, recipient: OPERATOR }, {});
  assert.equal(inputs.length, 1);
  return inputs[0]!;
}

test("the mask's two coefficients and both blinds are drawn anew for each proof", async () => {
  const drawn: bigint[] = [];
  for (let proof = 0; proof < 2; proof++) {
    const { mask, blind1, blind2 } = await provenInput();
    drawn.push(...[mask, blind1, blind2].flat().map((value) => BigInt(value as bigint)));
  }
  assert.equal(drawn.length, 8);
  assert.equal(new Set(drawn).size, 8);
  // A uniform scalar is smaller with a chance of 2^−53.
  for (const value of drawn) assert.ok(value > 2n ** 200n);
});
