// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {G1Point} from "../interfaces/AttributionTypes.sol";
import {IRewardVault} from "../interfaces/IRewardVault.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {CompressedPoint} from "../libraries/CompressedPoint.sol";

/// @notice A DataNet's book under one verifier, datanetId·2³² + selector.
function bookOf(uint256 datanetId, bytes4 selector) pure returns (uint256) {
    return (datanetId << 32) | uint32(selector);
}

/// @title The running totals and the money of one book
/// @notice Every settlement moves the total. A claim that was prepared against one stays good while three more settlements
/// follow, and one against the last total of a period for a day at least. Amounts only grow, so an earlier total never
/// pays too much.
/// @dev The newest totals lie in PLACES places, written in turn; what the last one was when a period of RETENTION or more
/// ended lies in two more, in turn as well: it was written at the start of one period and is written over at the start
/// of the next but one. So a book writes six words in its life, and then only over them. Claims bring the point.
library Ledgers {
    using SafeCast for uint256;

    /// @dev One word. Units are below 2⁶⁰, the supply.
    /// @param owed what settlements brought and claims did not take yet
    /// @param reserve what no position earned
    /// @param startedAt second in which the period began
    /// @param count of totals so far; the number of the newest
    /// @param closing number of the last total of the period before
    /// @param capacity C; 0 before the first settlement
    /// @param home whether what its positions were paid is noted in the positions' own words
    /// @param odd whether the period is
    struct Account {
        uint64 owed;
        uint64 reserve;
        uint32 startedAt;
        uint32 count;
        uint32 closing;
        uint16 capacity;
        bool home;
        bool odd;
    }

    struct Ledger {
        Account account;
        mapping(uint256 place => uint256 point) totals;
    }

    uint256 internal constant RETENTION = 1 days;
    uint256 private constant PLACES = 4;

    /// @notice The newest total; infinity before the first settlement.
    function newest(Ledger storage ledger) internal view returns (G1Point memory point) {
        uint256 count = ledger.account.count;
        if (count != 0) return CompressedPoint.decode(ledger.totals[count % PLACES]);
    }

    /// @notice The last total of the period before; infinity where there was none.
    function closing(Ledger storage ledger) internal view returns (G1Point memory point) {
        if (ledger.account.closing != 0) return CompressedPoint.decode(ledger.totals[_closingPlace(ledger.account.odd)]);
    }

    /// @notice total ← total + `step` under the next number, `funds` more units owed and `reserved` more in reserve.
    function advance(
        Ledger storage ledger,
        Account memory account,
        G1Point memory step,
        uint256 funds,
        uint256 reserved
    ) internal returns (uint256 checkpoint) {
        G1Point memory total;
        uint256 last;
        if (account.count != 0) {
            last = ledger.totals[account.count % PLACES];
            total = CompressedPoint.decode(last);
        }
        if (block.timestamp >= uint256(account.startedAt) + RETENTION) {
            (account.startedAt, account.closing, account.odd) = (uint32(block.timestamp), account.count, !account.odd);
            if (last != 0) ledger.totals[_closingPlace(account.odd)] = last;
        }
        checkpoint = ++account.count;
        account.owed = (account.owed + funds).toUint64();
        account.reserve = (account.reserve + reserved).toUint64();
        ledger.totals[checkpoint % PLACES] = CompressedPoint.encode(Bn254.add(total, step));
        ledger.account = account;
    }

    /// @notice Books a payment; reverts where the book's settlements did not bring that much.
    function pay(Ledger storage ledger, uint256 book, uint256 units) internal {
        uint256 owed = ledger.account.owed;
        if (units > owed) revert IRewardVault.FundsExceeded(book, units, owed);
        unchecked {
            ledger.account.owed = uint64(owed - units);
        }
    }

    /// @notice Reverts unless `point` was the book's total and is still kept.
    /// @dev What lies at the places decides: a total of this book, whatever number the caller gives it.
    function requireTotal(Ledger storage ledger, uint256 book, uint256 checkpoint, G1Point memory point) internal view {
        uint256 word = CompressedPoint.encode(point);
        if (ledger.totals[checkpoint % PLACES] == word) return;
        if (ledger.totals[_closingPlace(false)] == word || ledger.totals[_closingPlace(true)] == word) return;
        revert IRewardVault.CheckpointUnknown(book, checkpoint);
    }

    function _closingPlace(bool odd) private pure returns (uint256) {
        return odd ? PLACES + 1 : PLACES;
    }
}
