import { TributaryError } from "../../core/errors.ts";

/** What work on an ONNX file gives; whatever protobuf throws becomes an error that says so. @throws TRB_MODEL_MALFORMED_ONNX */
export function orMalformed<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof TributaryError) throw cause;
    throw new TributaryError("TRB_MODEL_MALFORMED_ONNX", "The file is not an ONNX model.", {
      details: (cause as Error).message,
      hint: "Export the model again as an ONNX file.",
      cause,
    });
  }
}
