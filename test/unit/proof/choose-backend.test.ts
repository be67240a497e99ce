import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { BACKEND_NAMES } from "../../../src/proof/backend.ts";
import { chooseBackend } from "../../../src/proof/choose-backend.ts";
import { nativeAddon, requireFunctions } from "../../../src/proof/native-addon.ts";
import { builtAddon, withoutNative } from "../../helpers/native.ts";

const set = process.env.TRIBUTARY_BACKEND;
afterEach(() => {
  if (set === undefined) delete process.env.TRIBUTARY_BACKEND;
  else process.env.TRIBUTARY_BACKEND = set;
});

test("native where it is built, and snarkjs otherwise", () => {
  process.env.TRIBUTARY_BACKEND = "";
  assert.equal(chooseBackend().name, nativeAddon() === undefined ? "snarkjs" : "native");
});

test("a backend that is asked for by name or by the environment, the name first", () => {
  process.env.TRIBUTARY_BACKEND = "snarkjs";
  assert.equal(chooseBackend().name, "snarkjs");
  process.env.TRIBUTARY_BACKEND = "none";
  assert.throws(() => chooseBackend(), { code: "TRB_PROOF_BACKEND_NAME" });
  assert.equal(chooseBackend({ name: "snarkjs" }).name, "snarkjs");
  assert.ok(BACKEND_NAMES.includes(chooseBackend({ name: "snarkjs" }).name));
});

test("native that is asked for and not built is an error, and never snarkjs", () => {
  if (nativeAddon() === undefined) {
    assert.throws(() => chooseBackend({ name: "native" }), { code: "TRB_PROOF_NO_NATIVE" });
  } else {
    assert.equal(chooseBackend({ name: "native" }).name, "native");
  }
});

test("an addon that was built before the sources changed is refused as a whole", () => {
  assert.throws(() => requireFunctions({}), /no Reporter, .*pairingEquation/);
  if (withoutNative) return;
  const { pairingEquation: _, ...older } = builtAddon();
  assert.throws(() => requireFunctions(older), /other sources: no pairingEquation$/);
  assert.equal(typeof requireFunctions(builtAddon()).proveGroth16, "function");
});
