// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC721} from "solady/src/tokens/ERC721.sol";

/// @notice The token of position c of a DataNet, c < 2³².
function positionToken(uint256 datanetId, uint256 position) pure returns (uint256) {
    return (datanetId << 32) | position;
}

/// @title Positions of all DataNets
/// @notice One token for each position, id = datanetId·2³² + c. Whoever holds it is paid; it may be traded.
/// @dev What a position was paid lies in the word of its owner, in 96 bits that a transfer leaves alone: a claim reads and
/// writes one slot, and no claim writes one that was zero.
contract DataNetPositions is ERC721 {
    error NotRegistry(address caller);
    error NotTreasury(address caller);

    address private immutable REGISTRY = msg.sender;
    address private immutable TREASURY;

    constructor(address treasury) {
        TREASURY = treasury;
    }

    /// @notice Gives out a position. The registry only, which made this contract.
    /// @dev No receiver hook: nothing may call out of a registration.
    function mint(address to, uint256 tokenId) external {
        if (msg.sender != REGISTRY) revert NotRegistry(msg.sender);
        _mint(to, tokenId);
    }

    /// @notice Notes what a position has been paid in all from its DataNet's first book, in units, where that is more than
    /// before. The treasury only.
    /// @return owner who holds it
    /// @return before what it had been paid until now
    function book(uint256 tokenId, uint96 cumulative) external returns (address owner, uint256 before) {
        if (msg.sender != TREASURY) revert NotTreasury(msg.sender);
        owner = ownerOf(tokenId);
        before = _getExtraData(tokenId);
        if (cumulative > before) _setExtraData(tokenId, cumulative);
    }

    /// @notice Units that a position has been paid from its DataNet's first book; 0 where there is none.
    function claimedOf(uint256 tokenId) external view returns (uint256) {
        return _getExtraData(tokenId);
    }

    function name() public pure override returns (string memory) {
        return "Tributary Position";
    }

    function symbol() public pure override returns (string memory) {
        return "TRBP";
    }

    /// @notice Positions have no page of their own.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        ownerOf(tokenId); // reverts where there is no such token
        return "";
    }
}
