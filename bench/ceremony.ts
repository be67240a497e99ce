/**
 * What a ceremony costs at tier mini with snarkjs, and whether its own command accepts one that began with the key that the
 * tests begin with: `node bench/ceremony.ts`. Takes about six minutes of processor time.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openCurve } from "../src/crypto/kzg/curve.ts";
import { applyBeacon, contribute } from "../src/operations/keys/ceremony.ts";
import { artifactPaths, fileDigest } from "../src/proof/keys.ts";
import { newCeremonyKey } from "../src/proof/snarkjs-ceremony.ts";
import { writeInitialKey } from "../test/helpers/initial-key.ts";
import { drawSecrets, writePhaseOne } from "../test/helpers/phase-one.ts";
import { temporaryFolder } from "../test/helpers/srs.ts";
import { editKey } from "../test/helpers/zkey-edit.ts";

const SNARKJS = fileURLToPath(new URL("../node_modules/snarkjs/build/cli.cjs", import.meta.url));
const { r1cs } = artifactPaths("mini");
const folder = await temporaryFolder();
const path = (name: string): string => `${folder.path}/${name}`;
const quiet = { onProgress: () => {}, force: false };

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await work();
  process.stdout.write(`${what.padEnd(44)} ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}

const { curve, close } = await openCurve();
const secrets = drawSecrets();
await timed("phase 1 from known secrets", () => writePhaseOne(path("phase1.ptau"), 14, secrets));
await timed("first key from known secrets", () => writeInitialKey(curve, secrets, r1cs, path("known.zkey")));
await timed("first key, snarkjs", () => newCeremonyKey(r1cs, path("phase1.ptau"), path("0.zkey"), () => {}));
// Both write the same sections, in another order.
await editKey(path("known.zkey"), path("ordered.zkey"), 1, (content) => content);
await editKey(path("0.zkey"), path("made.zkey"), 1, (content) => content);
const same = (await fileDigest(path("ordered.zkey"))) === (await fileDigest(path("made.zkey")));
process.stdout.write(`the two first keys are ${same ? "the same" : "DIFFERENT"}\n`);
for (const [i, name] of ["Ada", "Ben", "Cleo"].entries()) {
  await timed(`contribution ${i + 1}`, () =>
    contribute(path(i === 0 ? "known.zkey" : `${i}.zkey`), path(`${i + 1}.zkey`), { name, extra: "" }, quiet),
  );
}
const beacon = { name: "beacon", value: "0c0ffee0", exponent: 10 };
await timed("beacon", () => applyBeacon(path("3.zkey"), path("final.zkey"), beacon, quiet));
await close();
await timed("snarkjs zkey verify, in a process", async () => {
  const args = [SNARKJS, "zkey", "verify", r1cs, path("phase1.ptau"), path("final.zkey")];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  process.stdout.write(stdout.includes("ZKey Ok!") ? "accepted\n" : "REFUSED\n");
});
await folder.remove();
