/**
 * `make native`: builds the native prover core and puts it where src/proof/native-backend.ts looks for it.
 * The crates are those of prover/native/Cargo.lock.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CRATE = fileURLToPath(new URL("../../prover/native/", import.meta.url));
const LIBRARY: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "libtributary_native.dylib",
  linux: "libtributary_native.so",
};

function fail(code: string, message: string, hint: string): never {
  process.stderr.write(`${code}: ${message}\n  ${hint}\n`);
  process.exit(2);
}

const library = LIBRARY[process.platform];
if (library === undefined) {
  fail(
    "TRB_SETUP_NATIVE_PLATFORM",
    `the native prover is not built on ${process.platform}`,
    "Everything works without it, slower.",
  );
}
if (spawnSync("cargo", ["--version"]).status !== 0) {
  fail(
    "TRB_SETUP_NO_CARGO",
    "the native prover needs Rust's cargo, 1.89 or newer, which was not found",
    "Install Rust (the packages rustc and cargo, or rustup) and run `make native` again; without it proofs are made by snarkjs, slower.",
  );
}
const built = spawnSync("cargo", ["build", "--release", "--locked"], { cwd: CRATE, stdio: "inherit" });
if (built.status !== 0) {
  fail(
    "TRB_SETUP_NATIVE_BUILD",
    "the native prover could not be built",
    "cargo's own message is above. It needs Rust 1.89 or newer and a C linker.",
  );
}
// Renamed into place: a process that has the old one loaded keeps it.
copyFileSync(`${CRATE}target/release/${library}`, `${CRATE}tributary.node.new`);
renameSync(`${CRATE}tributary.node.new`, `${CRATE}tributary.node`);
process.stderr.write("native: prover/native/tributary.node is built; proofs use it from now on\n");
