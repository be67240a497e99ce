import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { connectReader, connectSender } from "../../../src/settlement/chain.ts";

/** A node that answers every call with one JSON-RPC result or error. */
async function withNode<T>(answer: object, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, ...answer }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const once = { retryCount: 0, timeout: 2_000 };

test("a node that is not there is unreachable", async () => {
  const url = await withNode({ result: "0x1" }, async (open) => open);
  await assert.rejects(connectReader(http(url, once)), { code: "TRB_SETTLEMENT_UNREACHABLE" });
});

test("a node that answers with an error is an error with its words", async () => {
  const error = { code: -32000, message: "the node is syncing" };
  await withNode({ error }, (url) =>
    assert.rejects(connectReader(http(url, once)), { code: "TRB_SETTLEMENT_RPC" }),
  );
});

test("other chains than the development chain wait for more than one confirmation, unless told otherwise", async () => {
  const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
  await withNode({ result: "0x1" }, async (url) => {
    const sender = await connectSender(http(url, once), account);
    assert.equal(sender.chainId, 1n);
    assert.ok(sender.confirmations > 1);
    assert.equal((await connectSender(http(url, once), account, { confirmations: 7 })).confirmations, 7);
  });
  await withNode({ result: "0x7a69" }, async (url) => {
    assert.equal((await connectSender(http(url, once), account)).confirmations, 1);
  });
});
