//! A grouped list, and its cells.

use super::{View, el, icon, icon_class};

/// A cell that is being put together.
pub struct Cell {
    address: Option<String>,
    lead: Option<View>,
    title: String,
    notes: Vec<String>,
    end: Option<View>,
    arrow: bool,
}

impl Cell {
    /// A cell with its title.
    pub fn new(title: impl Into<String>) -> Self {
        Self { address: None, lead: None, title: title.into(), notes: Vec::new(), end: None, arrow: false }
    }

    /// Large text before the title: a time, a number.
    #[must_use]
    pub fn lead(mut self, words: impl Into<String>) -> Self {
        self.lead = Some(el("span", "cell-lead").text(words).done());
        self
    }

    /// An icon before the title.
    #[must_use]
    pub fn icon(mut self, name: &str) -> Self {
        self.lead = Some(icon_class(name, "icon cell-lead"));
        self
    }

    /// A line under the title; an empty one is left out.
    #[must_use]
    pub fn note(mut self, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.notes.push(words);
        }
        self
    }

    /// What stands at the end: a tag, a button.
    #[must_use]
    pub fn end(mut self, end: View) -> Self {
        self.end = Some(end);
        self
    }

    /// Makes the whole cell a link.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Shows an arrow at the end of a link that has nothing else there.
    #[must_use]
    pub fn arrow(mut self) -> Self {
        self.arrow = true;
        self
    }

    /// The finished cell.
    pub fn done(self) -> View {
        let mut words = el("span", "grow").child(el("span", "cell-title").text(self.title).done());
        for note in self.notes {
            words = words.child(el("span", "cell-note").text(note).done());
        }
        let mut cell = match self.address {
            Some(address) => el("a", "cell").attr("href", address),
            None => el("div", "cell"),
        };
        cell = cell.children(self.lead.into_iter().collect()).child(words.done());
        if let Some(end) = self.end {
            cell = cell.child(el("span", "cell-end").child(end).done());
        } else if self.arrow {
            cell = cell.child(el("span", "cell-end").child(icon("next")).done());
        }
        cell.done()
    }
}

/// A grouped list of cells.
pub fn cells(cells: Vec<View>) -> View {
    el("div", "cells").children(cells).done()
}
