//! Everything the extractor knows about single words and set phrases.
//!
//! The facts are data: text files beside this one, in the format that users write their own in ([`Lexicon::parse`]).

mod conversation;
mod format;
mod function;
mod table;

use std::fmt;
use std::sync::Arc;

use once_cell::sync::Lazy;

use crate::error::Error;
use crate::named::{Named, named};
pub(crate) use conversation::{Calling, Honor, Reply};
use function::FUNCTIONS;
pub(crate) use function::Function;
use table::Table;
pub(crate) use table::{Filter, Packed};

/// The words that the extractor knows: cues, titles, roles, abbreviations, given names …
///
/// [`Lexicon::english`] has some forty thousand, and there is room for half as many more. Words are added one by one,
/// or from a text with [`Lexicon::parse`]. A clone is cheap: it shares the words until one of the two is added to.
///
/// ```
/// use whosaid::{Gender, Lexicon};
///
/// # fn main() -> Result<(), whosaid::Error> {
/// let lexicon = Lexicon::english()
///     .with_cue("skeeted", "tweeted")?
///     .with_title("Burgrave", Gender::Male)?
///     .with_role("harbourmaster", Gender::Unknown)?
///     .with_abbreviation("Bgve.")?
///     .with_given_name("Ilselore", Gender::Female)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Lexicon(Arc<Words>);

impl Default for Lexicon {
    fn default() -> Self {
        Lexicon::english()
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.0.table.len()).finish_non_exhaustive()
    }
}

#[derive(Clone)]
struct Words {
    table: Table,
    /// Sorted by the first word, then the longest lead first.
    phrases: Vec<Phrase>,
    /// Short and full form of a given name, sorted.
    diminutives: Vec<(WordId, WordId)>,
    /// Forms of cues with what stands with them, sorted, and how often they report something there.
    complements: Vec<(WordId, Complement, u8)>,
    /// Of each word that something belongs to, and behind the last, where that begins; before them, one for all others.
    firsts: Vec<Firsts>,
    /// The first two words of the phrases.
    pairs: Filter,
}

/// Where begins what belongs to a word.
#[derive(Clone, Copy, Default)]
struct Firsts {
    phrases: u32,
    /// Those of its phrases whose lead is the word alone.
    alone: u32,
    complements: u32,
    diminutives: u32,
}

impl Words {
    /// Draws the outlines of all words anew, and finds what belongs to each.
    fn outline(&mut self) {
        let ruled = ["that", "to", "her", "than"].map(|form| self.table.look_up(form.as_bytes()));
        let light = ["long", "both", "all"].map(|form| self.table.look_up(form.as_bytes()));
        for id in (0..=u16::MAX).map(WordId) {
            let mut outline = Outline::of(self.table.word(id));
            outline.facts.0 |= if ruled.contains(&id) { Outline::DOUBTFUL.0 } else { 0 };
            outline.facts.0 |= if light.contains(&id) { Outline::LIGHT.0 } else { 0 };
            *self.table.outline_mut(id) = outline;
            *self.table.owner_mut(id) = 0;
        }
        for &word in self.phrases.iter().filter_map(|p| p.trail.first()) {
            self.table.outline_mut(word).facts.0 |= Outline::ENDS_PHRASE.0;
        }
        self.pairs = Filter::default();
        self.phrases.iter().filter_map(|p| pair(&p.lead)).for_each(|pair| self.pairs.add(pair));
        self.find_firsts();
    }

    fn find_firsts(&mut self) {
        let phrases = self.phrases.iter().map(|p| p.lead[0]);
        let complements = self.complements.iter().map(|c| c.0);
        let mut owners: Vec<_> =
            phrases.chain(complements).chain(self.diminutives.iter().map(|d| d.0)).collect();
        owners.sort_unstable();
        owners.dedup();
        self.firsts.clear();
        self.firsts.push(Firsts::default());
        for id in owners {
            let phrases = self.phrases.partition_point(|p| p.lead[0] < id);
            let longer = self.phrases[phrases..].partition_point(|p| p.lead[0] == id && p.lead.len() > 1);
            *self.table.owner_mut(id) = self.firsts.len() as u16;
            self.firsts.push(Firsts {
                phrases: phrases as u32,
                alone: (phrases + longer) as u32,
                complements: self.complements.partition_point(|c| c.0 < id) as u32,
                diminutives: self.diminutives.partition_point(|d| d.0 < id) as u32,
            });
        }
        let [phrases, complements, diminutives] =
            [self.phrases.len(), self.complements.len(), self.diminutives.len()].map(|all| all as u32);
        self.firsts.push(Firsts { phrases, alone: phrases, complements, diminutives });
    }

    /// Where begins what belongs to a word, and where what belongs to the next.
    fn firsts(&self, word: WordId) -> [Firsts; 2] {
        let at = usize::from(self.table.owner(word));
        [self.firsts[at], self.firsts[at + 1]]
    }
}

/// What tells the first two words from most others, where there are two.
fn pair(words: &[WordId]) -> Option<u64> {
    let [first, second, ..] = words else { return None };
    Some((u64::from(first.0) << 16 | u64::from(second.0)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32)
}

/// The place of a word form in the lexicon; 0 is the word it does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct WordId(pub(crate) u16);

named! {
    /// The class of a word in its place, after the Penn Treebank.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) enum Tag {
        #[default]
        Unknown = "unknown",
        /// NN
        Noun = "noun",
        /// NNS
        Plural = "plural",
        /// NNP, NNPS
        Name = "name",
        /// PRP
        Pronoun = "pronoun",
        /// PRP$
        Possessive = "possessive",
        /// POS: ’s
        Genitive = "genitive",
        /// DT, PDT
        Determiner = "determiner",
        /// JJ, JJR, JJS
        Adjective = "adjective",
        /// CD
        Number = "number",
        /// VB, VBP
        Base = "base",
        /// VBZ
        Third = "third",
        /// VBD
        Past = "past",
        /// VBG
        Gerund = "gerund",
        /// VBN
        Participle = "participle",
        /// MD
        Modal = "modal",
        /// TO
        To = "to",
        /// RB, RBR, RBS
        Adverb = "adverb",
        /// IN and RP that head a phrase: of, for, with
        Preposition = "preposition",
        /// IN that opens a clause: that, because, if
        Subordinator = "subordinator",
        /// CC
        Coordinator = "coordinator",
        /// WP, WDT, WP$
        WhPronoun = "wh-pronoun",
        /// WRB
        WhAdverb = "wh-adverb",
        /// EX
        Existential = "existential",
        /// UH
        Interjection = "interjection",
        /// Any token that is no word.
        Punctuation = "punctuation",
    }
}

named! {
    /// Grammatical or natural gender, as far as it is known.
    ///
    /// ```
    /// use whosaid::Gender;
    /// let doc = whosaid::extract("“It rained,” said Mrs. Brandt.");
    /// assert_eq!(doc.speakers().next().unwrap().gender(), Gender::Female);
    /// assert_eq!(Gender::Female.to_string(), "female");
    /// ```
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
    #[non_exhaustive]
    pub enum Gender {
        /// Nothing in the text tells.
        #[default]
        #[cfg_attr(feature = "serde", serde(alias = "U", alias = "X"))]
        Unknown = "unknown",
        /// *he*, *Mr.*, *spokesman*
        #[cfg_attr(feature = "serde", serde(alias = "M"))]
        Male = "male",
        /// *she*, *Mrs.*, *spokeswoman*
        #[cfg_attr(feature = "serde", serde(alias = "F"))]
        Female = "female",
        /// *it*: a body, a document
        #[cfg_attr(feature = "serde", serde(alias = "N"))]
        Neuter = "neuter",
    }
}

/// What a word form is known as.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub(crate) traits: Traits,
    /// The base form of a cue, the place that a nationality comes from, or what a title is short for; 0 where there is
    /// none.
    pub(crate) lemma: WordId,
    pub(crate) pronoun: Pronoun,
    /// Up to three classes, the commonest first; `Tag::Unknown` where there are fewer.
    pub(crate) tags: [Tag; 3],
    /// Percent of the first class among the occurrences.
    pub(crate) first_share: u8,
    /// Percent of the second.
    pub(crate) second_share: u8,
    pub(crate) gender: Gender,
    /// Percent of its occurrences that name the source of an attribution.
    pub(crate) source_share: u8,
    pub(crate) function: Function,
    pub(crate) calling: Calling,
    pub(crate) honor: Honor,
    pub(crate) reply: Reply,
    pub(crate) cue: Cue,
}

impl Word {
    /// Whether neighbours can tell more of its class than the word does: they make a verb of what can be one, a participle
    /// of a past tense, and a noun or adjective of what can be one in a noun phrase.
    fn is_doubtful(&self) -> bool {
        use Tag::{
            Adjective, Adverb, Base, Gerund, Name, Noun, Number, Participle, Past, Plural, Third, Unknown,
        };
        let can_be = |tag: Tag| self.tags.contains(&tag);
        let nominal = |tag: &Tag| matches!(tag, Noun | Plural | Adjective | Number | Adverb);
        let counts = matches!(self.function, Function::Most | Function::About);
        match self.tags {
            [Name | Unknown, ..] => false,
            [Past, ..] => true,
            [_, Unknown, _] => false,
            _ if counts || [Base, Third, Past, Gerund, Participle].into_iter().any(can_be) => true,
            [first, ..] => match self.tags.into_iter().find(nominal) {
                Some(Adverb) => can_be(Noun),
                Some(Adjective) => first != Adjective || can_be(Noun),
                Some(nominal) => nominal != first,
                None => false,
            },
        }
    }

    /// Whether it is a pronoun that tells whether a man or a woman is spoken of.
    fn is_sexed(&self) -> bool {
        self.pronoun.any(Pronoun::THIRD) && matches!(self.gender, Gender::Male | Gender::Female)
    }
}

/// What is asked of every word of a text, in so few bytes that the words that are common stay at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outline {
    /// The commonest class of the word.
    pub(crate) tag: Tag,
    facts: Facts,
}

/// What holds for a word, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts(u16);

impl Facts {
    pub(crate) const fn or(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }
}

/// The outlines of all words.
#[derive(Clone, Copy)]
pub(crate) struct Outlines<'a>(&'a Table);

impl Outlines<'_> {
    #[inline]
    pub(crate) fn of(self, word: WordId) -> Outline {
        self.0.outline(word)
    }
}

impl Outline {
    /// Neighbours tell more of its class than the word does.
    pub(crate) const DOUBTFUL: Facts = Facts(1 << 0);
    /// I, we, my
    pub(crate) const FIRST_PERSON: Facts = Facts(1 << 1);
    /// Monday, Inc., ministry, Paris, French
    pub(crate) const FACT: Facts = Facts(1 << 2);
    /// says, told
    pub(crate) const SPEECH: Facts = Facts(1 << 3);
    /// whispered: a manner of saying that stands beside direct speech.
    pub(crate) const MANNER: Facts = Facts(1 << 4);
    /// said, claim, according: it may report something, alone or with others.
    pub(crate) const REPORTS: Facts = Facts(1 << 5);
    /// view: it ends a phrase behind its source, alone or with others.
    pub(crate) const ENDS_PHRASE: Facts = Facts(1 << 6);
    /// Monday, yesterday, week
    pub(crate) const TIME: Facts = Facts(1 << 7);
    /// is, had
    pub(crate) const BE_OR_HAVE: Facts = Facts(1 << 8);
    /// Its class is not known.
    pub(crate) const UNKNOWN: Facts = Facts(1 << 9);
    /// he, her
    pub(crate) const SEXED: Facts = Facts(1 << 10);
    /// does
    pub(crate) const DO: Facts = Facts(1 << 11);
    /// long, both, all: it can stand between *has* and its participle, as adverbs can.
    pub(crate) const LIGHT: Facts = Facts(1 << 12);

    fn of(word: &Word) -> Outline {
        let places = Traits::PLACE.0 | Traits::NATIONALITY.0;
        let facts = Traits(Traits::DAY.0 | Traits::ORGANISATION.0 | Traits::BODY.0 | places);
        let first = word.tags[0];
        let bits = [
            (Outline::DOUBTFUL, word.is_doubtful()),
            (Outline::UNKNOWN, first == Tag::Unknown),
            (Outline::SEXED, word.is_sexed()),
            (Outline::FIRST_PERSON, word.pronoun.any(Pronoun::FIRST)),
            (Outline::FACT, word.traits.any(facts)),
            (Outline::BE_OR_HAVE, word.traits.any(Traits(Traits::BE.0 | Traits::HAVE.0))),
            (Outline::DO, word.traits.any(Traits::DO)),
            (Outline::SPEECH, word.cue.kind == CueKind::Speech),
            (Outline::REPORTS, word.cue.share > 0 || word.traits.any(Traits::OPENS_PHRASE)),
            (Outline::TIME, word.traits.any(Traits(Traits::DAY.0 | Traits::TIME.0))),
            (Outline::MANNER, word.cue.kind == CueKind::Manner && word.cue.says()),
        ];
        let with = |facts: u16, (bit, set): (Facts, bool)| facts | if set { bit.0 } else { 0 };
        Outline { tag: first, facts: Facts(bits.into_iter().fold(0, with)) }
    }

    #[inline]
    pub(crate) fn has(self, bit: Facts) -> bool {
        self.facts.0 & bit.0 != 0
    }
}

/// A set of memberships in the word lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(pub(crate) u64);

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
    /// An abbreviation that stands before a name: Mr., St.
    pub(crate) const BEFORE_NAME: Traits = Traits(1 << 18);
    /// An abbreviation that stands before a number: No., Aug.
    pub(crate) const BEFORE_NUMBER: Traits = Traits(1 << 19);
    /// An abbreviation that can be the last word of a sentence: Inc., a.m.
    pub(crate) const CAN_END: Traits = Traits(1 << 20);
    /// An abbreviation only with a capital: Sat., No.
    pub(crate) const CAPITALISED: Traits = Traits(1 << 21);
    /// A given name that is commoner as a family name: Carter, Jackson.
    pub(crate) const FAMILY_NAME: Traits = Traits(1 << 22);
    /// Monday, Christmas.
    pub(crate) const DAY: Traits = Traits(1 << 23);
    /// January, Aug.
    pub(crate) const MONTH: Traits = Traits(1 << 24);
    /// week, year, moment.
    pub(crate) const PERIOD: Traits = Traits(1 << 25);
    /// a.m., o'clock
    pub(crate) const CLOCK: Traits = Traits(1 << 26);
    /// The first word of a [`Phrase`].
    pub(crate) const OPENS_PHRASE: Traits = Traits(1 << 27);
    /// A cue whose object is who was told: *told reporters that …*
    pub(crate) const TOLD: Traits = Traits(1 << 28);
    /// A cue whose content may be an infinitive: *promised to …*
    pub(crate) const INFINITIVE: Traits = Traits(1 << 29);
    /// A cue whose content may be its object: *slammed the plan*
    pub(crate) const OBJECT: Traits = Traits(1 << 30);

    /// A title or role that old novels give to men: captain, vicar.
    pub(crate) const MOSTLY_MALE: Traits = Traits(1 << 31);
    /// A title or role that old novels give to women: nurse, cook.
    pub(crate) const MOSTLY_FEMALE: Traits = Traits(1 << 32);
    /// Jr., III, Ph.D.: stands after a name and belongs to it.
    pub(crate) const NAME_SUFFIX: Traits = Traits(1 << 33);
    /// Mr., Madame: a form of address, no office.
    pub(crate) const COURTESY: Traits = Traits(1 << 34);
    /// Mrs.: the title of a married woman.
    pub(crate) const MARRIED: Traits = Traits(1 << 35);
    /// Miss: the title of an unmarried woman.
    pub(crate) const UNMARRIED: Traits = Traits(1 << 36);
    /// Sir, Aunt: may stand before a given name alone.
    pub(crate) const BEFORE_GIVEN: Traits = Traits(1 << 37);
    /// word, term, so-called: what follows in marks is a word as a word.
    pub(crate) const TERM: Traits = Traits(1 << 38);
    /// company, group: stands for a body that has any name.
    pub(crate) const ANY_BODY: Traits = Traits(1 << 39);
    /// dear, old: may stand before the name of whom one speaks to.
    pub(crate) const ENDEARMENT: Traits = Traits(1 << 40);
    /// oh, thank you: may lead to the name of whom one speaks to.
    pub(crate) const CALL: Traits = Traits(1 << 41);
    /// Ph.D., MP: stands after a name as a title stands before it.
    pub(crate) const RANK: Traits = Traits(1 << 42);

    /// Whether the sets share a member.
    pub(crate) fn any(self, of: Traits) -> bool {
        self.0 & of.0 != 0
    }
}

/// What a pronoun says about its referent and its place in the clause, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pronoun(pub(crate) u16);

impl Pronoun {
    pub(crate) const FIRST: Pronoun = Pronoun(1);
    pub(crate) const SECOND: Pronoun = Pronoun(1 << 1);
    pub(crate) const THIRD: Pronoun = Pronoun(1 << 2);
    pub(crate) const SUBJECT: Pronoun = Pronoun(1 << 3);
    pub(crate) const OBJECT: Pronoun = Pronoun(1 << 4);
    pub(crate) const POSSESSIVE: Pronoun = Pronoun(1 << 5);
    pub(crate) const REFLEXIVE: Pronoun = Pronoun(1 << 6);
    /// who, that
    pub(crate) const RELATIVE: Pronoun = Pronoun(1 << 7);
    /// someone, others
    pub(crate) const INDEFINITE: Pronoun = Pronoun(1 << 8);
    /// this, those
    pub(crate) const DEMONSTRATIVE: Pronoun = Pronoun(1 << 9);
    /// what
    pub(crate) const INTERROGATIVE: Pronoun = Pronoun(1 << 10);

    /// Whether the sets share a member.
    pub(crate) fn any(self, of: Pronoun) -> bool {
        self.0 & of.0 != 0
    }
}

named! {
    /// What sort of reporting a cue does.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) enum CueKind {
        /// The word is no cue.
        #[default]
        None = "none",
        /// said, told
        Speech = "speech",
        /// whispered, grumbled
        Manner = "manner",
        /// wrote, tweeted
        Writing = "writing",
        /// thinks, wants
        Thought = "thought",
        /// fears, admires
        Emotion = "emotion",
        /// slammed, support
        Stance = "stance",
        /// shows, reveals
        Showing = "showing",
        /// saw, heard
        Perception = "perception",
        /// seems, reportedly: names no source
        Raising = "raising",
        /// Anything else that heads a cue now and then.
        Other = "other",
    }
}

/// What a form is worth as the head of a cue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) kind: CueKind,
    /// Percent of its occurrences outside quotation marks that head a cue; 0 for what never does.
    pub(crate) share: u8,
    /// The same where the form is a verb.
    pub(crate) verb_share: u8,
    /// The same where it is no verb.
    pub(crate) noun_share: u8,
    /// In tenths, how often its content is direct; indirect is the rest.
    pub(crate) direct: u8,
    /// In tenths, how often its content is mixed.
    pub(crate) mixed: u8,
    /// In tenths, how often the text names no source for it.
    pub(crate) sourceless: u8,
    /// Percent of its occurrences in the narration of novels that stand right beside direct speech.
    pub(crate) tag_share: u8,
}

impl Cue {
    /// How often it heads a cue as a word of the class.
    pub(crate) fn share_of(self, tag: Tag) -> u8 {
        if tag.verb() { self.verb_share } else { self.noun_share }
    }

    /// Whether the form is one of a verb of saying: twenty in a hundred of it stand beside direct speech.
    pub(crate) fn says(self) -> bool {
        self.tag_share >= 20
    }

    /// Whether a clause may be what it reports: *think it leaks*, not *back her opponents*, *bring a boat*.
    pub(crate) fn takes_clause(self) -> bool {
        const LEAST: u8 = 15;
        self.share >= LEAST && self.kind != CueKind::Stance
    }
}

named! {
    /// What may follow a cue.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Follows {
        /// All of the others together.
        Any = "any",
        /// The end, or what ends a clause.
        Stop = "stop",
        Comma = "comma",
        /// A quotation.
        Mark = "mark",
        /// *that …*, *reporters that …*
        That = "that",
        /// *whether …*, *how …*
        Whether = "whether",
        /// *to go*
        To = "to",
        /// *it leaks*
        Clause = "clause",
        /// *the dam*
        Object = "object",
        /// *voters to go*
        ObjectTo = "object-to",
        Of = "of",
        For = "for",
        About = "about",
        By = "by",
        As = "as",
        On = "on",
        Preposition = "preposition",
        Gerund = "gerund",
        Adjective = "adjective",
        Other = "other",
    }
}

/// What a cue is, as far as that tells what its complement means.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    Active,
    /// A passive or a participle.
    Passive,
    /// A noun, adjective or adverb.
    Noun,
}

/// The prefixes of what follows a voice.
const VOICES: [&str; 3] = ["", "passive-", "noun-"];

/// What a cue is and what follows it: *believed that*, *was told to*, *a call for*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Complement(u8);

impl Complement {
    pub(crate) const fn new(voice: Voice, follows: Follows) -> Complement {
        Complement(voice as u8 * Follows::ALL.len() as u8 + follows as u8)
    }

    pub(crate) fn follows(self) -> Follows {
        Follows::ALL[usize::from(self.0) % Follows::ALL.len()]
    }

    /// The same whatever follows.
    pub(crate) fn any(self) -> Complement {
        Complement(self.0 - self.0 % Follows::ALL.len() as u8)
    }

    /// `that`, `passive-to`
    fn named(name: &str) -> Option<Complement> {
        let of = |(voice, prefix): (usize, &&str)| {
            let follows = name.strip_prefix(*prefix)?;
            Some(Complement((voice * Follows::ALL.len()) as u8 + Follows::named(follows)? as u8))
        };
        VOICES.iter().enumerate().find_map(of)
    }

    #[cfg(feature = "fit")]
    pub(crate) fn name(self) -> String {
        format!("{}{}", VOICES[usize::from(self.0) / Follows::ALL.len()], self.follows())
    }

    /// Whether the cue is a noun, adjective or adverb.
    #[cfg(feature = "fit")]
    pub(crate) fn is_noun(self) -> bool {
        self >= Complement::new(Voice::Noun, Follows::Any)
    }
}

/// Several words that are known together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The words, those before the source where it has one; at least one.
    pub(crate) lead: Box<[WordId]>,
    /// What stands after the source: *is concerned* in *as far as X is concerned*.
    pub(crate) trail: Box<[WordId]>,
    pub(crate) source: Slot,
    pub(crate) meaning: Meaning,
}

/// Where a phrase has its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Nowhere in the phrase: *by all accounts*.
    Outside,
    /// After the lead: *according to X*.
    Plain,
    /// After the lead, as a possessive: *in X’s view*, *in her view*.
    Possessive,
}

/// What a phrase is known as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// *according to X*; percent of its occurrences that are a cue.
    Cue(CueKind, u8),
    /// *New York*
    Place,
    /// *South Korean*
    Nationality,
    /// *Prime Minister*
    Title(Gender),
}

static ENGLISH: Lazy<Lexicon> = Lazy::new(|| {
    let mut words = Words {
        table: Table::new(),
        phrases: Vec::new(),
        diminutives: Vec::new(),
        complements: Vec::new(),
        firsts: Vec::new(),
        pairs: Filter::default(),
    };
    for (name, text) in format::ENGLISH {
        if let Err(error) = format::load(&mut words, text) {
            unreachable!("{name}: {error}");
        }
    }
    for &(form, function) in FUNCTIONS {
        if let Some(id) = words.table.intern(form.as_bytes()) {
            words.table.word_mut(id).function = function;
        }
    }
    words.outline();
    Lexicon(Arc::new(words))
});

impl Lexicon {
    /// The English lexicon that the extractor uses by default.
    ///
    /// It is read from its text once, on the first call, in a few milliseconds.
    #[must_use]
    pub fn english() -> Self {
        ENGLISH.clone()
    }

    /// The English lexicon with the sections of `text` added to it.
    ///
    /// One entry a line: the form, then what is said of it, parted by white space. Words of a phrase are joined by
    /// underscores. Lines that begin with `#` are comments. What a text says of a form replaces what the English
    /// lexicon says of it in the same section.
    ///
    /// | section | entry |
    /// |---|---|
    /// | `[words]` | form and its Penn Treebank classes, with percentages where there are several |
    /// | `[cues]` | form, lemma, kind (`speech` `manner` `writing` `thought` `emotion` `stance` `showing` `perception` `raising` `other`), and `share:N` `verb:N` `noun:N` (percent of its occurrences that report something), `tag:N` (percent that stand beside direct speech in novels), `direct:N` `mixed:N` `indirect:N` `sourceless:N` (tenths), `told` `to` `object` (what may follow it) |
    /// | `[cue-phrases]` | phrase with `X` or `X's` in the place of the source, kind, `share:N` |
    /// | `[complements]` | form of a cue, percent of its occurrences that report something by what follows: `any:N` (all together) `stop:N` `comma:N` `mark:N` `that:N` `whether:N` `to:N` `clause:N` `object:N` `object-to:N` `of:N` `for:N` `about:N` `by:N` `as:N` `on:N` `preposition:N` `gerund:N` `adjective:N` `other:N`; the same with `passive-` of a passive or participle, with `noun-` of a noun or adjective |
    /// | `[sources]` | form, percent of its occurrences that name a source |
    /// | `[titles]` `[roles]` `[kin]` | form, `male`, `female`, `mostly-male` or `mostly-female`, `plural`; of titles also `courtesy` (Mr.), `married`, `unmarried`, `given` (may stand before a given name alone), `for:governor` (what it is short for) |
    /// | `[people]` `[bodies]` `[documents]` | form, `plural` |
    /// | `[organisations]` `[places]` `[particles]` `[terms]` | form |
    /// | `[suffixes]` | form, `rank` (a title behind a name: MP) |
    /// | `[nationalities]` | form, its place, `plural` |
    /// | `[abbreviations]` | form with its full stop, `name` `number` (what it stands before), `end` (may end a sentence), `capital` |
    /// | `[given-names]` | form, `male` or `female`, `surname` |
    /// | `[diminutives]` | short form, full forms |
    /// | `[times]` | form, `day` `month` `unit` `clock` `adverb` |
    /// | `[pronouns]` | form, person, case, number, gender |
    /// | `[auxiliaries]` | form, `be` `have` `do` `modal` `negation` |
    /// | `[callings]` | noun that a tag calls its speaker by, `other` `wife` `husband` `mother` `father` `sister` `brother` `daughter` `son` `aunt` `uncle` `friend` `man` `woman` `girl` `boy` |
    /// | `[honors]` | title that tells which of a family somebody is, `mr` `mrs` `miss` `lady` `lord` `kin` |
    /// | `[replies]` | verb of a tag, how the speech follows what was said before: `continues` `replies` `asks` |
    /// | `[addresses]` | word before the name of whom one speaks to, `endearment` `call` |
    ///
    /// ```
    /// let lexicon = whosaid::Lexicon::parse(
    ///     "# our own words
    /// [cues]
    /// skeeted   skeet  writing  share:80 direct:5 mixed:2 indirect:3
    ///
    /// [cue-phrases]
    /// in_the_telling_of_X  speech  share:60
    ///
    /// [titles]
    /// Burgrave  male
    /// ",
    /// )?;
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    ///
    /// # Errors
    /// With the number of the first line that is no entry of its section, or says a second time what another does.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut lexicon = Lexicon::english();
        let words = Arc::make_mut(&mut lexicon.0);
        format::load(words, text)?;
        words.outline();
        Ok(lexicon)
    }

    /// Adds a form that reports as a known cue does.
    ///
    /// ```
    /// let lexicon = whosaid::Lexicon::english().with_cue("skeeted", "tweeted")?;
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where `form` is empty, longer than 24 bytes or more than one word, or `like` is no cue.
    pub fn with_cue(mut self, form: &str, like: &str) -> Result<Self, Error> {
        let like_id = self.look_up(like.as_bytes());
        let model = *self.word(like_id);
        if model.cue.share == 0 {
            return Err(Error::entry(like, "no cue"));
        }
        let words = Arc::make_mut(&mut self.0);
        let id = format::single(&mut words.table, form).map_err(|reason| Error::entry(form, &reason))?;
        let follows = Traits::TOLD.0 | Traits::INFINITIVE.0 | Traits::OBJECT.0;
        let word = words.table.word_mut(id);
        word.cue = model.cue;
        word.lemma = id;
        word.traits.0 |= model.traits.0 & follows;
        if word.tags[0] == Tag::Unknown {
            word.tags = model.tags;
            word.first_share = model.first_share;
            word.second_share = model.second_share;
        }
        let known: Vec<_> =
            words.complements.iter().filter(|c| c.0 == like_id).map(|c| (id, c.1, c.2)).collect();
        words.complements.extend(known);
        format::order_complements(words);
        words.outline();
        Ok(self)
    }

    /// Adds a word that stands before a name and is no part of it.
    ///
    /// ```
    /// use whosaid::{Gender, Lexicon};
    /// let lexicon = Lexicon::english().with_title("Burgrave", Gender::Male)?;
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where `form` is empty, longer than 24 bytes or more than one word.
    pub fn with_title(self, form: &str, gender: Gender) -> Result<Self, Error> {
        self.with("titles", form, gender)
    }

    /// Adds a noun for a person by function, such as *harbourmaster*.
    ///
    /// ```
    /// use whosaid::{Gender, Lexicon};
    /// let lexicon = Lexicon::english().with_role("harbourmaster", Gender::Unknown)?;
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where `form` is empty, longer than 24 bytes or more than one word.
    pub fn with_role(self, form: &str, gender: Gender) -> Result<Self, Error> {
        self.with("roles", form, gender)
    }

    /// Adds a given name; [`Gender::Unknown`] for one that both men and women bear.
    ///
    /// ```
    /// use whosaid::{Gender, Lexicon};
    /// let lexicon = Lexicon::english().with_given_name("Ilselore", Gender::Female)?;
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where `name` is empty, longer than 24 bytes or more than one word.
    pub fn with_given_name(self, name: &str, gender: Gender) -> Result<Self, Error> {
        self.with("given-names", name, gender)
    }

    /// Adds an abbreviation, written with its full stop, that stands before a name.
    ///
    /// ```
    /// let lexicon = whosaid::Lexicon::english().with_abbreviation("Bgve.")?;
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where `form` does not end with a full stop, is longer than 24 bytes or more than one word.
    pub fn with_abbreviation(self, form: &str) -> Result<Self, Error> {
        self.with("abbreviations", form, Gender::Unknown)
    }

    fn with(mut self, section: &str, form: &str, gender: Gender) -> Result<Self, Error> {
        let words = Arc::make_mut(&mut self.0);
        format::add(words, section, form, gender).map_err(|reason| Error::entry(form, &reason))?;
        words.outline();
        Ok(self)
    }

    /// The entry of a form, ASCII case ignored and ’ read as '.
    #[inline]
    pub(crate) fn look_up(&self, form: &[u8]) -> WordId {
        self.0.table.look_up(form)
    }

    /// The entry of a form in lower case.
    #[inline(always)]
    pub(crate) fn look_up_packed(&self, form: &Packed) -> WordId {
        self.0.table.look_up_packed(form)
    }

    /// The entries of forms in lower case, up to 64 of them.
    #[inline]
    pub(crate) fn look_up_all(&self, forms: &[Packed], words: &mut [WordId]) {
        self.0.table.look_up_all(forms, words);
    }

    /// The entry of the form that the parts make together.
    pub(crate) fn look_up_parts(&self, parts: &[&[u8]]) -> WordId {
        joined(parts, |form| self.look_up(form))
    }

    /// The entry of a form that ends with a full stop.
    #[inline]
    pub(crate) fn look_up_dotted(&self, form: &Packed) -> WordId {
        self.0.table.look_up_dotted(form)
    }

    #[inline]
    pub(crate) fn word(&self, id: WordId) -> &Word {
        self.0.table.word(id)
    }

    #[inline]
    pub(crate) fn outlines(&self) -> Outlines<'_> {
        Outlines(&self.0.table)
    }

    /// The phrases that `words` may begin with, the longest lead first.
    pub(crate) fn phrases(&self, words: &[WordId]) -> &[Phrase] {
        let Some(&first) = words.first() else { return &[] };
        let [own, next] = self.0.firsts(first);
        if own.phrases == next.phrases {
            return &[];
        }
        let longer = pair(words).is_some_and(|pair| self.0.pairs.may_have(pair));
        &self.0.phrases[if longer { own.phrases } else { own.alone } as usize..next.phrases as usize]
    }

    /// The longest phrase without a source inside that `words` begin with: *New York*, *by all accounts*.
    pub(crate) fn phrase(&self, words: &[WordId]) -> Option<&Phrase> {
        self.phrases(words).iter().find(|p| p.source == Slot::Outside && words.starts_with(&p.lead))
    }

    /// How often the form reports something where that stands with it, and whatever stands with it, where that is known.
    pub(crate) fn shares_with(&self, form: WordId, complement: Complement) -> [Option<u8>; 2] {
        let [own, next] = self.0.firsts(form);
        let known = &self.0.complements[own.complements as usize..next.complements as usize];
        [complement, complement.any()]
            .map(|of| known.iter().find(|c| c.1 == of).map(|c| c.2).filter(|&share| share > 0))
    }

    /// Says how often the form reports something where that stands with it; 0 for unknown.
    #[cfg(feature = "fit")]
    pub(crate) fn set_share_with(&mut self, form: WordId, complement: Complement, share: u8) {
        let all = &mut Arc::make_mut(&mut self.0).complements;
        if let Ok(at) = all.binary_search_by_key(&(form, complement), |c| (c.0, c.1)) {
            all[at].2 = share;
        }
    }

    /// Says how often the form is a cue as a verb, and as anything else.
    #[cfg(feature = "fit")]
    pub(crate) fn set_cue_shares(&mut self, form: WordId, shares: [u8; 2]) {
        let cue = &mut Arc::make_mut(&mut self.0).table.word_mut(form).cue;
        [cue.verb_share, cue.noun_share] = shares;
    }

    /// Puts these shares in the place of all that are known.
    #[cfg(feature = "fit")]
    pub(crate) fn replace_complements(&mut self, shares: Vec<(WordId, Complement, u8)>) {
        let words = Arc::make_mut(&mut self.0);
        words.complements = shares;
        format::order_complements(words);
        words.outline();
    }

    /// What a given name may be short for: *William* of *Bill*.
    pub(crate) fn full_names(&self, short: WordId) -> impl Iterator<Item = WordId> + '_ {
        let [own, next] = self.0.firsts(short);
        let known = &self.0.diminutives[own.diminutives as usize..next.diminutives as usize];
        known.iter().map(|&(_, full)| full)
    }

    /// The gender that a given name tells.
    pub(crate) fn gender_of_given_name(&self, name: &[u8]) -> Gender {
        let word = self.word(self.look_up(name));
        if word.traits.any(Traits::GIVEN_NAME) { word.gender } else { Gender::Unknown }
    }
}

/// Looks up the form that the parts make together.
fn joined(parts: &[&[u8]], look_up: impl Fn(&[u8]) -> WordId) -> WordId {
    let mut form = [0; table::LONGEST];
    let mut length = 0;
    for part in parts {
        let Some(room) = form.get_mut(length..length + part.len()) else { return WordId::default() };
        room.copy_from_slice(part);
        length += part.len();
    }
    look_up(&form[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(lexicon: &Lexicon, form: &str) -> Word {
        *lexicon.word(lexicon.look_up(form.as_bytes()))
    }

    fn ids(lexicon: &Lexicon, phrase: &str) -> Vec<WordId> {
        phrase.split(' ').map(|form| lexicon.look_up(form.as_bytes())).collect()
    }

    #[test]
    fn a_word_and_its_place_in_memory_stay_small() {
        assert!(size_of::<Word>() <= 32, "{}", size_of::<Word>());
    }

    #[test]
    fn words_know_their_classes() {
        let english = Lexicon::english();
        assert_eq!(word(&english, "Claims").tags[..2], [Tag::Plural, Tag::Third]);
        assert_eq!(word(&english, "don’t").tags[0], Tag::Base);
        assert!(word(&english, "DON'T").traits.any(Traits::NEGATION));
        assert_eq!(word(&english, "quoth").tags[0], Tag::Past);
        assert_eq!(english.look_up(b"zyzzyvoid"), WordId::default());
    }

    #[test]
    fn cues_know_their_kind_lemma_and_worth() {
        let english = Lexicon::english();
        let told = word(&english, "told");
        assert_eq!(told.lemma, english.look_up(b"tell"));
        assert_eq!(told.cue.kind, CueKind::Speech);
        assert!(told.cue.share > 80 && told.traits.any(Traits::TOLD));
        let report = word(&english, "report").cue;
        assert!(report.verb_share > 2 * report.noun_share);
        assert_eq!(word(&english, "grumbled").cue.kind, CueKind::Manner);
        assert_eq!(word(&english, "zebra").cue, Cue::default());
    }

    #[test]
    fn people_know_their_gender() {
        let english = Lexicon::english();
        for (form, gender, traits) in [
            ("Mr.", Gender::Male, Traits::TITLE),
            ("Mrs", Gender::Female, Traits::TITLE),
            ("Sen.", Gender::Unknown, Traits::TITLE),
            ("spokeswoman", Gender::Female, Traits::ROLE),
            ("stepfather", Gender::Male, Traits::KIN),
            ("officials", Gender::Unknown, Traits::PEOPLE),
            ("ministry", Gender::Unknown, Traits::BODY),
            ("she", Gender::Female, Traits::default()),
        ] {
            let word = word(&english, form);
            assert_eq!(word.gender, gender, "{form}");
            assert!(traits == Traits::default() || word.traits.any(traits), "{form}");
        }
        assert_eq!(english.gender_of_given_name(b"Vladimir"), Gender::Male);
        assert_eq!(english.gender_of_given_name(b"Leslie"), Gender::Unknown);
        assert_eq!(english.gender_of_given_name(b"duchess"), Gender::Unknown);
        assert!(word(&english, "Jackson").traits.any(Traits::FAMILY_NAME));
    }

    #[test]
    fn a_short_name_has_full_ones() {
        let english = Lexicon::english();
        let full: Vec<_> = english.full_names(english.look_up(b"Nell")).collect();
        assert!(full.contains(&english.look_up(b"Eleanor")), "{full:?}");
        assert_eq!(english.full_names(english.look_up(b"Eleanor")).count(), 0);
        assert_eq!(english.full_names(WordId::default()).count(), 0);
    }

    #[test]
    fn phrases_are_found_by_their_first_word() {
        let english = Lexicon::english();
        let place = english.phrase(&ids(&english, "new york city"));
        assert_eq!(place.map(|p| &p.meaning), Some(&Meaning::Place));
        let view = english.phrases(&[english.look_up(b"in")]);
        assert!(view.iter().any(|p| p.source == Slot::Possessive && p.trail[..] == ids(&english, "view")));
        assert!(view.windows(2).all(|w| w[0].lead.len() >= w[1].lead.len()));
        assert!(english.phrases(&[english.look_up(b"zebra")]).is_empty());
        assert_eq!(english.phrase(&[]), None);
    }

    #[test]
    fn nationalities_know_their_place() {
        let english = Lexicon::english();
        assert_eq!(word(&english, "Belarusian").lemma, english.look_up(b"Belarus"));
        assert!(word(&english, "Ghanaians").traits.any(Traits::PLURAL));
    }

    #[test]
    fn additions_leave_the_english_lexicon_alone() {
        let more = Lexicon::english().with_cue("skeeted", "tweeted").expect("tweeted is a cue");
        assert_eq!(word(&more, "skeeted").cue, word(&more, "tweeted").cue);
        assert_eq!(word(&Lexicon::english(), "skeeted").cue, Cue::default());
        let more = more.with_given_name("Ilselore", Gender::Female).expect("one word");
        assert_eq!(more.gender_of_given_name("ILSELORE".as_bytes()), Gender::Female);
        assert!(word(&more, "skeeted").cue.share > 0);
    }

    #[test]
    fn additions_that_make_no_sense_are_refused() {
        let english = Lexicon::english();
        for refused in [
            english.clone().with_cue("skeeted", "zebra"),
            english.clone().with_cue("", "said"),
            english.clone().with_title("Lord High", Gender::Male),
            english.clone().with_role("administratrix-extraordinary", Gender::Female),
            english.with_abbreviation("Bgve"),
        ] {
            assert_eq!(refused.expect_err("refused").line(), None);
        }
    }

    #[test]
    fn a_text_at_fault_is_refused_with_the_line() {
        for (text, line, reason) in [
            ("[tilted]", 1, "unknown section \"tilted\", expected one of words, cues, cue-phrases, "),
            ("# ours\n\n[titles\nBurgrave", 3, "a section without its closing bracket"),
            ("Burgrave", 1, "an entry before the first section"),
            ("[titles]\nBurgrave tall", 2, "unknown attribute \"tall\", expected one of male, female, "),
            ("[titles]\nBurgrave\nburgrave male", 3, "listed twice"),
            ("[titles]\n_", 2, "an empty form"),
            ("[roles]\nlord_warden", 2, "a form of several words"),
            ("[roles]\nadministratrix-extraordinary", 2, "a form of more than 24 bytes"),
            ("[words]\nglimbered", 2, "no class"),
            ("[words]\nglimbered VBX", 2, "unknown class \"VBX\""),
            ("[words]\nglimbered VBD:60 VBN:400", 2, "\"400\" where a number from 0 to 100 is expected"),
            ("[words]\nglimbered VBD VBN JJ NN", 2, "more than three classes"),
            ("[cues]\nglimbered", 2, "no lemma"),
            ("[cues]\nglimbered glimber", 2, "no kind"),
            ("[cues]\nglimbered glimber song", 2, "unknown kind \"song\", expected one of speech, manner, "),
            (
                "[cues]\nglimbered glimber speech share:101",
                2,
                "\"101\" where a number from 0 to 100 is expected",
            ),
            (
                "[cues]\nglimbered glimber speech direct:10",
                2,
                "\"10\" where a number from 0 to 9 is expected",
            ),
            (
                "[cues]\nglimbered glimber speech loud",
                2,
                "unknown attribute \"loud\", expected one of share:N, ",
            ),
            (
                "[cues]\nglimbered glimber speech loud:3",
                2,
                "unknown attribute \"loud:3\", expected one of share:N, ",
            ),
            ("[cue-phrases]\nglimbering speech share:3", 2, "a cue phrase of one word"),
            ("[cue-phrases]\nX_is_glimbering speech share:3", 2, "a phrase that begins with its source"),
            ("[cue-phrases]\nas_X_glimbers speech", 2, "no share"),
            (
                "[cue-phrases]\nas_X_glimbers speech share:3 more",
                2,
                "unknown attribute \"more\", expected none here",
            ),
            ("[sources]\nharbourmaster", 2, "no percentage"),
            ("[abbreviations]\nBgve name", 2, "an abbreviation without its full stop"),
            ("[diminutives]\nIlsie", 2, "no full form"),
            ("[pronouns]\nxe fourth", 2, "unknown attribute \"fourth\", expected one of male, "),
        ] {
            let error = Lexicon::parse(text).expect_err(text);
            assert_eq!(error.line(), Some(line), "{text}");
            assert!(error.to_string().starts_with(&format!("lexicon, line {line}: {reason}")), "{error}");
        }
    }

    #[test]
    fn a_text_replaces_what_the_english_lexicon_says() {
        let ours =
            Lexicon::parse("[words]\nclaims  VBZ:90 NNS:10\r\n\r\n[cues]\nzebra zebra other share:3\n");
        let ours = ours.expect("a sound text");
        assert_eq!(word(&ours, "claims").tags[..2], [Tag::Third, Tag::Plural]);
        assert_eq!(word(&ours, "zebra").cue.share, 3);
        assert!(word(&ours, "claims").cue.share > 0);
    }
}
