import { isUtf8 } from "node:buffer";
import { dataNetError, lineError } from "../errors.ts";

const LINE_FEED = 10;
const BYTE_ORDER_MARK = "\ufeff";
const UTF_8 = "utf-8";

/** The encoding that a byte order mark names; undefined where there is none. */
function marked(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? UTF_8 : undefined;
}

/** The encoding of a name as the WHATWG's standard has it: "latin1" is windows-1252. @throws TRB_DATANET_ENCODING_UNKNOWN */
export function encodingNamed(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw dataNetError("ENCODING_UNKNOWN", "This encoding is not known.", {
      details: name,
      hint: "Such as utf-8, latin1, windows-1251, utf-16le, shift_jis, gb18030.",
    });
  }
}

function count(text: string | Buffer, what: string | number): number {
  let n = 0;
  for (let at = text.indexOf(what as string); at >= 0; at = text.indexOf(what as string, at + 1)) n++;
  return n;
}

function notUtf8(bytes: Buffer, first: number): Error {
  const hint = "Save the file as UTF-8, or name its encoding: --encoding latin1 (or another).";
  let start = 0;
  for (let line = first; ; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) {
      return lineError("BYTES_INVALID", "The file is not UTF-8.", line, "its bytes are not UTF-8", hint);
    }
    start = end + 1;
  }
}

/** Where the last character begins that may go on in the next chunk. */
function completeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return bytes.length - back;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** Checked by Node's `isUtf8`, and decoded by Buffer: several times as fast as a TextDecoder that is `fatal`. */
async function* decodeUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = completeEnd(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw notUtf8(whole, line);
    rest = bytes.subarray(end);
    line += count(whole, LINE_FEED);
    yield whole.toString("utf8");
  }
  if (rest.length > 0) throw notUtf8(rest, line);
}

async function* decodeOther(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      const seen = `at or after it, bytes are not ${encoding}`;
      throw lineError("BYTES_INVALID", "The file is in another encoding.", line, seen, "Correct --encoding.");
    }
  };
  for await (const chunk of chunks) {
    const text = decode(chunk);
    line += count(text, "\n");
    yield text;
  }
  yield decode();
}

function refuseBinary(text: string): void {
  const at = text.indexOf("\0");
  if (at < 0) return;
  const hint = "If it is text in UTF-16, name it: --encoding utf-16le (or utf-16be).";
  const line = 1 + count(text.slice(0, at), "\n");
  throw lineError("BYTES_INVALID", "The file is not text: it has zero bytes.", line, "a zero byte", hint);
}

/**
 * The text of a file, some of it at a time, without its byte order mark. UTF-8 where neither a mark nor the caller says another
 * encoding: nobody can tell Latin-1 from its bytes. Lines that end in a carriage return alone (as old Macs wrote them, and some
 * exports do) get line feeds, where the beginning of the file has no line feed at all.
 *
 * @param encoding see `encodingNamed`
 * @throws TRB_DATANET_BYTES_INVALID, TRB_DATANET_ENCODING_UNKNOWN
 */
export async function* textOf(
  head: Buffer,
  chunks: AsyncIterable<Buffer>,
  encoding?: string,
): AsyncGenerator<string> {
  const asked = encoding === undefined ? undefined : encodingNamed(encoding);
  const name = asked ?? marked(head) ?? UTF_8;
  const parts = name === UTF_8 ? decodeUtf8(chunks) : decodeOther(chunks, name);
  let first = true;
  let returns = false;
  for await (const part of parts) {
    let text = part;
    if (first) {
      if (text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
      returns = /\r[^\n]/.test(text) && !text.includes("\n");
      refuseBinary(text);
      first = false;
    }
    yield returns ? text.replaceAll("\r", "\n") : text;
  }
}
