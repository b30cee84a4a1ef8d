//! What the desk alone is refused.

pub mod words;
