import { once } from "node:events";
import { type ClientRequest, get as httpGet, type IncomingMessage, type RequestOptions } from "node:http";
import { get as httpsGet } from "node:https";
import { TributaryError } from "../../core/errors.ts";

/** A response whose body begins at byte `from` of the file. */
export interface OpenedDownload {
  readonly from: number;
  readonly body: AsyncIterable<Buffer>;
}

const MAX_REDIRECTS = 5;
/** Silence that counts as a broken connection. */
const IDLE_MS = 30_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** @throws TRB_FETCH_URL */
function requireSafe(url: URL): void {
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname))) return;
  throw new TributaryError("TRB_FETCH_URL", "Files are fetched over https only.", {
    details: url.href,
    hint: "Give an https URL; http is for this machine itself.",
  });
}

const cancelled = (cause: unknown): TributaryError =>
  new TributaryError("TRB_CANCELLED", "the download was cancelled; what arrived is kept", {
    cause,
    hint: "Run the same command again: it goes on where it was.",
  });

async function respond(url: URL, from: number, signal: AbortSignal | undefined): Promise<IncomingMessage> {
  const get: (url: URL, options: RequestOptions) => ClientRequest =
    url.protocol === "https:" ? httpsGet : httpGet;
  const headers = from === 0 ? {} : { range: `bytes=${from}-` };
  const request = get(url, { headers, timeout: IDLE_MS, ...(signal === undefined ? {} : { signal }) });
  request.on("timeout", () => request.destroy(new Error(`nothing for ${IDLE_MS / 1000} s`)));
  try {
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return response;
  } catch (cause) {
    if (signal?.aborted) throw cancelled(cause);
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new TributaryError("TRB_FETCH_OFFLINE", "The server cannot be reached.", {
      cause,
      details: `${url.href}: ${code ?? message}`,
      hint: "Check the connection, or give another --url; a file that you have is used with --ptau directly.",
    });
  }
}

/** The body's chunks; a connection that ends before the announced length is an error, not the file's end. */
async function* chunks(
  response: IncomingMessage,
  url: URL,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response) yield chunk as Buffer;
  } catch (cause) {
    if (signal?.aborted) throw cancelled(cause);
    throw new TributaryError("TRB_FETCH_CUT", "The connection was cut; what arrived is kept.", {
      cause,
      details: `${url.href}: ${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}`,
      hint: "Run the same command again: it goes on where it was.",
    });
  }
}

/**
 * Asks for a file from a byte on.
 *
 * @param from where to go on; a server that cannot sends all of it, and the answer's `from` is 0
 * @throws TRB_FETCH_URL, TRB_FETCH_OFFLINE, TRB_FETCH_STATUS; TRB_FETCH_CUT and
 * TRB_CANCELLED also from the body
 */
export async function openDownload(
  url: URL,
  from: number,
  signal: AbortSignal | undefined,
  redirects = MAX_REDIRECTS,
): Promise<OpenedDownload> {
  requireSafe(url);
  const response = await respond(url, from, signal);
  const { statusCode: status = 0, headers } = response;
  const range = /^bytes (\d+)-/.exec(headers["content-range"] ?? "");
  if (status === 206 && range !== null && Number(range[1]) === from)
    return { from, body: chunks(response, url, signal) };
  if (status === 200) return { from: 0, body: chunks(response, url, signal) };
  response.destroy();
  // All of it is there already, or the part is longer than the file: its digest will say which.
  if (status === 416 && from > 0) return { from, body: (async function* () {})() };
  if (status >= 300 && status < 400 && headers.location !== undefined && redirects > 0) {
    return openDownload(new URL(headers.location, url), from, signal, redirects - 1);
  }
  throw new TributaryError("TRB_FETCH_STATUS", "The server does not give the file.", {
    details: `${url.href}: status ${status}`,
    hint: redirects === 0 ? "It redirects without end: give another --url." : "Give another --url.",
  });
}
