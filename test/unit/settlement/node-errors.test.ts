import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpRequestError, RpcRequestError, TimeoutError } from "viem";
import { isBusy, isOutage, isRefusal, retryAfterMs, saysOf } from "../../../src/settlement/node-errors.ts";

const url = "http://127.0.0.1:1";
const rpc = (code: number, message: string) =>
  new RpcRequestError({ url, body: {}, error: { code, message } });
const status = (status: number, headers: Record<string, string> = {}) =>
  new HttpRequestError({ url, status, headers: new Headers(headers), body: {} });

test("what nodes say of a transaction's bytes is understood in each one's words", () => {
  // geth 1.17.10, Nethermind, Besu, Erigon, Reth, Hardhat 3.18
  for (const words of [
    "already known",
    "AlreadyKnown",
    "Known transaction",
    "transaction already imported",
    "already in mempool",
  ]) {
    assert.ok(saysOf(rpc(-32000, words), "known"), words);
  }
  for (const words of [
    "nonce too low: next nonce 7, tx nonce 6",
    "OldNonce",
    "Nonce too low",
    "Nonce too low. Expected nonce to be 5 but got 4.",
    "nonce too low: address 0x…, tx: 0 state: 1",
  ]) {
    assert.ok(saysOf(rpc(-32000, words), "nonceTaken"), words);
  }
  assert.ok(saysOf(rpc(-32000, "replacement transaction underpriced"), "underpriced"));
  assert.ok(saysOf(rpc(-32000, "transaction indexing is in progress"), "indexing"));
  assert.ok(!saysOf(rpc(-32000, "insufficient funds for gas * price + value"), "known"));
});

test("a busy node is told from one that refuses a range, and from one that is not there", () => {
  for (const busy of [
    status(429),
    status(503, { "retry-after": "3" }),
    rpc(429, "compute units per second exceeded"),
    rpc(-32005, "project ID request rate exceeded"),
    rpc(-32007, "15/second request limit reached"),
  ]) {
    assert.ok(isBusy(busy), busy.message);
  }
  for (const other of [
    rpc(-32005, "query returned more than 10000 results"),
    rpc(-32602, "block range is too wide"),
    rpc(3, "execution reverted: rate limit of the contract"),
    status(503),
    status(400),
  ]) {
    assert.ok(!isBusy(other), other.message);
  }
  for (const silent of [status(502), new TimeoutError({ url, body: {} }), new HttpRequestError({ url })]) {
    assert.ok(isOutage(silent) && !isRefusal(silent));
  }
  assert.ok(!isOutage(status(413)));
  assert.ok(isRefusal(rpc(-32000, "nonce too low")));
});

test("a pause is read as seconds and as a date, and nothing else is one", () => {
  const now = Date.parse("2027-01-15T08:00:00Z");
  assert.equal(retryAfterMs(status(429, { "retry-after": "7" }), now), 7_000);
  assert.equal(retryAfterMs(status(429, { "retry-after": "Fri, 15 Jan 2027 08:00:30 GMT" }), now), 30_000);
  assert.equal(retryAfterMs(status(429, { "retry-after": "Fri, 15 Jan 2027 07:00:00 GMT" }), now), 0);
  for (const odd of ["", "soon", "-1", "1e9x"]) {
    assert.equal(retryAfterMs(status(429, { "retry-after": odd }), now), undefined, odd);
  }
  assert.equal(retryAfterMs(status(429), now), undefined);
});
