// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {Claim, G1Point, Proof, Statement, Tier, VerifyingKey} from "../interfaces/AttributionTypes.sol";
import {IAttributionVerifier} from "../interfaces/IAttributionVerifier.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {ProofProduct} from "../libraries/ProofProduct.sol";
import {ScalarField} from "../libraries/ScalarField.sol";
import {StatementVector} from "../libraries/StatementVector.sol";
import {Transcript} from "../libraries/Transcript.sol";
import {EmbeddedKey} from "./EmbeddedKey.sol";

/// @title Attribution verifier
/// @notice Checks a proof, Groth16 for the rewards and KZG for the index, by a product of five pairings; m of them by m + 4.
contract AttributionVerifier is EmbeddedKey {
    using ProofProduct for ProofProduct.Sum;

    constructor(Tier memory tier_, VerifyingKey memory key) EmbeddedKey(tier_, key) {}

    /// @inheritdoc IAttributionVerifier
    function verify(Statement calldata statement, Claim calldata claim, Proof calldata proof) external view {
        ProofProduct.Sum memory sum;
        ProofProduct.Term memory term = _check(statement, claim, proof);
        term.weight = 1;
        sum.add(term, proof, statement.indexCommitment, claim.payoutCommitment);
        if (!_pairingHolds(sum)) revert ProofRejected();
    }

    /// @inheritdoc IAttributionVerifier
    function verifyMany(Statement[] calldata statements, Claim[] calldata claims, Proof[] calldata proofs)
        external
        view
    {
        uint256 count = proofs.length;
        if (count == 0 || statements.length != count || claims.length != count) {
            revert ProofCountMismatch(statements.length, claims.length, count);
        }
        ProofProduct.Term[] memory terms = new ProofProduct.Term[](count);
        uint256[] memory joins = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            terms[i] = _check(statements[i], claims[i], proofs[i]);
            joins[i] = terms[i].join;
        }
        bytes32 seed = Transcript.combination(joins);
        ProofProduct.Sum memory sum;
        for (uint256 i = 0; i < count; ++i) {
            terms[i].weight = Transcript.weight(seed, i);
            sum.add(terms[i], proofs[i], statements[i].indexCommitment, claims[i].payoutCommitment);
        }
        if (!_pairingHolds(sum)) revert ProofRejected();
    }

    /// @dev Everything about one proof that is no equation of points, and its challenges.
    function _check(Statement calldata statement, Claim calldata claim, Proof calldata proof)
        private
        view
        returns (ProofProduct.Term memory)
    {
        _requireSizes(statement);
        _requireFieldElements(statement, claim, proof);
        return _challenges(_pool(statement, claim), statement, claim, proof);
    }

    function _requireSizes(Statement calldata statement) private view {
        uint256 count = statement.traces.length;
        if (count == 0 || count > TRACES) revert TraceCountOutOfRange(count, TRACES);
        if (statement.positions == 0 || statement.positions > POSITIONS) {
            revert PositionCountOutOfRange(statement.positions, POSITIONS);
        }
    }

    /// @dev β is reduced by the transcript, packed words are below 2²²⁴. A value x + r would satisfy the same
    /// equations as x with other bytes, or stand for another number.
    function _requireFieldElements(Statement calldata statement, Claim calldata claim, Proof calldata proof)
        private
        pure
    {
        _requireFieldElement(statement.indexId);
        _requireFieldElement(statement.n0);
        _requireFieldElement(claim.unattributed);
        _requireFieldElement(proof.h1);
        _requireFieldElement(proof.h2);
        _requireFieldElement(proof.y);
        if (!ScalarField.allNonzeroElements(statement.traces)) _revertForTrace(statement.traces);
    }

    function _revertForTrace(uint256[] calldata traces) private pure {
        for (uint256 q = 0; q < traces.length; ++q) {
            if (traces[q] == 0) revert EmptyTrace(q);
            _requireFieldElement(traces[q]);
        }
    }

    function _requireFieldElement(uint256 value) private pure {
        if (value >= Params.SCALAR_ORDER) revert NotAFieldElement(value);
    }

    /// @dev R, after the checks of both lists' encodings and of Σ pay ≤ R.
    function _pool(Statement calldata statement, Claim calldata claim) private pure returns (uint256 pool) {
        pool = PackedAmounts.sum(statement.poolWords, statement.traces.length);
        uint256 payouts = PackedAmounts.sum(claim.payoutWords, statement.positions);
        if (payouts > pool) revert PayoutsExceedPool(payouts, pool);
    }

    /// @dev The transcript's values in the order in which they are drawn, and what D(β) leaves of y.
    function _challenges(uint256 pool, Statement calldata statement, Claim calldata claim, Proof calldata proof)
        private
        view
        returns (ProofProduct.Term memory term)
    {
        uint256 alpha = Transcript.alpha(keyDigest, pool, statement, claim, proof.h1);
        term.beta = Transcript.beta(alpha, proof.cq, proof.h2);
        term.rho = ProofProduct.rho(term.beta);
        term.join = Transcript.join(term.beta, proof);
        term.vanishing =
            ScalarField.add(ScalarField.pow(term.beta, uint256(WIDTH) + 1), ScalarField.negate(alpha));
        uint256 stated = StatementVector.evaluate(tier(), statement, claim, alpha, proof.h1, term.beta);
        uint256 absorbed = ScalarField.mul(ScalarField.mul(term.rho, term.rho), stated);
        term.value = ScalarField.add(proof.y, ScalarField.negate(absorbed));
    }

    /// @dev Π e(λA, B) · e(−Λα₁, β₂) · e(−L + Σ λρ'·opened, G₂) · e(−Σ λC, δ₂) · e(−Σ λρ'·π, [τ]₂) = 1, Λ = Σ λ.
    function _pairingHolds(ProofProduct.Sum memory sum) private view returns (bool) {
        G1Point memory joined = Bn254.add(Bn254.negate(_publicInput(sum.weight, sum.inputs)), sum.openedPoint());
        bytes memory pairs = bytes.concat(sum.pairs, new bytes(4 * 192));
        Bn254.putPair(pairs, 4, Bn254.negate(_scaled(_alpha(), sum.weight)), _beta());
        Bn254.putPair(pairs, 3, joined, Bn254.generator2());
        Bn254.putPair(pairs, 2, Bn254.negate(sum.c), _delta());
        Bn254.putPair(pairs, 1, Bn254.negate(sum.opening), _tau());
        return Bn254.pairingIsOne(pairs);
    }
}
