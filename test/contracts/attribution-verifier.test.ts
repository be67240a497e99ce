import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { P, R } from "../../src/crypto/field.ts";
import { keyDigest } from "../../src/protocol/transcript.ts";
import { pointOutsideSubgroup } from "../helpers/proof-points.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, statementTuple } from "../helpers/story.ts";
import { g1, g2, provedByTrapdoor, trapdoorKey } from "../helpers/trapdoor.ts";
import { built, deployWorld, verifierArguments, type World } from "../helpers/world.ts";

describe("AttributionVerifier", () => {
  let world: World;
  type Call = { statement: object; claim: object; proof: object };
  let honest: {
    statement: ReturnType<typeof statementTuple>;
    claim: ReturnType<typeof claimTuple>;
    proof: ReturnType<typeof provedByTrapdoor>;
  };
  before(async () => {
    world = await deployWorld();
    const { statement } = await commitBatch(world, await serve(world), 0n, FEES.slice(0, 3));
    const claim = claimOf([1n, 2n, 3n, 4n, 5n, 6n], world.people.recipient);
    const proof = provedByTrapdoor(statement, claim);
    honest = { statement: statementTuple(statement), claim: claimTuple(claim), proof };
  });
  after(() => world.close());
  const verify = (change: Partial<Call> = {}) => {
    const call = {
      statement: { ...honest.statement, ...change.statement },
      claim: { ...honest.claim, ...change.claim },
      proof: { ...honest.proof, ...change.proof },
    };
    return world.chain.read(world.verifier, "verify", [call.statement, call.claim, call.proof]);
  };

  it("accepts a valid proof", async () => {
    await verify();
  });

  it("rejects the proof when any value of it is another one", async () => {
    const { proof } = honest;
    const other = g1(424_242n);
    const changes: object[] = [
      { h1: proof.h1 + 1n },
      { h2: proof.h2 + 1n },
      { y: proof.y + 1n },
      { cq: other },
      { opening: other },
      { a: other },
      { b: g2(424_242n) },
      { c: other },
    ];
    for (const change of changes) await assertReverts(verify({ proof: change }), "ProofRejected");
  });

  it("rejects the proof when any value of the statement is another one", async () => {
    const { statement } = honest;
    const [word] = statement.poolWords;
    const changes: object[] = [
      { settlement: world.people.admin },
      { batchKey: `0x${"01".repeat(32)}` },
      { indexId: 2n },
      { n0: 1n },
      { positions: 7n },
      { indexCommitment: g1(424_242n) },
      { poolWords: [word! + 1n] },
      { traces: statement.traces.toReversed() },
    ];
    for (const change of changes) await assertReverts(verify({ statement: change }), "ProofRejected");
    await assertReverts(verify({ statement: { positions: 5n } }), "StrayBits");
  });

  it("rejects the proof when any value of the claim is another one", async () => {
    const [first, second] = honest.claim.payoutWords;
    const changes: object[] = [
      { payoutWords: [first! + 1n, second!] },
      { payoutCommitment: g1(424_242n) },
      { unattributed: 1n },
      { recipient: world.people.admin },
    ];
    for (const change of changes) await assertReverts(verify({ claim: change }), "ProofRejected");
  });

  it("refuses sizes that the circuit does not have", async () => {
    const { traces } = honest.statement;
    await assertReverts(verify({ statement: { traces: [], poolWords: [] } }), "TraceCountOutOfRange");
    const five = { traces: [...traces, 7n, 8n], poolWords: [0n, 0n] };
    await assertReverts(verify({ statement: five }), "TraceCountOutOfRange");
    await assertReverts(verify({ statement: { positions: 0n } }), "PositionCountOutOfRange");
    await assertReverts(verify({ statement: { positions: 17n } }), "PositionCountOutOfRange");
    await assertReverts(verify({ statement: { traces: [traces[0], 0n, traces[2]] } }), "EmptyTrace");
  });

  it("refuses lists that are not packed in the one way", async () => {
    const [first, second] = honest.claim.payoutWords;
    const words = (payoutWords: readonly bigint[]) => verify({ claim: { payoutWords } });
    await assertReverts(words([first!]), "WordCountMismatch");
    await assertReverts(words([first!, second!, 0n]), "WordCountMismatch");
    await assertReverts(words([first! | (1n << 224n), second!]), "StrayBits");
    await assertReverts(words([first!, second! | (1n << 112n)]), "StrayBits");
  });

  it("refuses payouts above the pool", async () => {
    const [, second] = honest.claim.payoutWords;
    await assertReverts(verify({ claim: { payoutWords: [2n ** 56n - 1n, second!] } }), "PayoutsExceedPool");
  });

  it("refuses numbers that are not below the field's order", async () => {
    const { statement, proof } = honest;
    await assertReverts(verify({ proof: { y: proof.y + R } }), "NotAFieldElement");
    await assertReverts(verify({ proof: { h2: proof.h2 + R } }), "NotAFieldElement");
    await assertReverts(verify({ proof: { h1: proof.h1 + R } }), "NotAFieldElement");
    await assertReverts(verify({ statement: { n0: R } }), "NotAFieldElement");
    await assertReverts(verify({ statement: { indexId: R + 1n } }), "NotAFieldElement");
    await assertReverts(verify({ claim: { unattributed: R } }), "NotAFieldElement");
    const traces = [statement.traces[0]! + R, ...statement.traces.slice(1)];
    await assertReverts(verify({ statement: { traces } }), "NotAFieldElement");
  });

  it("refuses points that are not in canonical form on their curve", async () => {
    const { proof } = honest;
    for (const name of ["a", "c", "cq", "opening"] as const) {
      const { x, y } = proof[name];
      await assertReverts(verify({ proof: { [name]: { x, y: y ^ 1n } } }), "PointRefused");
      await assertReverts(verify({ proof: { [name]: { x: x + P, y } } }), "PointRefused");
      await assertReverts(verify({ proof: { [name]: { x, y: y + P } } }), "PointRefused");
    }
    const { x, y } = proof.b;
    await assertReverts(verify({ proof: { b: { x: [x[0] ^ 1n, x[1]], y } } }), "PointRefused");
    await assertReverts(verify({ proof: { b: pointOutsideSubgroup() } }), "PointRefused");
  });

  const deploy = async (change: object, chainKey = trapdoorKey("mini")) =>
    world.chain.deploy(await built("AttributionVerifier"), verifierArguments({ ...chainKey, ...change }));

  it("has the digest of its key", async () => {
    assert.equal(await world.chain.read(world.verifier, "keyDigest"), keyDigest(world.key));
  });

  it("is not made of a key that proves nothing", async () => {
    await assertReverts(deploy({ delta: g2(1n) }), "DeltaIsGenerator");
    const zero2 = { x: [0n, 0n], y: [0n, 0n] };
    for (const name of ["beta", "delta", "tau"]) {
      await assertReverts(deploy({ [name]: zero2 }), "KeyPointAtInfinity");
    }
    await assertReverts(deploy({ alpha: { x: 0n, y: 0n } }), "KeyPointAtInfinity");
    const { ic } = trapdoorKey("mini");
    await assertReverts(deploy({ ic: [...ic.slice(0, 3), { x: 0n, y: 0n }] }), "KeyPointAtInfinity");
    await assertReverts(deploy({ alpha: { x: 1n, y: 3n } }), "PointRefused");
    for (const name of ["beta", "delta", "tau"]) {
      await assertReverts(deploy({ [name]: pointOutsideSubgroup() }), "PointRefused");
    }
    await deploy({});
  });

  it("is not made for sizes that the packed lists and the roots of unity do not have", async () => {
    const { tier: _, ...points } = trapdoorKey("mini");
    const sized = async (traces: number, positions: number, width: number) =>
      world.chain.deploy(await built("AttributionVerifier"), [{ traces, positions, width }, points]);
    await assertReverts(sized(0, 16, 63), "TierOutOfRange");
    await assertReverts(sized(65, 16, 63), "TierOutOfRange");
    await assertReverts(sized(4, 16, 0), "TierOutOfRange");
    await assertReverts(sized(4, 12, 63), "NotADomain");
    await assertReverts(sized(4, 2048, 63), "NotADomain");
    await sized(64, 1024, 255);
  });
});
