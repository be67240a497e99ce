import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { compileCircuit } from "../../../scripts/setup/circom.ts";
import type { Progress } from "../../../src/core/progress.ts";
import { R } from "../../../src/crypto/field.ts";
import { makeDevelopmentKey, makeDevelopmentSrs } from "../../../src/proof/development/make.ts";
import { artifactPaths, fileDigest } from "../../../src/proof/keys.ts";
import { readManifest } from "../../../src/protocol/manifest.ts";
import { builtAddon, withoutNative } from "../../helpers/native.ts";
import { mountSmallDisk } from "../../helpers/small-disk.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
after(folder.remove);
const at = (name: string): string => join(folder.path, name);
const mini = artifactPaths("mini");
const native = { skip: withoutNative };
const BUILDERS = [
  ["native", withoutNative, builtAddon],
  ["JavaScript", false, () => null],
] as const;
let toy: Buffer;
let r1cs: string;

before(async () => {
  ({ r1cs } = await compileCircuit(
    new URL("toy.circom", import.meta.url).pathname,
    folder.path,
    "toy",
    "O1",
  ));
  toy = await readFile(r1cs);
});

test("a native key has the bytes of the JavaScript one", native, async () => {
  for (const tier of ["mini", "large"] as const) {
    await makeDevelopmentKey(tier, r1cs, at("portable.zkey"), { addon: null });
    for (const threads of [1, 3]) {
      await makeDevelopmentKey(tier, r1cs, at("native.zkey"), { addon: builtAddon(), threads });
      assert.deepEqual(
        await readFile(at("native.zkey")),
        await readFile(at("portable.zkey")),
        `${tier}, ${threads}`,
      );
    }
  }
});

test("the key of tier mini is the pinned one, and progress ends where it should", native, async () => {
  const seen: Progress[] = [];
  const onProgress = (progress: Progress): void => void seen.push(progress);
  await makeDevelopmentKey("mini", mini.r1cs, at("mini.zkey"), { addon: builtAddon(), onProgress });
  const pinned = (await readManifest()).tiers.mini?.keys?.development?.zkey;
  assert.equal(await fileDigest(at("mini.zkey")), pinned);
  for (const stage of ["constraints at τ", "key points"]) {
    const last = seen.filter((progress) => progress.stage === stage).map(({ done }) => done);
    assert.equal(Math.max(...last), seen.find((progress) => progress.stage === stage)?.total, stage);
  }
});

test("native powers of tau have the bytes of the JavaScript ones", native, async () => {
  for (const length of [2, 3, 1000]) {
    await makeDevelopmentSrs(at("portable.ptau"), length, { addon: null });
    await makeDevelopmentSrs(at("native.ptau"), length, { addon: builtAddon() });
    assert.deepEqual(await readFile(at("native.ptau")), await readFile(at("portable.ptau")), String(length));
  }
});

for (const [name, skip, addon] of BUILDERS) {
  test(`${name}: work that is cancelled half way says so and leaves nothing`, { skip }, async () => {
    const aborted = new AbortController();
    const onProgress = ({ stage }: Progress): void => {
      if (stage === "key points") aborted.abort();
    };
    const options = { addon: addon(), onProgress, signal: aborted.signal };
    await assert.rejects(makeDevelopmentKey("mini", mini.r1cs, at("none.zkey"), options), {
      code: "TRB_PROOF_CANCELLED",
    });
    assert.deepEqual(
      (await readdir(folder.path)).filter((file) => file.includes("none")),
      [],
    );
  });

  test(`${name}: a disk that is full gives an error, and no file`, { skip }, async (t) => {
    const disk = await mountSmallDisk(at(`disk-${name}`), "4k");
    if (disk === undefined) return t.skip("needs the right to mount a small disk");
    try {
      await writeFile(join(disk.path, "filler"), Buffer.alloc(2 ** 12));
      const work = makeDevelopmentKey("mini", r1cs, join(disk.path, "toy.zkey"), { addon: addon() });
      await assert.rejects(work, { code: "TRB_FILE_WRITE" });
      assert.deepEqual(await readdir(disk.path), ["filler"]);
    } finally {
      await disk.unmount();
    }
  });
}

const MAKE = new URL("../../helpers/make-mini-key.ts", import.meta.url).pathname;

test("a process killed half way leaves no key, and the next one takes its remains away", native, async () => {
  const out = at("killed.zkey");
  const child = spawn(process.execPath, [MAKE, out], { stdio: ["ignore", "pipe", "inherit"] });
  // It speaks when the first points are written.
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  const left = (await readdir(folder.path)).filter((file) => file.includes("killed"));
  assert.deepEqual(
    left.map((file) => file.replace(/-.*/, "")),
    [`.killed.zkey.part`],
  );
  await makeDevelopmentKey("mini", r1cs, out, { addon: builtAddon() });
  assert.deepEqual(
    (await readdir(folder.path)).filter((file) => file.includes("killed")),
    ["killed.zkey"],
  );
});

/** Where the toy's sections begin, by their number, and how long they are. */
function sections(): Map<number, { readonly from: number; readonly length: number }> {
  const found = new Map<number, { from: number; length: number }>();
  for (let from = 12; from < toy.length; ) {
    const length = Number(toy.readBigUInt64LE(from + 4));
    found.set(toy.readUInt32LE(from), { from: from + 12, length });
    from += 12 + length;
  }
  return found;
}

const littleEndian = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();

const changed = (change: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.from(toy);
  change(bytes);
  return bytes;
};

for (const [name, skip, addon] of BUILDERS) {
  test(`${name}: a constraint file that is cut off or lies is refused`, { skip }, async () => {
    const table = sections();
    const [header, constraints] = [table.get(1)!.from, table.get(2)!.from];
    const corrupt: [string, Buffer][] = [
      ["empty", Buffer.alloc(0)],
      ["another kind of file", changed((bytes) => bytes.write("zkey"))],
      ["more sections than there are", changed((bytes) => bytes.writeUInt32LE(4, 8))],
      ["a huge count of sections", changed((bytes) => bytes.writeUInt32LE(0xffff_ffff, 8))],
      ["a section longer than the file", changed((bytes) => bytes.writeBigUInt64LE(2n ** 64n - 1n, 16))],
      ["more wires than labels", changed((bytes) => bytes.writeUInt32LE(0xffff_ffff, header + 36))],
      ["more public wires than wires", changed((bytes) => bytes.writeUInt32LE(0xffff_ffff, header + 44))],
      ["more constraints than there are", changed((bytes) => bytes.writeUInt32LE(4, header + 60))],
      ["a huge count of constraints", changed((bytes) => bytes.writeUInt32LE(0xffff_ffff, header + 60))],
      ["fewer constraints than there are", changed((bytes) => bytes.writeUInt32LE(2, header + 60))],
      ["a huge count of terms", changed((bytes) => bytes.writeUInt32LE(0xffff_ffff, constraints))],
      ["a wire out of range", changed((bytes) => bytes.writeUInt32LE(1_000, constraints + 4))],
      ["a coefficient above r", changed((bytes) => bytes.fill(0xff, constraints + 8, constraints + 40))],
      ["r as a coefficient", changed((bytes) => bytes.set(littleEndian(R), constraints + 8))],
    ];
    for (const { from, length } of table.values()) {
      for (const end of [from - 12, from, from + 1, from + length - 1]) {
        corrupt.push([`cut off after ${end} bytes`, toy.subarray(0, end)]);
      }
    }
    for (const [what, bytes] of corrupt) {
      await writeFile(at("corrupt.r1cs"), bytes);
      const work = makeDevelopmentKey("mini", at("corrupt.r1cs"), at("corrupt.zkey"), { addon: addon() });
      await assert.rejects(work, { code: "TRB_FILE_CORRUPT" }, what);
    }
    await writeFile(
      at("corrupt.r1cs"),
      changed((bytes) => bytes.fill(7, header + 4, header + 36)),
    );
    await assert.rejects(
      makeDevelopmentKey("mini", at("corrupt.r1cs"), at("corrupt.zkey"), { addon: addon() }),
      { code: "TRB_PROOF_R1CS" },
    );
    await assert.rejects(makeDevelopmentKey("mini", at("no.r1cs"), at("corrupt.zkey"), { addon: addon() }), {
      code: "TRB_FILE_MISSING",
    });
    assert.deepEqual(
      (await readdir(folder.path)).filter((file) => file.includes("corrupt.zkey")),
      [],
    );
  });
}
