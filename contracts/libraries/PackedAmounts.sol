// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Lists of amounts, four of 56 bits in a word, the first one lowest
/// @dev A list of n amounts has exactly one encoding: ⌈n/4⌉ words, bits 224 … 255 zero, places past n zero.
/// So each word is below 2²²⁴ < r, and is the field element that the circuit packs.
library PackedAmounts {
    /// @notice `words` words cannot be a list of `count` amounts.
    error WordCountMismatch(uint256 words, uint256 count);
    /// @notice A word has a bit set above its four amounts, or the last one has an amount past the end.
    error StrayBits();
    /// @notice The amount does not fit its place.
    error AmountTooLarge(uint256 amount);

    uint256 private constant PER_WORD = 4;
    uint256 private constant BITS = 56;
    uint256 private constant PLACE = (1 << BITS) - 1;
    /// @dev Places 0 and 2. Adding words under this mask leaves 112 bits to each of two sums.
    uint256 private constant EVEN_PLACES = PLACE | (PLACE << (2 * BITS));

    /// @notice The words that `count` amounts take.
    function wordCount(uint256 count) internal pure returns (uint256) {
        return (count + PER_WORD - 1) / PER_WORD;
    }

    /// @notice Checks the encoding of a list and returns the sum of its amounts.
    function sum(uint256[] calldata words, uint256 count) internal pure returns (uint256) {
        if (words.length != wordCount(count)) revert WordCountMismatch(words.length, count);
        uint256 seen;
        uint256 all;
        uint256 even;
        uint256 mask = EVEN_PLACES;
        // Word by word, without bounds checks: 1,024 amounts cost a tenth of what a loop over amounts does. Where no bit is
        // above the four places, Σ words fits for any number of them, and what of it is not in even places is in odd ones.
        assembly ("memory-safe") {
            let end := add(words.offset, shl(5, words.length))
            for { let cursor := words.offset } lt(cursor, end) { cursor := add(cursor, 32) } {
                let word := calldataload(cursor)
                seen := or(seen, word)
                all := add(all, word)
                even := add(even, and(word, mask))
            }
        }
        uint256 last = words.length == 0 ? 0 : words[words.length - 1];
        uint256 used = count % PER_WORD;
        if (seen >> (PER_WORD * BITS) != 0 || (used != 0 && last >> (used * BITS) != 0)) revert StrayBits();
        uint256 pairs = even + ((all - even) >> BITS);
        return (pairs & ((1 << (2 * BITS)) - 1)) + (pairs >> (2 * BITS));
    }

    /// @notice Amount number `index` of a list whose encoding was checked.
    function amountAt(uint256[] calldata words, uint256 index) internal pure returns (uint256) {
        return (words[index / PER_WORD] >> ((index % PER_WORD) * BITS)) & PLACE;
    }

    /// @notice Puts an amount into an empty place.
    function put(uint256[] memory words, uint256 index, uint256 amount) internal pure {
        if (amount > PLACE) revert AmountTooLarge(amount);
        words[index / PER_WORD] |= amount << ((index % PER_WORD) * BITS);
    }
}
