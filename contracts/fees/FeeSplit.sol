// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {IFeeEscrow, ServiceShares} from "../interfaces/IFeeEscrow.sol";
import {RevenueSplit} from "../interfaces/IModelRegistry.sol";
import {PackedAmounts} from "../libraries/PackedAmounts.sol";

/// @title From fees to pools
/// @notice share = ⌊fee·bps / 10⁴⌋ for each payment, and what is left is the contributors', rounding included.
library FeeSplit {
    uint256 private constant BASIS_POINTS = 10_000;

    /// @param fees gross, in units
    /// @param positions C: a pool is at least 1,000 units for each
    /// @return gross Σ fees
    /// @return total the shares' sums over the batch
    /// @return poolWords the pools, packed
    function split(uint64[] calldata fees, RevenueSplit memory bps, uint256 positions)
        internal
        pure
        returns (uint256 gross, ServiceShares memory total, uint256[] memory poolWords)
    {
        uint256 minimum = Params.MIN_POOL_UNITS_PER_POSITION * positions;
        poolWords = new uint256[](PackedAmounts.wordCount(fees.length));
        for (uint256 q = 0; q < fees.length; ++q) {
            uint256 fee = fees[q];
            uint256 platform = _share(fee, bps.platform);
            uint256 modelOwner = _share(fee, bps.modelOwner);
            uint256 stakers = _share(fee, bps.stakers);
            uint256 prover = _share(fee, bps.prover);
            uint256 pool = fee - platform - modelOwner - stakers - prover;
            if (pool < minimum || pool >> Params.POOL_BITS != 0) revert IFeeEscrow.PoolOutOfRange(q, pool);
            PackedAmounts.put(poolWords, q, pool);
            gross += fee;
            total.platform += platform;
            total.modelOwner += modelOwner;
            total.stakers += stakers;
            total.prover += prover;
        }
    }

    function _share(uint256 fee, uint256 bps) private pure returns (uint256) {
        return fee * bps / BASIS_POINTS;
    }
}
