// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title OPEN
/// @notice ERC-20 with permits and votes. All of it is minted once; nobody owns the contract, nothing calls out.
contract OpenToken is ERC20, ERC20Permit, ERC20Votes {
    uint256 public constant SUPPLY = 10 ** 9 * 10 ** 18;

    constructor(address holder) ERC20("OPEN", "OPEN") ERC20Permit("OPEN") {
        _mint(holder, SUPPLY);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }
}
