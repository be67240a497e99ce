import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { createInProcessChain } from "../../src/cli/dev-chain.ts";
import { deployDevelopment, developmentCast } from "../../src/cli/development.ts";
import type { Fork } from "../../src/cli/forks.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { connectReader } from "../../src/settlement/chain.ts";
import { createDataNet, joinPositions } from "../../src/settlement/datanet.ts";
import { GAS_FORKS, type GasByFork } from "../helpers/gas.ts";

const recorded = async (name: string): Promise<GasByFork> =>
  JSON.parse(await readFile(new URL(`../../bench/${name}`, import.meta.url), "utf8"));

/** EIP-7825: the most gas that a transaction may have, from Osaka on. */
const MOST = 2 ** 24;

async function mostGasOfADeployment(fork: Fork): Promise<number> {
  const chain = await createInProcessChain(fork);
  try {
    const deployment = await deployDevelopment(chain.transport, () => {});
    assert.ok(deployment.verifiers.mini !== undefined && deployment.verifiers.small !== undefined);
    const { client } = await connectReader(chain.transport);
    let most = 0;
    for (let number = await client.getBlockNumber(); number > 0n; number--) {
      most = Math.max(most, Number((await client.getBlock({ blockNumber: number })).gasUsed));
    }
    return most;
  } finally {
    await chain.close();
  }
}

test("every contract is deployed at today's and the next fork; at Amsterdam the treasury takes more than 2^24 gas, most of it for its code", async () => {
  for (const fork of GAS_FORKS) {
    const most = await mostGasOfADeployment(fork);
    assert.equal(most > MOST, fork === "amsterdam", `${fork}: ${most}`);
  }
});

test("the largest tier has a verifier, and its 1,024 contributors join below 2^24 gas at Amsterdam's prices and have ether", async () => {
  const chain = await createInProcessChain("amsterdam");
  const deployment = await deployDevelopment(chain.transport, () => {});
  assert.ok(deployment.verifiers.large !== undefined);
  const { modelOwner, ownerOf } = await developmentCast(chain.transport);
  const { positions } = TIERS.large;
  const { datanetId } = await createDataNet(modelOwner, deployment, { name: "large" });
  const contributors = Array.from({ length: positions }, (_, position) => ownerOf(position));
  for (const { gasUsed } of await joinPositions(modelOwner, deployment, { datanetId, contributors })) {
    assert.ok(gasUsed <= MOST, `${gasUsed}`);
  }
  assert.ok((await modelOwner.client.getBalance({ address: contributors.at(-1)! })) > 0n);
  await chain.close();
});

test("a transaction may have more than 2^24 gas at Amsterdam, and not at Osaka", async () => {
  for (const fork of ["osaka", "amsterdam"] as const) {
    const chain = await createInProcessChain(fork);
    const { payer, prover } = await developmentCast(chain.transport);
    const sent = prover.wallet.sendTransaction({
      account: prover.account,
      chain: prover.wallet.chain!,
      to: payer,
      gas: BigInt(MOST + 1),
    });
    if (fork === "amsterdam") await sent;
    else await assert.rejects(sent);
    await chain.close();
  }
});

test("what a real node was measured with is what the simulated chain costs today; else run node bench/gas.ts --geth", async () => {
  const [simulated, real] = [await recorded("gas.json"), await recorded("gas-geth.json")];
  for (const fork of GAS_FORKS) {
    assert.deepEqual(Object.keys(real[fork]), Object.keys(simulated[fork]));
  }
  for (const [name, gas] of Object.entries(simulated.osaka)) {
    // An estimate, which geth makes in other steps.
    if (name !== "verify") assert.equal(real.osaka[name], gas, name);
  }
});
