/** What of WebAssembly's JavaScript interface the tests use; TypeScript declares it with the browser's types only. */
declare namespace WebAssembly {
  function compile(code: Uint8Array<ArrayBuffer>): Promise<object>;
  function instantiate(module: object, imports: object): Promise<{ readonly exports: unknown }>;
}
