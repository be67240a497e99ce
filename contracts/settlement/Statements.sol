// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch, Statement} from "../interfaces/AttributionTypes.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {Transcript} from "../libraries/Transcript.sol";

/// @notice A statement with what decides whose verifier and whose money it is.
struct RegisteredStatement {
    bytes4 selector;
    uint256 datanetId;
    Statement statement;
}

/// @title From a batch to the statement that a proof must be about
/// @notice For whoever consumes proofs: C_Φ, n and the selector come from the registry, the batch key from the batch
/// itself. Whether that batch was ever committed is for the caller to ask the escrow.
library Statements {
    /// @param escrow the contract that holds the batch's money
    /// @param settlement the contract that the proof was made for
    function build(IModelRegistry models, address escrow, address settlement, Batch calldata batch)
        internal
        view
        returns (RegisteredStatement memory registered)
    {
        Statement memory statement = registered.statement;
        (registered.datanetId, statement.positions, registered.selector, statement.indexCommitment) =
            models.provenIndexOf(batch.indexId);
        statement.settlement = settlement;
        statement.batchKey = Transcript.batchKey(escrow, batch);
        statement.indexId = batch.indexId;
        statement.n0 = batch.n0;
        statement.poolWords = batch.poolWords;
        statement.traces = batch.traces;
    }

    /// @notice The statement of another batch of the same index.
    /// @dev The caller has compared the index ids.
    function sibling(RegisteredStatement memory registered, address escrow, Batch calldata batch)
        internal
        view
        returns (Statement memory statement)
    {
        statement.settlement = registered.statement.settlement;
        statement.batchKey = Transcript.batchKey(escrow, batch);
        statement.indexId = batch.indexId;
        statement.n0 = batch.n0;
        statement.positions = registered.statement.positions;
        statement.indexCommitment = registered.statement.indexCommitment;
        statement.poolWords = batch.poolWords;
        statement.traces = batch.traces;
    }
}
