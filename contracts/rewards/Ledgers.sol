// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {G1Point} from "../interfaces/AttributionTypes.sol";
import {IRewardVault} from "../interfaces/IRewardVault.sol";
import {Bn254} from "../libraries/Bn254.sol";

/// @title The books and running totals of one DataNet
/// @notice Every settlement moves the total; a claim that was prepared against an earlier one stays good for the
/// retention after it was replaced. Amounts only grow, so an earlier total never pays too much.
/// @dev The newest point is in storage, the others are one word each: 192 bits of keccak(point) and the second in which the
/// point became the total. Claims bring the point. Storing points would cost a settlement 34 k gas more. Records are dropped by
/// age only, by the settlements that come after: a burst of settlements evicts nothing.
library Ledgers {
    using SafeCast for uint256;

    /// @dev The first five fields are one word. Units are below 2⁶⁰ (the supply); 80 bits let them come back a million times.
    struct Ledger {
        uint80 funded;
        uint80 paid;
        uint32 capacity;
        uint32 oldest;
        uint32 newest;
        G1Point total;
        mapping(uint256 checkpoint => uint256) records;
    }

    uint256 internal constant RETENTION = 7 days;
    /// @dev More than one, so that the backlog of a burst shrinks.
    uint256 private constant DROPPED_AT_ONCE = 2;
    uint256 private constant TIME_BITS = 64;

    /// @notice total ← total + `step` under the next checkpoint number, and `funds` more units. Numbers count from 1.
    function advance(Ledger storage ledger, G1Point calldata step, uint256 funds)
        internal
        returns (uint256 checkpoint, G1Point memory total)
    {
        total = Bn254.add(ledger.total, step);
        checkpoint = uint256(ledger.newest) + 1;
        ledger.total = total;
        ledger.records[checkpoint] = _record(total);
        ledger.oldest = checkpoint == 1 ? 1 : _dropAged(ledger, checkpoint).toUint32();
        ledger.newest = checkpoint.toUint32();
        ledger.funded += funds.toUint80();
    }

    /// @notice Books a payment; reverts where the DataNet's settlements did not bring that much.
    function pay(Ledger storage ledger, uint256 datanetId, uint256 units) internal {
        uint256 paid = ledger.paid + units;
        if (paid > ledger.funded) revert IRewardVault.FundsExceeded(datanetId, paid, ledger.funded);
        ledger.paid = paid.toUint80();
    }

    /// @notice Reverts unless `point` is the total of `checkpoint` and was not replaced longer ago than the retention.
    function requireUsable(Ledger storage ledger, uint256 datanetId, uint256 checkpoint, G1Point calldata point)
        internal
        view
    {
        uint256 record = ledger.records[checkpoint];
        if (record == 0 || record >> TIME_BITS != _fingerprint(point)) {
            revert IRewardVault.CheckpointUnknown(datanetId, checkpoint);
        }
        if (checkpoint < ledger.newest && _isAged(ledger, checkpoint)) {
            revert IRewardVault.CheckpointExpired(datanetId, checkpoint);
        }
    }

    function _dropAged(Ledger storage ledger, uint256 newest) private returns (uint256 oldest) {
        oldest = ledger.oldest;
        for (uint256 i = 0; i < DROPPED_AT_ONCE && oldest < newest && _isAged(ledger, oldest); ++i) {
            delete ledger.records[oldest];
            ++oldest;
        }
    }

    /// @dev For a checkpoint that is not the newest: when the one after it came.
    function _isAged(Ledger storage ledger, uint256 checkpoint) private view returns (bool) {
        uint256 replacedAt = uint64(ledger.records[checkpoint + 1]);
        return block.timestamp > replacedAt + RETENTION;
    }

    function _record(G1Point memory point) private view returns (uint256) {
        return (_fingerprint(point) << TIME_BITS) | block.timestamp;
    }

    function _fingerprint(G1Point memory point) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(point))) >> TIME_BITS;
    }
}
