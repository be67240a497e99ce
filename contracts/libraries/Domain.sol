// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {ScalarField} from "./ScalarField.sol";

/// @title The C-th roots of unity, on which payout polynomials live
library Domain {
    /// @notice The size is not a power of two in [2, MAX_POSITIONS].
    error NotADomain(uint256 size);
    /// @notice The constant's (MAX_POSITIONS / 2)-th power is not −1: it does not generate the whole domain.
    error WrongRootOfUnity();

    /// @notice ω^index, ω the primitive `size`-th root of unity. Claims give the index, never the point.
    function element(uint256 size, uint256 index) internal pure returns (uint256) {
        requireDomain(size);
        return ScalarField.pow(Params.ROOT_OF_UNITY, index * (Params.MAX_POSITIONS / size));
    }

    function requireDomain(uint256 size) internal pure {
        if (size < 2 || size > Params.MAX_POSITIONS || size & (size - 1) != 0) revert NotADomain(size);
    }

    /// @notice Reverts unless ω^(C/2) = −1 for the largest domain. For a smaller one, ω^(MAX/C) to the power
    /// C/2 is the same number, so this one test is a test of all.
    function requirePrimitiveRoot() internal pure {
        uint256 half = ScalarField.pow(Params.ROOT_OF_UNITY, Params.MAX_POSITIONS / 2);
        if (half != Params.SCALAR_ORDER - 1) revert WrongRootOfUnity();
    }
}
