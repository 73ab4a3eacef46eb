//! The people that a caller knows of before the text is read.

use std::sync::Arc;

use crate::error::Error;
use crate::lexicon::Gender;

/// One person of a [`Cast`].
///
/// ```
/// use whosaid::{Character, Gender};
/// let ilse = Character::new("Ilse Brandt").alias("Mrs. Brandt").alias("Ilse").gender(Gender::Female);
/// assert_eq!(ilse.aliases, ["Mrs. Brandt", "Ilse"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Character {
    /// The name under which the person is reported as a speaker.
    pub name: String,
    /// Other ways in which the text names the person.
    #[cfg_attr(feature = "serde", serde(default))]
    pub aliases: Vec<String>,
    /// The person's gender, where known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub gender: Gender,
    /// Whether the person tells the story in the first person.
    #[cfg_attr(feature = "serde", serde(default))]
    pub narrator: bool,
}

impl Character {
    /// Somebody of whom nothing but the name is known.
    ///
    /// ```
    /// use whosaid::Character;
    /// assert_eq!(Character::new("Ilse Brandt").name, "Ilse Brandt");
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Character { name: name.into(), ..Character::default() }
    }

    /// Adds another way in which the text names the person.
    ///
    /// ```
    /// use whosaid::Character;
    /// assert_eq!(Character::new("Ilse Brandt").alias("the ferrywoman").aliases, ["the ferrywoman"]);
    /// ```
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// Says what gender the person has.
    ///
    /// ```
    /// use whosaid::{Character, Gender};
    /// assert_eq!(Character::new("Ilse Brandt").gender(Gender::Female).gender, Gender::Female);
    /// ```
    #[must_use]
    pub fn gender(mut self, gender: Gender) -> Self {
        self.gender = gender;
        self
    }

    /// Says that the person tells the story in the first person.
    ///
    /// ```
    /// use whosaid::Character;
    /// assert!(Character::new("Ilse Brandt").narrator().narrator);
    /// ```
    #[must_use]
    pub fn narrator(mut self) -> Self {
        self.narrator = true;
        self
    }
}

/// Known people: their names, aliases, genders, and who tells the story. Cheap to clone.
///
/// ```
/// use whosaid::{Cast, Character, Gender};
///
/// let mut cast = Cast::new();
/// cast.add(Character::new("Ilse Brandt").alias("Mrs. Brandt").gender(Gender::Female))?;
/// cast.add(Character::new("Tomas Brandt").gender(Gender::Male).narrator())?;
/// assert_eq!(cast.characters().len(), 2);
/// # Ok::<(), whosaid::Error>(())
/// ```
///
/// With the feature `serde`, a list in a file is one as well; all but the name can be left out:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// let cast: whosaid::Cast = serde_json::from_str(
///     r#"[{"name": "Ilse Brandt", "aliases": ["Mrs. Brandt"], "gender": "F"},
///         {"name": "Tomas Brandt", "gender": "male", "narrator": true}]"#,
/// ).unwrap();
/// assert_eq!(cast.characters()[0].gender, whosaid::Gender::Female);
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Vec<Character>", into = "Vec<Character>"))]
pub struct Cast(Arc<Vec<Character>>);

impl Cast {
    /// A cast of nobody.
    ///
    /// ```
    /// assert!(whosaid::Cast::new().characters().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Cast::default()
    }

    /// Adds a person.
    ///
    /// # Errors
    /// Where the name or an alias is empty, and where two people tell the story.
    ///
    /// ```
    /// use whosaid::{Cast, Character};
    /// let mut cast = Cast::new();
    /// assert!(cast.add(Character::new(" ")).is_err());
    /// ```
    pub fn add(&mut self, character: Character) -> Result<(), Error> {
        if character.name.trim().is_empty() {
            return Err(Error::cast("a character without a name"));
        }
        if character.aliases.iter().any(|alias| alias.trim().is_empty()) {
            return Err(Error::cast(format!("an empty alias of {}", character.name)));
        }
        if let (true, Some(first)) = (character.narrator, self.0.iter().find(|c| c.narrator)) {
            return Err(Error::cast(format!("two narrators: {} and {}", first.name, character.name)));
        }
        Arc::make_mut(&mut self.0).push(character);
        Ok(())
    }

    /// The people, in the order in which they were added.
    ///
    /// ```
    /// assert!(whosaid::Cast::new().characters().is_empty());
    /// ```
    #[must_use]
    pub fn characters(&self) -> &[Character] {
        &self.0
    }
}

impl TryFrom<Vec<Character>> for Cast {
    type Error = Error;

    fn try_from(characters: Vec<Character>) -> Result<Self, Error> {
        let mut cast = Cast::new();
        characters.into_iter().try_for_each(|character| cast.add(character))?;
        Ok(cast)
    }
}

impl From<Cast> for Vec<Character> {
    fn from(cast: Cast) -> Self {
        Arc::unwrap_or_clone(cast.0)
    }
}
