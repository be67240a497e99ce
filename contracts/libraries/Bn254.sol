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
        bool ok;
        assembly ("memory-safe") {
            let input := mload(64)
            mcopy(input, a, 64)
            mcopy(add(input, 64), b, 64)
            ok := staticcall(gas(), 6, input, 128, sum, 64)
            ok := and(ok, eq(returndatasize(), 64))
        }
        if (!ok) revert PointRefused();
    }

    /// @notice s·a (ECMUL, 6,000 gas).
    function mul(G1Point memory a, uint256 s) internal view returns (G1Point memory product) {
        bool ok;
        assembly ("memory-safe") {
            let input := mload(64)
            mcopy(input, a, 64)
            mstore(add(input, 64), s)
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
        pairingIsOne(pair(G1Point(0, 0), b));
    }

    /// @notice (a, b) as the pairing's input has it: of a coordinate of G2, c1 comes first.
    function pair(G1Point memory a, G2Point memory b) internal pure returns (bytes memory) {
        return abi.encode(a.x, a.y, b.x[1], b.x[0], b.y[1], b.y[0]);
    }

    /// @notice Writes (a, b) as {pair} has it into the `place`-th last 192 bytes of `pairs`, counted from 1.
    function putPair(bytes memory pairs, uint256 place, G1Point memory a, G2Point memory b) internal pure {
        uint256[2] memory x = b.x;
        uint256[2] memory y = b.y;
        assembly ("memory-safe") {
            let at := sub(add(add(pairs, 32), mload(pairs)), mul(place, 192))
            mcopy(at, a, 64)
            mstore(add(at, 64), mload(add(x, 32)))
            mstore(add(at, 96), mload(x))
            mstore(add(at, 128), mload(add(y, 32)))
            mstore(add(at, 160), mload(y))
        }
    }

    /// @notice Whether Π e(a_i, b_i) = 1 over pairs laid end to end (45,000 gas and 34,000 a pair).
    function pairingIsOne(bytes memory pairs) internal view returns (bool) {
        uint256 start;
        assembly ("memory-safe") {
            start := add(pairs, 32)
        }
        return _pairingIsOne(start, pairs.length);
    }

    /// @notice Whether e(a, b) · e(c, d) = 1.
    function pairingIsOne(G1Point memory a, G2Point memory b, G1Point memory c, G2Point memory d)
        internal
        view
        returns (bool)
    {
        uint256[12] memory words;
        (words[0], words[1]) = (a.x, a.y);
        (words[2], words[3], words[4], words[5]) = (b.x[1], b.x[0], b.y[1], b.y[0]);
        (words[6], words[7]) = (c.x, c.y);
        (words[8], words[9], words[10], words[11]) = (d.x[1], d.x[0], d.y[1], d.y[0]);
        uint256 start;
        assembly ("memory-safe") {
            start := words
        }
        return _pairingIsOne(start, 384);
    }

    function _pairingIsOne(uint256 start, uint256 size) private view returns (bool one) {
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 8, start, size, 0, 32)
            ok := and(ok, eq(returndatasize(), 32))
            one := mload(0)
        }
        if (!ok) revert PointRefused();
    }
}
