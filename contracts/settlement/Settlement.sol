// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Batch, Claim, Proof, Statement} from "../interfaces/AttributionTypes.sol";
import {ISettlement} from "../interfaces/ISettlement.sol";
import {ITreasury, Release} from "../interfaces/ITreasury.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {bookOf} from "../treasury/Ledgers.sol";
import {Statements} from "./Statements.sol";

/// @title Settlement
/// @dev Has no state and holds no money: the treasury decides that a batch is released once, and that a book pays no more
/// than it got. It obeys this contract only. What a batch says about itself, its index and its verifier is the treasury's own
/// word: the release finds no batch of the key that the words hash to where one of them is another.
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
        Release memory released = _release(statement.batchKey, batch, claim);

        ROUTER.verifierOf(batch.index.selector).verify(statement, claim, proof);
        uint256 checkpoint = TREASURY.release(released);

        _announce(released, batch, claim, checkpoint);
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
        Release[] memory releases = new Release[](count);
        for (uint256 i = 0; i < count; ++i) {
            if (batches[i].indexId != batches[0].indexId) revert MixedIndexes(batches[0].indexId, batches[i].indexId);
            statements[i] = Statements.build(address(TREASURY), address(this), batches[i]);
            releases[i] = _release(statements[i].batchKey, batches[i], claims[i]);
        }
        ROUTER.verifierOf(batches[0].index.selector).verifyMany(statements, claims, proofs);
        _payMany(releases, batches, claims);
    }

    function _payMany(Release[] memory releases, Batch[] calldata batches, Claim[] calldata claims) private {
        (uint256 checkpoint, bool[] memory released) = TREASURY.releaseMany(releases);
        for (uint256 i = 0; i < releases.length; ++i) {
            if (released[i]) _announce(releases[i], batches[i], claims[i], checkpoint);
        }
    }

    /// @dev Payouts are summed here as well as in the verifier: what the treasury books must not depend on a verifier's word.
    function _release(bytes32 batchKey, Batch calldata batch, Claim calldata claim)
        private
        pure
        returns (Release memory released)
    {
        released.batchKey = batchKey;
        (released.operator, released.place) = (batch.operator, batch.place);
        released.book = bookOf(batch.index.datanetId, batch.index.selector);
        released.pool = PackedAmounts.sum(batch.poolWords, batch.traces.length);
        released.proverShare = batch.proverShare;
        released.paid = PackedAmounts.sum(claim.payoutWords, batch.index.positions);
        released.recipient = claim.recipient;
        released.payoutCommitment = claim.payoutCommitment;
    }

    function _announce(Release memory released, Batch calldata batch, Claim calldata claim, uint256 checkpoint) private {
        emit Settled(
            released.batchKey,
            batch.indexId,
            released.book,
            checkpoint,
            released.payoutCommitment,
            released.paid,
            claim.unattributed,
            claim.recipient,
            claim.payoutWords
        );
    }
}
