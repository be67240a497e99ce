import assert from "node:assert/strict";
import { test } from "node:test";
import { paramsDigest } from "../../../src/params/digest.ts";
import {
  type Deployment,
  encodeDeployment,
  parseDeployment,
  requireChain,
} from "../../../src/settlement/deployment.ts";

const address = (last: string) => `0x${last.padStart(40, "0")}` as const;
const deployment: Deployment = {
  chainId: 31337n,
  block: 4n,
  paramsDigest: paramsDigest(),
  contracts: {
    openToken: address("1"),
    dataNetRegistry: address("2"),
    modelRegistry: address("3"),
    treasury: address("4"),
    verifierRouter: address("5"),
    settlement: address("6"),
    dataNetReserve: address("8"),
  },
  verifiers: { mini: address("9") },
};

test("a deployment record comes back as it was", () => {
  assert.deepEqual(parseDeployment(encodeDeployment(deployment)), deployment);
});

test("a record of other parameters is refused, and so is text that is none", () => {
  const other = encodeDeployment({ ...deployment, paramsDigest: `0x${"00".repeat(32)}` });
  assert.throws(() => parseDeployment(other), { code: "TRB_SETTLEMENT_DEPLOYMENT_PARAMS" });
  assert.throws(() => parseDeployment("{"), { code: "TRB_SETTLEMENT_DEPLOYMENT_FORMAT" });
  const unknownKey = encodeDeployment(deployment).replace('"settlement"', '"settlements"');
  assert.throws(() => parseDeployment(unknownKey), { code: "TRB_SETTLEMENT_DEPLOYMENT_FORMAT" });
});

test("a node of another chain is refused", () => {
  requireChain(deployment, 31337n);
  assert.throws(() => requireChain(deployment, 1n), { code: "TRB_SETTLEMENT_CHAIN" });
});
