import { readFileSync } from "node:fs";
import { parseJson } from "../core/json.ts";

/** The package's version. */
export const VERSION = (
  parseJson(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;
