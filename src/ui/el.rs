//! An element by its name, and the views the app is made of.
//!
//! The same builder serves every tag, its parts are plain data until the element is done, and what
//! is passed around is one pointer: that is what keeps the download small. Types that carry the
//! whole shape of a page, as Leptos' own macros make them, cost half as much again.

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

/// A piece of a page.
pub struct View(Box<AnyView>);

impl View {
    /// The view as Leptos has it.
    pub fn any(self) -> AnyView {
        *self.0
    }
}

impl From<AnyView> for View {
    fn from(view: AnyView) -> Self {
        Self(Box::new(view))
    }
}

enum Attribute {
    Fixed(&'static str, String),
    Live(&'static str, SharedReactiveFunction<Option<String>>),
    On(&'static str, Box<dyn FnMut(web_sys::Event)>),
}

struct Parts {
    tag: &'static str,
    attributes: Vec<Attribute>,
    children: Vec<View>,
}

/// An element that is being put together.
pub struct El(Box<Parts>);

/// An element with its class; an empty class sets none.
#[inline(never)]
pub fn el(tag: &'static str, class: &'static str) -> El {
    let mut el = El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }));
    if !class.is_empty() {
        el.add(Attribute::Fixed("class", class.to_owned()));
    }
    el
}

impl El {
    #[inline(never)]
    fn add(&mut self, attribute: Attribute) {
        self.0.attributes.push(attribute);
    }

    #[inline(never)]
    fn put(&mut self, child: View) {
        self.0.children.push(child);
    }

    /// Sets an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.add(Attribute::Fixed(name, value.into()));
        self
    }

    /// Sets an attribute that follows signals; `None` takes it away.
    pub fn attr_live(
        mut self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + 'static,
    ) -> Self {
        self.add(Attribute::Live(name, Arc::new(Mutex::new(value))));
        self
    }

    /// Calls `then` at every event of that name.
    pub fn on(mut self, name: &'static str, then: impl FnMut(web_sys::Event) + 'static) -> Self {
        self.add(Attribute::On(name, Box::new(then)));
        self
    }

    /// Adds a child.
    pub fn child(mut self, child: View) -> Self {
        self.put(child);
        self
    }

    /// Adds children.
    pub fn children(mut self, children: Vec<View>) -> Self {
        self.0.children.extend(children);
        self
    }

    /// Adds text.
    pub fn text(self, words: impl Into<String>) -> Self {
        self.child(text(words))
    }

    /// Adds a child that follows signals.
    pub fn live(self, child: impl Fn() -> View + Send + 'static) -> Self {
        self.child(live(child))
    }

    /// The finished element.
    #[inline(never)]
    pub fn done(self) -> View {
        let Parts { tag, attributes, children } = *self.0;
        let attributes: Vec<AnyAttribute> = attributes.into_iter().map(Attribute::any).collect();
        let children: Vec<AnyView> = children.into_iter().map(View::any).collect();
        custom(tag).add_any_attr(attributes).child(children).into_any().into()
    }
}

impl Attribute {
    fn any(self) -> AnyAttribute {
        match self {
            Self::Fixed(name, value) => custom_attribute(name, value).into_any_attr(),
            Self::Live(name, value) => custom_attribute(name, value).into_any_attr(),
            Self::On(name, then) => on(ev::Custom::<web_sys::Event>::new(name), then).into_any_attr(),
        }
    }
}

/// Plain text.
pub fn text(words: impl Into<String>) -> View {
    plain(words.into())
}

#[inline(never)]
fn plain(words: String) -> View {
    words.into_any().into()
}

/// A view that follows signals.
pub fn live(view: impl Fn() -> View + Send + 'static) -> View {
    follow(Box::new(view))
}

#[inline(never)]
fn follow(view: Box<dyn Fn() -> View + Send>) -> View {
    let view: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || view().any()));
    view.into_any().into()
}

/// Nothing at all.
#[inline(never)]
pub fn nothing() -> View {
    ().into_any().into()
}

/// Moves the focus there.
pub fn focus(element: web_sys::Element) {
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}
