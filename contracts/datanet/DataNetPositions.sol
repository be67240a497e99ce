// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @notice The token of position c of a DataNet, c < 2³².
function positionToken(uint256 datanetId, uint256 position) pure returns (uint256) {
    return (datanetId << 32) | position;
}

/// @title Positions of all DataNets
/// @notice One token for each position, id = datanetId·2³² + c. Whoever holds it is paid; it may be traded.
contract DataNetPositions is ERC721 {
    error NotRegistry(address caller);

    address private immutable REGISTRY = msg.sender;

    constructor() ERC721("Tributary Position", "TRBP") {}

    /// @notice Gives out a position. The registry only, which made this contract.
    /// @dev No receiver hook: nothing may call out of a registration.
    function mint(address to, uint256 tokenId) external {
        if (msg.sender != REGISTRY) revert NotRegistry(msg.sender);
        _mint(to, tokenId);
    }
}
