// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {DataNetVersion, IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {Domain} from "../libraries/Domain.sol";
import {DataNetPositions, positionToken} from "./DataNetPositions.sol";

/// @title DataNet registry
contract DataNetRegistry is ERC721, IDataNetRegistry {
    struct DataNet {
        uint32 capacity;
        uint32 positionCount;
    }

    DataNetPositions private immutable POSITIONS;

    uint256 private _count;
    mapping(uint256 datanetId => DataNet) private _datanets;
    mapping(uint256 datanetId => DataNetVersion[]) private _versions;

    /// @param treasury which notes in a position what it was paid
    constructor(address treasury) ERC721("Tributary DataNet", "TRBD") {
        POSITIONS = new DataNetPositions(treasury);
    }

    modifier onlyDataNetOwner(uint256 datanetId) {
        if (_ownerOf(datanetId) != msg.sender) revert NotDataNetOwner(datanetId, msg.sender);
        _;
    }

    modifier exists(uint256 datanetId) {
        if (_datanets[datanetId].capacity == 0) revert DataNetUnknown(datanetId);
        _;
    }

    /// @inheritdoc IDataNetRegistry
    function create(uint256 capacity, string calldata name) external returns (uint256 datanetId) {
        Domain.requireDomain(capacity);
        datanetId = ++_count;
        _datanets[datanetId].capacity = uint32(capacity);
        _mint(msg.sender, datanetId);
        emit DataNetCreated(datanetId, msg.sender, capacity, name);
    }

    /// @inheritdoc IDataNetRegistry
    function join(uint256 datanetId, address[] calldata contributors)
        external
        exists(datanetId)
        onlyDataNetOwner(datanetId)
        returns (uint256 first)
    {
        if (contributors.length == 0) revert NoContributors();
        DataNet memory datanet = _datanets[datanetId];
        first = datanet.positionCount;
        if (contributors.length > datanet.capacity - first) revert DataNetFull(datanetId, datanet.capacity);
        _datanets[datanetId].positionCount = uint32(first + contributors.length);
        for (uint256 i = 0; i < contributors.length; ++i) {
            POSITIONS.mint(contributors[i], positionToken(datanetId, first + i));
            emit PositionJoined(datanetId, first + i, contributors[i]);
        }
    }

    /// @inheritdoc IDataNetRegistry
    function addVersion(uint256 datanetId, bytes32 rowRoot, uint64 rowCount)
        external
        exists(datanetId)
        onlyDataNetOwner(datanetId)
        returns (uint256 version)
    {
        if (rowRoot == 0 || rowCount == 0) revert EmptyVersion();
        _versions[datanetId].push(DataNetVersion(rowRoot, rowCount, uint64(block.timestamp)));
        version = _versions[datanetId].length;
        emit VersionAdded(datanetId, version, rowRoot, rowCount);
    }

    /// @inheritdoc IDataNetRegistry
    function capacityOf(uint256 datanetId) external view exists(datanetId) returns (uint256) {
        return _datanets[datanetId].capacity;
    }

    /// @inheritdoc IDataNetRegistry
    function positionCount(uint256 datanetId) external view exists(datanetId) returns (uint256) {
        return _datanets[datanetId].positionCount;
    }

    /// @inheritdoc IDataNetRegistry
    function versionCount(uint256 datanetId) external view exists(datanetId) returns (uint256) {
        return _versions[datanetId].length;
    }

    /// @inheritdoc IDataNetRegistry
    function versionOf(uint256 datanetId, uint256 version) external view returns (DataNetVersion memory) {
        if (version == 0 || version > _versions[datanetId].length) revert VersionUnknown(datanetId, version);
        return _versions[datanetId][version - 1];
    }

    /// @inheritdoc IDataNetRegistry
    function positionOwner(uint256 datanetId, uint256 position) external view returns (address) {
        return POSITIONS.ownerOf(positionToken(datanetId, position));
    }

    /// @inheritdoc IDataNetRegistry
    function positions() external view returns (IERC721) {
        return IERC721(address(POSITIONS));
    }
}
