//! What the style rules find, and what they leave alone.

use super::*;

#[test]
fn the_floor_is_held() {
    let fine = [
        ".a { position: absolute; top: 0; right: 0 }",
        ".a { display: grid; gap: 8px }",
        ".a { display: flex; flex-wrap: wrap; row-gap: 8px }",
        ".a { height: 100vh; height: 100dvh }",
        ".a { margin-inline-start: 4px }",
        "@media (min-width: 400px) { .a { color: var(--ink) } }",
        "@supports (aspect-ratio: 1) { .a { aspect-ratio: 1; height: auto } }",
        ".a:focus { outline: 2px solid } .a:focus-visible { outline: 3px solid }",
        ".a { background: url(\"data:image/svg+xml;utf8,<svg viewBox='0 0 1 1'>{}</svg>\") }",
        "/* @layer and :has( in a comment */ .scale { transform: scale(1.1) }",
        ".a { content: \"; inset: 0\" }",
    ];
    for css in fine {
        assert_eq!(floor_faults(css), [], "{css}");
    }
    let wrong = [
        "@layer base { .a { color: var(--ink) } }",
        "@layer a, b;",
        ".a { inset: 0 }",
        ".a { height: 100dvh }",
        ".a { display: flex; gap: 8px }",
        ".a { & .b { color: var(--ink) } }",
        ".a:has(.b) { color: var(--ink) }",
        ":is(h1, h2) { margin: 0 }",
        ".a { color: color-mix(in srgb, var(--a), var(--b)) }",
        "@media (width >= 400px) { .a { margin: 0 } }",
        ".a { aspect-ratio: 1 }",
        ".a:hover, .a:focus-visible { outline: 0 }",
        ".a:not(.b, .c) { margin: 0 }",
        ".a { appearance: none }",
        ".a { padding-inline: 1px }",
    ];
    for css in wrong {
        assert_eq!(floor_faults(css).len(), 1, "{css}");
    }
}

#[test]
fn lines_are_told() {
    assert_eq!(floor_faults("/* one\n two */\n.a {\n  margin: 0;\n  inset: 0;\n}\n")[0].0, 5);
    assert_eq!(floor_faults("\n\n.a:has(b) { margin: 0 }")[0].0, 3);
}

#[test]
fn colours_are_found() {
    for value in ["#fff", "1px solid #b3261e", "rgba(0, 0, 0, .5)", "hsl(0 0% 0%)"] {
        assert!(has_raw_colour(value), "{value}");
    }
    for value in ["var(--ink)", "url(#grad)", "currentColor", "transparent", "url(\"/icons.svg#add\")"] {
        assert!(!has_raw_colour(value), "{value}");
    }
}
