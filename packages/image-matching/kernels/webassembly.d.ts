/** The part of WebAssembly's interface that kernels and codes use; TypeScript declares it for browsers only. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  interface Instance {
    readonly exports: unknown;
  }
  class RuntimeError extends Error {}
  const Module: new (binary: Uint8Array) => Module;
  const Instance: new (module: Module) => Instance;
}
