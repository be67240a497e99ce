import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mod, P } from "../../../src/crypto/field.ts";
import { type CurveUse, openCurve } from "../../../src/crypto/kzg/curve.ts";
import type { G1 } from "../../../src/crypto/points.ts";
import type { Groth16Backend } from "../../../src/proof/backend.ts";
import { requireNative } from "../../../src/proof/native-backend.ts";
import { provesItself } from "../../../src/proof/self-check.ts";
import { snarkjsBackend } from "../../../src/proof/snarkjs-backend.ts";
import type { Settlement } from "../../../src/protocol/statement.ts";
import type { VerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { withoutNative } from "../../helpers/native.ts";
import { exampleBatch, provenExample } from "../../helpers/proof-fixture.ts";
import { openProofTools, type ProofTools } from "../../helpers/proof-tools.ts";

let tools: ProofTools;
let use: CurveUse;
let honest: Settlement;
before(async () => {
  tools = await openProofTools();
  use = await openCurve();
  honest = await provenExample(tools, await exampleBatch(tools));
});
after(async () => {
  await use.close();
  await tools.close();
});

const negative = ({ x, y }: G1): G1 => ({ x, y: P - y });

/** One thing changed in everything that the equation says something about. */
function changed({ statement, claim, proof, keyDigest }: Settlement): Record<string, Settlement> {
  const whole = { statement, claim, proof, keyDigest };
  const inProof = (change: Partial<Settlement["proof"]>) => ({ ...whole, proof: { ...proof, ...change } });
  const inClaim = (change: Partial<Settlement["claim"]>) => ({ ...whole, claim: { ...claim, ...change } });
  const inStatement = (change: Partial<Settlement["statement"]>) => ({
    ...whole,
    statement: { ...statement, ...change },
  });
  return {
    A: inProof({ a: negative(proof.a) }),
    C: inProof({ c: negative(proof.c) }),
    C_q: inProof({ cq: negative(proof.cq) }),
    "the opening": inProof({ opening: negative(proof.opening) }),
    h1: inProof({ h1: mod(proof.h1 + 1n) }),
    h2: inProof({ h2: mod(proof.h2 + 1n) }),
    y: inProof({ y: mod(proof.y + 1n) }),
    C_P: inClaim({ payoutCommitment: negative(claim.payoutCommitment) }),
    "a payout": inClaim({ payouts: claim.payouts.with(0, claim.payouts[0]! + 1n) }),
    "the left-over": inClaim({ unattributed: claim.unattributed + 1n }),
    "the recipient": inClaim({ recipient: `0x${"ab".repeat(20)}` }),
    C_Φ: inStatement({ indexCommitment: negative(statement.indexCommitment) }),
    "a trace": inStatement({ traces: statement.traces.with(1, mod(statement.traces[1]! + 1n)) }),
    "a pool": inStatement({ pools: statement.pools.with(0, statement.pools[0]! + 1n) }),
    "the chain": inStatement({ chainId: 1n }),
    "the key's digest": { ...whole, keyDigest: `0x${"cd".repeat(32)}` },
  };
}

function otherKeys(key: VerifyingKey): Record<string, VerifyingKey> {
  return {
    α: { ...key, alpha: negative(key.alpha) },
    β: { ...key, beta: key.delta },
    δ: { ...key, delta: key.beta },
    τ: { ...key, tau: key.beta },
    ...Object.fromEntries(
      key.ic.map((point, i) => [`IC_${i}`, { ...key, ic: key.ic.with(i, negative(point)) }]),
    ),
  };
}

const backends: readonly (readonly [string, () => Groth16Backend, string | false])[] = [
  ["snarkjs", () => snarkjsBackend, false],
  ["native", () => requireNative(), withoutNative],
];
for (const [name, open, skip] of backends) {
  test(`the prover's own check, ${name}: an honest proof holds, and nothing in it or in the key can be another`, {
    skip,
  }, async () => {
    const engine = { backend: open(), curve: use.curve };
    assert.equal(await provesItself(engine, tools.verifyingKey, honest), true);
    for (const [what, other] of Object.entries(changed(honest)))
      assert.equal(await provesItself(engine, tools.verifyingKey, other), false, what);
    for (const [what, key] of Object.entries(otherKeys(tools.verifyingKey)))
      assert.equal(await provesItself(engine, key, honest), false, what);
  });
}
