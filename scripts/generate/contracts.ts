import { P, R, rootOfUnity } from "../../src/crypto/field.ts";
import { G2_GENERATOR } from "../../src/crypto/points.ts";
import * as bits from "../../src/params/bits.ts";
import { DEVELOPMENT_CHAIN_ID } from "../../src/params/development-chain.ts";
import { paramsDigest } from "../../src/params/digest.ts";
import { TRANSCRIPT_TAG } from "../../src/params/tags.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { developmentDigests } from "./development-points.ts";

const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`;
const among = (digests: readonly string[]): string =>
  digests.length === 0
    ? "digest == 0"
    : digests.map((digest) => `digest == ${digest}`).join("\n            || ");

/** contracts/generated/Params.sol: src/params, and the development key's public points, as Solidity constants. */
export async function generate(): Promise<Map<string, string>> {
  const largest = Math.max(...Object.values(TIERS).map((tier) => tier.positions));
  const mostTraces = Math.max(...Object.values(TIERS).map((tier) => tier.traces));
  const development = await developmentDigests();
  const tags = Object.entries(TRANSCRIPT_TAG)
    .map(([name, tag]) => `    bytes32 internal constant TAG_${name.toUpperCase()} =\n        ${tag};`)
    .join("\n");
  const text = `// SPDX-License-Identifier: GPL-3.0-or-later
// Machine-written by scripts/generate/contracts.ts from src/params and artifacts/manifest.json
pragma solidity ^0.8.28;

/// @title The protocol's parameters
library Params {
    /// @notice keccak of every parameter; part of every key digest.
    bytes32 internal constant DIGEST =
        ${paramsDigest()};

    /// @notice r, the order of BN254's scalar field.
    uint256 internal constant SCALAR_ORDER =
        ${R};
    /// @notice p, the order of BN254's base field.
    uint256 internal constant BASE_ORDER =
        ${P};

    uint256 internal constant G2_X0 = ${word(G2_GENERATOR.x[0])};
    uint256 internal constant G2_X1 = ${word(G2_GENERATOR.x[1])};
    uint256 internal constant G2_Y0 = ${word(G2_GENERATOR.y[0])};
    uint256 internal constant G2_Y1 = ${word(G2_GENERATOR.y[1])};

    /// @notice C and Q of the largest tier.
    uint256 internal constant MAX_POSITIONS = ${largest};
    uint256 internal constant MAX_TRACES = ${mostTraces};
    /// @notice A primitive MAX_POSITIONS-th root of unity, 5^((r − 1) / MAX_POSITIONS).
    uint256 internal constant ROOT_OF_UNITY =
        ${word(rootOfUnity(largest))};

    uint256 internal constant RHO_SQUARINGS = ${bits.RHO_SQUARINGS};
    uint256 internal constant WEI_PER_UNIT = ${bits.WEI_PER_UNIT};
    uint256 internal constant MIN_POOL_UNITS_PER_POSITION = ${bits.MIN_POOL_UNITS_PER_POSITION};
    uint256 internal constant POOL_BITS = ${bits.POOL_BITS};
    uint256 internal constant CUMULATIVE_BITS = ${bits.CUMULATIVE_BITS};
    uint256 internal constant AMOUNT_BITS = ${bits.PACK.amount.bits};
    uint256 internal constant AMOUNTS_PER_WORD = ${bits.PACK.amount.perElement};

${tags}

    /// @notice The one chain on which a development key is accepted: its secrets are public.
    uint256 internal constant DEVELOPMENT_CHAIN_ID = ${DEVELOPMENT_CHAIN_ID};

    /// @notice Whether keccak(abi.encode(point)) is that of a development key's [τ]₂.
    function isDevelopmentTau(bytes32 digest) internal pure returns (bool) {
        return ${among(development.tau)};
    }

    /// @notice Whether keccak(abi.encode(point)) is that of a development key's β₂.
    function isDevelopmentBeta(bytes32 digest) internal pure returns (bool) {
        return ${among(development.beta)};
    }
}
`;
  return new Map([["contracts/generated/Params.sol", text]]);
}
