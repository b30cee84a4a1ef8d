// Reads scripts as ES2020, what Chrome 86 and iOS 13.4 have in common: `node syntax.js a.js b.js`.
// Newer syntax (top-level await, class fields, `??=`) and BigInt literals are refused.
"use strict";
const { parse } = require("acorn");
let failed = false;
for (const file of process.argv.slice(2)) {
  const source = require("fs").readFileSync(file, "utf8");
  try {
    parse(source, {
      ecmaVersion: 2020,
      sourceType: "module",
      onToken(token) {
        if (token.type.label === "num" && typeof token.value === "bigint") {
          throw new SyntaxError(`a BigInt literal at ${token.start}: iOS 13 has none`);
        }
      },
    });
  } catch (cause) {
    failed = true;
    console.error(`${file}: ${cause.message}`);
  }
}
process.exit(failed ? 1 : 0);
