import { type Address, type Hex, parseTransaction, recoverTransactionAddress } from "viem";
import { ask, type ProxyHooks } from "./node-proxy.ts";

/** What the account's wallet sends at the same nonce, for three times the price. */
export type Replacement = (ours: {
  readonly from: Address;
  readonly to: Address;
  readonly data: Hex;
  readonly value: Hex;
}) => { readonly to: Address; readonly data?: Hex; readonly value?: Hex };

export const cancels: Replacement = ({ from }) => ({ to: from, value: "0x0" });
export const speedsUp: Replacement = ({ to, data, value }) => ({ to, data, value });

/** Hooks under which the first transaction is held back, replaced by the account's wallet, and the other one mined. */
export function walletReplaces(node: string, other: Replacement): ProxyHooks {
  let held: "no" | "yes" | "over" = "no";
  return {
    async before({ method }) {
      if (method !== "eth_sendRawTransaction" || held !== "no") return undefined;
      held = "yes";
      await ask(node, "evm_setAutomine", false);
      return undefined;
    },
    async after({ method, params }) {
      if (method !== "eth_sendRawTransaction" || held !== "yes") return undefined;
      held = "over";
      const serializedTransaction = params[0] as `0x02${string}`;
      const ours = parseTransaction(serializedTransaction);
      const from = await recoverTransactionAddress({ serializedTransaction });
      const fee = `0x${(ours.maxFeePerGas! * 3n).toString(16)}`;
      await ask(node, "hardhat_impersonateAccount", from);
      await ask(node, "eth_sendTransaction", {
        from,
        nonce: `0x${(ours.nonce ?? 0).toString(16)}`,
        gas: `0x${(ours.gas ?? 0n).toString(16)}`,
        maxFeePerGas: fee,
        maxPriorityFeePerGas: fee,
        ...other({
          from,
          to: ours.to!,
          data: ours.data ?? "0x",
          value: `0x${(ours.value ?? 0n).toString(16)}`,
        }),
      });
      await ask(node, "evm_mine");
      await ask(node, "evm_setAutomine", true);
      return undefined;
    },
  };
}
