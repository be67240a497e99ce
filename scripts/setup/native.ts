/**
 * Compiles prover/native and puts it where the program looks for it. Needs Rust; everything works without, slower.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./circom.ts";

const CRATE = join(ROOT, "prover/native");
const LIBRARY = { darwin: "libtributary.dylib", win32: "tributary.dll" }[process.platform as string];

/** Says what is wrong, and ends with the exit code of misuse. */
function refuse(code: string, message: string, hint: string): never {
  process.stderr.write(`${message} (${code})\n${hint}\n`);
  process.exit(2);
}

if (spawnSync("cargo", ["--version"]).status !== 0) {
  refuse(
    "TRB_SETUP_NO_CARGO",
    "cargo, Rust's package manager, is not there",
    "Install Rust 1.88 or newer and run `make native` again. Nothing needs it: without, snarkjs proves.",
  );
}
const built = spawnSync("cargo", ["build", "--release", "--locked", "--lib"], {
  cwd: CRATE,
  stdio: "inherit",
});
if (built.status !== 0) {
  refuse("TRB_SETUP_NATIVE", "prover/native does not compile", "The compiler's messages are above.");
}
// Under another name first: a process that has the old file loaded keeps it.
const addon = join(CRATE, "tributary.node");
copyFileSync(join(CRATE, "target/release", LIBRARY ?? "libtributary.so"), `${addon}.new`);
renameSync(`${addon}.new`, addon);
process.stderr.write(`setup: ${addon}\n`);
