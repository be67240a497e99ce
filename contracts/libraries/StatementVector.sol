// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {Claim, Statement, Tier} from "../interfaces/AttributionTypes.sol";
import {PackedAmounts} from "./PackedAmounts.sol";
import {ScalarField} from "./ScalarField.sol";

/// @title D(β), the contract's copy of everything the circuit must agree with
/// @dev D = (indexId, n0, α, h1, U, pools packed, t_0 … t_{Q−1}, payouts packed), places past the batch and past n
/// zero. Evaluated by Horner's rule from the end, so the zero places after the payouts cost nothing and those inside
/// cost a power of β.
library StatementVector {
    /// @notice D(β) mod r.
    function evaluate(
        Tier memory tier,
        Statement calldata statement,
        Claim calldata claim,
        uint256 alpha,
        uint256 h1,
        uint256 beta
    ) internal pure returns (uint256 value) {
        value = _absorb(0, claim.payoutWords, beta);
        value = _skip(value, tier.traces - statement.traces.length, beta);
        value = _absorb(value, statement.traces, beta);
        value = _skip(value, PackedAmounts.wordCount(tier.traces) - statement.poolWords.length, beta);
        value = _absorb(value, statement.poolWords, beta);
        value = _step(value, claim.unattributed, beta);
        value = _step(value, h1, beta);
        value = _step(value, alpha, beta);
        value = _step(value, statement.n0, beta);
        value = _step(value, statement.indexId, beta);
    }

    function _step(uint256 value, uint256 word, uint256 beta) private pure returns (uint256) {
        return ScalarField.add(ScalarField.mul(value, beta), word);
    }

    function _skip(uint256 value, uint256 places, uint256 beta) private pure returns (uint256) {
        return ScalarField.mul(value, ScalarField.pow(beta, places));
    }

    function _absorb(uint256 value, uint256[] calldata words, uint256 beta) private pure returns (uint256 result) {
        uint256 order = Params.SCALAR_ORDER;
        // Up to 256 words: in Solidity the bounds checks would double the cost, and a loop of its own for each word adds
        // half. First what is over a multiple of four, then four at a time.
        assembly ("memory-safe") {
            result := value
            let cursor := add(words.offset, shl(5, words.length))
            for { let whole := add(words.offset, shl(7, shr(2, words.length))) } gt(cursor, whole) {} {
                cursor := sub(cursor, 32)
                result := addmod(mulmod(result, beta, order), calldataload(cursor), order)
            }
            for {} gt(cursor, words.offset) {} {
                cursor := sub(cursor, 128)
                result := addmod(mulmod(result, beta, order), calldataload(add(cursor, 96)), order)
                result := addmod(mulmod(result, beta, order), calldataload(add(cursor, 64)), order)
                result := addmod(mulmod(result, beta, order), calldataload(add(cursor, 32)), order)
                result := addmod(mulmod(result, beta, order), calldataload(cursor), order)
            }
        }
    }
}
