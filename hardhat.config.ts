import { createRequire } from "node:module";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);
const soljson = require.resolve("solc/soljson.js");
const solcVersion: string = require("solc/package.json").version;

/** The compiler comes from npm by path, so that nothing is downloaded. */
export default defineConfig({
  plugins: [hardhatViem],
  solidity: {
    version: solcVersion,
    path: soljson,
    settings: { optimizer: { enabled: true, runs: 10_000 }, evmVersion: "cancun" },
  },
  paths: {
    sources: "contracts",
    artifacts: "artifacts/hardhat",
    cache: ".cache/hardhat",
    tests: "test/contracts",
  },
  networks: { dev: { type: "edr-simulated", chainType: "l1", chainId: 31337, hardfork: "cancun" } },
});
