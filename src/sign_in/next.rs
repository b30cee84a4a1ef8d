//! Where to go after signing in. The address comes from outside, so it is looked at closely.

/// The address if it is a path of our own site: one that begins with a single `/`. A second `/` or
/// a `\` would lead to another site, and control characters are skipped by browsers.
pub fn own_path(address: &str) -> Option<&str> {
    let rest = address.strip_prefix('/')?;
    let foreign = rest.starts_with(['/', '\\']) || rest.chars().any(char::is_control);
    (!foreign).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn paths_of_our_own_are_kept() {
        assert_eq!(own_path("/mine"), Some("/mine"));
        assert_eq!(own_path("/join?kind=class"), Some("/join?kind=class"));
        assert_eq!(own_path("/"), Some("/"));
    }

    #[test]
    fn other_sites_are_not() {
        for address in
            ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:1", "", "mine"]
        {
            assert_eq!(own_path(address), None, "{address}");
        }
        assert_eq!(own_path("/\t/evil.example"), None);
    }
}
