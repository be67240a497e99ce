// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch, Claim, Proof, Statement} from "../interfaces/AttributionTypes.sol";
import {BatchStatus, IFeeEscrow} from "../interfaces/IFeeEscrow.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {Statements} from "../settlement/Statements.sol";

/// @title Example: a contract that uses proofs of attribution
/// @notice Keeps the largest reward that each position of a DataNet was proven to have earned in one batch; a badge, a
/// licence or a loan could hang on it. It shows what a consumer must do: build the statement from the batch, ask the
/// treasury for the status that it means, then call the verifier that the batch names. Here that is Settled: a batch that
/// is pending may still expire, and the reward of one that expired was never paid. The treasury forgets a settled batch
/// when its operator uses the place again: who wants to be sure attests in the transaction that settles.
contract AttributionConsumer {
    error BatchNotSettled(bytes32 batchKey, BatchStatus status);
    error PositionOutOfRange(uint256 position, uint256 positions);

    event RewardAttested(
        uint256 indexed datanetId, uint256 indexed position, bytes32 indexed batchKey, uint256 units
    );

    IFeeEscrow public immutable TREASURY;
    IVerifierRouter public immutable ROUTER;
    address public immutable SETTLEMENT;

    /// @notice Units: the position's best batch so far.
    mapping(uint256 datanetId => mapping(uint256 position => uint256)) public bestReward;

    constructor(IFeeEscrow treasury, IVerifierRouter router, address settlement) {
        (TREASURY, ROUTER, SETTLEMENT) = (treasury, router, settlement);
    }

    /// @notice Verifies the proof of a settled batch, and notes what `position` earned in it.
    function attest(Batch calldata batch, Claim calldata claim, Proof calldata proof, uint256 position)
        external
        returns (uint256 units)
    {
        Statement memory statement = Statements.build(address(TREASURY), SETTLEMENT, batch);
        bytes32 batchKey = statement.batchKey;
        // Without this, whoever calls could name an index, a verifier and owners of their own making.
        BatchStatus status = TREASURY.statusOf(batchKey, batch.operator, batch.place);
        if (status != BatchStatus.Settled) revert BatchNotSettled(batchKey, status);
        if (position >= statement.positions) revert PositionOutOfRange(position, statement.positions);
        ROUTER.verify(batch.index.selector, statement, claim, proof);

        uint256 datanetId = batch.index.datanetId;
        units = PackedAmounts.amountAt(claim.payoutWords, position);
        if (units > bestReward[datanetId][position]) bestReward[datanetId][position] = units;
        emit RewardAttested(datanetId, position, batchKey, units);
    }
}
