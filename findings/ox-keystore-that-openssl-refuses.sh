#!/usr/bin/env bash
# ox 1.8.3 (what viem stands on), Keystore.scrypt with its defaults; Node's crypto.scryptSync (OpenSSL).
# Guess: a keystore written with a library's defaults opens with any scrypt.
# Seen: the defaults are n = 2^18, r = 1, p = 8. OpenSSL refuses them whatever memory it is given, since RFC 7914 wants n below 2^(16·r);
#   @noble/hashes, which ox uses, takes them. With r = 8 and p = 1, the same work, both agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent ox@1.8.3
cat >try.mjs <<'JS'
import { scryptSync } from "node:crypto";
import { Keystore } from "ox";

const [, options] = Keystore.scrypt({ password: "a password for a test" });
const { n, r, p } = options.kdfparams;
console.log(`ox 1.8.3 writes n = ${n}, r = ${r}, p = ${p}; Node ${process.version}, OpenSSL ${process.versions.openssl}`);
function derive(N, blocks, lanes) {
  try {
    scryptSync("a password for a test", "salt", 32, { N, r: blocks, p: lanes, maxmem: 2 ** 31 });
    return "derives";
  } catch (error) {
    return `refuses (${error.code})`;
  }
}
const theirs = derive(n, r, p);
const usual = derive(n, 8, 1);
console.log(`  OpenSSL with these: ${theirs}; with r = 8, p = 1: ${usual}`);
const same = n === 262144 && r === 1 && p === 8 && theirs.startsWith("refuses") && usual === "derives";
if (!same) console.log("  this has changed");
process.exitCode = same ? 0 : 1;
JS
node try.mjs
