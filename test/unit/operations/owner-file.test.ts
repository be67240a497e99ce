import assert from "node:assert/strict";
import { test } from "node:test";
import { readOwners } from "../../../src/operations/owner-file.ts";
import { fileOf } from "../datanet/files.ts";

const ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const owners = (json: string, names: readonly string[]) => readOwners(fileOf(json, "json"), names);

test("owners by names of any kind: JavaScript's own, long numbers, another form of Unicode; checksummed addresses", () => {
  const names = ["__proto__", "constructor", "9007199254740993", "Zo\u00eb"];
  const json = `{${["__proto__", "constructor", "9007199254740993", "Zoe\u0308"].map((name) => `"${name}":"${ADDRESS}"`)}}`;
  assert.deepEqual(
    owners(json, names),
    names.map(() => ADDRESS.toLowerCase()),
  );
});

test("a name of Object's prototype that the file has not got is unknown", () => {
  for (const name of ["constructor", "__proto__", "toString"]) {
    assert.throws(() => owners(`{"ann":"${ADDRESS}"}`, [name]), { code: "TRB_CLI_OWNER_UNKNOWN" });
  }
});

test("what is no address, a wrong checksum, a name twice and what is no object are refused", () => {
  const wrong = ADDRESS.replace("C51812", "c51812");
  for (const json of [
    '{"ann":"0x12"}',
    '{"ann":7}',
    `{"ann":"${wrong}"}`,
    `{"a":"${ADDRESS}"," a":"${ADDRESS}"}`,
    "[]",
    "7",
  ]) {
    assert.throws(() => owners(json, ["ann"]), { code: "TRB_FILE_MALFORMED" }, json);
  }
});
