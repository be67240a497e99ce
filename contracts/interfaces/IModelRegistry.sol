// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {G1Point, ProvenIndex, Tier} from "./AttributionTypes.sol";

/// @notice What of a fee does not go to contributors, in basis points; the sum is below 10,000.
struct RevenueSplit {
    uint16 platform;
    uint16 modelOwner;
    uint16 stakers;
    uint16 prover;
}

/// @notice A model: a frozen base and an adapter trained on one DataNet.
struct Model {
    address owner;
    uint64 datanetId;
    bytes32 baseDigest;
    bytes32 adapterDigest;
}

/// @notice What a model's owner registers an index with.
/// @param commitment C_Φ
/// @param selector of the verifier, which brings the tier
/// @param digest of the index's manifest
struct IndexRegistration {
    uint256 modelId;
    uint256 datasetVersion;
    G1Point commitment;
    bytes32 digest;
    bytes4 selector;
    RevenueSplit split;
}

/// @notice A registered index: nothing of it ever changes.
/// @param positions n, the DataNet's positions that were taken at registration
/// @param registeredAt block number; payments come in later blocks
struct AttributionIndex {
    G1Point commitment;
    uint64 datanetId;
    uint32 positions;
    bytes4 selector;
    uint64 registeredAt;
    uint32 datasetVersion;
    uint64 modelId;
    Tier tier;
    RevenueSplit split;
    bytes32 digest;
}

/// @notice What the treasury has to know of an index to commit a batch under it.
struct BatchTerms {
    ProvenIndex index;
    Tier tier;
    RevenueSplit split;
    uint64 registeredAt;
}

/// @title Models and attribution indexes
interface IModelRegistry {
    error ModelUnknown(uint256 modelId);
    error IndexUnknown(uint256 indexId);
    error NotModelOwner(uint256 modelId, address caller);
    error NotOperator(uint256 indexId, address caller);
    /// @notice The verifier's C is not what it was when the DataNet's owner admitted it.
    error TierMismatch(uint256 tierPositions, uint256 capacity);
    /// @notice The DataNet has more positions than the verifier's tier: register under one of a larger tier.
    error TierTooSmall(uint256 tierPositions, uint256 positions);
    /// @notice C_Φ is infinity: an index of zeros pays nobody.
    error CommitmentIsInfinity();
    /// @notice The shares leave nothing to contributors.
    error SplitTooLarge(uint256 basisPoints);
    error NoPositions(uint256 datanetId);
    /// @notice The DataNet's owner never took this verifier for the DataNet.
    error VerifierNotAdmitted(uint256 datanetId, bytes4 selector);

    event ModelRegistered(
        uint256 indexed modelId, uint256 indexed datanetId, address indexed owner, bytes32 baseDigest, bytes32 adapterDigest
    );
    event IndexRegistered(
        uint256 indexed indexId,
        uint256 indexed modelId,
        uint256 indexed datanetId,
        uint256 positions,
        G1Point commitment,
        bytes32 digest,
        bytes4 selector,
        RevenueSplit split
    );
    /// @notice A DataNet has a book under this verifier, for positions below `capacity`.
    event VerifierAdmitted(uint256 indexed datanetId, bytes4 indexed selector, uint256 capacity);
    event OperatorChanged(uint256 indexed indexId, address indexed operator, bool allowed);

    /// @notice Registers a model of the caller's. Ids count from 1.
    function registerModel(uint256 datanetId, bytes32 baseDigest, bytes32 adapterDigest)
        external
        returns (uint256 modelId);

    /// @notice Lets indexes of a DataNet be proven to a verifier. DataNet's owner only, for ever.
    /// @dev Payouts of all indexes under one verifier come into one book, so whoever can forge under it takes all that positions
    /// did not claim from it yet. Anybody may register a model; which verifiers to trust is not theirs to say.
    function admitVerifier(uint256 datanetId, bytes4 selector) external;

    /// @notice Registers an index of the caller's model, under a verifier that the DataNet's owner admitted, or as that owner,
    /// which admits it. Ids count from 1.
    function registerIndex(IndexRegistration calldata registration) external returns (uint256 indexId);

    /// @notice Says who may commit batches under an index. Model's owner only.
    function setOperator(uint256 indexId, address operator, bool allowed) external;

    function modelOf(uint256 modelId) external view returns (Model memory);

    function indexOf(uint256 indexId) external view returns (AttributionIndex memory);

    /// @notice What to commit a batch with; reverts where the caller is no operator, or the index's verifier was stopped.
    function termsFor(uint256 indexId, address operator) external view returns (BatchTerms memory);

    /// @notice Whose the model owner's share of an index is.
    function ownerOf(uint256 indexId) external view returns (address);

    function isAdmitted(uint256 datanetId, bytes4 selector) external view returns (bool);

    /// @notice C of a DataNet's book under a verifier, and how manieth it is of the DataNet's, from 1; zeros where there is none.
    function bookTerms(uint256 datanetId, bytes4 selector) external view returns (uint256 capacity, uint256 number);

    function isOperator(uint256 indexId, address operator) external view returns (bool);

    function indexCount() external view returns (uint256);

    function modelCount() external view returns (uint256);
}
