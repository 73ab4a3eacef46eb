//! Who the names of a text stand for: one speaker for all the forms of a name.

use crate::lexicon::Gender;
use crate::sentence::Stretch;

/// A person or body of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    /// The fullest form of the name without title, as tokens of the text; none for a nameless source.
    pub(crate) name: Option<Stretch>,
    /// The member of the cast that it is, under whose name it is then reported.
    pub(crate) character: Option<u32>,
    pub(crate) gender: Gender,
    pub(crate) plural: bool,
}
