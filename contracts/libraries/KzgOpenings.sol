// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {G1Point, G2Point} from "../interfaces/AttributionTypes.sol";
import {Bn254} from "./Bn254.sol";
import {ScalarField} from "./ScalarField.sol";

/// @title KZG openings, one or a random combination of many
/// @dev π opens C at z with value v when e(C − v·G + z·π, G₂) = e(π, [τ]₂). A combination with weights that were fixed
/// after every opening is checked by the same two pairings.
library KzgOpenings {
    using Bn254 for G1Point;

    /// @notice Weighted sums over openings: Σ w·(C + z·π), Σ w·π and Σ w·v.
    /// @param commitment the commitment that `weight` still has to multiply; equal neighbours share one ECMUL
    struct Sum {
        G1Point commitment;
        uint256 weight;
        G1Point left;
        G1Point right;
        uint256 value;
    }

    /// @notice Whether one opening holds.
    function opens(
        G1Point memory commitment,
        uint256 z,
        uint256 value,
        G1Point memory opening,
        G2Point memory tau
    ) internal view returns (bool) {
        G1Point memory left = commitment.add(opening.mul(z));
        left = left.add(Bn254.generator().mul(ScalarField.negate(value)));
        return Bn254.pairingIsOne(left, Bn254.generator2(), opening.negate(), tau);
    }

    /// @notice Adds an opening with a weight below r.
    function add(
        Sum memory sum,
        G1Point memory commitment,
        uint256 z,
        uint256 value,
        G1Point memory opening,
        uint256 weight
    ) internal view {
        if (sum.commitment.x != commitment.x || sum.commitment.y != commitment.y) {
            _flush(sum);
            sum.commitment = commitment;
        }
        sum.weight = ScalarField.add(sum.weight, weight);
        G1Point memory weighted = opening.mul(weight);
        sum.right = sum.right.add(weighted);
        sum.left = sum.left.add(weighted.mul(z));
        sum.value = ScalarField.add(sum.value, ScalarField.mul(weight, value));
    }

    /// @notice Whether the combination holds: one pairing check.
    function holds(Sum memory sum, G2Point memory tau) internal view returns (bool) {
        _flush(sum);
        G1Point memory left = sum.left.add(Bn254.generator().mul(ScalarField.negate(sum.value)));
        return Bn254.pairingIsOne(left, Bn254.generator2(), sum.right.negate(), tau);
    }

    function _flush(Sum memory sum) private view {
        if (sum.weight == 0) return;
        G1Point memory weighted = sum.commitment.mul(sum.weight);
        sum.left = sum.left.add(weighted);
        sum.weight = 0;
    }
}
