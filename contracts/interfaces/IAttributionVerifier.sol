// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Claim, Proof, Statement, Tier} from "./AttributionTypes.sol";

/// @title Verifier of one tier's key
/// @notice Stateless: one contract for each verifying key, which is in its code.
interface IAttributionVerifier {
    /// @notice A value of the statement, the claim or the proof is not below the scalar field's order.
    error NotAFieldElement(uint256 value);
    /// @notice The batch has no payments, or more than the tier's circuit has slots for.
    error TraceCountOutOfRange(uint256 count, uint256 limit);
    /// @notice n is zero or above C.
    error PositionCountOutOfRange(uint256 positions, uint256 limit);
    /// @notice A payment's trace commitment is zero, which the circuit keeps for empty slots.
    error EmptyTrace(uint256 slot);
    /// @notice The payouts add up to more than the pools.
    error PayoutsExceedPool(uint256 payouts, uint256 pool);
    /// @notice There are not as many statements and claims as proofs, or there is no proof.
    error ProofCountMismatch(uint256 statements, uint256 claims, uint256 proofs);
    /// @notice The pairing product is not one.
    error ProofRejected();

    /// @notice A coordinate is infinity where a key needs a real point.
    error KeyPointAtInfinity();
    /// @notice δ₂ is G₂: anybody could forge proofs with such a key.
    error DeltaIsGenerator();
    /// @notice The development [τ]₂ or β₂, whose secrets are public, on a chain that is not the development chain.
    error DevelopmentKey(uint256 chainId);
    /// @notice The tier's numbers are not ones that the transcript and the packing allow.
    error TierOutOfRange(Tier tier);

    /// @notice Returns where the proof shows that `claim` is the reward rule's split of the statement's pools; reverts otherwise.
    function verify(Statement calldata statement, Claim calldata claim, Proof calldata proof) external view;

    /// @notice {verify} of every proof, in one pairing check. A rejection does not say which proof is false.
    function verifyMany(Statement[] calldata statements, Claim[] calldata claims, Proof[] calldata proofs)
        external
        view;

    /// @notice keccak of parameters, tier and key; its first four bytes are the selector.
    function keyDigest() external view returns (bytes32);

    /// @notice keccak of [τ]₂: verifiers that pay into one vault share it.
    function tauDigest() external view returns (bytes32);

    /// @notice The circuit instance that this key belongs to.
    function tier() external view returns (Tier memory);
}
