//! Placeholder until the server arrives.
