import { it } from "node:test";
import type { Statement } from "../../../src/protocol/statement.ts";
import { compileMutant, type Mutation } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import {
  claimOf,
  claimTuple,
  commitBatch,
  FEES,
  NOBODY,
  serve,
  statementTuple,
} from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { deployWorld, SOURCES } from "../../helpers/world.ts";

const TRANSCRIPT = "contracts/libraries/Transcript.sol";
const claim = claimOf([1n, 2n, 3n, 4n, 5n, 6n]);

/**
 * Whether a verifier takes a proof that was made of the same batch under another chain id or settlement contract.
 *
 * @param provenFor what the proof's transcript says instead
 */
async function verifyElsewhere(provenFor: Partial<Statement>, mutation?: Mutation): Promise<void> {
  const mutants =
    mutation === undefined
      ? {}
      : { AttributionVerifier: await compileMutant(SOURCES.AttributionVerifier, mutation) };
  const world = await deployWorld({ mutants });
  const { statement } = await commitBatch(world, await serve(world), 0n, FEES);
  const proof = provedByTrapdoor({ ...statement, ...provenFor }, claim);
  const args = [statementTuple(statement), claimTuple(claim), proof];
  await world.chain.read(world.verifier, "verify", args).finally(world.close);
}

it("a proof made for another chain is refused", async () => {
  await assertReverts(verifyElsewhere({ chainId: 1n }), "ProofRejected");
});

it("bites: a transcript without the chain id takes it", async () => {
  const remove = "(uint256(Params.TAG_ALPHA), block.chainid)";
  // A constant in the place of the chain id: then a proof for it is one for every chain.
  const insert = "(uint256(Params.TAG_ALPHA), uint256(1))";
  await verifyElsewhere({ chainId: 1n }, { file: TRANSCRIPT, remove, insert });
});

it("a proof made for another settlement contract is refused", async () => {
  await assertReverts(verifyElsewhere({ settlement: NOBODY }), "ProofRejected");
});

it("bites: a transcript without the settlement contract takes it", async () => {
  const remove = "uint160(statement.settlement)";
  const insert = "uint256(0)";
  await verifyElsewhere({ settlement: NOBODY }, { file: TRANSCRIPT, remove, insert });
});
