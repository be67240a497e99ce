import { it } from "node:test";
import { readManifest } from "../../../src/protocol/manifest.ts";
import { startChain } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { g2 } from "../../helpers/trapdoor.ts";
import { built, SOURCES, treasuryArguments, verifierArguments } from "../../helpers/world.ts";

const { tiers } = await readManifest();
/** The development key, whose secrets anybody computes from a public seed. */
const key = tiers.mini!.keys!.development!.verifyingKey;
const withOtherTau = { ...key, tau: g2(5n) };
const withOtherBeta = { ...key, beta: g2(5n) };

it("the development key makes no verifier on a chain with real money", async () => {
  const chain = await startChain(1);
  const verifier = await built("AttributionVerifier");
  for (const shape of [key, withOtherTau, withOtherBeta]) {
    await assertReverts(chain.deploy(verifier, verifierArguments(shape)), "DevelopmentKey");
  }
  await chain.close();
});

it("the development string makes no vault there either", async () => {
  const chain = await startChain(1);
  const { address } = chain.admin;
  const args = treasuryArguments(address, address, key.tau);
  await assertReverts(chain.deploy(await built("Treasury"), args), "DevelopmentKey");
  await chain.close();
});

it("both are taken on the development chain", async () => {
  const chain = await startChain();
  const { address } = chain.admin;
  await chain.deploy(await built("AttributionVerifier"), verifierArguments(key));
  const datanets = await chain.deploy(await built("DataNetRegistry"), [address]);
  await chain.deploy(await built("Treasury"), treasuryArguments(address, datanets.address, key.tau));
  await chain.close();
});

it("a key and a string of which nobody knows the secrets are taken on any chain", async () => {
  const chain = await startChain(1);
  const { address } = chain.admin;
  const own = { ...withOtherTau, beta: g2(7n) };
  await chain.deploy(await built("AttributionVerifier"), verifierArguments(own));
  const datanets = await chain.deploy(await built("DataNetRegistry"), [address]);
  await chain.deploy(await built("Treasury"), treasuryArguments(address, datanets.address, own.tau));
  await chain.close();
});

it("bites: without the check it is deployed anywhere", async () => {
  const mutant = await compileMutant(SOURCES.AttributionVerifier, {
    file: "contracts/verification/EmbeddedKey.sol",
    remove: "if (known) revert DevelopmentKey(block.chainid);",
  });
  const chain = await startChain(1);
  await chain.deploy(mutant, verifierArguments(key));
  await chain.close();
});
