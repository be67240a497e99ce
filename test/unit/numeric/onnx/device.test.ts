import assert from "node:assert/strict";
import { test } from "node:test";
import { openBase } from "../../../../src/model/session.ts";
import { DEVICES, requireDevice } from "../../../../src/numeric/onnx/device.ts";
import { baseOf, CASES, caseInput } from "../../../helpers/network-bases.ts";

const base = baseOf(CASES.Tanh!);

for (const device of DEVICES) {
  test(`${device}: it is there and gives the CPU's answer but for rounding, or it is refused by name`, async () => {
    const missing = await requireDevice(device).then(
      () => undefined,
      (error: { code: string; message: string; hint: string }) => error,
    );
    if (missing !== undefined) {
      assert.notEqual(device, "cpu");
      assert.equal(missing.code, "TRB_MODEL_DEVICE");
      assert.ok(missing.message.includes(device) && missing.hint.includes("--device cpu"));
      return;
    }
    const [there, cpu] = await Promise.all([openBase(base, device), openBase(base)]);
    const [a, b] = await Promise.all([there.hidden(caseInput(1)), cpu.hidden(caseInput(1))]);
    a.forEach((value, j) => {
      assert.ok(Math.abs(value - b[j]!) < 1e-4);
    });
    await Promise.all([there.close(), cpu.close()]);
  });
}
