// SPDX-License-Identifier: GPL-3.0-or-later
// Machine-written by scripts/generate/contracts.ts from src/params and artifacts/manifest.json
pragma solidity ^0.8.28;

/// @title The protocol's parameters
library Params {
    /// @notice keccak of every parameter; part of every key digest.
    bytes32 internal constant DIGEST =
        0x332f5a2b6cb460e8ad98e03ba67120e27f796fee1948045517abb1364646435e;

    /// @notice r, the order of BN254's scalar field.
    uint256 internal constant SCALAR_ORDER =
        21888242871839275222246405745257275088548364400416034343698204186575808495617;
    /// @notice p, the order of BN254's base field.
    uint256 internal constant BASE_ORDER =
        21888242871839275222246405745257275088696311157297823662689037894645226208583;

    uint256 internal constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 internal constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 internal constant G2_Y0 = 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa;
    uint256 internal constant G2_Y1 = 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b;

    /// @notice C and Q of the largest tier.
    uint256 internal constant MAX_POSITIONS = 1024;
    uint256 internal constant MAX_TRACES = 64;
    /// @notice A primitive MAX_POSITIONS-th root of unity, 5^((r − 1) / MAX_POSITIONS).
    uint256 internal constant ROOT_OF_UNITY =
        0x06fd19c17017a420ebbebc2bb08771e339ba79c0a8d2d7ab11f995e1bc2e5912;

    uint256 internal constant RHO_SQUARINGS = 32;
    uint256 internal constant WEI_PER_UNIT = 1000000000;
    uint256 internal constant MIN_POOL_UNITS_PER_POSITION = 1000;
    uint256 internal constant POOL_BITS = 48;
    uint256 internal constant CUMULATIVE_BITS = 96;
    uint256 internal constant AMOUNT_BITS = 56;
    uint256 internal constant AMOUNTS_PER_WORD = 4;

    bytes32 internal constant TAG_ALPHA =
        0x847a6e7ef0837697c67d2876187430ead6490ef60d906ed42e1ba09a78290562;
    bytes32 internal constant TAG_BETA =
        0xd4b223e0a3cbc2ec0083ec51725e984aa987a806868dfed91840efbfb104fd1e;
    bytes32 internal constant TAG_JOIN =
        0xc2763ae2f40ab4b09ee8394067f6a38b854398b9813a876b2b66c58a0049f730;
    bytes32 internal constant TAG_BATCH =
        0x59e762b88e79243abca82fcba9ac88a0fff3b403099d03e7c6a93a334e8578b1;
    bytes32 internal constant TAG_IO =
        0x607195f64543cee2cf0912db66a2889207ce1bb1f0c081f686a9c3258882505d;
    bytes32 internal constant TAG_KEY =
        0x856c070e3e02f2d9b547f938359e5af83697024a5dc38bd0b1ba3d3b2d76bc95;

    /// @notice The one chain on which a development key is accepted: its secrets are public.
    uint256 internal constant DEVELOPMENT_CHAIN_ID = 31337;

    /// @notice Whether keccak(abi.encode(point)) is that of a development key's [τ]₂.
    function isDevelopmentTau(bytes32 digest) internal pure returns (bool) {
        return digest == 0x9a5413cbae5113dac1483ddb8cdb4b37bfe22f19cbe3abca588d16ef666fca3d;
    }

    /// @notice Whether keccak(abi.encode(point)) is that of a development key's β₂.
    function isDevelopmentBeta(bytes32 digest) internal pure returns (bool) {
        return digest == 0x5015b2d412ba44a4f6633fe3d673562d0ee006eb33edf1ddeddfe4a9f574758a;
    }
}
