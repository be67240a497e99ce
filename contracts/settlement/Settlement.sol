// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Batch, Claim, G1Point, Proof, Statement} from "../interfaces/AttributionTypes.sol";
import {ISettlement} from "../interfaces/ISettlement.sol";
import {ITreasury} from "../interfaces/ITreasury.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {Statements} from "./Statements.sol";

/// @title Settlement
/// @dev Has no state and holds no money: the treasury decides that a batch is released once, and that a DataNet pays no more
/// than it got. It obeys this contract only. What a batch says about its index, its verifier too, is the treasury's own word: the
/// release finds no batch of the key that the words hash to where one of them is another.
contract Settlement is ISettlement, ReentrancyGuardTransient {
    ITreasury public immutable TREASURY;
    IVerifierRouter public immutable ROUTER;

    constructor(ITreasury treasury, IVerifierRouter router) {
        if (router.tauDigest() != treasury.tauDigest()) revert TauMismatch(router.tauDigest(), treasury.tauDigest());
        TREASURY = treasury;
        ROUTER = router;
    }

    /// @inheritdoc ISettlement
    function settle(Batch calldata batch, Claim calldata claim, Proof calldata proof) external nonReentrant {
        Statement memory statement = Statements.build(address(TREASURY), address(this), batch);
        // Summed here as well as in the verifier: what the treasury books must not depend on a verifier's word.
        uint256 paid = PackedAmounts.sum(claim.payoutWords, statement.positions);

        ROUTER.verifierOf(batch.index.selector).verify(statement, claim, proof);
        uint256 checkpoint = TREASURY.release(statement.batchKey, paid, claim.recipient, claim.payoutCommitment);

        _announce(statement.batchKey, batch, claim, paid, checkpoint);
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
        Statement[] memory statements = new Statement[](count);
        for (uint256 i = 0; i < count; ++i) {
            if (batches[i].indexId != batches[0].indexId) revert MixedIndexes(batches[0].indexId, batches[i].indexId);
            statements[i] = Statements.build(address(TREASURY), address(this), batches[i]);
        }
        ROUTER.verifierOf(batches[0].index.selector).verifyMany(statements, claims, proofs);
        _payMany(statements, batches, claims);
    }

    function _payMany(Statement[] memory statements, Batch[] calldata batches, Claim[] calldata claims) private {
        uint256 count = claims.length;
        uint256[] memory paid = new uint256[](count);
        bytes32[] memory batchKeys = new bytes32[](count);
        address[] memory recipients = new address[](count);
        G1Point memory step;
        for (uint256 i = 0; i < count; ++i) {
            paid[i] = PackedAmounts.sum(claims[i].payoutWords, statements[i].positions);
            (batchKeys[i], recipients[i]) = (statements[i].batchKey, claims[i].recipient);
            step = Bn254.add(step, claims[i].payoutCommitment);
        }
        uint256 checkpoint = TREASURY.releaseMany(batchKeys, paid, recipients, step);
        for (uint256 i = 0; i < count; ++i) {
            _announce(batchKeys[i], batches[i], claims[i], paid[i], checkpoint);
        }
    }

    function _announce(
        bytes32 batchKey,
        Batch calldata batch,
        Claim calldata claim,
        uint256 paid,
        uint256 checkpoint
    ) private {
        emit Settled(
            batchKey,
            batch.indexId,
            batch.index.datanetId,
            checkpoint,
            claim.payoutCommitment,
            paid,
            claim.unattributed,
            claim.recipient,
            claim.payoutWords
        );
    }
}
