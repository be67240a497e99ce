import { getCurveFromName } from "ffjavascript";

/**
 * The compiled wasm of BN254. ffjavascript itself cannot be loaded on a worker thread that is not its
 * own (its `web-worker` dependency takes every worker for one of its own), so the threads here get
 * the module and call it directly.
 */
export async function compileCurve(): Promise<WebAssembly.Module> {
  const { tm } = await getCurveFromName("bn128", true);
  return WebAssembly.compile(tm.code!);
}
