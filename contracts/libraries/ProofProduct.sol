// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {G1Point, Proof} from "../interfaces/AttributionTypes.sol";
import {Bn254} from "./Bn254.sol";
import {ScalarField} from "./ScalarField.sol";

/// @title The pairing product of one proof, or a random combination of many under one key
/// @dev For weights λ_i that were fixed after every proof (λ_0 = 1): of each proof only e(λ·A, B) is a pair of its own; what
/// stands beside β₂, G₂, δ₂ and [τ]₂ is added up, and so are the scalars of points that all proofs share. A proof costs six
/// ECMUL and 34,000 gas of pairing, all of them together eight more and 181,000 (docs/protocol.md, "Many proofs at once").
library ProofProduct {
    using Bn254 for G1Point;

    /// @notice What one proof brings beside its points.
    /// @param weight λ
    /// @param join ρ'
    /// @param vanishing β^w − α
    /// @param value y' = y − ρ²·D(β)
    struct Term {
        uint256 weight;
        uint256 join;
        uint256 beta;
        uint256 rho;
        uint256 vanishing;
        uint256 value;
    }

    /// @notice Sums over proofs.
    /// @param pairs (λ·A, B) of each, as the pairing's input has them
    /// @param weight Σ λ
    /// @param inputs Σ λ·(h2, β, y)
    /// @param generator −Σ λ·ρ'·y'
    /// @param index the C_Φ that `indexWeight` still has to multiply; equal neighbours share one ECMUL
    /// @param opened Σ λ·ρ'·(F + β·π)
    /// @param opening Σ λ·ρ'·π
    /// @param c Σ λ·C
    struct Sum {
        bytes pairs;
        uint256 weight;
        uint256[3] inputs;
        uint256 generator;
        G1Point index;
        uint256 indexWeight;
        G1Point opened;
        G1Point opening;
        G1Point c;
    }

    /// @notice ρ = β^(2^RHO_SQUARINGS), which separates rows, payouts and statement: above the degree of all that can be
    /// committed to. With a smaller power of β they could be traded.
    function rho(uint256 beta_) internal pure returns (uint256 power) {
        uint256 order = Params.SCALAR_ORDER;
        power = beta_;
        for (uint256 i = 0; i < Params.RHO_SQUARINGS; i += 8) {
            assembly ("memory-safe") {
                power := mulmod(power, power, order)
                power := mulmod(power, power, order)
                power := mulmod(power, power, order)
                power := mulmod(power, power, order)
                power := mulmod(power, power, order)
                power := mulmod(power, power, order)
                power := mulmod(power, power, order)
                power := mulmod(power, power, order)
            }
        }
    }

    /// @notice Adds a proof under its weight, which is 1 for the first.
    function add(
        Sum memory sum,
        Term memory term,
        Proof calldata proof,
        G1Point memory indexCommitment,
        G1Point memory payoutCommitment
    ) internal view {
        uint256 weight = term.weight;
        uint256 join = mulmod(weight, term.join, Params.SCALAR_ORDER);
        uint256 vanishing = ScalarField.negate(mulmod(join, term.vanishing, Params.SCALAR_ORDER));
        uint256 value = ScalarField.negate(mulmod(join, term.value, Params.SCALAR_ORDER));
        G1Point memory opening = Bn254.mul(proof.opening, join);
        G1Point memory opened = Bn254.mul(proof.cq, vanishing);
        opened = opened.add(Bn254.mul(payoutCommitment, mulmod(join, term.rho, Params.SCALAR_ORDER)));
        opened = opened.add(opening.mul(term.beta));
        if (sum.weight == 0) {
            // The first proof, of weight 1. Added to empty sums like the others, it would cost a single one 3,000 gas more.
            sum.pairs = Bn254.pair(proof.a, proof.b);
            (sum.weight, sum.inputs) = (1, [proof.h2, term.beta, proof.y]);
            (sum.generator, sum.index, sum.indexWeight) = (value, indexCommitment, join);
            (sum.c, sum.opened, sum.opening) = (proof.c, opened, opening);
            return;
        }
        sum.pairs = bytes.concat(sum.pairs, Bn254.pair(Bn254.mul(proof.a, weight), proof.b));
        sum.weight = ScalarField.add(sum.weight, weight);
        _addInput(sum.inputs, 0, weight, proof.h2);
        _addInput(sum.inputs, 1, weight, term.beta);
        _addInput(sum.inputs, 2, weight, proof.y);
        sum.generator = ScalarField.add(sum.generator, value);
        sum.c = sum.c.add(Bn254.mul(proof.c, weight));
        _addIndex(sum, indexCommitment, join);
        sum.opened = sum.opened.add(opened);
        sum.opening = sum.opening.add(opening);
    }

    /// @notice Σ λ·ρ'·(F − y'·G + β·π), once all proofs are in.
    function openedPoint(Sum memory sum) internal view returns (G1Point memory) {
        _flushIndex(sum);
        return sum.opened.add(Bn254.generator().mul(sum.generator));
    }

    function _addInput(uint256[3] memory inputs, uint256 i, uint256 weight, uint256 value) private pure {
        inputs[i] = ScalarField.add(inputs[i], ScalarField.mul(weight, value));
    }

    function _addIndex(Sum memory sum, G1Point memory index, uint256 weight) private view {
        if (sum.index.x != index.x || sum.index.y != index.y) {
            _flushIndex(sum);
            sum.index = index;
        }
        sum.indexWeight = ScalarField.add(sum.indexWeight, weight);
    }

    function _flushIndex(Sum memory sum) private view {
        if (sum.indexWeight == 0) return;
        sum.opened = sum.opened.add(sum.index.mul(sum.indexWeight));
        sum.indexWeight = 0;
    }
}
