// Compiles modules on the V8 that runs this file: `node compile.js a.wasm b.wasm`.
"use strict";
const fs = require("fs");

async function compile(file) {
  const module = await WebAssembly.compile(fs.readFileSync(file));
  // With the list of features in it, tools believe the module instead of looking.
  if (WebAssembly.Module.customSections(module, "target_features").length) {
    throw new Error("it still has its list of features");
  }
}

(async () => {
  let refused = 0;
  for (const file of process.argv.slice(2)) {
    await compile(file).catch((cause) => {
      refused += 1;
      console.error(`${file}: V8 ${process.versions.v8} refuses it: ${cause.message}`);
    });
  }
  process.exit(refused ? 1 : 0);
})();
