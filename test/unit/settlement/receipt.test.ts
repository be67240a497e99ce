import assert from "node:assert/strict";
import { test } from "node:test";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Hex, hashTypedData } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { keccakWords, type Word } from "../../../src/crypto/words.ts";
import {
  encodeReceipt,
  parseReceipt,
  type Receipt,
  type ReceiptDomain,
  receiptTypedData,
  signReceipt,
  verifyReceipt,
} from "../../../src/settlement/receipt.ts";

const operator = privateKeyToAccount(`0x${"11".repeat(32)}`);
const domain: ReceiptDomain = { chainId: 31337n, treasury: "0x00000000000000000000000000000000000000e5" };
const receipt: Receipt = {
  operator: operator.address,
  payer: "0x0000000000000000000000000000000000000abc",
  indexId: 1n,
  io: 123n,
  number: 7n,
  fee: 20_000n,
  pool: 16_000n,
  trace: 456n,
  servedAt: 1_790_000_000n,
};

const hash = (text: string): Hex => `0x${bytesToHex(keccak_256(utf8ToBytes(text)))}`;

test("the digest is the one that EIP-712 gives for the documented type, computed by hand", () => {
  const type =
    "Receipt(address operator,address payer,uint256 indexId,uint256 io,uint256 number,uint256 fee,uint256 pool,uint256 trace,uint64 servedAt)";
  const domainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
  const separator = keccakWords([
    hash(domainType),
    hash("Tributary"),
    hash("1"),
    domain.chainId,
    domain.treasury,
  ]);
  const { operator: signer, payer, indexId, io, number, fee, pool, trace, servedAt } = receipt;
  const words: Word[] = [hash(type), signer, payer, indexId, io, number, fee, pool, trace, servedAt];
  const preimage = Buffer.from(`1901${separator.slice(2)}${keccakWords(words).slice(2)}`, "hex");
  assert.equal(hashTypedData(receiptTypedData(domain, receipt)), `0x${bytesToHex(keccak_256(preimage))}`);
});

test("an operator's receipt verifies, also after a round through JSON", async () => {
  const signed = await signReceipt(operator, domain, receipt);
  assert.ok(await verifyReceipt(domain, signed));
  assert.ok(await verifyReceipt(domain, parseReceipt(encodeReceipt(signed))));
});

test("a receipt with any other field, chain or treasury does not verify", async () => {
  const signed = await signReceipt(operator, domain, receipt);
  const payer = "0x0000000000000000000000000000000000000abd";
  for (const change of [
    { payer },
    { fee: 20_001n },
    { pool: 1n },
    { trace: 457n },
    { number: 8n },
    { io: 0n },
  ] as const) {
    assert.ok(
      !(await verifyReceipt(domain, { ...signed, receipt: { ...receipt, ...change } })),
      JSON.stringify(Object.keys(change)),
    );
  }
  assert.ok(!(await verifyReceipt({ ...domain, chainId: 1n }, signed)));
  assert.ok(!(await verifyReceipt({ ...domain, treasury: operator.address }, signed)));
  assert.ok(!(await verifyReceipt(domain, { receipt, signature: "0x1234" })));
});

test("only the operator signs, and text that is no receipt is refused", async () => {
  const other = privateKeyToAccount(`0x${"22".repeat(32)}`);
  await assert.rejects(signReceipt(other, domain, receipt), { code: "TRB_SETTLEMENT_RECEIPT_SIGNER" });
  assert.throws(() => parseReceipt('{"receipt":{}}'), { code: "TRB_SETTLEMENT_RECEIPT_FORMAT" });
});
