//! Components that know no feature. They are plain functions, and what they make is erased at once
//! ([`View`]): one instantiation of each serves the whole app, which is what
//! keeps the download small. Class names and their markup are described in `style/ui/`.

pub mod act;
pub mod again;
pub mod button;
pub mod cells;
pub mod choice;
pub mod code;
pub mod confirm;
pub mod copy;
pub mod countdown;
pub mod el;
pub mod facts;
pub mod field;
pub mod icon;
pub mod load;
pub mod page;
pub mod sheet;
pub mod states;
pub mod stepper;
pub mod tag;

pub use act::Act;
pub use again::ask_again;
pub use button::{Look, button, link_button};
pub use cells::{Cell, cells};
pub use choice::{Choice, chips, dates};
pub use code::{CodeWords, code_form};
pub use confirm::{Question, confirm};
pub use copy::copy_field;
pub use countdown::{countdown, left_until};
pub use el::{El, View, el, focus, live, nothing, text};
pub use facts::{fact, fact_words, facts, meta};
pub use field::{field, fill, text_area, text_input};
pub use icon::{icon, icon_class};
pub use load::{load, load_or};
pub use page::{Page, section};
pub use sheet::sheet;
pub use states::{empty, note, skeleton, trouble};
pub use stepper::stepper;
pub use tag::{Tone, tag};
