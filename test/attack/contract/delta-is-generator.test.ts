import { it } from "node:test";
import { bn254 } from "@noble/curves/bn254.js";
import { mod } from "../../../src/crypto/field.ts";
import type { G1 } from "../../../src/crypto/points.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import type { Claim, Proof, Statement } from "../../../src/protocol/statement.ts";
import { evaluate, statementVector } from "../../../src/protocol/statement-vector.ts";
import * as transcript from "../../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { startChain } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimTuple, NOBODY, statementTuple } from "../../helpers/story.ts";
import { g1, g2, trapdoorKey } from "../../helpers/trapdoor.ts";
import { built, SOURCES, verifierArguments } from "../../helpers/world.ts";

const BAD_KEY: VerifyingKey = { ...trapdoorKey("mini"), delta: g2(1n) };
const INFINITY: G1 = { x: 0n, y: 0n };
/** Every position gets this, whatever the traces were. */
const GRAB = 1_000n;
/** An index that the attacker registered: the constant polynomial 7. */
const INDEX = 7n;

const statement: Statement = {
  tier: "mini",
  chainId: 31337n,
  settlement: NOBODY,
  batchKey: `0x${"ba".repeat(32)}`,
  indexId: 1n,
  n0: 0n,
  positions: 16,
  indexCommitment: g1(INDEX),
  pools: [20_000n],
  traces: [1n],
};
const claim: Claim = {
  payouts: new Array<bigint>(16).fill(GRAB),
  payoutCommitment: g1(GRAB),
  unattributed: 0n,
  recipient: NOBODY,
};

/** A proof of a falsehood without any secret: with δ₂ = γ₂, (A, B, C) = (α₁, β₂, −L) satisfies Groth16's equation. */
function forge(key: VerifyingKey): Proof {
  const [h1, h2] = [0n, 0n];
  const alpha = transcript.alpha({ statement, claim, keyDigest: transcript.keyDigest(key), h1 });
  const beta = transcript.beta({ alpha, cq: INFINITY, h2 });
  const rho = transcript.rho(beta);
  const stated = evaluate(statementVector(TIERS.mini, { ...statement, ...claim }, alpha, h1), beta);
  // C_Φ and C_P are constants, so their opening anywhere is infinity.
  const y = mod(INDEX + rho * GRAB + rho * rho * stated);
  const point = (p: G1) => bn254.G1.Point.fromAffine(p);
  const [ic0, ...ic] = key.ic.map(point);
  const input = [h2, beta, y].reduce(
    (sum, value, i) => (value === 0n ? sum : sum.add(ic[i]!.multiply(value))),
    ic0!,
  );
  const c = input.negate().toAffine();
  return { h1, h2, y, cq: INFINITY, opening: INFINITY, a: key.alpha, b: key.beta, c };
}

it("a key with δ₂ = G₂ makes no verifier", async () => {
  const chain = await startChain();
  const verifier = await built("AttributionVerifier");
  await assertReverts(chain.deploy(verifier, verifierArguments(BAD_KEY)), "DeltaIsGenerator");
  await chain.close();
});

it("the forgery fails under a key with another δ₂", async () => {
  const chain = await startChain();
  const key = trapdoorKey("mini");
  const verifier = await chain.deploy(await built("AttributionVerifier"), verifierArguments(key));
  const args = [statementTuple(statement), claimTuple(claim), forge(key)];
  await assertReverts(chain.read(verifier, "verify", args), "ProofRejected");
  await chain.close();
});

it("bites: a verifier that takes the key takes a forged proof", async () => {
  const mutant = await compileMutant(SOURCES.AttributionVerifier, {
    file: "contracts/verification/EmbeddedKey.sol",
    remove: "if (delta == keccak256(abi.encode(Bn254.generator2()))) revert DeltaIsGenerator();",
  });
  const chain = await startChain();
  const verifier = await chain.deploy(mutant, verifierArguments(BAD_KEY));
  await chain.read(verifier, "verify", [statementTuple(statement), claimTuple(claim), forge(BAD_KEY)]);
  await chain.close();
});
