// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch} from "./AttributionTypes.sol";

/// @notice A batch's way: committed, then settled or expired, once. None is also what a final batch becomes when its operator
/// uses its place again.
enum BatchStatus {
    None,
    Pending,
    Settled,
    Expired
}

/// @notice What of a batch's fees is not the contributors', in units.
struct ServiceShares {
    uint256 platform;
    uint256 modelOwner;
    uint256 stakers;
    uint256 prover;
}

/// @title Fees in escrow
/// @notice Takes the fees of a batch of payments, splits them, and holds the contributors' part until a proof says whose it is.
interface IFeeEscrow {
    /// @notice Payments are numbered without gaps; `expected` is the next number.
    error WrongNumber(uint256 n0, uint256 expected);
    error BatchSizeOutOfRange(uint256 count, uint256 limit);
    /// @notice There is one trace for each fee.
    error LengthMismatch(uint256 fees, uint256 traces);
    /// @notice The index was registered in this very block.
    error IndexTooFresh(uint256 indexId);
    /// @notice t is zero or not below the scalar field's order.
    error TraceOutOfRange(uint256 slot, uint256 trace);
    /// @notice What the fee leaves to contributors is below 1,000 units a position, or 2⁴⁸ units or more.
    error PoolOutOfRange(uint256 slot, uint256 pool);
    /// @notice The operator has a batch at this place that is neither settled nor expired.
    error PlaceTaken(address operator, uint256 place);
    error BatchNotPending(bytes32 batchKey, BatchStatus status);
    error DeadlineNotReached(bytes32 batchKey, uint256 deadline);
    error ReleaseExceedsPool(uint256 paid, uint256 pool);
    error NothingToWithdraw(address account);
    error NotReserve(address caller);
    error ReserveTooSmall(uint256 book, uint256 units, uint256 held);

    /// @notice A batch was committed: with the fields below and what the registry says about the index, which never changes,
    /// anybody rebuilds its key and {Batch}.
    event BatchCommitted(
        bytes32 indexed batchKey,
        uint256 indexed indexId,
        address indexed operator,
        uint256 n0,
        uint64 deadline,
        uint256 place,
        ServiceShares shares,
        uint256[] poolWords,
        uint256[] traces
    );
    event BatchExpired(bytes32 indexed batchKey, uint256 reserved);
    /// @notice Units of an index's shares were credited to whose they are.
    event SharesCollected(uint256 indexed indexId, uint256 platform, uint256 modelOwner, uint256 stakers);
    event Deposited(address indexed account, uint256 units);
    event Withdrawn(address indexed account, uint256 units);

    /// @notice Commits payments n0 … n0 + fees.length − 1 of an index and takes their fees from the caller: from its credit
    /// here, and what that lacks in OPEN, which it has allowed.
    /// @dev The pool of a payment is computed here from its fee, so that nobody can state a false one.
    /// @param place any number that the caller has no pending batch under; one that was used before costs less
    /// @param fees gross, in units of 10⁹ wei
    /// @param traces t_q of each payment
    function commitBatch(
        uint256 indexId,
        uint256 n0,
        uint256 place,
        uint64[] calldata fees,
        uint256[] calldata traces
    ) external returns (bytes32 batchKey);

    /// @notice Books an unsettled batch's pool and prover share to its book's reserve. Anybody, after the deadline;
    /// until somebody does, the batch can still be settled.
    function expireBatch(Batch calldata batch) external;

    /// @notice Takes OPEN from the caller, for fees of later batches. What is left of it {withdraw} pays back.
    function deposit(uint256 units) external;

    /// @notice Credits the shares of these indexes to whose they are, and pays out all credit of the caller.
    function withdraw(uint256[] calldata indexIds) external returns (uint256 units);

    /// @notice Sends units of a book's reserve. Reserve contract only.
    function spendReserve(uint256 book, address to, uint256 units) external;

    function batchKeyOf(Batch calldata batch) external view returns (bytes32);

    /// @notice What is known of a batch: None where the treasury never saw it, or its place was used again.
    function statusOf(bytes32 batchKey, address operator, uint256 place) external view returns (BatchStatus);

    /// @notice Whether an operator can commit a batch under a place, and whether it was used before.
    function placeOf(address operator, uint256 place) external view returns (bool free, bool used);

    /// @notice The number that the next payment under an index has.
    function nextNumber(uint256 indexId) external view returns (uint256);

    /// @notice Units of an index's fees that nobody has collected; the prover's are credited when a batch is settled.
    function sharesOf(uint256 indexId) external view returns (uint256 platform, uint256 modelOwner, uint256 stakers);

    /// @notice Units that an account can withdraw, or pay fees with.
    function creditOf(address account) external view returns (uint256);

    /// @notice Units in a book's reserve.
    function reserveOf(uint256 book) external view returns (uint256);
}
