// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {G1Point, G2Point} from "../interfaces/AttributionTypes.sol";

/// @title BN254 through the precompiles of EIP-196 and EIP-197
/// @dev The precompiles refuse coordinates ≥ p and points off the curve, and the pairing one refuses points of
/// the twist outside G2's subgroup; a refusal reverts here. They take scalars of any size, modulo r: a caller
/// for whom s and s + r must not be the same thing checks the range itself. Where a chain lacks a precompile, the call
/// succeeds and returns nothing: so the size of the answer is looked at, or what lay in memory would be taken for it.
library Bn254 {
    /// @notice A precompile refused its input (a coordinate ≥ p, a point off the curve or the subgroup), or is not there.
    error PointRefused();

    /// @notice Bytes of one (G1, G2) pair in the pairing's input.
    uint256 private constant PAIR_BYTES = 192;

    /// @notice The generator of G1.
    function generator() internal pure returns (G1Point memory) {
        return G1Point(1, 2);
    }

    /// @notice The generator of G2.
    function generator2() internal pure returns (G2Point memory) {
        return G2Point([Params.G2_X0, Params.G2_X1], [Params.G2_Y0, Params.G2_Y1]);
    }

    function isInfinity(G1Point memory a) internal pure returns (bool) {
        return a.x == 0 && a.y == 0;
    }

    /// @notice −a. For a point on the curve y = 0 only at infinity: G1 has odd order.
    function negate(G1Point memory a) internal pure returns (G1Point memory) {
        if (a.y >= Params.BASE_ORDER) revert PointRefused();
        return G1Point(a.x, a.y == 0 ? 0 : Params.BASE_ORDER - a.y);
    }

    /// @notice a + b (ECADD, 150 gas).
    function add(G1Point memory a, G1Point memory b) internal view returns (G1Point memory sum) {
        uint256[4] memory input = [a.x, a.y, b.x, b.y];
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 6, input, 128, sum, 64)
            ok := and(ok, eq(returndatasize(), 64))
        }
        if (!ok) revert PointRefused();
    }

    /// @notice s·a (ECMUL, 6,000 gas).
    function mul(G1Point memory a, uint256 s) internal view returns (G1Point memory product) {
        uint256[3] memory input = [a.x, a.y, s];
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 7, input, 96, product, 64)
            ok := and(ok, eq(returndatasize(), 64))
        }
        if (!ok) revert PointRefused();
    }

    /// @notice Reverts unless a is on the curve (infinity is).
    function requireOnCurve(G1Point memory a) internal view {
        add(a, G1Point(0, 0));
    }

    /// @notice Reverts unless b is in G2, of order r: the pairing precompile tests it even beside infinity.
    function requireInSubgroup(G2Point memory b) internal view {
        G1Point[] memory left = new G1Point[](1);
        G2Point[] memory right = new G2Point[](1);
        right[0] = b;
        pairingIsOne(left, right);
    }

    /// @notice Whether Π e(left_i, right_i) = 1 (45,000 gas and 34,000 a pair).
    function pairingIsOne(G1Point[] memory left, G2Point[] memory right) internal view returns (bool one) {
        bytes memory input = new bytes(left.length * PAIR_BYTES);
        for (uint256 i = 0; i < left.length; ++i) {
            G1Point memory a = left[i];
            G2Point memory b = right[i];
            // A G2Point is two pointers, to x = [c0, c1] and y = [c0, c1]; the precompile wants c1 first.
            assembly ("memory-safe") {
                let pair := add(add(input, 32), mul(i, PAIR_BYTES))
                let x := mload(b)
                let y := mload(add(b, 32))
                mstore(pair, mload(a))
                mstore(add(pair, 32), mload(add(a, 32)))
                mstore(add(pair, 64), mload(add(x, 32)))
                mstore(add(pair, 96), mload(x))
                mstore(add(pair, 128), mload(add(y, 32)))
                mstore(add(pair, 160), mload(y))
            }
        }
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 8, add(input, 32), mload(input), 0, 32)
            ok := and(ok, eq(returndatasize(), 32))
            one := mload(0)
        }
        if (!ok) revert PointRefused();
    }
}
