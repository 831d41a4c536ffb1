/** The part of WebAssembly's interface that the kernels use; TypeScript declares it for browsers only. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  interface Instance {
    readonly exports: unknown;
  }
  const Module: new (binary: Uint8Array) => Module;
  const Instance: new (module: Module) => Instance;
}
