// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Batch, Claim, Proof} from "../interfaces/AttributionTypes.sol";
import {IFeeEscrow} from "../interfaces/IFeeEscrow.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {IRewardVault} from "../interfaces/IRewardVault.sol";
import {ISettlement} from "../interfaces/ISettlement.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
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

        emit Settled(
            batchKey,
            batch.indexId,
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
