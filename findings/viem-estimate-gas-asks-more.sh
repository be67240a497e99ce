#!/usr/bin/env bash
# viem 2.57.20, estimateGas.
# Guess: with a call that has an account, a recipient and a value it sends one request, eth_estimateGas, whatever kind of account it is.
# Seen: with a bare address one request; with a local account further ones first, eth_fillTransaction among them, which most nodes
#   do not have. A node that counts requests, or refuses unknown methods with a pause, sees several times as many.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent viem@2.57.20
cat >try.mjs <<'JS'
import http from "node:http";
import { createPublicClient, http as transport } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";

let asked = [];
const answers = {
  eth_chainId: "0x1",
  eth_estimateGas: "0x5208",
  eth_getTransactionCount: "0x0",
  eth_gasPrice: "0x1",
  eth_maxPriorityFeePerGas: "0x1",
  eth_getBlockByNumber: { number: "0x1", baseFeePerGas: "0x1", transactions: [], timestamp: "0x1", gasLimit: "0x1c9c380" },
};
const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const { id, method } = JSON.parse(body);
  asked.push(method);
  const result = answers[method];
  const error = { code: -32601, message: "the method does not exist" };
  response.end(JSON.stringify({ jsonrpc: "2.0", id, ...(result === undefined ? { error } : { result }) }));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${server.address().port}`;
const local = privateKeyToAccount(`0x${"11".repeat(32)}`);
async function methods(account) {
  asked = [];
  const client = createPublicClient({ chain: mainnet, transport: transport(url, { retryCount: 0 }) });
  await client.estimateGas({ account, to: local.address, value: 1n });
  return asked;
}
const bare = await methods(local.address);
const signed = await methods(local);
console.log("viem 2.57.20, estimateGas");
console.log(`  a bare address:  ${bare.join(", ")}`);
console.log(`  a local account: ${signed.join(", ")}`);
server.close();
const same = bare.join() === "eth_estimateGas" && signed.length > 3 && signed.includes("eth_fillTransaction");
if (!same) console.log("  this has changed");
process.exitCode = same ? 0 : 1;
JS
node try.mjs
