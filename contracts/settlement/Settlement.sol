// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Batch, Claim, G1Point, Proof, Statement} from "../interfaces/AttributionTypes.sol";
import {IFeeEscrow} from "../interfaces/IFeeEscrow.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {IRewardVault} from "../interfaces/IRewardVault.sol";
import {ISettlement} from "../interfaces/ISettlement.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {RegisteredStatement, Statements} from "./Statements.sol";

/// @title Settlement
/// @dev Has no state and holds no money: the escrow decides that a batch is released once, the vault that a DataNet pays
/// no more than it got. Escrow and vault obey this contract only.
contract Settlement is ISettlement, ReentrancyGuardTransient {
    IModelRegistry public immutable MODELS;
    IFeeEscrow public immutable ESCROW;
    IVerifierRouter public immutable ROUTER;
    IRewardVault public immutable VAULT;

    constructor(IModelRegistry models, IFeeEscrow escrow, IVerifierRouter router, IRewardVault vault) {
        if (router.tauDigest() != vault.tauDigest()) revert TauMismatch(router.tauDigest(), vault.tauDigest());
        MODELS = models;
        ESCROW = escrow;
        ROUTER = router;
        VAULT = vault;
    }

    /// @inheritdoc ISettlement
    function settle(Batch calldata batch, Claim calldata claim, Proof calldata proof) external nonReentrant {
        RegisteredStatement memory registered =
            Statements.build(MODELS, address(ESCROW), address(this), batch);
        bytes32 batchKey = registered.statement.batchKey;
        // Summed here as well as in the verifier: what the vault books must not depend on a verifier's word.
        uint256 paid = PackedAmounts.sum(claim.payoutWords, registered.statement.positions);

        ROUTER.verifierOf(registered.selector).verify(registered.statement, claim, proof);
        ESCROW.release(batchKey, registered.datanetId, paid, claim.recipient);
        uint256 checkpoint = VAULT.record(registered.datanetId, claim.payoutCommitment, paid);

        _announce(registered, claim, paid, checkpoint);
    }

    /// @inheritdoc ISettlement
    function settleMany(Batch[] calldata batches, Claim[] calldata claims, Proof[] calldata proofs)
        external
        nonReentrant
    {
        uint256 count = batches.length;
        if (count == 0 || claims.length != count || proofs.length != count) {
            revert BatchCountMismatch(count, claims.length, proofs.length);
        }
        RegisteredStatement memory first = Statements.build(MODELS, address(ESCROW), address(this), batches[0]);
        Statement[] memory statements = new Statement[](count);
        statements[0] = first.statement;
        for (uint256 i = 1; i < count; ++i) {
            if (batches[i].indexId != batches[0].indexId) revert MixedIndexes(batches[0].indexId, batches[i].indexId);
            statements[i] = Statements.sibling(first, address(ESCROW), batches[i]);
        }
        ROUTER.verifierOf(first.selector).verifyMany(statements, claims, proofs);
        _payMany(first, statements, claims);
    }

    function _payMany(RegisteredStatement memory registered, Statement[] memory statements, Claim[] calldata claims)
        private
    {
        uint256 count = claims.length;
        uint256[] memory paid = new uint256[](count);
        bytes32[] memory batchKeys = new bytes32[](count);
        address[] memory recipients = new address[](count);
        uint256 sum;
        G1Point memory step;
        for (uint256 i = 0; i < count; ++i) {
            paid[i] = PackedAmounts.sum(claims[i].payoutWords, registered.statement.positions);
            (batchKeys[i], recipients[i]) = (statements[i].batchKey, claims[i].recipient);
            sum += paid[i];
            step = Bn254.add(step, claims[i].payoutCommitment);
        }
        ESCROW.releaseMany(batchKeys, registered.datanetId, paid, recipients);
        uint256 checkpoint = VAULT.record(registered.datanetId, step, sum);
        for (uint256 i = 0; i < count; ++i) {
            registered.statement = statements[i];
            _announce(registered, claims[i], paid[i], checkpoint);
        }
    }

    function _announce(RegisteredStatement memory registered, Claim calldata claim, uint256 paid, uint256 checkpoint)
        private
    {
        emit Settled(
            registered.statement.batchKey,
            registered.statement.indexId,
            registered.datanetId,
            checkpoint,
            claim.payoutCommitment,
            paid,
            claim.unattributed,
            claim.recipient,
            claim.payoutWords
        );
    }
}
