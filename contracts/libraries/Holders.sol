// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Whether an address is a contract or an account
library Holders {
    /// @dev What EIP-7702 makes the code of an account that delegates; no contract's begins with 0xef (EIP-3541).
    uint256 private constant DELEGATION = 0xef0100;

    /// @notice Whether code is there that an account's key did not put there, as far as can be seen from outside.
    function isContract(address holder) internal view returns (bool) {
        if (holder.code.length == 0) return false;
        uint256 prefix;
        assembly ("memory-safe") {
            mstore(0, 0)
            extcodecopy(holder, 29, 0, 3)
            prefix := mload(0)
        }
        return prefix != DELEGATION;
    }
}
