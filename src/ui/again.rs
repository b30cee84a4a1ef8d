//! Asks again for what is on the screen, as long as somebody looks.

use std::time::Duration;

use leptos::prelude::*;

/// Calls `ask` about every `every()` seconds while the screen is there and looked at. Many phones that
/// opened together do not ask together: each pause is up to a third longer or shorter.
pub fn ask_again(every: impl Fn() -> u32 + Clone + 'static, ask: impl Fn() + Clone + 'static) {
    let here = RwSignal::new(());
    wait(here, every, ask);
}

fn wait(here: RwSignal<()>, every: impl Fn() -> u32 + Clone + 'static, ask: impl Fn() + Clone + 'static) {
    let pause = Duration::from_secs(every().into()).mul_f64(0.67 + js_sys::Math::random() * 0.66);
    set_timeout(
        move || {
            if here.try_get_untracked().is_none() {
                return;
            }
            if !document().hidden() {
                ask();
            }
            wait(here, every, ask);
        },
        pause,
    );
}
