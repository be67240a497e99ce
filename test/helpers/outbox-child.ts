import { mnemonicToAccount } from "viem/accounts";
import { DEVELOPMENT_MNEMONIC } from "../../src/cli/development-keys.ts";
import { connectSender } from "../../src/settlement/chain.ts";
import { transferCurrency } from "../../src/settlement/token.ts";
import { nodeTransport } from "../../src/settlement/transport.ts";
import { workspaceOutbox } from "../../src/workspace/outbox.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";

/** Sends wei in a process of its own, which a test kills: node outbox-child.ts RPC FOLDER ACCOUNT TO WEI [COUNT]. */
const [rpc, dir, account, to, wei, count = "1"] = process.argv.slice(2);
const signer = mnemonicToAccount(DEVELOPMENT_MNEMONIC, { addressIndex: Number(account) });
const sender = await connectSender(nodeTransport(rpc!), signer, {
  pollingMs: 20,
  outbox: workspaceOutbox(workspaceAt(dir!)),
});
for (let i = 0; i < Number(count); i++) {
  const { transaction } = await transferCurrency(sender, {
    to: to as `0x${string}`,
    wei: BigInt(wei!) + BigInt(i),
  });
  process.stdout.write(`${transaction}\n`);
}
