// Compiles a module on the V8 that runs this file: `node compile.js app.wasm`.
"use strict";
const bytes = require("fs").readFileSync(process.argv[2]);
WebAssembly.compile(bytes).then(
  (module) => console.log(`V8 ${process.versions.v8} compiles it, ${WebAssembly.Module.imports(module).length} imports`),
  (cause) => {
    console.error(`V8 ${process.versions.v8} refuses it: ${cause.message}`);
    process.exit(1);
  },
);
