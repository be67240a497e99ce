import { BaseError, HttpRequestError, RpcRequestError, TimeoutError } from "viem";

/**
 * What nodes say in their own words. JSON-RPC fixes no codes for these, so each has the words of several nodes: geth, Nethermind,
 * Besu, Erigon, Reth, Hardhat, Anvil, and of services that run them.
 */
const WORDS = {
  known:
    /already known|known transaction|already imported|already exists in|alreadyknown|already in (the )?(mem|tx)?pool/i,
  nonceTaken:
    /nonce( is)? too (low|high)|oldnonce|nonce has already been used|invalid nonce|nonce too distant/i,
  underpriced: /underpriced|replacement (fee|gas price)|replacenotallowed|fee too low to compete/i,
  indexing: /indexing is in progress|transaction index.*(progress|not ready|syncing)|still indexing/i,
  busy: /too many requests|rate.?limit|request (limit|rate)|requests per|compute units|throughput|over capacity|try again later|slow down/i,
  range:
    /block range|range .*(exceed|large|limit|wide)|too many (blocks|results|logs)|more than [\d,_]+ (results|logs|blocks)|response size|limited to|query (timeout|exceeds)/i,
} as const;

/** Codes that services give for too many requests, beside HTTP's 429. -32005 is EIP-1474's "limit exceeded". */
const BUSY_CODES = new Set([429, -32007, -32029, -32097]);
const LIMIT_EXCEEDED = -32005;
const UNAVAILABLE = 503;

/** Everything that an error and its causes say. */
function wordsOf(error: unknown): string {
  const words: string[] = [];
  for (let at = error, depth = 0; at !== undefined && at !== null && depth < 8; depth++) {
    const { message, details, cause } = at as { message?: unknown; details?: unknown; cause?: unknown };
    for (const text of [details, message]) if (typeof text === "string") words.push(text);
    at = cause;
  }
  return words.join("\n");
}

/** What says it of the words above. The request's own bytes are in viem's message; hex holds none of the words. */
export const saysOf = (error: unknown, what: keyof typeof WORDS): boolean => WORDS[what].test(wordsOf(error));

const within = (error: unknown, matches: (cause: unknown) => boolean): unknown =>
  error instanceof BaseError ? (error.walk(matches) ?? undefined) : undefined;

const codeOf = (error: unknown): number | undefined =>
  (
    within(error, (cause) => typeof (cause as { code?: unknown }).code === "number") as
      | { code: number }
      | undefined
  )?.code;

/** The answer's HTTP status and headers, where it was not a good one. */
const httpOf = (error: unknown): HttpRequestError | RpcRequestError | undefined =>
  within(
    error,
    (cause) =>
      (cause instanceof HttpRequestError || cause instanceof RpcRequestError) && cause.status !== undefined,
  ) as HttpRequestError | RpcRequestError | undefined;

/** Whether the node did not answer: no connection, no answer in time, a proxy that says so for it. */
export const isOutage = (error: unknown): boolean =>
  within(
    error,
    (cause) =>
      cause instanceof TimeoutError ||
      (cause instanceof HttpRequestError && (cause.status === undefined || cause.status >= 500)),
  ) !== undefined;

/** Whether the node answered, with an error of JSON-RPC. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof BaseError && !isOutage(error) && codeOf(error) !== undefined;

/** Whether the node asks for patience: too many requests. */
export function isBusy(error: unknown): boolean {
  const status = httpOf(error)?.status;
  if (status === 429 || (status === UNAVAILABLE && retryAfterMs(error) !== undefined)) return true;
  const code = codeOf(error);
  if (code === undefined) return false;
  if (BUSY_CODES.has(code)) return true;
  // Some services say -32005 of a range of blocks, too; there the words decide.
  return (code === LIMIT_EXCEEDED || code === -32000) && saysOf(error, "busy") && !saysOf(error, "range");
}

/** The pause that a node asks for, in milliseconds: seconds or a date (RFC 9110, 10.2.3). Undefined where it names none. */
export function retryAfterMs(error: unknown, now = Date.now()): number | undefined {
  const header = httpOf(error)?.headers?.get("retry-after")?.trim();
  if (header === undefined || header === "") return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  // Date.parse takes "-1" for a day in 2001.
  const date = /^[a-z]{3,9}, .*:/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
