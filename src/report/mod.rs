//! Who said what in a report: a cue, who its source is, where its content lies, and whether that is right.

pub(crate) mod values;
pub(crate) mod standing;
pub(crate) mod glance;
pub(crate) mod cue;
pub(crate) mod sight;
pub(crate) mod source;
pub(crate) mod layout;
pub(crate) mod end;
pub(crate) mod reading;
pub(crate) mod company;
pub(crate) mod threshold;
pub(crate) mod script;
pub(crate) mod search;
pub(crate) mod attribution;
pub(crate) mod untagged;
pub(crate) mod addressee;
pub(crate) mod choice;
pub(crate) mod resolve;
