//! An element by its name. The same builder for every tag, so that the whole app shares one
//! instantiation of Leptos' element.

use std::sync::{Arc, Mutex};

use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    ev,
    html::custom,
    prelude::*,
    tachys::{html::event::on, reactive_graph::SharedReactiveFunction},
};
use wasm_bindgen::JsCast;

/// An element that is being put together.
pub struct El {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with its class; an empty class sets none.
pub fn el(tag: &'static str, class: &'static str) -> El {
    let el = El { tag, attributes: Vec::new(), children: Vec::new() };
    if class.is_empty() { el } else { el.attr("class", class) }
}

impl El {
    /// Sets an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push(custom_attribute(name, value.into()).into_any_attr());
        self
    }

    /// Sets an attribute that follows signals; `None` takes it away.
    pub fn attr_live(
        mut self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + 'static,
    ) -> Self {
        let value: SharedReactiveFunction<Option<String>> = Arc::new(Mutex::new(value));
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Calls `then` at every event of that name.
    pub fn on(mut self, name: &'static str, then: impl FnMut(web_sys::Event) + 'static) -> Self {
        let then: Box<dyn FnMut(web_sys::Event)> = Box::new(then);
        self.attributes.push(on(ev::Custom::<web_sys::Event>::new(name), then).into_any_attr());
        self
    }

    /// Adds a child.
    pub fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Adds children.
    pub fn children(mut self, children: Vec<AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// Adds text.
    pub fn text(self, words: impl Into<String>) -> Self {
        self.child(text(words))
    }

    /// Adds a child that follows signals.
    pub fn live(self, child: impl Fn() -> AnyView + Send + 'static) -> Self {
        self.child(live(child))
    }

    /// The finished element.
    pub fn done(self) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(self.children).into_any()
    }
}

/// Plain text.
pub fn text(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    words.into_any()
}

/// A view that follows signals.
pub fn live(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let view: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(view));
    view.into_any()
}

/// Nothing at all.
pub fn nothing() -> AnyView {
    ().into_any()
}

/// Moves the focus there.
pub fn focus(element: web_sys::Element) {
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}
