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

    /// @notice base^exponent by square and multiply: exponents here have at most ten bits.
    function pow(uint256 base, uint256 exponent) internal pure returns (uint256 result) {
        result = 1;
        for (; exponent != 0; exponent >>= 1) {
            if (exponent & 1 == 1) result = mul(result, base);
            base = mul(base, base);
        }
    }
}
