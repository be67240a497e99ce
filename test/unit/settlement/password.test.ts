import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PASSWORD_VARIABLE, readPassword } from "../../../src/settlement/password.ts";

function fromFile<T>(text: string, use: (descriptor: number) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "tributary-password-"));
  writeFileSync(join(folder, "password"), text);
  const descriptor = openSync(join(folder, "password"), "r");
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
}

test("a descriptor gives its first line, whatever ends it, and goes before the environment", () => {
  const environment = { [PASSWORD_VARIABLE]: "from the environment" };
  for (const text of ["pässword", "pässword\n", "pässword\r\nsecond line\n"]) {
    assert.equal(
      fromFile(text, (descriptor) => readPassword({ descriptor, environment })),
      "pässword",
    );
  }
});

test("lines are left in the descriptor for the next reader", () => {
  fromFile("one\ntwo\n", (descriptor) => {
    assert.equal(readPassword({ descriptor }), "one");
    assert.equal(readPassword({ descriptor }), "two");
  });
});

test("without a descriptor the environment is asked; nothing and empty are refused", () => {
  assert.equal(readPassword({ environment: { [PASSWORD_VARIABLE]: "secret" } }), "secret");
  assert.throws(() => readPassword({ environment: {} }), { code: "TRB_SETTLEMENT_PASSWORD_MISSING" });
  assert.throws(() => readPassword({ environment: { [PASSWORD_VARIABLE]: "" } }), {
    code: "TRB_SETTLEMENT_PASSWORD_EMPTY",
  });
});

test("a descriptor that is not open is an error with a code", () => {
  assert.throws(() => readPassword({ descriptor: 1_000_000 }), {
    code: "TRB_SETTLEMENT_PASSWORD_UNREADABLE",
    details: "1000000: EBADF",
  });
});
