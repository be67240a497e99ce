// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Claim, Proof, Statement} from "./AttributionTypes.sol";
import {IAttributionVerifier} from "./IAttributionVerifier.sol";

/// @title Selector to verifier
/// @notice An entry goes one way: active, then perhaps stopped (by the guardian, at once) or removed (by the
/// owner, a timelock). Neither comes back, and the selector is never given again.
interface IVerifierRouter {
    /// @notice Nothing was ever registered under the selector.
    error SelectorUnknown(bytes4 selector);
    /// @notice The selector is in use or was.
    error SelectorTaken(bytes4 selector);
    /// @notice The guardian stopped the verifier.
    error SelectorStopped(bytes4 selector);
    /// @notice The owner removed the verifier.
    error SelectorRemoved(bytes4 selector);
    /// @notice The verifier's [τ]₂ is not the one that this router's vault opens commitments with.
    error ForeignTau(bytes32 tauDigest);
    /// @notice Only the guardian (or the owner) may stop a verifier.
    error NotGuardian(address caller);

    event VerifierAdded(bytes4 indexed selector, IAttributionVerifier indexed verifier, bytes32 keyDigest);
    event VerifierStopped(bytes4 indexed selector);
    event VerifierRemoved(bytes4 indexed selector);
    event GuardianChanged(address indexed guardian);

    /// @notice Registers a verifier under the first four bytes of its key digest. Owner only.
    function add(IAttributionVerifier verifier) external returns (bytes4 selector);

    /// @notice Leaves a tombstone. Owner only.
    function remove(bytes4 selector) external;

    /// @notice Stops a verifier for ever. Guardian or owner.
    function stop(bytes4 selector) external;

    /// @notice Names who may stop verifiers. Owner only.
    function setGuardian(address guardian) external;

    /// @notice The active verifier of a selector; reverts where there is none.
    function verifierOf(bytes4 selector) external view returns (IAttributionVerifier);

    /// @notice {IAttributionVerifier-verify} of the selector's verifier; reverts unless the proof holds.
    function verify(bytes4 selector, Statement calldata statement, Claim calldata claim, Proof calldata proof)
        external
        view;

    /// @notice keccak of the [τ]₂ that every verifier here shares.
    function tauDigest() external view returns (bytes32);

    /// @notice Who may stop verifiers.
    function guardian() external view returns (address);
}
