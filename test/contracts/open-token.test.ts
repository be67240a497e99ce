import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertReverts } from "../helpers/reverts.ts";
import { balance, deployWorld, type World } from "../helpers/world.ts";

const SUPPLY = 10n ** 27n;

describe("OpenToken", () => {
  let world: World;
  before(async () => {
    world = await deployWorld();
  });
  after(() => world.close());

  it("is all there from the start", async () => {
    const { open, people } = world;
    assert.equal(await world.chain.read(open, "totalSupply"), SUPPLY);
    assert.equal((await balance(world, people.admin)) + (await balance(world, people.operator)), SUPPLY);
  });

  it("takes a signed permit once, from its owner only, until its deadline", async () => {
    const { chain, open, people } = world;
    const [owner, spender, value] = [people.admin, people.recipient, 5n];
    const { timestamp } = await chain.client.getBlock();
    const permit = async (deadline: bigint, signer = chain.admin) => {
      const signature = await signer.signTypedData({
        domain: { name: "OPEN", version: "1", chainId: 31337, verifyingContract: open.address },
        primaryType: "Permit",
        types: {
          Permit: [
            { name: "owner", type: "address" },
            { name: "spender", type: "address" },
            { name: "value", type: "uint256" },
            { name: "nonce", type: "uint256" },
            { name: "deadline", type: "uint256" },
          ],
        },
        message: { owner, spender, value, nonce: 0n, deadline },
      });
      const [r, s, v] = [
        signature.slice(0, 66),
        `0x${signature.slice(66, 130)}`,
        `0x${signature.slice(130)}`,
      ];
      return chain.send(
        open,
        "permit",
        [owner, spender, value, deadline, Number(v), r, s],
        chain.accounts[9],
      );
    };
    await assertReverts(permit(timestamp - 1n), "ERC2612ExpiredSignature");
    await assertReverts(permit(timestamp + 600n, chain.accounts[1]), "ERC2612InvalidSigner");
    await permit(timestamp + 600n);
    assert.equal(await chain.read(open, "allowance", [owner, spender]), value);
    await assertReverts(permit(timestamp + 600n), "ERC2612InvalidSigner");
  });

  it("counts votes once they are delegated", async () => {
    const { chain, open, people } = world;
    assert.equal(await chain.read(open, "getVotes", [people.operator]), 0n);
    await chain.send(open, "delegate", [people.operator], chain.accounts[2]);
    assert.equal(await chain.read(open, "getVotes", [people.operator]), 10n ** 24n);
    await chain.send(open, "transfer", [people.admin, 10n ** 23n], chain.accounts[2]);
    assert.equal(await chain.read(open, "getVotes", [people.operator]), 9n * 10n ** 23n);
  });
});
