import { createRequire } from "node:module";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";
import { SOLIDITY_SETTINGS } from "./scripts/setup/solidity.ts";

const require = createRequire(import.meta.url);
const soljson = require.resolve("solc/soljson.js");
const solcVersion: string = require("solc/package.json").version;

/** Builds the contracts, no more: chains are made in src/cli/dev-chain.ts. The compiler comes from npm by path, so that nothing is downloaded. */
export default defineConfig({
  plugins: [hardhatViem],
  solidity: {
    version: solcVersion,
    path: soljson,
    settings: SOLIDITY_SETTINGS,
  },
  paths: {
    sources: "contracts",
    artifacts: "artifacts/hardhat",
    cache: ".cache/hardhat",
    tests: "test/contracts",
  },
});
