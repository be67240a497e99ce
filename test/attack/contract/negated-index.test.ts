import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { P } from "../../../src/crypto/field.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import {
  type Committed,
  claimOf,
  claimTuple,
  commitBatch,
  FEES,
  serve,
  statementTuple,
} from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, SOURCES, type World } from "../../helpers/world.ts";

/*
 * Of several proofs under one verifier, neighbours of the same index share a multiplication. −C_Φ has the x of C_Φ: where y is
 * not compared, a proof about the rows of C_Φ passes for one about an index of the negated rows, for which every score has
 * the other sign: who harmed an answer is paid for it.
 */
const EARNED = [10n, 20n, 30n, 40n, 50n, 60n];

describe("a proof about the negated index", () => {
  let world: World;
  let committed: Committed;
  before(async () => {
    world = await deployWorld();
    committed = await commitBatch(world, await serve(world), 0n, FEES);
  });
  after(() => world.close());

  /** The proof of an honest batch, then one of a batch whose index is −C_Φ, with rows of C_Φ. */
  const call = (): readonly unknown[] => {
    const { statement } = committed;
    const { x, y } = statement.indexCommitment;
    const negated = { ...statement, indexCommitment: { x, y: P - y } };
    const claim = claimOf(EARNED, world.people.recipient);
    const statements = [statement, negated];
    return [
      statements.map(statementTuple),
      statements.map(() => claimTuple(claim)),
      statements.map((one) => provedByTrapdoor(one, claim)),
    ];
  };

  it("is refused behind one about the index itself", () =>
    assertReverts(world.chain.read(world.verifier, "verifyMany", call()), "ProofRejected"));

  it("bites: it is accepted where only the first coordinate is compared", async () => {
    const mutant = await compileMutant(SOURCES.AttributionVerifier, {
      file: "contracts/libraries/ProofProduct.sol",
      remove: "sum.index.x != index.x || sum.index.y != index.y",
      insert: "sum.index.x != index.x",
    });
    const other = await deployWorld({ mutants: { AttributionVerifier: mutant } });
    await other.chain.read(other.verifier, "verifyMany", call());
    await other.close();
  });

  it("is refused alone, and the honest pair is accepted", async () => {
    const [statements, claims, proofs] = call() as [unknown[], unknown[], unknown[]];
    const { chain, verifier } = world;
    const last = [statements[1], claims[1], proofs[1]];
    await assertReverts(chain.read(verifier, "verify", last), "ProofRejected");
    const honest = [statements, claims, proofs].map(([first]) => [first, first]);
    assert.equal(await chain.read(verifier, "verifyMany", honest), undefined);
  });
});
