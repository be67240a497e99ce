// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {G1Point, ProvenIndex, Tier} from "../interfaces/AttributionTypes.sol";
import {IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {
    AttributionIndex,
    BatchTerms,
    IModelRegistry,
    IndexRegistration,
    Model,
    RevenueSplit
} from "../interfaces/IModelRegistry.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
import {Bn254} from "../libraries/Bn254.sol";

/// @dev An index without gaps between its fields: a commit reads its commitment and two words.
struct PackedIndex {
    G1Point commitment;
    uint64 datanetId;
    uint32 positions;
    bytes4 selector;
    uint64 registeredAt;
    uint32 datasetVersion;
    uint64 modelId;
    uint16 traces;
    uint16 capacity;
    uint16 width;
    uint16 platform;
    uint16 modelOwner;
    uint16 stakers;
    uint16 prover;
    bytes32 digest;
}

/// @title Model registry
contract ModelRegistry is IModelRegistry {
    /// @param number of the DataNet's books, from 1
    struct BookTerms {
        uint16 capacity;
        uint32 number;
    }

    /// @dev A split leaves at least this much to contributors.
    uint256 private constant MAX_SPLIT_BASIS_POINTS = 9_999;

    IDataNetRegistry public immutable DATANETS;
    IVerifierRouter public immutable ROUTER;

    Model[] private _models;
    /// @inheritdoc IModelRegistry
    uint256 public indexCount;

    mapping(uint256 indexId => PackedIndex) private _indexes;
    mapping(uint256 indexId => mapping(address operator => bool)) private _operators;
    mapping(uint256 datanetId => mapping(bytes4 selector => BookTerms)) private _books;
    mapping(uint256 datanetId => uint256) private _bookCounts;

    constructor(IDataNetRegistry datanets, IVerifierRouter router) {
        DATANETS = datanets;
        ROUTER = router;
    }

    /// @inheritdoc IModelRegistry
    function registerModel(uint256 datanetId, bytes32 baseDigest, bytes32 adapterDigest)
        external
        returns (uint256 modelId)
    {
        DATANETS.positionCount(datanetId); // reverts where there is no such DataNet
        _models.push(Model(msg.sender, uint64(datanetId), baseDigest, adapterDigest));
        modelId = _models.length;
        emit ModelRegistered(modelId, datanetId, msg.sender, baseDigest, adapterDigest);
    }

    /// @inheritdoc IModelRegistry
    function admitVerifier(uint256 datanetId, bytes4 selector) external {
        if (!_ownsDataNet(datanetId)) revert IDataNetRegistry.NotDataNetOwner(datanetId, msg.sender);
        if (isAdmitted(datanetId, selector)) return;
        _admit(datanetId, selector, _tierOf(selector).positions);
    }

    /// @inheritdoc IModelRegistry
    function registerIndex(IndexRegistration calldata registration) external returns (uint256 indexId) {
        Model memory model = modelOf(registration.modelId);
        if (model.owner != msg.sender) revert NotModelOwner(registration.modelId, msg.sender);
        _requireSplit(registration.split);
        _requireCommitment(registration.commitment);
        DATANETS.versionOf(model.datanetId, registration.datasetVersion); // reverts where there is no such version
        Tier memory tier = _tierOf(registration.selector);
        _requireAdmitted(model.datanetId, registration.selector, tier.positions);
        uint256 taken = DATANETS.positionCount(model.datanetId);
        if (taken == 0) revert NoPositions(model.datanetId);
        if (taken > tier.positions) revert TierTooSmall(tier.positions, taken);

        indexId = ++indexCount;
        PackedIndex storage index = _indexes[indexId];
        index.datanetId = model.datanetId;
        index.positions = uint32(taken);
        _keep(index, registration, tier);
        _announce(indexId, model.datanetId, taken, registration);
    }

    /// @inheritdoc IModelRegistry
    function setOperator(uint256 indexId, address operator, bool allowed) external {
        uint256 modelId = _index(indexId).modelId;
        if (modelOf(modelId).owner != msg.sender) revert NotModelOwner(modelId, msg.sender);
        _operators[indexId][operator] = allowed;
        emit OperatorChanged(indexId, operator, allowed);
    }

    /// @inheritdoc IModelRegistry
    function modelOf(uint256 modelId) public view returns (Model memory) {
        if (modelId == 0 || modelId > _models.length) revert ModelUnknown(modelId);
        return _models[modelId - 1];
    }

    /// @inheritdoc IModelRegistry
    function indexOf(uint256 indexId) external view returns (AttributionIndex memory whole) {
        PackedIndex memory index = _index(indexId);
        BatchTerms memory terms = _terms(index);
        whole.commitment = index.commitment;
        whole.datanetId = index.datanetId;
        whole.positions = index.positions;
        whole.selector = index.selector;
        whole.registeredAt = index.registeredAt;
        whole.datasetVersion = index.datasetVersion;
        whole.modelId = index.modelId;
        whole.tier = terms.tier;
        whole.split = terms.split;
        whole.digest = index.digest;
    }

    /// @inheritdoc IModelRegistry
    function termsFor(uint256 indexId, address operator) external view returns (BatchTerms memory terms) {
        if (!_operators[indexId][operator]) revert NotOperator(indexId, operator);
        terms = _terms(_index(indexId));
        ROUTER.verifierOf(terms.index.selector); // reverts where it was stopped
    }

    /// @inheritdoc IModelRegistry
    function ownerOf(uint256 indexId) external view returns (address) {
        return _models[_index(indexId).modelId - 1].owner;
    }

    /// @inheritdoc IModelRegistry
    function isAdmitted(uint256 datanetId, bytes4 selector) public view returns (bool) {
        return _books[datanetId][selector].number != 0;
    }

    /// @inheritdoc IModelRegistry
    function bookTerms(uint256 datanetId, bytes4 selector) external view returns (uint256 capacity, uint256 number) {
        BookTerms memory terms = _books[datanetId][selector];
        return (terms.capacity, terms.number);
    }

    /// @inheritdoc IModelRegistry
    function isOperator(uint256 indexId, address operator) external view returns (bool) {
        return _operators[indexId][operator];
    }

    /// @inheritdoc IModelRegistry
    function modelCount() external view returns (uint256) {
        return _models.length;
    }

    function _index(uint256 indexId) private view returns (PackedIndex storage index) {
        index = _indexes[indexId];
        if (index.registeredAt == 0) revert IndexUnknown(indexId);
    }

    function _terms(PackedIndex memory index) private pure returns (BatchTerms memory) {
        return BatchTerms({
            index: ProvenIndex(index.datanetId, index.positions, index.selector, index.commitment),
            tier: Tier(index.traces, index.capacity, index.width),
            split: RevenueSplit(index.platform, index.modelOwner, index.stakers, index.prover),
            registeredAt: index.registeredAt
        });
    }

    function _keep(PackedIndex storage index, IndexRegistration calldata registration, Tier memory tier) private {
        index.commitment = registration.commitment;
        index.selector = registration.selector;
        index.registeredAt = uint64(block.number);
        index.datasetVersion = uint32(registration.datasetVersion);
        index.modelId = uint64(registration.modelId);
        (index.traces, index.capacity, index.width) = (tier.traces, tier.positions, tier.width);
        (index.platform, index.modelOwner) = (registration.split.platform, registration.split.modelOwner);
        (index.stakers, index.prover) = (registration.split.stakers, registration.split.prover);
        index.digest = registration.digest;
    }

    /// @dev A payout polynomial of one domain size added to a total of another would pay the wrong positions.
    function _requireAdmitted(uint256 datanetId, bytes4 selector, uint256 capacity) private {
        if (!isAdmitted(datanetId, selector)) {
            if (!_ownsDataNet(datanetId)) revert VerifierNotAdmitted(datanetId, selector);
            _admit(datanetId, selector, capacity);
        }
        uint256 admitted = _books[datanetId][selector].capacity;
        if (capacity != admitted) revert TierMismatch(capacity, admitted);
    }

    function _admit(uint256 datanetId, bytes4 selector, uint256 capacity) private {
        _books[datanetId][selector] = BookTerms(uint16(capacity), uint32(++_bookCounts[datanetId]));
        emit VerifierAdmitted(datanetId, selector, capacity);
    }

    function _ownsDataNet(uint256 datanetId) private view returns (bool) {
        return IERC721(address(DATANETS)).ownerOf(datanetId) == msg.sender;
    }

    /// @dev Reverts where there is no such verifier, or one that was stopped.
    function _tierOf(bytes4 selector) private view returns (Tier memory) {
        return ROUTER.verifierOf(selector).tier();
    }

    function _requireSplit(RevenueSplit calldata split) private pure {
        uint256 sum = uint256(split.platform) + split.modelOwner + split.stakers + split.prover;
        if (sum > MAX_SPLIT_BASIS_POINTS) revert SplitTooLarge(sum);
    }

    function _requireCommitment(G1Point calldata commitment) private view {
        if (Bn254.isInfinity(commitment)) revert CommitmentIsInfinity();
        Bn254.requireOnCurve(commitment);
    }

    function _announce(uint256 indexId, uint256 datanetId, uint256 positions, IndexRegistration calldata registration)
        private
    {
        emit IndexRegistered(
            indexId,
            registration.modelId,
            datanetId,
            positions,
            registration.commitment,
            registration.digest,
            registration.selector,
            registration.split
        );
    }
}
