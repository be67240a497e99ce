import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import type { FeatureKind, Features } from "../datanet/types.ts";
import { readText } from "../files/disk.ts";

/** Features are float64s: an integer that is longer is rounded to one, as the rows' are. */
const number = z.union([z.number(), z.bigint().transform(Number)]);
const numbers = z.array(number).min(1);
const line = z.union([
  z.string(),
  numbers,
  z.looseObject({ text: z.string() }).transform(({ text }) => text),
  z.looseObject({ features: numbers }).transform(({ features }) => features),
]);

const toFeatures = (value: string | number[]): Features =>
  typeof value === "string" ? value.normalize("NFC").trim() : Float64Array.from(value);

/**
 * Requests from a JSONL file: on each line a text, a list of numbers, or an object with `text` or `features`.
 *
 * @throws TRB_SERVE_REQUEST naming the line
 */
export function readRequests(path: string): Features[] {
  const lines = readText(path).split(/\r?\n/);
  const requests = lines.flatMap((text, i) => {
    if (text.trim() === "") return [];
    let json: unknown;
    try {
      json = parseJson(text);
    } catch (cause) {
      throw refuse(`${path}, line ${i + 1}: ${(cause as Error).message}`);
    }
    const parsed = line.safeParse(json);
    if (!parsed.success) throw refuse(`${path}, line ${i + 1}: neither a text nor numbers`);
    return [toFeatures(parsed.data)];
  });
  if (requests.length > 0) return requests;
  throw refuse(`${path}: no lines`);
}

/** A request of the command line: the text itself, or numbers with commas between them. @throws TRB_SERVE_REQUEST */
export function parseRequest(text: string, kind: FeatureKind): Features {
  if (kind === "text" && text.trim() !== "") return toFeatures(text);
  const values = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (kind === "numeric" && values.every(Number.isFinite)) return Float64Array.from(values);
  throw refuse(kind === "text" ? "an empty text" : text.slice(0, 80));
}

const refuse = (details: string): TributaryError =>
  new TributaryError("TRB_SERVE_REQUEST", "This is not a request that a model can answer.", {
    details,
    hint: 'A text, numbers with commas between them, or a JSONL file with {"text": "…"} or {"features": […]} a line.',
  });
