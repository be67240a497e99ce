// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {G1Point} from "../interfaces/AttributionTypes.sol";
import {IRewardVault} from "../interfaces/IRewardVault.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {CompressedPoint} from "../libraries/CompressedPoint.sol";

/// @title The books and running totals of one DataNet
/// @notice Every settlement moves the total; a claim that was prepared against an earlier one stays good for at least the
/// retention after it was replaced. Amounts only grow, so an earlier total never pays too much.
/// @dev Totals are kept by periods of at least the retention, in places that every second period uses again: a total that
/// was replaced in period p or at the start of p + 1 is written over in p + 2 at the earliest. So a burst evicts nothing,
/// and a DataNet that settles as often as two periods ago writes no slot that was zero. Claims bring the point.
library Ledgers {
    using SafeCast for uint256;

    /// @dev One word. Units are below 2⁶⁰, the supply.
    /// @param owed what settlements brought and claims did not take yet
    /// @param reserve what no position earned
    /// @param startedAt second in which the period began
    /// @param period 0 before the first settlement
    /// @param count totals of this period
    /// @param capacity C
    struct Account {
        uint64 owed;
        uint64 reserve;
        uint40 startedAt;
        uint32 period;
        uint24 count;
        uint16 capacity;
    }

    struct Ledger {
        Account account;
        mapping(uint256 place => uint256 point) totals;
    }

    uint256 internal constant RETENTION = 1 days;
    uint256 private constant COUNT_BITS = 24;
    /// @dev A checkpoint's low bits: its number in the period, and whether the period is odd.
    uint256 private constant PLACE_MASK = (1 << (COUNT_BITS + 1)) - 1;

    /// @notice The number of the newest total, period·2²⁴ + count: later ones are greater. 0 before the first settlement.
    function newest(Account memory account) internal pure returns (uint256) {
        return (uint256(account.period) << COUNT_BITS) | account.count;
    }

    /// @notice The newest total; infinity before the first settlement.
    function total(Ledger storage ledger) internal view returns (G1Point memory) {
        return _total(ledger, ledger.account);
    }

    /// @notice total ← total + `step` under the next checkpoint, `funds` more units owed and `reserved` more in reserve.
    function advance(Ledger storage ledger, G1Point calldata step, uint256 funds, uint256 reserved)
        internal
        returns (uint256 checkpoint)
    {
        Account memory account = ledger.account;
        G1Point memory moved = Bn254.add(_total(ledger, account), step);
        if (block.timestamp >= uint256(account.startedAt) + RETENTION) {
            (account.startedAt, account.count) = (uint40(block.timestamp), 0);
            ++account.period;
        }
        ++account.count;
        account.owed = (account.owed + funds).toUint64();
        account.reserve = (account.reserve + reserved).toUint64();
        checkpoint = newest(account);
        ledger.totals[checkpoint & PLACE_MASK] = CompressedPoint.encode(moved);
        ledger.account = account;
    }

    /// @notice Books a payment; reverts where the DataNet's settlements did not bring that much.
    function pay(Ledger storage ledger, uint256 datanetId, uint256 units) internal {
        uint256 owed = ledger.account.owed;
        if (units > owed) revert IRewardVault.FundsExceeded(datanetId, units, owed);
        ledger.account.owed = uint64(owed - units);
    }

    /// @notice Reverts unless `point` was the DataNet's total at `checkpoint` and is still kept.
    /// @dev What lies at the place decides: a total of the DataNet, whatever the higher bits of `checkpoint` say.
    function requireTotal(Ledger storage ledger, uint256 datanetId, uint256 checkpoint, G1Point calldata point)
        internal
        view
    {
        if (ledger.totals[checkpoint & PLACE_MASK] != CompressedPoint.encode(point)) {
            revert IRewardVault.CheckpointUnknown(datanetId, checkpoint);
        }
    }

    function _total(Ledger storage ledger, Account memory account) private view returns (G1Point memory point) {
        if (account.period == 0) return point;
        return CompressedPoint.decode(ledger.totals[newest(account) & PLACE_MASK]);
    }
}
