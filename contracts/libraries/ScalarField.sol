// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";

/// @title Arithmetic modulo r, the order of BN254's scalar field
library ScalarField {
    function add(uint256 a, uint256 b) internal pure returns (uint256) {
        return addmod(a, b, Params.SCALAR_ORDER);
    }

    function mul(uint256 a, uint256 b) internal pure returns (uint256) {
        return mulmod(a, b, Params.SCALAR_ORDER);
    }

    /// @notice −a, for a < r.
    function negate(uint256 a) internal pure returns (uint256) {
        return a == 0 ? 0 : Params.SCALAR_ORDER - a;
    }

    /// @notice Whether every word is in (0, r).
    function allNonzeroElements(uint256[] calldata words) internal pure returns (bool all) {
        uint256 order = Params.SCALAR_ORDER;
        // Without bounds checks: a third of what a loop in Solidity costs for 64 words.
        assembly ("memory-safe") {
            all := 1
            let end := add(words.offset, shl(5, words.length))
            for { let cursor := words.offset } lt(cursor, end) { cursor := add(cursor, 32) } {
                let word := calldataload(cursor)
                all := and(all, and(lt(word, order), gt(word, 0)))
            }
        }
    }

    /// @notice base^exponent by square and multiply: exponents here have at most ten bits.
    function pow(uint256 base, uint256 exponent) internal pure returns (uint256 result) {
        uint256 order = Params.SCALAR_ORDER;
        assembly ("memory-safe") {
            result := 1
            for {} exponent { exponent := shr(1, exponent) } {
                if and(exponent, 1) { result := mulmod(result, base, order) }
                base := mulmod(base, base, order)
            }
        }
    }
}
