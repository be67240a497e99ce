import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyBundleText } from "../../../src/operations/verify.ts";
import { encodeBundle } from "../../../src/protocol/bundle.ts";
import { wellFormedSettlement } from "../../helpers/settlement.ts";

const codesOn = async (chainId: bigint): Promise<string[]> => {
  const settlement = wellFormedSettlement("mini");
  const bundle = encodeBundle({ ...settlement, statement: { ...settlement.statement, chainId } });
  const { ok, failures } = await verifyBundleText(bundle, { kind: "proof-only" });
  assert.equal(ok, false);
  return failures.filter(({ message }) => message.includes("development key")).map(({ code }) => code);
};

test("a proof under the development key is refused for every chain but the development one", async () => {
  assert.deepEqual(await codesOn(1n), ["TRB_VERIFY_DEVELOPMENT_KEY"]);
  assert.deepEqual(await codesOn(31337n), []);
});

test("text that is no bundle is a false bundle", async () => {
  const { ok, failures, settlement } = await verifyBundleText("{", { kind: "proof-only" });
  assert.equal(ok, false);
  assert.deepEqual(
    failures.map(({ code }) => code),
    ["TRB_BUNDLE_JSON"],
  );
  assert.equal(settlement, undefined);
});
