//! The people that a caller knows of before the text is read.

use std::sync::Arc;

use crate::error::Error;
use crate::lexicon::Gender;

/// One person of a [`Cast`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

impl Character {
    /// Somebody of whom nothing but the name is known.
    ///
    /// ```
    /// use whosaid::{Character, Gender};
    /// let ilse = Character::new("Ilse Brandt").alias("Mrs. Brandt").alias("Ilse").gender(Gender::Female);
    /// assert_eq!(ilse.aliases.len(), 2);
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Character { name: name.into(), ..Character::default() }
    }

    /// Adds another way in which the text names the person.
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// Says what gender the person has.
    #[must_use]
    pub fn gender(mut self, gender: Gender) -> Self {
        self.gender = gender;
        self
    }

    /// Says that the person tells the story in the first person.
    #[must_use]
    pub fn narrator(mut self) -> Self {
        self.narrator = true;
        self
    }
}

/// Known people: their names, aliases, genders, and who tells the story.
///
/// Cheap to clone.
///
/// ```
/// use whosaid::{Cast, Character, Gender};
///
/// let mut cast = Cast::new();
/// cast.add(Character::new("Ilse Brandt").alias("Mrs. Brandt").gender(Gender::Female))?;
/// assert_eq!(cast.characters()[0].name, "Ilse Brandt");
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast(Arc<Vec<Character>>);

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
        Arc::make_mut(&mut self.0).push(character);
        Ok(())
    }

    /// The people, in the order in which they were added.
    #[must_use]
    pub fn characters(&self) -> &[Character] {
        &self.0
    }
}
