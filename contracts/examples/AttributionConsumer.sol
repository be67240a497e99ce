// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch, Claim, Proof} from "../interfaces/AttributionTypes.sol";
import {BatchStatus, IFeeEscrow} from "../interfaces/IFeeEscrow.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {RegisteredStatement, Statements} from "../settlement/Statements.sol";

/// @title Example: a contract that uses proofs of attribution
/// @notice Keeps the largest reward that each position of a DataNet was proven to have earned in one batch; a badge, a
/// licence or a loan could hang on it. It shows what a consumer must do: build the statement from the chain, ask the escrow
/// whether the batch exists, then call the router.
contract AttributionConsumer {
    error BatchUnknown(bytes32 batchKey);
    error PositionOutOfRange(uint256 position, uint256 positions);

    event RewardAttested(
        uint256 indexed datanetId, uint256 indexed position, bytes32 indexed batchKey, uint256 units
    );

    IModelRegistry public immutable MODELS;
    IFeeEscrow public immutable ESCROW;
    IVerifierRouter public immutable ROUTER;
    address public immutable SETTLEMENT;

    /// @notice Units: the position's best batch so far.
    mapping(uint256 datanetId => mapping(uint256 position => uint256)) public bestReward;

    constructor(IModelRegistry models, IFeeEscrow escrow, IVerifierRouter router, address settlement) {
        (MODELS, ESCROW, ROUTER, SETTLEMENT) = (models, escrow, router, settlement);
    }

    /// @notice Verifies the batch's proof, settled already or not, and notes what `position` earned in it.
    function attest(Batch calldata batch, Claim calldata claim, Proof calldata proof, uint256 position)
        external
        returns (uint256 units)
    {
        RegisteredStatement memory registered = Statements.build(MODELS, address(ESCROW), SETTLEMENT, batch);
        bytes32 batchKey = registered.statement.batchKey;
        if (ESCROW.batchOf(batchKey).status == BatchStatus.None) revert BatchUnknown(batchKey);
        if (position >= registered.statement.positions) {
            revert PositionOutOfRange(position, registered.statement.positions);
        }
        ROUTER.verify(registered.selector, registered.statement, claim, proof);

        units = PackedAmounts.amountAt(claim.payoutWords, position);
        if (units > bestReward[registered.datanetId][position]) bestReward[registered.datanetId][position] = units;
        emit RewardAttested(registered.datanetId, position, batchKey, units);
    }
}
