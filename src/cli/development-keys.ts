import { bytesToHex, type Hex } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { TIERS } from "../params/tiers.ts";

/** Public knowledge: whoever uses it on another chain than a development chain gives his money away. */
export const DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk";

/** Accounts before the contributors': the services' are among them. */
export const FIRST_CONTRIBUTOR = 20;
/** As many hold ether on a development chain: one for each position of the largest tier, after the services'. */
export const DEVELOPMENT_ACCOUNTS = FIRST_CONTRIBUTOR + TIERS.large.positions;

let cached: ReturnType<ReturnType<typeof mnemonicToAccount>["getHdKey"]> | undefined;

/** A development account's key, by its place under the mnemonic. The way from the words to a seed is long, so it is gone once. */
export function developmentKey(place: number): Hex {
  cached ??= mnemonicToAccount(DEVELOPMENT_MNEMONIC, { path: "m/44'/60'/0'/0" }).getHdKey();
  return bytesToHex(cached.deriveChild(place).privateKey!);
}
