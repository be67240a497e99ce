// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Params} from "../generated/Params.sol";
import {Batch, ProvenIndex} from "../interfaces/AttributionTypes.sol";
import {BatchState, BatchStatus, IFeeEscrow} from "../interfaces/IFeeEscrow.sol";
import {AttributionIndex, IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {Transcript} from "../libraries/Transcript.sol";
import {Books} from "../treasury/Books.sol";
import {FeeSplit, Shares} from "./FeeSplit.sol";

/// @title Fee escrow
/// @dev Shares and reserves are booked here and fetched. OPEN is the only token, and it calls nobody: there is no
/// re-entrancy to guard against. State moves before money all the same.
abstract contract FeeEscrow is Books, IFeeEscrow {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    IModelRegistry public immutable MODELS;
    address public immutable RESERVE;
    /// @notice Who may withdraw the platform's and the stakers' shares.
    address public immutable PLATFORM;
    address public immutable STAKERS;
    /// @notice Seconds from a commit to its deadline.
    uint64 public immutable SETTLE_WINDOW;

    mapping(bytes32 batchKey => BatchState) private _batches;
    mapping(uint256 indexId => uint256) private _nextNumbers;
    mapping(address account => uint256) private _credits;

    constructor(IModelRegistry models, address reserve, address[2] memory beneficiaries, uint64 settleWindow) {
        MODELS = models;
        RESERVE = reserve;
        (PLATFORM, STAKERS) = (beneficiaries[0], beneficiaries[1]);
        SETTLE_WINDOW = settleWindow;
    }

    /// @inheritdoc IFeeEscrow
    function commitBatch(uint256 indexId, uint256 n0, uint64[] calldata fees, uint256[] calldata traces)
        external
        returns (bytes32 batchKey)
    {
        if (!MODELS.isOperator(indexId, msg.sender)) revert NotOperator(indexId, msg.sender);
        AttributionIndex memory index = MODELS.indexOf(indexId);
        if (index.registeredAt >= block.number) revert IndexTooFresh(indexId);
        _requireTraces(fees.length, traces, index.tier.traces);
        _takeNumbers(indexId, n0, fees.length);

        (Shares memory shares, uint256[] memory poolWords) = FeeSplit.split(fees, index.split, index.tier.positions);
        uint64 deadline = uint64(block.timestamp) + SETTLE_WINDOW;
        ProvenIndex memory proven =
            ProvenIndex(index.datanetId, index.positions, index.selector, index.commitment);
        batchKey = Transcript.batchKey(
            address(this), Batch(indexId, proven, n0, msg.sender, deadline, poolWords, traces)
        );
        _batches[batchKey] = BatchState(
            BatchStatus.Pending,
            uint256(index.datanetId).toUint48(),
            deadline,
            shares.pool.toUint64(),
            shares.prover.toUint64()
        );
        _creditShares(batchKey, shares, MODELS.modelOf(index.modelId).owner);
        emit BatchCommitted(batchKey, indexId, msg.sender, n0, deadline, shares.prover, poolWords, traces);
        OPEN.safeTransferFrom(msg.sender, address(this), shares.gross * Params.WEI_PER_UNIT);
    }

    /// @inheritdoc IFeeEscrow
    function expireBatch(bytes32 batchKey) external {
        BatchState memory state = _requirePending(batchKey);
        if (block.timestamp <= state.deadline) revert DeadlineNotReached(batchKey, state.deadline);
        _batches[batchKey].status = BatchStatus.Expired;
        uint256 reserved = uint256(state.pool) + state.proverShare;
        emit BatchExpired(batchKey, reserved);
        _ledgers[state.datanetId].account.reserve += reserved.toUint64();
    }

    /// @inheritdoc IFeeEscrow
    function withdraw() external returns (uint256 units) {
        units = _credits[msg.sender];
        if (units == 0) revert NothingToWithdraw(msg.sender);
        _credits[msg.sender] = 0;
        emit Withdrawn(msg.sender, units);
        _send(msg.sender, units);
    }

    /// @inheritdoc IFeeEscrow
    function spendReserve(uint256 datanetId, address to, uint256 units) external {
        if (msg.sender != RESERVE) revert NotReserve(msg.sender);
        uint256 held = _ledgers[datanetId].account.reserve;
        if (units > held) revert ReserveTooSmall(datanetId, units, held);
        _ledgers[datanetId].account.reserve = uint64(held - units);
        _send(to, units);
    }

    /// @inheritdoc IFeeEscrow
    function batchKeyOf(Batch calldata batch) external view returns (bytes32) {
        return Transcript.batchKey(address(this), batch);
    }

    /// @inheritdoc IFeeEscrow
    function batchOf(bytes32 batchKey) external view returns (BatchState memory) {
        return _batches[batchKey];
    }

    /// @inheritdoc IFeeEscrow
    function nextNumber(uint256 indexId) external view returns (uint256) {
        return _nextNumbers[indexId];
    }

    /// @inheritdoc IFeeEscrow
    function creditOf(address account) external view returns (uint256) {
        return _credits[account];
    }

    /// @inheritdoc IFeeEscrow
    function reserveOf(uint256 datanetId) external view returns (uint256) {
        return _ledgers[datanetId].account.reserve;
    }

    function _requireTraces(uint256 feeCount, uint256[] calldata traces, uint256 limit) private pure {
        if (feeCount != traces.length) revert LengthMismatch(feeCount, traces.length);
        if (feeCount == 0 || feeCount > limit) revert BatchSizeOutOfRange(feeCount, limit);
        for (uint256 q = 0; q < traces.length; ++q) {
            if (traces[q] == 0 || traces[q] >= Params.SCALAR_ORDER) revert TraceOutOfRange(q, traces[q]);
        }
    }

    function _takeNumbers(uint256 indexId, uint256 n0, uint256 count) private {
        uint256 expected = _nextNumbers[indexId];
        if (n0 != expected) revert WrongNumber(n0, expected);
        _nextNumbers[indexId] = n0 + count;
    }

    function _creditShares(bytes32 batchKey, Shares memory shares, address modelOwner) private {
        _credit(PLATFORM, shares.platform);
        _credit(modelOwner, shares.modelOwner);
        _credit(STAKERS, shares.stakers);
        emit SharesCredited(batchKey, shares.platform, shares.modelOwner, shares.stakers);
    }

    function _credit(address account, uint256 units) private {
        if (units != 0) _credits[account] += units;
    }

    /// @dev Marks a batch as released and credits the prover's share. What is the DataNet's is the caller's to book.
    function _release(bytes32 batchKey, uint256 paid, address recipient)
        internal
        returns (uint256 datanetId, uint256 reserved)
    {
        BatchState memory state = _requirePending(batchKey);
        if (paid > state.pool) revert ReleaseExceedsPool(paid, state.pool);
        _batches[batchKey].status = BatchStatus.Settled;
        datanetId = state.datanetId;
        reserved = state.pool - paid;
        if (recipient == address(0)) reserved += state.proverShare;
        else _credit(recipient, state.proverShare);
    }

    function _requirePending(bytes32 batchKey) private view returns (BatchState memory state) {
        state = _batches[batchKey];
        if (state.status != BatchStatus.Pending) revert BatchNotPending(batchKey, state.status);
    }
}
