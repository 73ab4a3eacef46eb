//! The text format of a lexicon, and the files that the English one is read from.

use std::cmp::Reverse;

use super::table::{LONGEST, Table};
use super::{
    Calling, Complement, Cue, CueKind, Gender, Honor, Meaning, Phrase, Pronoun, Reply, Slot, Tag, Traits,
    Word, WordId, Words,
};
use crate::error::Error;

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
type Reason = &'static str;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Words,
    Cues,
    CuePhrases,
    Complements,
    Sources,
    Titles,
    Roles,
    Kin,
    People,
    Bodies,
    Organisations,
    Documents,
    Terms,
    Abbreviations,
    GivenNames,
    Diminutives,
    Nationalities,
    Places,
    Times,
    Particles,
    Suffixes,
    Pronouns,
    Auxiliaries,
    Callings,
    Honors,
    Replies,
    Addresses,
}

impl Section {
    fn named(name: &str) -> Option<Section> {
        Some(match name {
            "words" => Section::Words,
            "cues" => Section::Cues,
            "cue-phrases" => Section::CuePhrases,
            "complements" => Section::Complements,
            "sources" => Section::Sources,
            "titles" => Section::Titles,
            "roles" => Section::Roles,
            "kin" => Section::Kin,
            "people" => Section::People,
            "bodies" => Section::Bodies,
            "organisations" => Section::Organisations,
            "documents" => Section::Documents,
            "terms" => Section::Terms,
            "abbreviations" => Section::Abbreviations,
            "given-names" => Section::GivenNames,
            "diminutives" => Section::Diminutives,
            "nationalities" => Section::Nationalities,
            "places" => Section::Places,
            "times" => Section::Times,
            "particles" => Section::Particles,
            "suffixes" => Section::Suffixes,
            "pronouns" => Section::Pronouns,
            "auxiliaries" => Section::Auxiliaries,
            "callings" => Section::Callings,
            "honors" => Section::Honors,
            "replies" => Section::Replies,
            "addresses" => Section::Addresses,
            _ => return None,
        })
    }

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
            Some(name) => match name.strip_suffix(']').and_then(Section::named) {
                Some(known) => {
                    section = Some(known);
                    Ok(())
                }
                None => Err("unknown section"),
            },
            None => match section {
                Some(section) => loader.entry(section, line),
                None => Err("an entry before the first section"),
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
    let section = Section::named(section).ok_or("unknown section")?;
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
        return Err("a form of several words");
    }
    intern(table, form)
}

/// The id of a word, a new one where it had none.
fn intern(table: &mut Table, form: &str) -> Result<WordId, Reason> {
    match table.intern(form.as_bytes()) {
        Some(id) => Ok(id),
        None if form.is_empty() => Err("an empty form"),
        None if form.len() > LONGEST => Err("a form of more than 24 bytes"),
        None => Err("more words than the lexicon has room for"),
    }
}

fn ends_with_stop(form: &str) -> Result<(), Reason> {
    if form.len() > 1 && form.ends_with('.') { Ok(()) } else { Err("an abbreviation without its full stop") }
}

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
            return Err("a cue phrase of one word");
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
                self.word(id).calling = named(fields, Calling::named)?;
                return nothing_more(fields);
            }
            Section::Honors => {
                self.word(id).honor = named(fields, Honor::named)?;
                return nothing_more(fields);
            }
            Section::Replies => {
                self.word(id).reply = named(fields, Reply::named)?;
                return nothing_more(fields);
            }
            Section::Complements => return self.complements(id, fields),
            Section::Diminutives => return self.diminutive(id, fields),
            Section::Abbreviations => ends_with_stop(form)?,
            _ => {}
        }
        self.member(section, id)?;
        for field in fields {
            if section == Section::Nationalities && field != "plural" {
                let place = self.place(field)?;
                self.word(id).lemma = place;
            } else {
                attribute(self.word(id), section, field)?;
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
            return Err("listed twice");
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
                return Err("more than three classes");
            }
            let (class, share) = field.split_once(':').unwrap_or((field, "100"));
            tags[count] = penn(class)?;
            shares[count] = number(share, 100)?;
            count += 1;
        }
        if count == 0 {
            return Err("no class");
        }
        let word = self.word(id);
        (word.tags, word.first_share, word.second_share) = (tags, shares[0], shares[1]);
        Ok(())
    }

    /// `told tell speech share:91 direct:5 mixed:2 indirect:3 told`
    fn cue<'l>(&mut self, id: WordId, mut fields: impl Iterator<Item = &'l str>) -> Result<(), Reason> {
        let lemma = intern(&mut self.words.table, fields.next().ok_or("no lemma")?)?;
        let mut cue = Cue { kind: kind(fields.next().ok_or("no kind")?)?, ..Cue::default() };
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
                Some(_) => return Err("unknown attribute"),
                None => {
                    traits |= match field {
                        "told" => Traits::TOLD.0,
                        "to" => Traits::INFINITIVE.0,
                        "object" => Traits::OBJECT.0,
                        _ => return Err("unknown attribute"),
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
            let complement = Complement::named(name).ok_or("unknown complement")?;
            self.words.complements.push((id, complement, number(share, 100)?));
        }
        if self.words.complements.len() == before { Err("no complement") } else { Ok(()) }
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
            return Err("no full form");
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
        let Some(&first) = lead.first() else { return Err("a phrase that begins with its source") };
        let meaning = match section {
            Section::CuePhrases => {
                let kind = kind(fields.next().ok_or("no kind")?)?;
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
                    attribute(&mut title, section, field)?;
                }
                Meaning::Title(title.gender)
            }
            _ => return Err("a form of several words"),
        };
        nothing_more(fields)?;
        let phrase = Phrase { lead: lead.into(), trail: trail.into(), source, meaning };
        self.words.phrases.push(phrase);
        self.word(first).traits.0 |= Traits::OPENS_PHRASE.0;
        Ok(())
    }
}

fn nothing_more<'l>(fields: &mut impl Iterator<Item = &'l str>) -> Result<(), Reason> {
    if fields.next().is_none() { Ok(()) } else { Err("unknown attribute") }
}

/// The value that the next field names.
fn named<'l, T>(
    fields: &mut impl Iterator<Item = &'l str>,
    known: impl Fn(&str) -> Option<T>,
) -> Result<T, Reason> {
    known(fields.next().ok_or("no attribute")?).ok_or("unknown attribute")
}

/// Notes an attribute that is a word.
fn attribute(word: &mut Word, section: Section, field: &str) -> Result<(), Reason> {
    use Section as S;
    let traits = match (section, field) {
        (S::Titles | S::Roles | S::Kin | S::GivenNames | S::Pronouns, "male") => {
            return gender(word, Gender::Male);
        }
        (S::Titles | S::Roles | S::Kin | S::GivenNames | S::Pronouns, "female") => {
            return gender(word, Gender::Female);
        }
        (S::Titles, "courtesy") => Traits::COURTESY,
        (S::Titles, "married") => Traits::MARRIED,
        (S::Titles, "unmarried") => Traits::UNMARRIED,
        (S::Titles, "given") => Traits::BEFORE_GIVEN,
        (S::Titles | S::Roles | S::Kin, "mostly-male") => Traits::MOSTLY_MALE,
        (S::Titles | S::Roles | S::Kin, "mostly-female") => Traits::MOSTLY_FEMALE,
        (S::Pronouns, "neuter") => return gender(word, Gender::Neuter),
        (
            S::Titles | S::Roles | S::Kin | S::Bodies | S::Documents | S::Nationalities | S::Pronouns,
            "plural",
        ) => Traits::PLURAL,
        (S::Bodies, "any") => Traits::ANY_BODY,
        (S::Suffixes, "rank") => Traits::RANK,
        (S::GivenNames, "surname") => Traits::FAMILY_NAME,
        (S::Abbreviations, "name") => Traits::BEFORE_NAME,
        (S::Abbreviations, "number") => Traits::BEFORE_NUMBER,
        (S::Abbreviations, "end") => Traits::CAN_END,
        (S::Abbreviations, "capital") => Traits::CAPITALISED,
        (S::Times, "day") => Traits::DAY,
        (S::Times, "month") => Traits::MONTH,
        (S::Times, "unit") => Traits::PERIOD,
        (S::Times, "clock") => Traits::CLOCK,
        (S::Times, "adverb") => Traits::default(),
        (S::Auxiliaries, "be") => Traits::BE,
        (S::Auxiliaries, "have") => Traits::HAVE,
        (S::Auxiliaries, "do") => Traits::DO,
        (S::Auxiliaries, "modal") => Traits::default(),
        (S::Auxiliaries, "negation") => Traits::NEGATION,
        (S::Addresses, "endearment") => Traits::ENDEARMENT,
        (S::Addresses, "call") => Traits::CALL,
        (S::Pronouns, field) => {
            word.pronoun.0 |= pronoun(field)?.0;
            Traits::default()
        }
        _ => return Err("unknown attribute"),
    };
    word.traits.0 |= traits.0;
    Ok(())
}

fn gender(word: &mut Word, gender: Gender) -> Result<(), Reason> {
    word.gender = gender;
    Ok(())
}

fn pronoun(field: &str) -> Result<Pronoun, Reason> {
    Ok(match field {
        "first" => Pronoun::FIRST,
        "second" => Pronoun::SECOND,
        "third" => Pronoun::THIRD,
        "subject" => Pronoun::SUBJECT,
        "object" => Pronoun::OBJECT,
        "possessive" => Pronoun::POSSESSIVE,
        "reflexive" => Pronoun::REFLEXIVE,
        "relative" => Pronoun::RELATIVE,
        "indefinite" => Pronoun::INDEFINITE,
        "demonstrative" => Pronoun::DEMONSTRATIVE,
        "interrogative" => Pronoun::INTERROGATIVE,
        _ => return Err("unknown attribute"),
    })
}

fn kind(field: &str) -> Result<CueKind, Reason> {
    Ok(match field {
        "speech" => CueKind::Speech,
        "manner" => CueKind::Manner,
        "writing" => CueKind::Writing,
        "thought" => CueKind::Thought,
        "stance" => CueKind::Stance,
        "showing" => CueKind::Showing,
        "perception" => CueKind::Perception,
        "raising" => CueKind::Raising,
        "emotion" => CueKind::Emotion,
        "other" => CueKind::Other,
        _ => return Err("unknown kind"),
    })
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
        _ => return Err("unknown class"),
    })
}

fn number(field: &str, most: u8) -> Result<u8, Reason> {
    match field.parse() {
        Ok(n) if n <= most => Ok(n),
        _ => Err("a number out of range"),
    }
}
