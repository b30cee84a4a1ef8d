//! Which browser engine asks, as far as its user agent says: for the log, and for the policy that
//! old engines need.

use std::fmt;

/// A browser engine with its major version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Chrome, Android's web view, those of WeChat and `HarmonyOS`, which are made of it.
    Chrome(u32),
    /// The engine of iOS, which all browsers share there; by the version of the system.
    Ios(u32),
    /// Safari elsewhere.
    Safari(u32),
    /// Firefox.
    Firefox(u32),
    /// Something else.
    Other,
}

impl Kernel {
    /// Reads a user agent.
    pub fn of(agent: &str) -> Self {
        let after = |mark: &str| {
            let digits: String = agent.split_once(mark)?.1.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        };
        if let Some(version) = after("iPhone OS ").or_else(|| after("CPU OS ")) {
            Self::Ios(version)
        } else if let Some(version) = after("Chrome/") {
            Self::Chrome(version)
        } else if let Some(version) = after("Firefox/") {
            Self::Firefox(version)
        } else if let (Some(version), true) = (after("Version/"), agent.contains("Safari/")) {
            Self::Safari(version)
        } else {
            Self::Other
        }
    }

    /// Whether it knows `'wasm-unsafe-eval'`. Those that do not, compile WebAssembly only where
    /// `'unsafe-eval'` is allowed.
    pub fn knows_wasm_policy(self) -> bool {
        match self {
            Self::Chrome(version) => version >= 97,
            Self::Ios(version) | Self::Safari(version) => version >= 16,
            Self::Firefox(version) => version >= 102,
            Self::Other => true,
        }
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chrome(version) => write!(out, "chrome {version}"),
            Self::Ios(version) => write!(out, "ios {version}"),
            Self::Safari(version) => write!(out, "safari {version}"),
            Self::Firefox(version) => write!(out, "firefox {version}"),
            Self::Other => out.write_str("other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_are_told_by_their_user_agents() {
        for (agent, kernel, knows) in [
            (
                "Mozilla/5.0 (Linux; Android 11; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Version/4.0 Chrome/86.0.4240.99 XWEB/3262 Mobile Safari/537.36 MicroMessenger/8.0.21",
                Kernel::Chrome(86),
                false,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 13_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, \
                 like Gecko) Mobile/15E148 MicroMessenger/8.0.30",
                Kernel::Ios(13),
                false,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like \
                 Gecko) Version/17.1 Safari/605.1.15",
                Kernel::Safari(17),
                true,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                Kernel::Firefox(128),
                true,
            ),
            ("curl/8", Kernel::Other, true),
        ] {
            assert_eq!(Kernel::of(agent), kernel);
            assert_eq!(kernel.knows_wasm_policy(), knows, "{kernel}");
        }
    }
}
