// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Params} from "../generated/Params.sol";
import {Batch} from "../interfaces/AttributionTypes.sol";
import {BatchStatus, IFeeEscrow, ServiceShares} from "../interfaces/IFeeEscrow.sol";
import {BatchTerms} from "../interfaces/IModelRegistry.sol";
import {Release} from "../interfaces/ITreasury.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";
import {ScalarField} from "../libraries/ScalarField.sol";
import {Transcript} from "../libraries/Transcript.sol";
import {bookOf} from "../treasury/Ledgers.sol";
import {Books} from "../treasury/Books.sol";
import {FeeSplit} from "./FeeSplit.sol";
import {Records} from "./Records.sol";

/// @title Fee escrow
/// @dev Shares and reserves are booked here and fetched. OPEN is the only token, and it calls nobody: there is no
/// re-entrancy to guard against. State moves before money all the same.
abstract contract FeeEscrow is Books, IFeeEscrow {
    using SafeCast for uint256;
    using Records for mapping(uint256 place => uint256);

    /// @dev One word for each index, so that a batch writes one: units are below 2⁶⁰, the supply.
    /// @param nextNumber of payments
    /// @param platform and the others: shares that were not collected
    struct Lane {
        uint64 nextNumber;
        uint64 platform;
        uint64 modelOwner;
        uint64 stakers;
    }

    address public immutable RESERVE;
    /// @notice Who may withdraw the platform's and the stakers' shares.
    address public immutable PLATFORM;
    address public immutable STAKERS;
    /// @notice Seconds from a commit to its deadline.
    uint64 public immutable SETTLE_WINDOW;

    mapping(address operator => mapping(uint256 place => uint256)) private _records;
    mapping(uint256 indexId => Lane) private _lanes;
    mapping(address account => uint256) private _credits;

    constructor(address reserve, address[2] memory beneficiaries, uint64 settleWindow) {
        RESERVE = reserve;
        (PLATFORM, STAKERS) = (beneficiaries[0], beneficiaries[1]);
        SETTLE_WINDOW = settleWindow;
    }

    /// @inheritdoc IFeeEscrow
    function commitBatch(
        uint256 indexId,
        uint256 n0,
        uint256 place,
        uint64[] calldata fees,
        uint256[] calldata traces
    ) external returns (bytes32 batchKey) {
        BatchTerms memory terms = MODELS.termsFor(indexId, msg.sender);
        if (terms.registeredAt >= block.number) revert IndexTooFresh(indexId);
        _requireTraces(fees.length, traces, terms.tier.traces);

        Batch memory batch;
        (batch.indexId, batch.index, batch.n0, batch.traces) = (indexId, terms.index, n0, traces);
        (batch.operator, batch.place) = (msg.sender, place);
        batch.deadline = uint64(block.timestamp) + SETTLE_WINDOW;
        ServiceShares memory shares;
        uint256 gross;
        (gross, shares, batch.poolWords) = FeeSplit.split(fees, terms.split, terms.tier.positions);
        batch.proverShare = shares.prover;

        batchKey = Transcript.newBatchKey(address(this), batch);
        _records[msg.sender].open(msg.sender, place, batchKey);
        _enter(batch, shares);
        _announce(batchKey, batch, shares);
        _charge(gross);
    }

    /// @inheritdoc IFeeEscrow
    function expireBatch(Batch calldata batch) external {
        bytes32 batchKey = Transcript.batchKey(address(this), batch);
        if (block.timestamp <= batch.deadline) revert DeadlineNotReached(batchKey, batch.deadline);
        BatchStatus before = _records[batch.operator].close(batch.place, batchKey, BatchStatus.Expired);
        if (before != BatchStatus.Pending) revert BatchNotPending(batchKey, before);
        uint256 reserved = PackedAmounts.sum(batch.poolWords, batch.traces.length) + batch.proverShare;
        emit BatchExpired(batchKey, reserved);
        _ledgers[bookOf(batch.index.datanetId, batch.index.selector)].account.reserve += reserved.toUint64();
    }

    /// @inheritdoc IFeeEscrow
    function deposit(uint256 units) external {
        _credits[msg.sender] += units;
        emit Deposited(msg.sender, units);
        _take(msg.sender, units);
    }

    /// @inheritdoc IFeeEscrow
    function withdraw(uint256[] calldata indexIds) external returns (uint256 units) {
        for (uint256 i = 0; i < indexIds.length; ++i) {
            _collect(indexIds[i]);
        }
        units = _credits[msg.sender];
        if (units == 0) revert NothingToWithdraw(msg.sender);
        _credits[msg.sender] = 0;
        emit Withdrawn(msg.sender, units);
        _send(msg.sender, units);
    }

    /// @inheritdoc IFeeEscrow
    function spendReserve(uint256 book, address to, uint256 units) external {
        if (msg.sender != RESERVE) revert NotReserve(msg.sender);
        uint256 held = _ledgers[book].account.reserve;
        if (units > held) revert ReserveTooSmall(book, units, held);
        _ledgers[book].account.reserve = uint64(held - units);
        _send(to, units);
    }

    /// @inheritdoc IFeeEscrow
    function batchKeyOf(Batch calldata batch) external view returns (bytes32) {
        return Transcript.batchKey(address(this), batch);
    }

    /// @inheritdoc IFeeEscrow
    function statusOf(bytes32 batchKey, address operator, uint256 place) external view returns (BatchStatus) {
        return Records.statusOf(_records[operator][place], batchKey);
    }

    /// @inheritdoc IFeeEscrow
    function placeOf(address operator, uint256 place) external view returns (bool free, bool used) {
        uint256 record = _records[operator][place];
        return (Records.isFree(record), record != 0);
    }

    /// @inheritdoc IFeeEscrow
    function nextNumber(uint256 indexId) external view returns (uint256) {
        return _lanes[indexId].nextNumber;
    }

    /// @inheritdoc IFeeEscrow
    function sharesOf(uint256 indexId) external view returns (uint256 platform, uint256 modelOwner, uint256 stakers) {
        Lane memory lane = _lanes[indexId];
        return (lane.platform, lane.modelOwner, lane.stakers);
    }

    /// @inheritdoc IFeeEscrow
    function creditOf(address account) external view returns (uint256) {
        return _credits[account];
    }

    /// @inheritdoc IFeeEscrow
    function reserveOf(uint256 book) external view returns (uint256) {
        return _ledgers[book].account.reserve;
    }

    function _requireTraces(uint256 feeCount, uint256[] calldata traces, uint256 limit) private pure {
        if (feeCount != traces.length) revert LengthMismatch(feeCount, traces.length);
        if (feeCount == 0 || feeCount > limit) revert BatchSizeOutOfRange(feeCount, limit);
        if (ScalarField.allNonzeroElements(traces)) return;
        for (uint256 q = 0; q < traces.length; ++q) {
            if (traces[q] == 0 || traces[q] >= Params.SCALAR_ORDER) revert TraceOutOfRange(q, traces[q]);
        }
    }

    /// @dev Takes the batch's numbers, and books its shares.
    function _enter(Batch memory batch, ServiceShares memory shares) private {
        Lane memory lane = _lanes[batch.indexId];
        if (batch.n0 != lane.nextNumber) revert WrongNumber(batch.n0, lane.nextNumber);
        lane.nextNumber += uint64(batch.traces.length);
        lane.platform += uint64(shares.platform);
        lane.modelOwner += uint64(shares.modelOwner);
        lane.stakers += uint64(shares.stakers);
        _lanes[batch.indexId] = lane;
    }

    function _announce(bytes32 batchKey, Batch memory batch, ServiceShares memory shares) private {
        emit BatchCommitted(
            batchKey,
            batch.indexId,
            batch.operator,
            batch.n0,
            batch.deadline,
            batch.place,
            shares,
            batch.poolWords,
            batch.traces
        );
    }

    function _charge(uint256 units) private {
        uint256 credit = _credits[msg.sender];
        uint256 paid = credit < units ? credit : units;
        if (paid != 0) _credits[msg.sender] = credit - paid;
        _take(msg.sender, units - paid);
    }

    function _collect(uint256 indexId) private {
        Lane memory lane = _lanes[indexId];
        if (lane.platform | lane.modelOwner | lane.stakers == 0) return;
        _lanes[indexId] = Lane(lane.nextNumber, 0, 0, 0);
        _credit(PLATFORM, lane.platform);
        _credit(MODELS.ownerOf(indexId), lane.modelOwner);
        _credit(STAKERS, lane.stakers);
        emit SharesCollected(indexId, lane.platform, lane.modelOwner, lane.stakers);
    }

    function _credit(address account, uint256 units) private {
        if (units != 0) _credits[account] += units;
    }

    /// @dev Marks a pending batch as settled and credits the prover's share; does nothing with one that is not pending. What is
    /// the book's is the caller's to book.
    /// @return before the batch's status until now
    /// @return reserved what of the batch no position earned
    function _release(Release calldata item) internal returns (BatchStatus before, uint256 reserved) {
        if (item.paid > item.pool) revert ReleaseExceedsPool(item.paid, item.pool);
        before = _records[item.operator].close(item.place, item.batchKey, BatchStatus.Settled);
        if (before != BatchStatus.Pending) return (before, 0);
        reserved = item.pool - item.paid;
        if (item.recipient == address(0)) reserved += item.proverShare;
        else _credit(item.recipient, item.proverShare);
    }
}
