import assert from "node:assert/strict";
import { after, before, describe, it, test } from "node:test";
import { splitPools } from "../../src/attribution/rewards.ts";
import { scoreTrace } from "../../src/attribution/scores.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import { G1_GENERATOR } from "../../src/crypto/points.ts";
import { proveBatch } from "../../src/operations/proving/prove-batch.ts";
import type { Groth16Backend } from "../../src/proof/backend.ts";
import { chooseBackend } from "../../src/proof/choose-backend.ts";
import type { Settlement } from "../../src/protocol/statement.ts";
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

/** Proves the batch with a backend that was changed in some of its parts. */
async function prove(change: (backend: Groth16Backend) => Partial<Groth16Backend>): Promise<Settlement> {
  const { srs, hash } = tools;
  const statement = await statementOf(index, traces, srs, hash);
  const commitments = slotRecords({ statement, traces }).map((record) => commitTrace(record, hash));
  const scores = traces.map((trace) => scoreTrace(trace.u, index));
  const batch = { statement, traces, commitments, scores, split: splitPools(scores, statement.pools) };
  const real = chooseBackend();
  const backend: Groth16Backend = {
    name: real.name,
    witness: (...args) => real.witness(...args),
    groth16: (...args) => real.groth16(...args),
    productIsOne: (...args) => real.productIsOne(...args),
    kzg: (...args) => real.kzg(...args),
    ...change(real),
  };
  const parts = { ...tools, backend, kzg: backend.kzg(srs) };
  return proveBatch(parts, batch, { index, statement, traces, recipient: OPERATOR }, {});
}

test("the mask's two coefficients and both blinds are drawn anew for each proof", async () => {
  const drawn: bigint[] = [];
  const watched = (backend: Groth16Backend): Partial<Groth16Backend> => ({
    witness: (path, input, options) => {
      drawn.push(...[input.mask, input.blind1, input.blind2].flat().map((value) => BigInt(value as bigint)));
      return backend.witness(path, input, options);
    },
  });
  for (let proof = 0; proof < 2; proof++) await prove(watched);
  assert.equal(drawn.length, 8);
  assert.equal(new Set(drawn).size, 8);
  // A uniform scalar is smaller with a chance of 2^−53.
  for (const value of drawn) assert.ok(value > 2n ** 200n);
});

describe("what a backend gives is not handed out where it does not hold", () => {
  it("public signals that are not the transcript's, or one too many", async () => {
    for (const spoil of [
      (signals: readonly bigint[]) => signals.with(2, signals[2]! + 1n),
      (signals: readonly bigint[]) => [...signals, 0n],
    ]) {
      const spoiled = prove((backend) => ({
        groth16: async (...args) => {
          const proof = await backend.groth16(...args);
          return { ...proof, publicSignals: spoil(proof.publicSignals) };
        },
      }));
      await assert.rejects(spoiled, { code: "TRB_PROOF_SIGNALS" });
    }
  });

  it("a Groth16 proof of something else", async () => {
    const spoiled = prove((backend) => ({
      groth16: async (...args) => ({ ...(await backend.groth16(...args)), c: G1_GENERATOR }),
    }));
    await assert.rejects(spoiled, { code: "TRB_PROOF_SELF_CHECK" });
  });

  it("an opening of another value", async () => {
    const spoiled = prove((backend) => ({
      kzg: (srs) => {
        const engine = backend.kzg(srs);
        return {
          ...engine,
          open: async (...args) => {
            const { value, proof } = await engine.open(...args);
            return { value: value + 1n, proof };
          },
        };
      },
    }));
    await assert.rejects(spoiled, { code: "TRB_PROOF_SELF_CHECK" });
  });
});
