import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createKeystore, openKeystore } from "../../../src/settlement/keystore.ts";

const PRIVATE_KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
const QUICK = { scryptN: 1024, privateKey: PRIVATE_KEY } as const;

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-keystore-"));
});
after(() => rm(folder, { recursive: true }));

test("a keystore opens to the account that it was made from", async () => {
  const path = join(folder, "round-trip.json");
  const made = await createKeystore(path, "correct horse", QUICK);
  const opened = await openKeystore(path, "correct horse");
  assert.equal(opened.address, made.address);
  assert.equal(await opened.signMessage({ message: "hello" }), await made.signMessage({ message: "hello" }));
});

test("the file is the owner's alone, holds no key in the clear, and leaves nothing beside it", async () => {
  const path = join(folder, "mode.json");
  await createKeystore(path, "correct horse", QUICK);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.ok(!(await readFile(path, "utf8")).includes(PRIVATE_KEY.slice(2)));
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith(".tmp")),
    [],
  );
});

test("another password is refused, and the error carries neither password nor key", async () => {
  const path = join(folder, "password.json");
  await createKeystore(path, "correct horse", QUICK);
  await assert.rejects(openKeystore(path, "battery staple"), (error: Error) => {
    const text = JSON.stringify(error) + error.stack;
    assert.ok(!text.includes("battery staple") && !text.includes(PRIVATE_KEY.slice(2)));
    assert.match(text, /TRB_SETTLEMENT_KEYSTORE_PASSWORD/);
    return true;
  });
});

test("a keystore is never overwritten", async () => {
  const path = join(folder, "once.json");
  await createKeystore(path, "first", QUICK);
  const before = await readFile(path, "utf8");
  await assert.rejects(createKeystore(path, "second", QUICK), { code: "TRB_SETTLEMENT_KEYSTORE_EXISTS" });
  assert.equal(await readFile(path, "utf8"), before);
});

test("a keystore that others can read is refused", async () => {
  const path = join(folder, "open.json");
  await createKeystore(path, "correct horse", QUICK);
  await chmod(path, 0o644);
  await assert.rejects(openKeystore(path, "correct horse"), { code: "TRB_SETTLEMENT_KEYSTORE_MODE" });
});

test("what is not a keystore is refused with its cause", async () => {
  const text = join(folder, "text.json");
  await writeFile(text, '{"version":3}', { mode: 0o600 });
  await assert.rejects(openKeystore(text, "x"), { code: "TRB_SETTLEMENT_KEYSTORE_FORMAT" });
  await assert.rejects(openKeystore(join(folder, "absent.json"), "x"), {
    code: "TRB_SETTLEMENT_KEYSTORE_READ",
  });
  await assert.rejects(createKeystore(join(folder, "empty.json"), ""), {
    code: "TRB_SETTLEMENT_PASSWORD_EMPTY",
  });
});
