// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Claim, Proof, Statement} from "../interfaces/AttributionTypes.sol";
import {IAttributionVerifier} from "../interfaces/IAttributionVerifier.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";

/// @title Verifier router
/// @notice The owner is a timelock; the guardian can only stop.
contract VerifierRouter is IVerifierRouter, Ownable2Step {
    enum Status {
        Unknown,
        Active,
        Stopped,
        Removed
    }

    struct Entry {
        IAttributionVerifier verifier;
        Status status;
    }

    /// @inheritdoc IVerifierRouter
    bytes32 public immutable tauDigest;
    /// @inheritdoc IVerifierRouter
    address public guardian;

    mapping(bytes4 selector => Entry) private _entries;

    constructor(address owner, address guardian_, bytes32 tauDigest_) Ownable(owner) {
        tauDigest = tauDigest_;
        guardian = guardian_;
        emit GuardianChanged(guardian_);
    }

    /// @inheritdoc IVerifierRouter
    function add(IAttributionVerifier verifier) external onlyOwner returns (bytes4 selector) {
        bytes32 keyDigest = verifier.keyDigest();
        selector = bytes4(keyDigest);
        if (_entries[selector].status != Status.Unknown) revert SelectorTaken(selector);
        bytes32 foreign = verifier.tauDigest();
        if (foreign != tauDigest) revert ForeignTau(foreign);
        _entries[selector] = Entry(verifier, Status.Active);
        emit VerifierAdded(selector, verifier, keyDigest);
    }

    /// @inheritdoc IVerifierRouter
    function remove(bytes4 selector) external onlyOwner {
        Status status = _entries[selector].status;
        if (status == Status.Unknown) revert SelectorUnknown(selector);
        if (status == Status.Removed) revert SelectorRemoved(selector);
        _entries[selector].status = Status.Removed;
        emit VerifierRemoved(selector);
    }

    /// @inheritdoc IVerifierRouter
    function stop(bytes4 selector) external {
        if (msg.sender != guardian && msg.sender != owner()) revert NotGuardian(msg.sender);
        verifierOf(selector);
        _entries[selector].status = Status.Stopped;
        emit VerifierStopped(selector);
    }

    /// @inheritdoc IVerifierRouter
    function setGuardian(address guardian_) external onlyOwner {
        guardian = guardian_;
        emit GuardianChanged(guardian_);
    }

    /// @inheritdoc IVerifierRouter
    function verify(bytes4 selector, Statement calldata statement, Claim calldata claim, Proof calldata proof)
        external
        view
    {
        verifierOf(selector).verify(statement, claim, proof);
    }

    /// @inheritdoc IVerifierRouter
    function verifierOf(bytes4 selector) public view returns (IAttributionVerifier) {
        Entry memory entry = _entries[selector];
        if (entry.status == Status.Unknown) revert SelectorUnknown(selector);
        if (entry.status == Status.Stopped) revert SelectorStopped(selector);
        if (entry.status == Status.Removed) revert SelectorRemoved(selector);
        return entry.verifier;
    }
}
