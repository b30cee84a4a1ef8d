//! The column of a page: its head, its sections, and the bar at its foot.

use leptos::prelude::*;

use super::{View, el, icon, nothing};

/// A page that is being put together.
pub struct Page {
    head: Vec<View>,
    body: Vec<View>,
    foot: Option<View>,
}

impl Page {
    /// A page with its heading, which is also the window's title.
    pub fn new(title: impl Into<String>) -> Self {
        let title = title.into();
        document().set_title(&title);
        Self { head: vec![el("h1", "").text(title).done()], body: Vec::new(), foot: None }
    }

    /// A page that makes its own heading.
    pub fn bare(title: &str) -> Self {
        document().set_title(title);
        Self { head: Vec::new(), body: Vec::new(), foot: None }
    }

    /// A link back above the heading: there is no bar of ours for that.
    #[must_use]
    pub fn back(mut self, words: impl Into<String>, address: impl Into<String>) -> Self {
        let back = el("a", "back").attr("href", address).child(icon("back")).text(words).done();
        self.head.insert(0, back);
        self
    }

    /// A line under the heading.
    #[must_use]
    pub fn lede(mut self, words: impl Into<String>) -> Self {
        self.head.push(el("p", "lede").text(words).done());
        self
    }

    /// Adds to the body.
    #[must_use]
    pub fn with(mut self, view: View) -> Self {
        self.body.push(view);
        self
    }

    /// What is fixed at the foot, in place of the tabs.
    #[must_use]
    pub fn foot(mut self, view: View) -> Self {
        self.foot = Some(view);
        self
    }

    /// The finished page.
    pub fn done(self) -> View {
        let class = if self.foot.is_some() { "page page-with-foot" } else { "page" };
        let head = if self.head.is_empty() {
            nothing()
        } else {
            el("header", "page-head").children(self.head).done()
        };
        let main = el("main", class).child(head).children(self.body).done();
        el("div", "").child(main).children(self.foot.into_iter().collect()).done()
    }
}

/// A section with its heading; `link` is words and an address.
pub fn section(title: &str, link: Option<(&str, String)>, body: Vec<View>) -> View {
    let link = link.map(|(words, address)| el("a", "").attr("href", address).text(words).done());
    let head = el("div", "section-head")
        .child(el("h2", "").text(title).done())
        .children(link.into_iter().collect())
        .done();
    el("section", "section").child(head).children(body).done()
}
