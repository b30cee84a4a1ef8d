// Starts the app: loads the glue, then the module, both named by the preload hints in <head>. Other
// hints there name modules that the screen needs later.
// A file of its own, so that the page needs no inline script and its CSP can forbid them. Not a
// static import, and no top-level await: Chrome < 89 and Safari < 15 take the latter for a mistake.
const hint = (selector) => document.head.querySelector(selector).href;

import(hint('link[rel="modulepreload"]'))
  .then((glue) => glue.default({ module_or_path: hint('link[as="fetch"][href^="/doorstep-"]') }))
  // The page as the server wrote it stays; the style sheet shows the note for `data-boot="failed"`.
  .catch((cause) => {
    document.documentElement.dataset.boot = "failed";
    console.error(cause);
  });
