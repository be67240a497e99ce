import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { AsyncBuffer, ColumnMetaData, Compressors } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { compressors } from "hyparquet-compressors";

/** Far above what writers make of a page (a megabyte, or a row group of some millions of rows), and what memory has room for. */
const MAX_PAGE_VALUES = 2 ** 25;
const MAX_PAGE_BYTES = 2 ** 29;

type Unpack = (input: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;
const bounded = (unpack: Unpack) => (input: Uint8Array, length: number) =>
  unpack(input, { maxOutputLength: Math.max(1, length) });

/** Node's own where it has one: quicker, and it stops at the length that the page's header says. */
export const COMPRESSORS: Compressors = {
  ...compressors,
  GZIP: bounded(gunzipSync),
  BROTLI: bounded(brotliDecompressSync),
  ZSTD: bounded(zstdDecompressSync),
};

const within = (value: number | undefined, most: number): boolean =>
  value === undefined || (Number.isInteger(value) && value >= 0 && value <= most);

/**
 * Looks at the header of each page of a column before hyparquet does: it makes room for as many values and bytes as a header says, so that
 * a kilobyte could ask for all memory.
 *
 * @throws RangeError
 */
export async function checkPages(buffer: AsyncBuffer, column: ColumnMetaData): Promise<void> {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const bytes = await buffer.slice(start, start + Number(column.total_compressed_size));
  const reader = { view: new DataView(bytes), offset: 0 };
  while (reader.offset < bytes.byteLength - 1) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
    const parts = [header.data_page_header, header.data_page_header_v2, header.dictionary_page_header];
    const values = parts.every((part) => within(part?.num_values, MAX_PAGE_VALUES));
    if (!values || !within(packed, MAX_PAGE_BYTES) || !within(unpacked, MAX_PAGE_BYTES)) {
      const seen = parts.find((part) => part !== undefined)?.num_values;
      throw new RangeError(`a page of ${column.path_in_schema[0]} says ${seen} values, ${unpacked} bytes`);
    }
    reader.offset += packed;
  }
}
