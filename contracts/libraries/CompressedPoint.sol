// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {G1Point} from "../interfaces/AttributionTypes.sol";
import {Bn254} from "./Bn254.sol";

/// @title Points of G1 in one word
/// @dev x below bit 254, which is set, and the parity of y above it; infinity is 1. No point is 0, what storage holds where
/// nothing was written. Reading y back costs a square root: a call of the precompile of EIP-198, cheaper than a second slot.
library CompressedPoint {
    uint256 private constant INFINITY = 1;
    uint256 private constant FINITE = 1 << 254;
    uint256 private constant X_MASK = FINITE - 1;
    /// @dev (p + 1)/4: p ≡ 3 mod 4, so that a^((p+1)/4) is a root of every square a.
    uint256 private constant ROOT_EXPONENT = (Params.BASE_ORDER + 1) / 4;

    /// @notice One word for each point of the curve. Whether the point is on it is for the caller to see: of the two y with
    /// this x only one has this parity, so another point with the same word is not on the curve.
    function encode(G1Point memory point) internal pure returns (uint256 word) {
        if (point.x >= Params.BASE_ORDER || point.y >= Params.BASE_ORDER) revert Bn254.PointRefused();
        if (Bn254.isInfinity(point)) return INFINITY;
        return point.x | FINITE | (point.y << 255);
    }

    /// @notice The point of a word that `encode` made.
    function decode(uint256 word) internal view returns (G1Point memory point) {
        if (word == INFINITY) return point;
        uint256 order = Params.BASE_ORDER;
        uint256 x = word & X_MASK;
        uint256 square = addmod(mulmod(mulmod(x, x, order), x, order), 3, order);
        uint256 y = _root(square);
        // Also where the chain lacks the precompile, whose answer would then be whatever lay in memory.
        if (mulmod(y, y, order) != square) revert Bn254.PointRefused();
        return G1Point(x, (y ^ (word >> 255)) & 1 == 0 ? y : order - y);
    }

    function _root(uint256 square) private view returns (uint256 y) {
        bytes memory input = abi.encode(32, 32, 32, square, ROOT_EXPONENT, Params.BASE_ORDER);
        assembly ("memory-safe") {
            mstore(0, 0)
            pop(staticcall(gas(), 5, add(input, 32), 192, 0, 32))
            y := mload(0)
        }
    }
}
