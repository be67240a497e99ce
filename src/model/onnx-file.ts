import { dirname, resolve } from "node:path";
import { TributaryError } from "../core/errors.ts";
import { type OpenFile, openPlaces, pathBeside } from "../files/beside.ts";
import { readBounded } from "../files/bounded.ts";
import { explainFileError } from "../files/disk.ts";
import { type ExternalTensor, embedExternal, refuseExternal } from "../numeric/onnx/external.ts";
import { lowerVersions } from "../numeric/onnx/versions.ts";

/** What protobuf holds, and so ONNX Runtime. */
const MOST_BYTES = 2 ** 31 - 1;

function readModel(path: string): Uint8Array {
  try {
    return readBounded(path, MOST_BYTES);
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** Reads tensors' numbers from files beside a model, and no more of them than a graph can hold. */
function dataBeside(folder: string, graphBytes: number) {
  const open = new Map<string, OpenFile>();
  let bytes = graphBytes;
  const read = ({ tensor, location, offset, length }: ExternalTensor): Uint8Array => {
    bytes += length;
    if (bytes > MOST_BYTES) {
      throw new TributaryError("TRB_MODEL_TOO_LARGE", "The model is larger than an ONNX graph can be.", {
        details: `with the weights of ${tensor} ${bytes} bytes, of ${MOST_BYTES}`,
        hint: "Weights and graph go through ONNX Runtime as one file, which holds 2 GiB.",
      });
    }
    try {
      const file = open.get(location) ?? openPlaces(pathBeside(folder, location));
      open.set(location, file);
      return file.read(offset, length);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why = error instanceof RangeError ? message : code;
      throw refuseExternal(tensor, `${JSON.stringify(location)}: ${why}`);
    }
  };
  const close = (): void => {
    for (const file of open.values()) file.close();
  };
  return { read, close };
}

/**
 * An ONNX file as a graph that stands for itself and that ONNX Runtime loads. Weights in separate files are read from the model file's
 * folder, whatever the working directory, and become part of the graph: so the base's digest binds them. Versions that are too new are
 * lowered where that changes nothing.
 *
 * @throws TRB_MODEL_MALFORMED_ONNX, TRB_MODEL_EXTERNAL_DATA, TRB_MODEL_TOO_LARGE, TRB_MODEL_VERSION, TRB_FILE_TOO_LARGE,
 * TRB_FILE_NOT_FOUND, TRB_FILE_ACCESS, TRB_FILE_NOT_A_FILE
 */
export function readOnnxFile(path: string): Uint8Array {
  const file = readModel(path);
  const data = dataBeside(dirname(resolve(path)), file.length);
  try {
    return lowerVersions(embedExternal(file, data.read));
  } finally {
    data.close();
  }
}
