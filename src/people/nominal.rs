//! Characters that a text names by a noun: *the ferryman*, *the old man*.
//!
//! Which nouns name somebody is known from the cast, or found beside direct speech: *“No,” said the ferryman.*

use nom::Parser;
use nom::multi::fold_many_m_n;
use nom::sequence::preceded;

use crate::grammar::cursor::{Cursor, Parsed, one};
use crate::grammar::tag::Tagged;
use crate::lexicon::{Filter, Gender, Lexicon, Tag, Traits, Word};
use crate::people::cast::Cast;
use crate::people::vocabulary::{NumberMap, hash};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// A noun phrase that names a character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nominal {
    /// With its determiner.
    pub(crate) tokens: Stretch,
    /// Which of the characters.
    pub(crate) role: u32,
}

/// A character that nouns name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    pub(crate) character: Option<u32>,
    /// The first of the phrases, without determiner.
    pub(crate) core: Option<Stretch>,
    pub(crate) gender: Gender,
    /// Only ever somebody’s: *her aunt*.
    pub(crate) relative: bool,
    /// How often it is said to speak.
    said: u32,
    count: u32,
}

/// The characters of a text that nouns name, and where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nominals {
    pub(crate) roles: Vec<Role>,
    /// Ascending.
    pub(crate) list: Vec<Nominal>,
    /// Roles by the hash of their words.
    known: NumberMap<u32>,
    /// The words that a phrase may begin with.
    begins: Filter,
    /// The most words that a phrase has.
    longest: usize,
}

/// What a noun that names somebody is.
const WHO: Traits = Traits(Traits::ROLE.0 | Traits::KIN.0 | Traits::TITLE.0);

/// How many words a noun phrase has at most before its head.
const MODIFIERS: usize = 3;

/// How far before a mark a phrase begins whose verb stands before the mark: *the* three-word phrase *said, “*
const BEFORE_MARK: usize = MODIFIERS + 4;

/// How far behind a mark a phrase begins whose verb stands behind the mark: *” said the*
const BEHIND_MARK: usize = 2;

impl Nominals {
    /// Finds the characters that nouns name, in place of those that were there.
    pub(crate) fn read(&mut self, tagged: &Tagged, cast: &Cast) {
        self.roles.clear();
        self.list.clear();
        self.known.clear();
        self.begins = Filter::default();
        self.longest = 0;
        self.take_cast(tagged.lexicon, cast);
        self.discover(tagged);
        if self.known.is_empty() {
            return;
        }
        let words = &tagged.tokens.word;
        for (at, (&tag, &word)) in tagged.tags.iter().zip(words).enumerate() {
            match tag {
                Tag::Determiner | Tag::Possessive
                    if words.get(at + 1).is_some_and(|&next| self.begins.may_have(u64::from(next.0))) =>
                {
                    self.find(tagged, at);
                }
                Tag::Noun if self.begins.may_have(u64::from(word.0)) && tagged.any(at, WHO) => {
                    self.find_alone(tagged, at)
                }
                _ => {}
            }
        }
    }

    /// Takes those aliases of the cast that nouns can be.
    fn take_cast(&mut self, lexicon: &Lexicon, cast: &Cast) {
        let mut kin: Vec<(u64, u32)> = Vec::new();
        for (at, character) in (0..).zip(cast.characters()) {
            for alias in [&character.name].into_iter().chain(&character.aliases) {
                let mut words = alias.split_whitespace().peekable();
                let word = |form: &str| lexicon.word(lexicon.look_up(form.as_bytes()));
                let tag = |form: &str| word(form).tags[0];
                let relation = words.peek().filter(|first| word(first).traits.any(Traits::KIN));
                if let Some(first) = relation {
                    kin.push((longer(0, first), at));
                    self.begins.add(u64::from(lexicon.look_up(first.as_bytes()).0));
                }
                let determined =
                    words.next_if(|first| tag(first) == Tag::Determiner || tag(first) == Tag::Possessive);
                let common = |first: &&str| matches!(tag(first), Tag::Noun | Tag::Adjective);
                if determined.is_none() && !words.peek().is_some_and(common) {
                    continue;
                }
                let (mut key, mut count) = (0, 0);
                for word in words {
                    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                    if count == 0 {
                        self.begins.add(u64::from(lexicon.look_up(word.as_bytes()).0));
                    }
                    key = longer(key, word);
                    count += 1;
                }
                if count > 0 {
                    self.longest = self.longest.max(count);
                    let role = Role {
                        character: Some(at),
                        core: None,
                        gender: character.gender,
                        relative: false,
                        said: 0,
                        count: 0,
                    };
                    self.known.entry(key).or_insert(self.roles.len() as u32);
                    self.roles.push(role);
                }
            }
        }
        self.take_kin(cast, kin);
    }

    /// Makes the one of a cast who is called *Aunt* somebody's aunt.
    fn take_kin(&mut self, cast: &Cast, mut kin: Vec<(u64, u32)>) {
        kin.sort_unstable();
        kin.dedup();
        for same in kin.chunk_by(|one, other| one.0 == other.0) {
            if let [(key, at)] = *same {
                let gender = cast.characters()[at as usize].gender;
                self.known.entry(key).or_insert(self.roles.len() as u32);
                self.roles.push(Role {
                    character: Some(at),
                    core: None,
                    gender,
                    relative: true,
                    said: 0,
                    count: 0,
                });
                self.longest = self.longest.max(1);
            }
        }
    }

    /// Finds the nouns that are said to speak, beside the marks of what they say.
    fn discover(&mut self, tagged: &Tagged) {
        let mut done = 0;
        let beside = tagged.tokens.marks.iter().flat_map(|&mark| {
            let first = (mark as usize).saturating_sub(BEFORE_MARK).max(done);
            done = first.max(tagged.tokens.len().min(mark as usize + BEHIND_MARK + 1));
            first..done
        });
        for at in beside {
            let relative = tagged.tag(at) == Tag::Possessive;
            if tagged.tag(at) != Tag::Determiner && !relative || tagged.tokens.has(at, Shape::QUOTED) {
                continue;
            }
            let end = tagged.tokens.len().min(at + MODIFIERS + 3);
            let Ok((rest, head)) = person(Cursor::new(tagged, at, end)) else { continue };
            if !says(tagged, at, rest.at) || relative && !tagged.any(head, Traits::KIN) {
                continue;
            }
            let core = Stretch::new(at + 1, head + 1);
            self.begins.add(u64::from(tagged.tokens.word[at + 1].0));
            let key = core.range().fold(0, |key, i| longer(key, tagged.form(i)));
            let role = *self.known.entry(key).or_insert(self.roles.len() as u32);
            if role as usize == self.roles.len() {
                self.roles.push(Role {
                    character: None,
                    core: Some(core),
                    gender: gender(tagged.word(head)),
                    relative,
                    said: 0,
                    count: 0,
                });
            }
            self.roles[role as usize].relative &= relative;
            self.roles[role as usize].said += 1;
            self.longest = self.longest.max(core.range().len());
        }
    }

    /// Notes a noun that names somebody as a name does: *“No,” said **nanny**.*
    fn find_alone(&mut self, tagged: &Tagged, at: usize) {
        let inside = |tag: Tag| {
            tag.nominal()
                || matches!(
                    tag,
                    Tag::Determiner
                        | Tag::Possessive
                        | Tag::Genitive
                        | Tag::Adjective
                        | Tag::Number
                        | Tag::Participle
                )
        };
        let opens = at == 0 || !inside(tagged.tag(at - 1));
        let ends = at + 1 == tagged.tokens.len() || !tagged.tag(at + 1).nominal();
        let role = self.known.get(&longer(0, tagged.form(at))).copied();
        if let (true, true, Some(role)) = (opens, ends, role) {
            self.roles[role as usize].count += 1;
            self.list.push(Nominal { tokens: Stretch::new(at, at + 1), role });
        }
    }

    /// Notes the longest phrase after a determiner that names somebody.
    fn find(&mut self, tagged: &Tagged, at: usize) {
        let end = tagged.tokens.len().min(at + 1 + self.longest);
        let mut key = 0;
        let mut found = None;
        for i in at + 1..end {
            match tagged.kind(i) {
                TokenKind::Word | TokenKind::Number => {}
                TokenKind::Comma if i > at + 1 => continue,
                _ => break,
            }
            key = longer(key, tagged.form(i));
            let whole = i + 1 == tagged.tokens.len() || !tagged.tag(i + 1).nominal();
            if let (Some(&role), true) = (self.known.get(&key), whole) {
                found = Some(Nominal { tokens: Stretch::new(at, i + 1), role });
            }
        }
        if let Some(nominal) = found {
            self.roles[nominal.role as usize].count += 1;
            self.list.push(nominal);
        }
    }
}

/// The gender that a noun tells or lets expect.
fn gender(word: &Word) -> Gender {
    match word.gender {
        Gender::Unknown if word.traits.any(Traits::MOSTLY_MALE) => Gender::Male,
        Gender::Unknown if word.traits.any(Traits::MOSTLY_FEMALE) => Gender::Female,
        gender => gender,
    }
}

/// *the old ferryman*
fn person(c: Cursor) -> Parsed<usize> {
    let modifier = |t: &Tagged, at: usize| {
        matches!(t.tag(at), Tag::Adjective | Tag::Number | Tag::Participle)
            || t.tag(at) == Tag::Noun && at + 1 < t.tokens.len() && t.tag(at + 1).nominal()
    };
    let head = |t: &Tagged, at: usize| matches!(t.tag(at), Tag::Noun | Tag::Name) && t.any(at, WHO);
    let determined = one(|t: &Tagged, at| matches!(t.tag(at), Tag::Determiner | Tag::Possessive));
    let modifiers = fold_many_m_n(0, MODIFIERS, one(modifier), || (), |(), _| ());
    preceded((determined, modifiers), one(head)).parse(c)
}

/// Whether the tokens from `first` to `end` stand with a verb of saying beside direct speech: *“No,” said the
/// ferryman.* *“No,” the ferryman said.* *The ferryman said, “No.”*
fn says(tagged: &Tagged, first: usize, end: usize) -> bool {
    let verb = |at: usize| tagged.tag(at).verb() && tagged.word(at).cue.says();
    let mark = |at: usize| at < tagged.tokens.len() && tagged.kind(at) == TokenKind::Mark;
    let closed = |at: usize| at.checked_sub(1).is_some_and(mark);
    let inverted = first > 0 && verb(first - 1) && closed(first - 1);
    let straight = end < tagged.tokens.len() && verb(end) && (closed(first) || mark(end + 2));
    inverted || straight
}

/// The key of a phrase with one word more.
fn longer(key: u64, word: &str) -> u64 {
    (key.rotate_left(23) ^ u64::from(hash(word.as_bytes()))).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use crate::extractor::Extractor;
    use crate::workspace::Workspace;

    /// The phrases of a text that name characters.
    fn nominals(text: &str) -> Vec<&str> {
        let mut w = Workspace::new();
        Extractor::new().parse(&mut w, text, |_| {});
        let phrase = |range: std::ops::Range<usize>| w.found.tokens.span(range.start, range.end).of(text);
        w.nominals.list.iter().map(|nominal| phrase(nominal.tokens.range())).collect()
    }

    #[test]
    fn who_speaks_is_named_by_a_noun_elsewhere_too() {
        let text = "The old ferryman rowed on. “It rained,” said the old ferryman. An otter saw the old, the ferryman.";
        assert_eq!(nominals(text), ["The old ferryman", "the old ferryman"]);
    }

    #[test]
    fn a_comma_parts_a_word_from_a_phrase() {
        let text = "“It rained,” said the man. “No, man, it did not.”";
        assert_eq!(nominals(text), ["the man", "man"]);
    }
}
