//! Who speaks in a conversation, turn by turn.

pub(crate) mod pattern;
pub(crate) mod style;
pub(crate) mod turn;
pub(crate) mod presence;
pub(crate) mod candidate;
pub(crate) mod chain;
pub(crate) mod exchange;
