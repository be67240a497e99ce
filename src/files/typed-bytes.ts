/** Number arrays as file bytes and back. Node runs on little-endian machines only, and the files are little-endian. */

export const bytesOf = (array: Float32Array | Float64Array | Int8Array | Uint32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** A copy, because a slice of a file may start at any byte. */
export const float32Of = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);
export const uint32Of = (bytes: Uint8Array): Uint32Array => new Uint32Array(new Uint8Array(bytes).buffer);
