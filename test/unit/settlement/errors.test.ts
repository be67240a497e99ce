import assert from "node:assert/strict";
import { test } from "node:test";
import { type AbiParameter, BaseError, encodeErrorResult, type Hex } from "viem";
import { TributaryError } from "../../../src/core/errors.ts";
import { contractErrorsAbi } from "../../../src/generated/abis.ts";
import { revertError, translate } from "../../../src/settlement/errors.ts";

test("a custom error becomes a code of its name, with its arguments and a hint", () => {
  const data = encodeErrorResult({
    abi: contractErrorsAbi,
    errorName: "BatchNotPending",
    args: [`0x${"ab".repeat(32)}`, 2],
  });
  const error = revertError(data);
  assert.equal(error.code, "TRB_SETTLEMENT_BATCH_NOT_PENDING");
  assert.equal(error.details, `BatchNotPending(0x${"ab".repeat(32)}, 2)`);
  assert.match(error.hint ?? "", /settled or expired/);
});

test("names with capitals in a row and structs in their arguments come out readable", () => {
  const allowance = encodeErrorResult({
    abi: contractErrorsAbi,
    errorName: "ERC20InsufficientAllowance",
    args: ["0x00000000000000000000000000000000000000aa", 1n, 2n],
  });
  assert.equal(revertError(allowance).code, "TRB_SETTLEMENT_ERC20_INSUFFICIENT_ALLOWANCE");
  const field = encodeErrorResult({ abi: contractErrorsAbi, errorName: "NotAFieldElement", args: [7n] });
  assert.equal(revertError(field).code, "TRB_SETTLEMENT_NOT_A_FIELD_ELEMENT");
});

/** A value of a type that errors carry; enough of the types for all of the contracts' errors. */
function sample({ type, ...rest }: AbiParameter): unknown {
  if (type === "address") return "0x00000000000000000000000000000000000000aa";
  if (type === "bool") return true;
  if (type === "string") return "text";
  if (type === "tuple" && "components" in rest) {
    return Object.fromEntries(rest.components.map((part) => [part.name, sample(part)]));
  }
  if (type.startsWith("bytes")) return `0x${"11".repeat(Number(type.slice(5) || 4))}`;
  return Number(type.replace(/\D/g, "")) <= 48 ? 3 : 3n;
}

test("every error of every contract is decoded, none falls through to bytes", () => {
  for (const { name, inputs } of contractErrorsAbi) {
    const args = inputs.map(sample);
    const data = encodeErrorResult({ abi: contractErrorsAbi, errorName: name, args } as never) as Hex;
    const error = revertError(data);
    assert.notEqual(error.code, "TRB_SETTLEMENT_REVERTED", name);
    assert.ok(error.details?.startsWith(`${name}(`), name);
  }
});

test("unknown bytes are kept, and errors that are not the chain's pass through as they are", () => {
  assert.equal(revertError("0xdeadbeef").code, "TRB_SETTLEMENT_REVERTED");
  assert.equal(revertError("0xdeadbeef").details, "0xdeadbeef");
  const own = new TributaryError("TRB_SETTLEMENT_CHAIN", "another chain");
  const foreign = new RangeError("a mistake in a program");
  assert.equal(translate(own), own);
  assert.equal(translate(foreign), foreign);
});

test("an account without ether is told so in the words of Hardhat's chain, too", () => {
  const details =
    "Sender doesn't have enough funds to send tx. The max upfront cost is: 22 and the sender's balance is: 0.";
  const error = translate(new BaseError("Missing or invalid parameters.", { details })) as TributaryError;
  assert.equal(error.code, "TRB_SETTLEMENT_NO_GAS_MONEY");
  assert.equal(error.details, details);
});
