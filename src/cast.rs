//! The people that a caller knows of before the text is read.

use crate::error::Error;
use crate::lexicon::Gender;

/// One person of a [`Cast`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Character {
    /// The name under which the person is reported as a speaker.
    pub name: String,
    /// Other ways in which the text names the person.
    pub aliases: Vec<String>,
    /// The person's gender, where known.
    pub gender: Gender,
    /// Whether the person tells the story in the first person.
    pub narrator: bool,
}

/// Known people: their names, aliases, genders, and who tells the story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast(Vec<Character>);

impl Cast {
    /// A cast of nobody.
    #[must_use]
    pub fn new() -> Self {
        Cast::default()
    }

    /// Adds a person.
    ///
    /// # Errors
    /// Where the name is empty or two people tell the story.
    pub fn add(&mut self, character: Character) -> Result<(), Error> {
        if character.name.trim().is_empty() {
            return Err(Error::cast("a character without a name"));
        }
        if character.narrator && self.0.iter().any(|c| c.narrator) {
            return Err(Error::cast(format!("a second narrator: {}", character.name)));
        }
        self.0.push(character);
        Ok(())
    }

    /// The people, in the order in which they were added.
    #[must_use]
    pub fn characters(&self) -> &[Character] {
        &self.0
    }
}
