import protobuf from "protobufjs/minimal.js";

const { Reader, Writer } = protobuf;

const VARINT = 0;
const DELIMITED = 2;

/** A field of a protobuf message as it lies in the file. */
export interface Field {
  readonly number: number;
  /** All of it, with its tag. */
  readonly bytes: Uint8Array;
  /** What is in it, where it is a message, a text or bytes. */
  readonly payload: Uint8Array | undefined;
  /** The low 32 bits, where it is an integer. */
  readonly integer: number | undefined;
}

/**
 * A message's fields in the file's order. Unlike decoding and encoding again, which forgets whatever is newer than its schema, this
 * lets a file be changed in one place and kept in all others.
 *
 * @throws RangeError, Error where the bytes are no message
 */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = Reader.create(message);
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const tag = reader.uint32();
    const wire = tag & 7;
    let payload: Uint8Array | undefined;
    let integer: number | undefined;
    if (wire === DELIMITED) payload = reader.bytes();
    else if (wire === VARINT) integer = reader.uint32();
    else reader.skipType(wire);
    yield { number: tag >>> 3, bytes: message.subarray(from, reader.pos), payload, integer };
  }
}

/** A message or bytes as a field, in parts that are not copied. */
export function delimited(number: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = Writer.create()
    .uint32((number << 3) | DELIMITED)
    .uint32(length)
    .finish();
  return [head, ...parts];
}

export const integerField = (number: number, value: number): Uint8Array =>
  Writer.create()
    .uint32((number << 3) | VARINT)
    .uint32(value)
    .finish();
