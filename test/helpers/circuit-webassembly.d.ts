/** The other import object that is used here: what a module of circom's wants. */
declare namespace WebAssembly {
  function instantiate(
    module: Module,
    imports: { runtime: Readonly<Record<string, (code: number) => void>> },
  ): Promise<Instance>;
}
