// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {BatchStatus, IFeeEscrow} from "../interfaces/IFeeEscrow.sol";

/// @title What the treasury remembers of an operator's batches: a word each, in places that are used again
/// @dev A record is 254 bits of the batch's key and, in the two lowest, its status. All else about a batch is in the key's
/// preimage. No two batches have the same key, since payments' numbers are never given twice; so a record that was
/// written over says nothing false: a batch whose key is not there is not known.
library Records {
    uint256 private constant STATUS_MASK = 3;

    /// @notice Writes down a new batch, over one that is settled or expired.
    function open(mapping(uint256 place => uint256) storage records, address operator, uint256 place, bytes32 key)
        internal
    {
        if (_status(records[place]) == BatchStatus.Pending) revert IFeeEscrow.PlaceTaken(operator, place);
        records[place] = _record(key, BatchStatus.Pending);
    }

    /// @notice Ends a batch for ever, if it is pending.
    /// @return before its status until now
    function close(mapping(uint256 place => uint256) storage records, uint256 place, bytes32 key, BatchStatus status)
        internal
        returns (BatchStatus before)
    {
        before = statusOf(records[place], key);
        if (before == BatchStatus.Pending) records[place] = _record(key, status);
    }

    function statusOf(uint256 record, bytes32 key) internal pure returns (BatchStatus) {
        return (record ^ uint256(key)) > STATUS_MASK ? BatchStatus.None : _status(record);
    }

    function isFree(uint256 record) internal pure returns (bool) {
        return _status(record) != BatchStatus.Pending;
    }

    function _status(uint256 record) private pure returns (BatchStatus) {
        return BatchStatus(record & STATUS_MASK);
    }

    function _record(bytes32 key, BatchStatus status) private pure returns (uint256) {
        return (uint256(key) & ~STATUS_MASK) | uint256(status);
    }
}
