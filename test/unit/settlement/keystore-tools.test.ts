import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createKeystore, openKeystore } from "../../../src/settlement/keystore.ts";
import { tributary } from "../../helpers/cli.ts";

const VECTORS = fileURLToPath(new URL("../../vectors/keystores/", import.meta.url));
const PASSWORD = "correct horse battery staple";
const ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const OTHER = "f39fd6e51aad88f6f4ce6ab8827279cfffb92266";

const folder = mkdtempSync(join(tmpdir(), "tributary-keystores-"));
after(() => rmSync(folder, { recursive: true }));

let next = 0;
function written(content: unknown): string {
  const path = join(folder, `${next++}.json`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content), { mode: 0o600 });
  return path;
}

interface Json {
  [key: string]: unknown;
}
const vector = (name: string): Json => JSON.parse(readFileSync(join(VECTORS, name), "utf8")) as Json;
const tools = readdirSync(VECTORS).filter((name) => name.endsWith(".json"));

for (const name of tools) {
  test(`opens: ${name}`, async () => {
    const path = written(readFileSync(join(VECTORS, name), "utf8"));
    assert.equal((await openKeystore(path, PASSWORD)).address, ADDRESS);
    await assert.rejects(openKeystore(path, `${PASSWORD}!`), { code: "TRB_SETTLEMENT_KEYSTORE_PASSWORD" });
  });
}

test("what this program writes when nothing is said of its cost has geth's, and opens", async () => {
  const path = join(folder, "own.json");
  const { address } = await createKeystore(path, PASSWORD);
  const { crypto } = JSON.parse(readFileSync(path, "utf8")) as { crypto: { kdfparams: Json } };
  const { n, r, p } = crypto.kdfparams;
  assert.deepEqual({ n, r, p }, { n: 262_144, r: 8, p: 1 });
  assert.equal((await openKeystore(path, PASSWORD)).address, address);
});

const geth = vector("ethers-5.json");
const secret = geth.crypto as Json;
const withSecret = (changes: Json): Json => ({ ...geth, crypto: { ...secret, ...changes } });
const scrypt = (changes: Json): Json =>
  withSecret({ kdfparams: { ...(secret.kdfparams as Json), ...changes } });

test("an address with 0x, in capitals, or none; hex with 0x; a version in quotes; no id", async () => {
  const { id: _, ...noId } = geth;
  const { address: __, ...noAddress } = geth;
  const mac = `0x${String(secret.mac).toUpperCase()}`;
  for (const file of [
    { ...geth, address: ADDRESS },
    { ...geth, address: ADDRESS.slice(2).toUpperCase() },
    noAddress,
    { ...geth, address: null },
    { ...geth, version: "3" },
    noId,
    withSecret({ mac }),
  ]) {
    assert.equal((await openKeystore(written(file), PASSWORD)).address, ADDRESS, JSON.stringify(file));
  }
});

test("an address that is not the key's is refused", async () => {
  await assert.rejects(openKeystore(written({ ...geth, address: OTHER }), PASSWORD), {
    code: "TRB_SETTLEMENT_KEYSTORE_ADDRESS",
  });
});

test("a keystore that would take minutes or gigabytes is refused at once", { timeout: 5_000 }, async () => {
  const pbkdf2 = vector("eth-account-pbkdf2.json");
  const rounds = {
    ...(pbkdf2.crypto as Json),
    kdfparams: { ...((pbkdf2.crypto as Json).kdfparams as Json), c: 2 ** 31 },
  };
  for (const file of [
    scrypt({ n: 2 ** 22 }),
    scrypt({ n: 2 ** 20, r: 64 }),
    scrypt({ n: 2 ** 18, p: 64 }),
    { ...pbkdf2, crypto: rounds },
  ]) {
    await assert.rejects(openKeystore(written(file), PASSWORD), { code: "TRB_SETTLEMENT_KEYSTORE_COST" });
  }
});

test("what cannot be opened is refused with its cause", async () => {
  const refused = { code: "TRB_SETTLEMENT_KEYSTORE_FORMAT" };
  for (const file of [
    "",
    "[]",
    { ...geth, version: 1 },
    { ...geth, address: "0x12" },
    withSecret({ cipher: "aes-256-cbc" }),
    withSecret({ kdf: "argon2" }),
    withSecret({ ciphertext: "00" }),
    scrypt({ n: 4097 }),
    scrypt({ n: 0 }),
    scrypt({ p: 2 ** 30 }),
    scrypt({ dklen: 16 }),
    scrypt({ dklen: 2 ** 31 }),
  ]) {
    await assert.rejects(openKeystore(written(file), PASSWORD), refused, JSON.stringify(file));
  }
});

test("a password that Unicode writes in two ways opens what ethers made of either", async () => {
  // ethers 6.17.0, encryptKeystoreJson with the password "ﬁancé" in NFC, which it turned into NFKC.
  const path = written(readFileSync(join(VECTORS, "nfkc", "ethers-6.json"), "utf8"));
  assert.equal((await openKeystore(path, "ﬁancé")).address, ADDRESS);
});

test("a file that is no keystore, and one without an address, do not hide the others", async () => {
  const keystore = join(folder, "workspace", "keystore");
  mkdirSync(keystore, { recursive: true });
  for (const name of tools) writeFileSync(join(keystore, name), readFileSync(join(VECTORS, name)));
  const { address: _, ...noAddress } = geth;
  writeFileSync(join(keystore, "anonymous.json"), JSON.stringify(noAddress));
  writeFileSync(join(keystore, "bad.json"), "not a keystore");
  const { code, stdout } = await tributary([
    "accounts",
    "list",
    "--json",
    "--dir",
    join(folder, "workspace"),
  ]);
  const { accounts } = JSON.parse(stdout) as {
    accounts: { name: string; address: string | null; problem: { code: string } | null }[];
  };
  assert.equal(code, 0);
  const found = new Map(accounts.map(({ name, address, problem }) => [name, address ?? problem?.code]));
  assert.equal(found.get("bad"), "TRB_SETTLEMENT_KEYSTORE_FORMAT");
  assert.equal(found.get("anonymous"), undefined);
  for (const name of tools) assert.equal(found.get(name.slice(0, -".json".length)), ADDRESS);
  assert.equal(found.size, tools.length + 2);
});
