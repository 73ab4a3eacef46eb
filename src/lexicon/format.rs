//! The text format of a lexicon, and the files that the English one is read from.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::table::{LONGEST, Table};
use super::{
    Complement, Cue, Follows, Gender, Meaning, Phrase, Pronoun, Slot, Tag, Traits, Word, WordId, Words,
};
use crate::error::Error;
use crate::named::{Named, named};

/// Name and text of every file; what is said first of a form that is a noun or a name elsewhere stands.
pub(super) const ENGLISH: [(&str, &str); 11] = [
    ("words.txt", include_str!("words.txt")),
    ("grammar.txt", include_str!("grammar.txt")),
    ("abbreviations.txt", include_str!("abbreviations.txt")),
    ("people.txt", include_str!("people.txt")),
    ("bodies.txt", include_str!("bodies.txt")),
    ("places.txt", include_str!("places.txt")),
    ("names.txt", include_str!("names.txt")),
    ("cues.txt", include_str!("cues.txt")),
    ("complements.txt", include_str!("complements.txt")),
    ("sources.txt", include_str!("sources.txt")),
    ("conversation.txt", include_str!("conversation.txt")),
];

/// What an entry may say wrongly.
type Reason = Cow<'static, str>;

named! {
    /// The sections of a text.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Section {
        Words = "words",
        Cues = "cues",
        CuePhrases = "cue-phrases",
        Complements = "complements",
        Sources = "sources",
        Titles = "titles",
        Roles = "roles",
        Kin = "kin",
        People = "people",
        Bodies = "bodies",
        Organisations = "organisations",
        Documents = "documents",
        Terms = "terms",
        Abbreviations = "abbreviations",
        GivenNames = "given-names",
        Diminutives = "diminutives",
        Nationalities = "nationalities",
        Places = "places",
        Times = "times",
        Particles = "particles",
        Suffixes = "suffixes",
        Pronouns = "pronouns",
        Auxiliaries = "auxiliaries",
        Callings = "callings",
        Honors = "honors",
        Replies = "replies",
        Addresses = "addresses",
    }
}

impl Section {
    /// The trait that membership gives, and the class of a form that has none yet.
    fn gives(self) -> (Traits, Tag) {
        match self {
            Section::Titles => (Traits::TITLE, Tag::Name),
            Section::Roles => (Traits::ROLE, Tag::Noun),
            Section::Kin => (Traits::KIN, Tag::Noun),
            Section::People => (Traits(Traits::PEOPLE.0 | Traits::PLURAL.0), Tag::Plural),
            Section::Bodies => (Traits::BODY, Tag::Noun),
            Section::Organisations => (Traits::ORGANISATION, Tag::Name),
            Section::Documents => (Traits::DOCUMENT, Tag::Noun),
            Section::Terms => (Traits::TERM, Tag::Noun),
            Section::Abbreviations => (Traits::ABBREVIATION, Tag::Name),
            Section::GivenNames | Section::Diminutives => (Traits::GIVEN_NAME, Tag::Name),
            Section::Nationalities => (Traits::NATIONALITY, Tag::Adjective),
            Section::Places => (Traits::PLACE, Tag::Name),
            Section::Times => (Traits::TIME, Tag::Noun),
            Section::Particles => (Traits::PARTICLE, Tag::Name),
            Section::Suffixes => (Traits::NAME_SUFFIX, Tag::Name),
            Section::Pronouns => (Traits::default(), Tag::Pronoun),
            Section::Words
            | Section::Cues
            | Section::CuePhrases
            | Section::Complements
            | Section::Sources
            | Section::Auxiliaries
            | Section::Callings
            | Section::Honors
            | Section::Replies
            | Section::Addresses => (Traits::default(), Tag::Unknown),
        }
    }
}

/// What an attribute says of a word.
#[derive(Clone, Copy)]
enum Says {
    Trait(Traits),
    Gender(Gender),
    Pronoun(Pronoun),
    /// What the word is anyhow, and says for its reader.
    Nothing,
}

/// An attribute by its name.
type Attribute = (&'static str, Says);

const MALE: Attribute = ("male", Says::Gender(Gender::Male));
const FEMALE: Attribute = ("female", Says::Gender(Gender::Female));
const MOSTLY_MALE: Attribute = ("mostly-male", Says::Trait(Traits::MOSTLY_MALE));
const MOSTLY_FEMALE: Attribute = ("mostly-female", Says::Trait(Traits::MOSTLY_FEMALE));
const PLURAL: Attribute = ("plural", Says::Trait(Traits::PLURAL));

impl Section {
    /// The words that may stand behind an entry.
    fn attributes(self) -> &'static [Attribute] {
        use Says::Trait;
        match self {
            Section::Titles => &[
                MALE,
                FEMALE,
                MOSTLY_MALE,
                MOSTLY_FEMALE,
                PLURAL,
                ("courtesy", Trait(Traits::COURTESY)),
                ("married", Trait(Traits::MARRIED)),
                ("unmarried", Trait(Traits::UNMARRIED)),
                ("given", Trait(Traits::BEFORE_GIVEN)),
            ],
            Section::Roles | Section::Kin => &[MALE, FEMALE, MOSTLY_MALE, MOSTLY_FEMALE, PLURAL],
            Section::Bodies => &[PLURAL, ("any", Trait(Traits::ANY_BODY))],
            Section::Documents | Section::Nationalities => &[PLURAL],
            Section::Suffixes => &[("rank", Trait(Traits::RANK))],
            Section::GivenNames => &[MALE, FEMALE, ("surname", Trait(Traits::FAMILY_NAME))],
            Section::Abbreviations => &[
                ("name", Trait(Traits::BEFORE_NAME)),
                ("number", Trait(Traits::BEFORE_NUMBER)),
                ("end", Trait(Traits::CAN_END)),
                ("capital", Trait(Traits::CAPITALISED)),
            ],
            Section::Times => &[
                ("day", Trait(Traits::DAY)),
                ("month", Trait(Traits::MONTH)),
                ("unit", Trait(Traits::PERIOD)),
                ("clock", Trait(Traits::CLOCK)),
                ("adverb", Says::Nothing),
            ],
            Section::Auxiliaries => &[
                ("be", Trait(Traits::BE)),
                ("have", Trait(Traits::HAVE)),
                ("do", Trait(Traits::DO)),
                ("modal", Says::Nothing),
                ("negation", Trait(Traits::NEGATION)),
            ],
            Section::Addresses => &[("endearment", Trait(Traits::ENDEARMENT)), ("call", Trait(Traits::CALL))],
            Section::Pronouns => &[
                MALE,
                FEMALE,
                ("neuter", Says::Gender(Gender::Neuter)),
                PLURAL,
                ("first", Says::Pronoun(Pronoun::FIRST)),
                ("second", Says::Pronoun(Pronoun::SECOND)),
                ("third", Says::Pronoun(Pronoun::THIRD)),
                ("subject", Says::Pronoun(Pronoun::SUBJECT)),
                ("object", Says::Pronoun(Pronoun::OBJECT)),
                ("possessive", Says::Pronoun(Pronoun::POSSESSIVE)),
                ("reflexive", Says::Pronoun(Pronoun::REFLEXIVE)),
                ("relative", Says::Pronoun(Pronoun::RELATIVE)),
                ("indefinite", Says::Pronoun(Pronoun::INDEFINITE)),
                ("demonstrative", Says::Pronoun(Pronoun::DEMONSTRATIVE)),
                ("interrogative", Says::Pronoun(Pronoun::INTERROGATIVE)),
            ],
            _ => &[],
        }
    }

    /// Notes an attribute of a word.
    fn note(self, word: &mut Word, name: &str) -> Result<(), Reason> {
        let known = self.attributes();
        match known.iter().find(|known| known.0 == name) {
            Some((_, Says::Trait(traits))) => word.traits.0 |= traits.0,
            Some((_, Says::Gender(gender))) => word.gender = *gender,
            Some((_, Says::Pronoun(pronoun))) => word.pronoun.0 |= pronoun.0,
            Some((_, Says::Nothing)) => {}
            None => return Err(unknown("attribute", name, known.iter().map(|known| known.0))),
        }
        Ok(())
    }
}

/// That something has no such name, and which there are.
#[cold]
fn unknown(what: &str, name: &str, known: impl IntoIterator<Item = &'static str>) -> Reason {
    let known = known.into_iter().collect::<Vec<_>>().join(", ");
    let known = if known.is_empty() { "none here".to_owned() } else { format!("one of {known}") };
    format!("unknown {what} {name:?}, expected {known}").into()
}

/// Adds the entries of a text.
pub(super) fn load(words: &mut Words, text: &str) -> Result<(), Error> {
    let mut section = None;
    let mut loader = Loader { words, said: Vec::new() };
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let done = match line.strip_prefix('[') {
            Some(name) => match name.strip_suffix(']') {
                Some(name) => value("section", name).map(|known| section = Some(known)),
                None => Err("a section without its closing bracket".into()),
            },
            None => match section {
                Some(section) => loader.entry(section, line),
                None => Err("an entry before the first section".into()),
            },
        };
        done.map_err(|reason| Error::lexicon(at + 1, reason))?;
    }
    words.phrases.reverse();
    words.phrases.sort_by(|a, b| by_lead(a).cmp(&by_lead(b)));
    words.phrases.dedup_by(|later, first| by_lead(later) == by_lead(first));
    words.diminutives.sort_by_key(|d| d.0);
    order_complements(words);
    Ok(())
}

/// Sorts the complements; of those given twice the later one stands.
pub(super) fn order_complements(words: &mut Words) {
    words.complements.reverse();
    words.complements.sort_by_key(|c| (c.0, c.1));
    words.complements.dedup_by_key(|c| (c.0, c.1));
}

/// The order of phrases: by first word, then the longest lead first.
fn by_lead(phrase: &Phrase) -> impl Ord + '_ {
    (phrase.lead[0], Reverse(phrase.lead.len()), &phrase.lead, phrase.source as u8, &phrase.trail)
}

/// Adds one form to a section.
pub(super) fn add(words: &mut Words, section: &str, form: &str, gender: Gender) -> Result<(), Reason> {
    let section = value("section", section)?;
    let id = single(&mut words.table, form)?;
    let mut loader = Loader { words, said: Vec::new() };
    loader.member(section, id)?;
    if section == Section::Abbreviations {
        ends_with_stop(form)?;
        loader.word(id).traits.0 |= Traits::BEFORE_NAME.0;
    }
    loader.word(id).gender = gender;
    Ok(())
}

/// The id of a word that a caller gives.
pub(super) fn single(table: &mut Table, form: &str) -> Result<WordId, Reason> {
    if form.contains(|c: char| c.is_whitespace() || c == '_') {
        return Err("a form of several words".into());
    }
    intern(table, form)
}

/// The id of a word, a new one where it had none.
fn intern(table: &mut Table, form: &str) -> Result<WordId, Reason> {
    match table.intern(form.as_bytes()) {
        Some(id) => Ok(id),
        None if form.is_empty() => Err("an empty form".into()),
        None if form.len() > LONGEST => Err("a form of more than 24 bytes".into()),
        None => Err("more words than the lexicon has room for".into()),
    }
}

fn ends_with_stop(form: &str) -> Result<(), Reason> {
    if form.len() > 1 && form.ends_with('.') {
        Ok(())
    } else {
        Err("an abbreviation without its full stop".into())
    }
}

/// What may be said of a cue behind its kind.
const CUE_ATTRIBUTES: [&str; 11] = [
    "share:N",
    "verb:N",
    "noun:N",
    "tag:N",
    "direct:N",
    "mixed:N",
    "indirect:N",
    "sourceless:N",
    "told",
    "to",
    "object",
];

/// Reads entries into the words.
struct Loader<'w> {
    words: &'w mut Words,
    /// The sections that this text has listed a word in, by id.
    said: Vec<u32>,
}

impl Loader<'_> {
    fn entry(&mut self, section: Section, line: &str) -> Result<(), Reason> {
        let mut fields = line.split_ascii_whitespace();
        let form = fields.next().ok_or("an empty form")?;
        let fields = &mut fields;
        if form.contains('_') {
            return self.phrase(section, form, fields);
        }
        if section == Section::CuePhrases {
            return Err("a cue phrase of one word".into());
        }
        let id = intern(&mut self.words.table, form)?;
        self.once(section, id)?;
        match section {
            Section::Words => return self.classes(id, fields),
            Section::Cues => return self.cue(id, fields),
            Section::Sources => {
                self.word(id).source_share = number(fields.next().ok_or("no percentage")?, 100)?;
                return nothing_more(fields);
            }
            Section::Callings => {
                self.word(id).calling = listed(fields)?;
                return nothing_more(fields);
            }
            Section::Honors => {
                self.word(id).honor = listed(fields)?;
                return nothing_more(fields);
            }
            Section::Replies => {
                self.word(id).reply = listed(fields)?;
                return nothing_more(fields);
            }
            Section::Complements => return self.complements(id, fields),
            Section::Diminutives => return self.diminutive(id, fields),
            Section::Abbreviations => ends_with_stop(form)?,
            _ => {}
        }
        self.member(section, id)?;
        for field in fields {
            let whole = field.strip_prefix("for:").filter(|_| section == Section::Titles);
            if let Some(whole) = whole {
                let whole = intern(&mut self.words.table, whole)?;
                self.word(id).lemma = whole;
            } else if section == Section::Nationalities && field != "plural" {
                let place = self.place(field)?;
                self.word(id).lemma = place;
            } else {
                section.note(self.word(id), field)?;
            }
        }
        Ok(())
    }

    fn word(&mut self, id: WordId) -> &mut Word {
        self.words.table.word_mut(id)
    }

    /// Notes that a text lists a word in a section, which it may do once.
    fn once(&mut self, section: Section, id: WordId) -> Result<(), Reason> {
        let at = usize::from(id.0);
        if self.said.len() <= at {
            self.said.resize(at + 1, 0);
        }
        let bit = 1 << section as u32;
        if self.said[at] & bit != 0 {
            return Err("listed twice".into());
        }
        self.said[at] |= bit;
        Ok(())
    }

    fn member(&mut self, section: Section, id: WordId) -> Result<(), Reason> {
        let (traits, tag) = section.gives();
        let word = self.word(id);
        word.traits.0 |= traits.0;
        if word.tags[0] == Tag::Unknown {
            (word.tags[0], word.first_share) = (tag, 100);
        }
        Ok(())
    }

    /// `claims NNS:81 VBZ:19`
    fn classes<'l>(&mut self, id: WordId, fields: impl Iterator<Item = &'l str>) -> Result<(), Reason> {
        let mut tags = [Tag::Unknown; 3];
        let mut shares = [0; 3];
        let mut count = 0;
        for field in fields {
            if count == tags.len() {
                return Err("more than three classes".into());
            }
            let (class, share) = field.split_once(':').unwrap_or((field, "100"));
            tags[count] = penn(class)?;
            shares[count] = number(share, 100)?;
            count += 1;
        }
        if count == 0 {
            return Err("no class".into());
        }
        let word = self.word(id);
        (word.tags, word.first_share, word.second_share) = (tags, shares[0], shares[1]);
        Ok(())
    }

    /// `told tell speech share:91 direct:5 mixed:2 indirect:3 told`
    fn cue<'l>(&mut self, id: WordId, mut fields: impl Iterator<Item = &'l str>) -> Result<(), Reason> {
        let lemma = intern(&mut self.words.table, fields.next().ok_or("no lemma")?)?;
        let mut cue = Cue { kind: listed_as("kind", fields.next().ok_or("no kind")?)?, ..Cue::default() };
        let mut traits = 0;
        for field in fields {
            match field.split_once(':') {
                Some(("share", n)) => {
                    cue.share = number(n, 100)?;
                    (cue.verb_share, cue.noun_share) = (cue.share, cue.share);
                }
                Some(("verb", n)) => cue.verb_share = number(n, 100)?,
                Some(("noun", n)) => cue.noun_share = number(n, 100)?,
                Some(("tag", n)) => cue.tag_share = number(n, 100)?,
                Some(("direct", n)) => cue.direct = number(n, 9)?,
                Some(("mixed", n)) => cue.mixed = number(n, 9)?,
                Some(("indirect", n)) => _ = number(n, 9)?,
                Some(("sourceless", n)) => cue.sourceless = number(n, 9)?,
                Some(_) => return Err(unknown("attribute", field, CUE_ATTRIBUTES)),
                None => {
                    traits |= match field {
                        "told" => Traits::TOLD.0,
                        "to" => Traits::INFINITIVE.0,
                        "object" => Traits::OBJECT.0,
                        _ => return Err(unknown("attribute", field, CUE_ATTRIBUTES)),
                    }
                }
            }
        }
        let word = self.word(id);
        (word.cue, word.lemma) = (cue, lemma);
        word.traits.0 |= traits;
        Ok(())
    }

    /// `believed that:61 passive-to:35`
    fn complements<'l>(&mut self, id: WordId, fields: impl Iterator<Item = &'l str>) -> Result<(), Reason> {
        let before = self.words.complements.len();
        for field in fields {
            let (name, share) = field.split_once(':').ok_or("no share")?;
            let complement = Complement::named(name)
                .ok_or_else(|| unknown("complement", name, Follows::NAMES.iter().copied()))?;
            self.words.complements.push((id, complement, number(share, 100)?));
        }
        if self.words.complements.len() == before { Err("no complement".into()) } else { Ok(()) }
    }

    /// `Bill William`
    fn diminutive<'l>(&mut self, short: WordId, fields: impl Iterator<Item = &'l str>) -> Result<(), Reason> {
        let before = self.words.diminutives.len();
        for field in fields {
            let full = intern(&mut self.words.table, field)?;
            if !self.words.diminutives.contains(&(short, full)) {
                self.words.diminutives.push((short, full));
            }
        }
        if self.words.diminutives.len() == before {
            return Err("no full form".into());
        }
        self.member(Section::Diminutives, short)
    }

    /// The word for a place; the first one where its name has several.
    fn place(&mut self, name: &str) -> Result<WordId, Reason> {
        intern(&mut self.words.table, name.split('_').next().unwrap_or(name))
    }

    /// `in_X's_view thought share:80`, `New_York`
    fn phrase<'l>(
        &mut self,
        section: Section,
        form: &str,
        fields: &mut impl Iterator<Item = &'l str>,
    ) -> Result<(), Reason> {
        let (mut lead, mut trail, mut source) = (Vec::new(), Vec::new(), Slot::Outside);
        for part in form.split('_') {
            match part {
                "X" | "X's" if section == Section::CuePhrases && source == Slot::Outside => {
                    source = if part == "X" { Slot::Plain } else { Slot::Possessive };
                }
                part => {
                    let id = intern(&mut self.words.table, part)?;
                    if source == Slot::Outside { lead.push(id) } else { trail.push(id) }
                }
            }
        }
        let Some(&first) = lead.first() else { return Err("a phrase that begins with its source".into()) };
        let meaning = match section {
            Section::CuePhrases => {
                let kind = listed_as("kind", fields.next().ok_or("no kind")?)?;
                let share = fields.next().and_then(|f| f.strip_prefix("share:")).ok_or("no share")?;
                Meaning::Cue(kind, number(share, 100)?)
            }
            Section::Places => Meaning::Place,
            Section::Nationalities => {
                fields.by_ref().for_each(drop);
                Meaning::Nationality
            }
            Section::Titles => {
                let mut title = Word::default();
                for field in fields.by_ref() {
                    section.note(&mut title, field)?;
                }
                Meaning::Title(title.gender)
            }
            _ => return Err("a form of several words".into()),
        };
        nothing_more(fields)?;
        let phrase = Phrase { lead: lead.into(), trail: trail.into(), source, meaning };
        self.words.phrases.push(phrase);
        self.word(first).traits.0 |= Traits::OPENS_PHRASE.0;
        Ok(())
    }
}

fn nothing_more<'l>(fields: &mut impl Iterator<Item = &'l str>) -> Result<(), Reason> {
    fields.next().map_or(Ok(()), |field| Err(unknown("attribute", field, [])))
}

/// The value of an attribute that has the name.
fn value<T: Named>(what: &str, name: &str) -> Result<T, Reason> {
    T::named(name).ok_or_else(|| unknown(what, name, T::NAMES.iter().copied()))
}

/// The same where the first value is for words that do not have the attribute.
fn listed_as<T: Named + Default + PartialEq>(what: &str, name: &str) -> Result<T, Reason> {
    let listed = T::named(name).filter(|value| *value != T::default());
    listed.ok_or_else(|| unknown(what, name, T::NAMES.iter().copied().skip(1)))
}

/// What the next field says of a word.
fn listed<'l, T: Named + Default + PartialEq>(
    fields: &mut impl Iterator<Item = &'l str>,
) -> Result<T, Reason> {
    listed_as("attribute", fields.next().ok_or("no attribute")?)
}

/// The class that a Penn Treebank tag, or Brown's CS, falls into.
fn penn(class: &str) -> Result<Tag, Reason> {
    Ok(match class {
        "NN" => Tag::Noun,
        "NNS" => Tag::Plural,
        "NNP" | "NNPS" => Tag::Name,
        "PRP" => Tag::Pronoun,
        "PRP$" => Tag::Possessive,
        "POS" => Tag::Genitive,
        "DT" | "PDT" => Tag::Determiner,
        "JJ" | "JJR" | "JJS" => Tag::Adjective,
        "CD" => Tag::Number,
        "VB" | "VBP" => Tag::Base,
        "VBZ" => Tag::Third,
        "VBD" => Tag::Past,
        "VBG" => Tag::Gerund,
        "VBN" => Tag::Participle,
        "MD" => Tag::Modal,
        "TO" => Tag::To,
        "RB" | "RBR" | "RBS" => Tag::Adverb,
        "IN" | "RP" => Tag::Preposition,
        "CS" => Tag::Subordinator,
        "CC" => Tag::Coordinator,
        "WP" | "WDT" | "WP$" => Tag::WhPronoun,
        "WRB" => Tag::WhAdverb,
        "EX" => Tag::Existential,
        "UH" => Tag::Interjection,
        _ => return Err(format!("unknown class {class:?}, expected a tag of the Penn Treebank").into()),
    })
}

#[inline]
fn number(field: &str, most: u8) -> Result<u8, Reason> {
    field.parse().ok().filter(|&n| n <= most).ok_or_else(|| out_of_range(field, most))
}

#[cold]
fn out_of_range(field: &str, most: u8) -> Reason {
    format!("{field:?} where a number from 0 to {most} is expected").into()
}
