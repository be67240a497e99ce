// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {Claim, G1Point, Proof, Statement, Tier, VerifyingKey} from "../interfaces/AttributionTypes.sol";
import {IAttributionVerifier} from "../interfaces/IAttributionVerifier.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {ScalarField} from "../libraries/ScalarField.sol";
import {StatementVector} from "../libraries/StatementVector.sol";
import {Transcript} from "../libraries/Transcript.sol";
import {EmbeddedKey} from "./EmbeddedKey.sol";

/// @title Attribution verifier
/// @notice Checks one proof: Groth16 for the rewards and KZG for the index, joined in a product of five pairings.
contract AttributionVerifier is EmbeddedKey {
    /// @dev The transcript's values, in the order in which they are drawn, and D(β).
    struct Challenges {
        uint256 alpha;
        uint256 beta;
        uint256 rho;
        uint256 join;
        uint256 statementAtBeta;
    }

    constructor(Tier memory tier_, VerifyingKey memory key) EmbeddedKey(tier_, key) {}

    /// @inheritdoc IAttributionVerifier
    function verify(Statement calldata statement, Claim calldata claim, Proof calldata proof) external view {
        _requireSizes(statement);
        _requireFieldElements(statement, claim, proof);
        Challenges memory challenges = _challenges(_pool(statement, claim), statement, claim, proof);
        G1Point memory opened = _openedPoint(statement, claim, proof, challenges);
        if (!_pairingHolds(proof, challenges, opened)) revert ProofRejected();
    }

    function _requireSizes(Statement calldata statement) private view {
        uint256 count = statement.traces.length;
        if (count == 0 || count > TRACES) revert TraceCountOutOfRange(count, TRACES);
        if (statement.positions == 0 || statement.positions > POSITIONS) {
            revert PositionCountOutOfRange(statement.positions, POSITIONS);
        }
    }

    /// @dev β and ρ are reduced by the transcript, packed words are below 2²²⁴. A value x + r would satisfy the same
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
        uint256[] calldata traces = statement.traces;
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

    function _challenges(uint256 pool, Statement calldata statement, Claim calldata claim, Proof calldata proof)
        private
        view
        returns (Challenges memory drawn)
    {
        drawn.alpha = Transcript.alpha(keyDigest, pool, statement, claim, proof.h1);
        drawn.beta = Transcript.beta(drawn.alpha, proof.cq, proof.h2);
        drawn.rho = Transcript.rho(drawn.beta);
        drawn.join = Transcript.join(drawn.beta, proof);
        drawn.statementAtBeta =
            StatementVector.evaluate(tier(), statement, claim, drawn.alpha, proof.h1, drawn.beta);
    }

    /// @dev F − (y − ρ²·D(β))·G + β·π, with F = C_Φ − (β^w − α)·C_q + ρ·C_P: what π opens at β, brought to the side of G₂.
    function _openedPoint(
        Statement calldata statement,
        Claim calldata claim,
        Proof calldata proof,
        Challenges memory drawn
    ) private view returns (G1Point memory point) {
        uint256 vanishing = ScalarField.add(
            ScalarField.pow(drawn.beta, uint256(WIDTH) + 1), ScalarField.negate(drawn.alpha)
        );
        point = Bn254.add(statement.indexCommitment, Bn254.mul(proof.cq, ScalarField.negate(vanishing)));
        point = Bn254.add(point, Bn254.mul(claim.payoutCommitment, drawn.rho));
        uint256 value = ScalarField.add(
            ScalarField.mul(ScalarField.mul(drawn.rho, drawn.rho), drawn.statementAtBeta),
            ScalarField.negate(proof.y)
        );
        point = Bn254.add(point, Bn254.mul(Bn254.generator(), value));
        point = Bn254.add(point, Bn254.mul(proof.opening, drawn.beta));
    }

    /// @dev e(A, B) · e(−α₁, β₂) · e(−L + ρ'·opened, G₂) · e(−C, δ₂) · e(−ρ'·π, [τ]₂) = 1.
    function _pairingHolds(Proof calldata proof, Challenges memory drawn, G1Point memory opened)
        private
        view
        returns (bool)
    {
        G1Point memory joined = Bn254.add(
            Bn254.negate(_publicInput(proof.h2, drawn.beta, drawn.rho, proof.y)), Bn254.mul(opened, drawn.join)
        );
        return Bn254.pairingIsOne(
            bytes.concat(
                Bn254.pair(proof.a, proof.b),
                Bn254.pair(Bn254.negate(_alpha()), _beta()),
                Bn254.pair(joined, Bn254.generator2()),
                Bn254.pair(Bn254.negate(proof.c), _delta()),
                Bn254.pair(Bn254.mul(proof.opening, ScalarField.negate(drawn.join)), _tau())
            )
        );
    }
}
