import { type NativeAddon, nativeAddon } from "../../src/proof/native-addon.ts";

const addon = nativeAddon();

/** For the `skip` of tests of native code. */
export const withoutNative: string | false = addon === undefined ? "run make native" : false;

/** The native code, in tests that are skipped where there is none. */
export function builtAddon(): NativeAddon {
  if (addon === undefined) throw new Error("a test of native code ran without it");
  return addon;
}
