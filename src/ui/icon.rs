//! Icons of the sprite `style/icons.svg`, which stands in the page itself, always beside a word.

use super::el::View;
use leptos::prelude::*;

/// An icon by its name in the sprite.
pub fn icon(name: &str) -> View {
    icon_class(name, "icon")
}

/// An icon with classes of its own, such as `icon icon-big`.
pub fn icon_class(name: &str, class: &'static str) -> View {
    let address = format!("#i-{name}");
    view! { <svg class=class aria-hidden="true"><use href=address /></svg> }.into_any().into()
}
