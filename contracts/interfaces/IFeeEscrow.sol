// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch} from "./AttributionTypes.sol";

/// @notice A batch's way: committed, then settled or expired, once.
enum BatchStatus {
    None,
    Pending,
    Settled,
    Expired
}

/// @notice What the escrow keeps of a batch; amounts in units of 10⁹ wei.
/// @param pool R, what is the contributors'
/// @param proverShare what the settlement's recipient is credited with
struct BatchState {
    BatchStatus status;
    uint48 datanetId;
    uint64 deadline;
    uint64 pool;
    uint64 proverShare;
}

/// @title Fees in escrow
/// @notice Takes the fees of a batch of payments, splits them, and holds the contributors' part until a proof says whose it is.
interface IFeeEscrow {
    error NotOperator(uint256 indexId, address caller);
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
    error BatchNotPending(bytes32 batchKey, BatchStatus status);
    error DeadlineNotReached(bytes32 batchKey, uint256 deadline);
    error ReleaseExceedsPool(uint256 paid, uint256 pool);
    error NothingToWithdraw(address account);
    error NotReserve(address caller);
    error ReserveTooSmall(uint256 datanetId, uint256 units, uint256 held);

    /// @notice A batch was committed: with the fields below and what the registry says about the index, which never changes,
    /// anybody rebuilds its key and {Batch}.
    event BatchCommitted(
        bytes32 indexed batchKey,
        uint256 indexed indexId,
        address indexed operator,
        uint256 n0,
        uint64 deadline,
        uint256 proverShare,
        uint256[] poolWords,
        uint256[] traces
    );
    event BatchExpired(bytes32 indexed batchKey, uint256 reserved);
    /// @notice Amounts in units.
    event SharesCredited(bytes32 indexed batchKey, uint256 platform, uint256 modelOwner, uint256 stakers);
    event Withdrawn(address indexed account, uint256 units);

    /// @notice Commits payments n0 … n0 + fees.length − 1 of an index and takes their fees from the caller, in OPEN.
    /// @dev The pool of a payment is computed here from its fee, so that nobody can state a false one.
    /// @param fees gross, in units of 10⁹ wei
    /// @param traces t_q of each payment
    function commitBatch(uint256 indexId, uint256 n0, uint64[] calldata fees, uint256[] calldata traces)
        external
        returns (bytes32 batchKey);

    /// @notice Books an unsettled batch's pool and prover share to the DataNet's reserve. Anybody, after the deadline;
    /// until somebody does, the batch can still be settled.
    function expireBatch(bytes32 batchKey) external;

    /// @notice Pays out what shares the caller has been credited with.
    function withdraw() external returns (uint256 units);

    /// @notice Sends units of a DataNet's reserve. Reserve contract only.
    function spendReserve(uint256 datanetId, address to, uint256 units) external;

    function batchKeyOf(Batch calldata batch) external view returns (bytes32);

    function batchOf(bytes32 batchKey) external view returns (BatchState memory);

    /// @notice The number that the next payment under an index has.
    function nextNumber(uint256 indexId) external view returns (uint256);

    /// @notice Units that an account can withdraw.
    function creditOf(address account) external view returns (uint256);

    /// @notice Units in a DataNet's reserve.
    function reserveOf(uint256 datanetId) external view returns (uint256);
}
