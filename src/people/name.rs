//! The names of a text: of people, bodies and places.
//!
//! First every word with a capital is counted, by whether the capital tells anything where it stands; then runs
//! of words are parsed into names. A capital that tells nothing makes a name where the rest of the text does.

use nom::branch::alt;
use nom::combinator::opt;
use nom::error::Error;
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, pair, preceded};
use nom::{Input, Parser};

use crate::bits::{BITS, places};
use crate::grammar::cursor::{Cursor, Parsed, kind, one, with};
use crate::grammar::tag::Tagged;
use crate::grammar::tally::Tally;
use crate::growth::Growth;
use crate::lexicon::{Function, Gender, Meaning, Tag, Traits, Word, WordId};
use crate::people::vocabulary::{NameWord, Vocabulary};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// What a name names, as far as its words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// *Ana Ruiz*, *Mrs. Brandt*
    Person,
    /// *Ministry of Works*, *NATO*
    Body,
    /// *Ash Falls, Ohio*
    Place,
    /// *Brandt*
    Unknown,
}

/// The number of a word before a name, in bytes that may stand anywhere: a text has so many names that each byte counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TitleWord([u8; 4]);

impl From<NameWord> for TitleWord {
    fn from(word: NameWord) -> Self {
        TitleWord(word.0.to_le_bytes())
    }
}

impl From<TitleWord> for NameWord {
    fn from(word: TitleWord) -> Self {
        NameWord(u32::from_le_bytes(word.0))
    }
}

/// The title before a name, as far as it tells one of a family from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Title {
    None,
    /// *Mr.*, *Herr*, *Monsieur*
    Mr,
    /// *Mrs.*, *Madame*
    Mrs,
    /// *Miss*, *Mademoiselle*
    Miss,
    /// *Ms.*
    Ms,
    /// *Sir*, *Lady*, *Aunt*: stands before a given name as well.
    Familiar(TitleWord),
    /// *Captain*, *President*
    Office(TitleWord),
}

impl Title {
    /// What a word before a name tells; `number` is its number among the words of names.
    pub(crate) fn of(word: &Word, number: NameWord) -> Title {
        let known = |traits: Traits| word.traits.any(traits);
        match word.gender {
            _ if known(Traits::MARRIED) => Title::Mrs,
            _ if known(Traits::UNMARRIED) => Title::Miss,
            Gender::Male if known(Traits::COURTESY) => Title::Mr,
            Gender::Female if known(Traits::COURTESY) => Title::Ms,
            _ if known(Traits(Traits::BEFORE_GIVEN.0 | Traits::KIN.0)) => Title::Familiar(number.into()),
            _ => Title::Office(number.into()),
        }
    }
}

/// A name where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    pub(crate) first: u32,
    /// Where its words begin in the pool, and how many there are: particles and suffixes are left out.
    words: u32,
    count: u8,
    /// How many tokens the title has, and the name with it.
    titles: u8,
    length: u8,
    pub(crate) class: Class,
    /// As title and given name tell it.
    pub(crate) gender: Gender,
    pub(crate) title: Title,
}

impl Name {
    /// With its title.
    pub(crate) fn tokens(&self) -> Stretch {
        Stretch { first: self.first, end: self.first + u32::from(self.length) }
    }

    /// How many tokens these are.
    pub(crate) fn length(&self) -> u8 {
        self.length
    }

    /// Without its title.
    pub(crate) fn core(&self) -> Stretch {
        Stretch { first: self.first + u32::from(self.titles), ..self.tokens() }
    }

    /// The words of the core, as a stretch of the pool.
    pub(crate) fn words(&self) -> Stretch {
        Stretch { first: self.words, end: self.words + u32::from(self.count) }
    }
}

/// The names of a text, ascending.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) list: Vec<Name>,
    pub(crate) pool: Vec<NameWord>,
    pub(crate) vocabulary: Vocabulary,
    capitals: Vec<Capital>,
    /// How often words have no capital that have one where a sentence begins.
    lower: Tally,
}

/// A token that may be part of a name.
#[derive(Clone, Copy, Debug)]
struct Capital {
    at: u32,
    word: NameWord,
    /// A sentence or quotation begins here, or the line is a heading, so that the capital tells nothing.
    opens: bool,
}

/// How many tokens a name has at most, so that reading one takes constant time.
const LONGEST: usize = 24;

impl Names {
    pub(crate) fn words(&self, name: &Name) -> &[NameWord] {
        &self.pool[name.words().range()]
    }

    /// Lets go what only tells which capitals begin a name.
    pub(crate) fn drop_capitals(&mut self) {
        self.capitals = Vec::new();
        self.lower = Tally::default();
    }

    /// Finds the names of a text, in place of what was there; `words` are those with a capital and those that the lexicon
    /// does not have, ascending.
    pub(crate) fn read(&mut self, tagged: &Tagged, paragraphs: &[Stretch], words: &[u32]) {
        self.clear();
        let mut rest = words;
        for &paragraph in paragraphs {
            let own = rest.iter().take_while(|&&at| at < paragraph.end).count();
            let (words, others) = rest.split_at(own);
            if !words.is_empty() {
                self.count(tagged, paragraph, words);
            }
            rest = others;
        }
        self.watch_lower(tagged);
        self.count_lower(tagged);
        let capitals = std::mem::take(&mut self.capitals);
        let mut paragraph = 0;
        let mut next = 0;
        while next < capitals.len() {
            let at = capitals[next].at as usize;
            while paragraphs[paragraph].end as usize <= at {
                paragraph += 1;
            }
            let end = (paragraphs[paragraph].end as usize).min(at + LONGEST);
            let begins = self.begins(tagged, &capitals[next]);
            let run = at..if begins { run(Cursor::new(tagged, at, end)) } else { at };
            let inside = capitals[next..].iter().take_while(|c| (c.at as usize) < run.end).count();
            if inside > 0 {
                self.add(tagged, run, &capitals[next..next + inside]);
            }
            next += inside.max(1);
        }
        self.capitals = capitals;
    }

    fn clear(&mut self) {
        self.list.clear();
        self.pool.clear();
        self.vocabulary.clear();
        self.capitals.clear();
        self.lower.clear();
    }

    /// Counts how these words of a paragraph are written and lists those that may be parts of names.
    fn count(&mut self, tagged: &Tagged, paragraph: Stretch, words: &[u32]) {
        let heading = heading(tagged, paragraph);
        for at in words.iter().map(|&at| at as usize) {
            let (shape, id) = (tagged.tokens.shape[at], tagged.tokens.word[at]);
            if part(tagged, at) {
                let opens = heading || opens(tagged, at, paragraph);
                let (start, end) = (tagged.tokens.start(at), tagged.tokens.end(at));
                let word = self.vocabulary.intern(tagged.text, start, end, whole(tagged, at, id));
                let tells = !opens && !shouted(tagged, at, paragraph);
                let dated = tagged.any(at, DATE) && !timed(tagged, at);
                let usage = self.vocabulary.usage_mut(word);
                usage.capital += u32::from(tells);
                usage.acts = usage.acts.saturating_add(u16::from(dated && proper_verb(tagged, at + 1)));
                self.capitals.add(Capital { at: at as u32, word, opens });
            } else if id == WordId::default() && !shape.has(Shape::CAPITAL) {
                self.lower.count_unknown();
            }
        }
    }

    /// Lists the words of which it is asked how often they have no capital: a capital tells nothing where they stand,
    /// and they have one elsewhere, or are given names.
    fn watch_lower(&mut self, tagged: &Tagged) {
        for capital in self.capitals.iter().filter(|capital| capital.opens) {
            let id = tagged.tokens.word[capital.at as usize];
            let named = tagged.lexicon.word(id).traits.any(Traits::GIVEN_NAME);
            if named || self.vocabulary[capital.word].capital > 0 {
                self.lower.watch(id);
            }
        }
    }

    /// Counts how often these words have no capital.
    fn count_lower(&mut self, tagged: &Tagged) {
        let (shapes, words) = (tagged.tokens.shape.chunks(BITS), tagged.tokens.word.chunks(BITS));
        for ((shapes, words), first) in shapes.zip(words).zip((0..).step_by(BITS)) {
            let tokens = shapes.iter().zip(words).enumerate();
            let watched = tokens.fold(0, |bits, (bit, (shape, &id))| {
                bits | u64::from(self.lower.may_watch(id) & !shape.has(Shape::CAPITAL)) << bit
            });
            for at in places(watched).map(|bit| first + bit) {
                if !part(tagged, at) {
                    self.lower.count(tagged.tokens.word[at]);
                }
            }
        }
    }

    /// Whether a name can begin with the word.
    fn begins(&self, tagged: &Tagged, capital: &Capital) -> bool {
        let at = capital.at as usize;
        let word = tagged.word(at);
        let lower = self.lower.of(tagged.tokens.word[at]);
        let elsewhere = self.vocabulary[capital.word].capital;
        let proper = elsewhere > 0 && 4 * elsewhere > u32::from(lower);
        let common = word.tags[0] != Tag::Unknown && word.tags[0] != Tag::Name;
        if word.traits.any(DATE) {
            let after = at.checked_sub(1).is_some_and(|before| tagged.tag(before) == Tag::Preposition);
            let acts = u32::from(self.vocabulary[capital.word].acts);
            if acts >= 3 && 6 * acts >= elsewhere {
                return !timed(tagged, at);
            }
            if determined(tagged, at) && at + 1 < tagged.tokens.len() && part(tagged, at + 1) {
                return !tagged.any(at + 1, DATE);
            }
            let may = word.traits.any(Traits(Traits::DAY.0 | Traits::GIVEN_NAME.0));
            return may && !capital.opens && !after && proper_verb(tagged, at + 1);
        }
        if tagged.tokens.has(at, Shape::UPPER) && capital.opens && elsewhere == 0 {
            return !common && !next_is_upper(tagged, at);
        }
        if !capital.opens || proper {
            return true;
        }
        if !common {
            // *Romilly Dask*
            let named = at + 1 < tagged.tokens.len()
                && part(tagged, at + 1)
                && tagged.word(at + 1).tags[0] == Tag::Unknown;
            // *Ofshed has said*
            let acts = proper_verb(tagged, at + 1);
            return word.traits.any(NAMING) || !derived(tagged.form(at)) || named || acts;
        }
        if word.cue.share >= CUE_SHARE {
            return false;
        }
        // *Secretary of **State***
        let rules = word.traits.any(OFFICE)
            && at + 1 < tagged.tokens.len()
            && matches!(tagged.function(at + 1), Function::Of | Function::For);
        let next = at + 1 + usize::from(rules);
        let followed = next < tagged.tokens.len() && part(tagged, next) && !tagged.any(next, Traits::DAY);
        let named = followed && tagged.any(next, Traits(Traits::COURTESY.0 | Traits::GIVEN_NAME.0));
        let noun = matches!(word.tags[0], Tag::Noun | Tag::Plural | Tag::Adjective);
        word.traits.any(NAMING) && (followed || lower == 0 && word.traits.any(Traits::GIVEN_NAME))
            || noun && followed && !named
    }

    /// Adds the name that a run of tokens makes, if it makes one.
    fn add(&mut self, tagged: &Tagged, run: std::ops::Range<usize>, capitals: &[Capital]) {
        let Some(core) = core(tagged, run.clone()) else { return };
        let from = self.pool.len();
        let words =
            capitals.iter().filter(|c| core.contains(&(c.at as usize)) && !suffix(tagged, c.at as usize));
        self.pool.extend(words.map(|c| c.word));
        if self.pool.len() == from {
            return;
        }
        let before = capitals.iter().take_while(|c| (c.at as usize) < core.start).count();
        let title = capitals[..before]
            .iter()
            .rev()
            .find(|c| tagged.any(c.at as usize, OFFICE))
            .map_or(Title::None, |c| Title::of(tagged.word(c.at as usize), c.word));
        let known = |at: usize| Some(tagged.word(at).gender).filter(|&g| g != Gender::Unknown);
        let titled = (run.start..core.start).rev().filter(|&at| tagged.any(at, OFFICE)).find_map(known);
        let class = class(tagged, run.start, core.clone());
        let titled = titled.or_else(|| kin(tagged, core.clone()).and_then(known));
        let gender = match class {
            Class::Body | Class::Place => Gender::Neuter,
            _ => titled
                .or_else(|| Some(given(tagged, core.start)).filter(|&g| g != Gender::Unknown))
                .unwrap_or_default(),
        };
        self.list.add(Name {
            first: run.start as u32,
            words: from as u32,
            count: (self.pool.len() - from) as u8,
            titles: (core.start - run.start) as u8,
            length: (core.end - run.start) as u8,
            class,
            gender,
            title,
        });
    }
}

/// What stands before a name without being part of it.
pub(crate) const OFFICE: Traits = Traits(Traits::TITLE.0 | Traits::ROLE.0 | Traits::KIN.0);

/// Behind what *of State* and *for Human Rights* may stand.
const COMPLEMENTED: Traits = Traits(OFFICE.0 | Traits::ORGANISATION.0 | Traits::BODY.0);

/// A word that reports something so often, in percent, begins no name where it begins a sentence: *Said Brandt: …*
const CUE_SHARE: u8 = 50;

/// The names of days and months, which people have too.
const DATE: Traits = Traits(Traits::DAY.0 | Traits::MONTH.0);

/// Words of which a name may be made although they begin a sentence.
const NAMING: Traits = Traits(
    OFFICE.0
        | Traits::GIVEN_NAME.0
        | Traits::PLACE.0
        | Traits::ORGANISATION.0
        | Traits::BODY.0
        | Traits::NATIONALITY.0,
);

/// Whether the words of a paragraph have capitals for being a heading or byline; before a final stop more words than a
/// name has.
fn heading(tagged: &Tagged, paragraph: Stretch) -> bool {
    let range = paragraph.range();
    let stops = range.end > range.start && tagged.kind(range.end - 1) == TokenKind::Stop;
    if range.len() > 40 || range.clone().any(|at| tagged.tokens.has(at, Shape::QUOTED)) {
        return false;
    }
    let (long, capitals) = tagged.tokens.capitals(range);
    let least = if stops { 5 } else { 2 };
    long >= least && capitals * 5 >= long * 4
}

/// Whether a sentence or quotation begins with the token, by what stands before it.
fn opens(tagged: &Tagged, at: usize, paragraph: Stretch) -> bool {
    let glued = |&at: &usize| tagged.kind(at) == TokenKind::Mark && !tagged.tokens.has(at, Shape::SPACED);
    let before = (paragraph.range().start..at).rev().find(|at| !glued(at)).map(|at| tagged.kind(at));
    before.is_none_or(|kind| {
        kind.ends_sentence()
            || matches!(kind, TokenKind::Colon | TokenKind::Dash | TokenKind::Opening | TokenKind::Mark)
    })
}

/// Whether the token may be a word of a name.
fn part(tagged: &Tagged, at: usize) -> bool {
    if tagged.kind(at) != TokenKind::Word || tagged.tokens.has(at, Shape::CLITIC) {
        return false;
    }
    let word = tagged.word(at);
    if !tagged.tokens.has(at, Shape::CAPITAL) {
        return word.tags[0] == Tag::Unknown && hyphenated_particle(tagged.form(at));
    }
    let next = at + 1;
    let kind = (next < tagged.tokens.len()).then(|| tagged.kind(next));
    if word.traits.any(Traits::BEFORE_NUMBER) && kind == Some(TokenKind::Number) {
        return false;
    }
    match word.tags[0] {
        Tag::Unknown | Tag::Name => true,
        _ if initial(tagged, at) => kind == Some(TokenKind::Word) && tagged.tokens.has(next, Shape::CAPITAL),
        _ if word.traits.any(NAMING) => tagged.tag(at).nominal() || !word.traits.any(Traits::GIVEN_NAME),
        _ if tagged.tokens.has(at, Shape::UPPER) => false,
        // *Mette Holm | Says New Slipway Is Too Steep*
        Tag::Third if tagged.tag(at) == Tag::Third => false,
        tag => tag.nominal() || tag.verb() || matches!(tag, Tag::Adjective | Tag::Number | Tag::Adverb),
    }
}

/// The word that a title is short for, which then counts as the same: *governor* of *Gov.*
fn whole(tagged: &Tagged, at: usize, id: WordId) -> WordId {
    let word = tagged.word(at);
    let short = word.traits.any(Traits::TITLE) && word.lemma != WordId::default();
    if short { word.lemma } else { id }
}

/// The *S.* of *S. V. Rao*.
fn initial(tagged: &Tagged, at: usize) -> bool {
    tagged.tokens.has(at, Shape::DOTTED) && tagged.form(at).len() == 2
}

/// Whether the word is one of several in capitals throughout.
fn shouted(tagged: &Tagged, at: usize, paragraph: Stretch) -> bool {
    let upper = |at: usize| paragraph.contains(at) && tagged.tokens.has(at, Shape::UPPER);
    upper(at) && (upper(at + 1) || at > 0 && upper(at - 1))
}

fn next_is_upper(tagged: &Tagged, at: usize) -> bool {
    at + 1 < tagged.tokens.len() && tagged.tokens.has(at + 1, Shape::UPPER)
}

/// Whether the name of a day or month says when, by the words beside it.
fn timed(tagged: &Tagged, at: usize) -> bool {
    let before = at.checked_sub(1).is_some_and(|before| {
        ["in", "on", "of", "by", "since", "until", "till", "last", "next", "early", "late", "every", "this"]
            .iter()
            .any(|word| tagged.is(before, word))
            || tagged.kind(before) == TokenKind::Number
    });
    before || at + 1 < tagged.tokens.len() && tagged.kind(at + 1) == TokenKind::Number
}

/// Whether the article stands before a day, which then tells no time: *the **Sunday** Packet*.
fn determined(tagged: &Tagged, at: usize) -> bool {
    at > 0 && tagged.is(at - 1, "the")
}

/// Whether a verb stands at the token, of which what stands before it is the subject.
fn proper_verb(tagged: &Tagged, at: usize) -> bool {
    at < tagged.tokens.len() && matches!(tagged.tag(at), Tag::Past | Tag::Third)
}

/// *al-Dhahabi*
fn hyphenated_particle(form: &str) -> bool {
    form.split_once('-').is_some_and(|(_, name)| name.starts_with(char::is_uppercase))
}

/// Whether an unknown word that begins a sentence looks like a verb form or an adverb.
fn derived(form: &str) -> bool {
    ["ing", "ly", "ed"].iter().any(|ending| form.ends_with(ending)) && form.len() > 5
}

/// *Jr.*, *III*
fn suffix(tagged: &Tagged, at: usize) -> bool {
    tagged.any(at, Traits::NAME_SUFFIX) && tagged.tokens.has(at, Shape::CAPITAL)
}

/// Words that belong together as one name with its titles, of which the first is known to be a part of one.
///
/// *Gen. Anna van Dael*, *Ministry of Health and Transport*, *Arne “Bull” Vik, Jr.*
fn run(c: Cursor) -> usize {
    let (mut rest, mut last) = (c.take_from(1), c.at);
    while may_go_on(rest, last) {
        let mut more =
            alt((next_part(last), owned(last), particled, nicknamed, company, complement(last), generation));
        let Ok(longer) = more.parse(rest) else { break };
        (rest, last) = longer;
    }
    rest.at
}

/// Whether a name may go on with the token behind its last word: most end before one that tells so at a glance.
fn may_go_on(c: Cursor, last: usize) -> bool {
    let next_is = |test: fn(&Tagged, usize) -> bool| c.at + 1 < c.end && test(c.tagged, c.at + 1);
    c.at < c.end
        && match c.tagged.kind(c.at) {
            TokenKind::Word if c.tagged.tokens.has(c.at, Shape::CAPITAL) => true,
            TokenKind::Word => {
                let word = c.tagged.word(c.at);
                match word.tags[0] {
                    Tag::Unknown => true,
                    _ if c.tag() == Tag::Genitive => c.tagged.word(last).tags[0] == Tag::Plural,
                    Tag::Preposition if c.tagged.any(last, COMPLEMENTED) => true,
                    _ => word.traits.any(Traits::PARTICLE),
                }
            }
            TokenKind::Mark => next_is(|t, at| t.kind(at) == TokenKind::Word),
            TokenKind::Comma => next_is(suffix),
            kind => kind == TokenKind::Symbol,
        }
}

/// A word that goes on the name; with *Mrs.*, or with *Anna* after *London*, another one begins.
fn next_part<'a>(last: usize) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    let begins = move |t: &Tagged, at: usize| {
        let (office, given) =
            (t.any(last, OFFICE), t.any(last, Traits(Traits::GIVEN_NAME.0 | Traits::FAMILY_NAME.0)));
        !office
            && (t.any(at, Traits(Traits::COURTESY.0 | Traits::DAY.0)) || t.any(at, Traits::MONTH) && !given)
            || !office && !given && t.any(at, Traits::GIVEN_NAME) && t.any(last, Traits::PLACE)
            || t.any(last, Traits::DAY) && !determined(t, last)
            || !given && t.any(last, Traits::MONTH)
    };
    one(move |t: &Tagged, at| part(t, at) && !begins(t, at))
}

/// The *Women’s **Institute***, the *Farmers’ **Union***, the *Seafarers’ **Union***, though nobody knows the word
fn owned<'a>(last: usize) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    let body = Traits(Traits::ORGANISATION.0 | Traits::BODY.0);
    let plural = move |t: &Tagged, at: usize| match t.word(last).tags[0] {
        Tag::Unknown => determined(t, last) && t.form(last).ends_with('s') && t.tokens.has(at, Shape::CLITIC),
        tag => tag == Tag::Plural,
    };
    let owns = move |t: &Tagged, at: usize| t.tag(at) == Tag::Genitive && plural(t, at);
    preceded(one(owns), one(move |t: &Tagged, at| part(t, at) && t.any(at, body)))
}

/// *van Dael*, *de la Cruz*
fn particled(c: Cursor) -> Parsed<usize> {
    preceded(many1_count(with(Traits::PARTICLE)), one(part)).parse(c)
}

/// *“Bull” Vik*
fn nicknamed(c: Cursor) -> Parsed<usize> {
    let given = delimited(kind(TokenKind::Mark), many1_count(one(part)), kind(TokenKind::Mark));
    preceded(given, one(part)).parse(c)
}

/// *& Sons*
fn company(c: Cursor) -> Parsed<usize> {
    preceded(one(|t: &Tagged, at| t.is(at, "&")), one(part)).parse(c)
}

/// *of State*, *for Human Rights*, *of Health and Transport*, after the name of an office or body.
fn complement<'a>(last: usize) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    move |c: Cursor<'a>| {
        let heads = |t: &Tagged, at: usize| {
            t.any(last, COMPLEMENTED)
                && !t.any(last, Traits::GIVEN_NAME)
                && matches!(t.function(at), Function::Of | Function::For)
        };
        let the = opt(one(|t: &Tagged, at| t.function(at) == Function::The));
        let common = |t: &Tagged, at: usize| {
            part(t, at)
                && t.word(at).tags[0] != Tag::Unknown
                && !t.any(at, Traits(Traits::GIVEN_NAME.0 | Traits::PLACE.0))
        };
        let more = pair(one(|t: &Tagged, at| t.function(at) == Function::And), one(common));
        let (rest, first) = preceded(pair(one(heads), the), one(part)).parse(c)?;
        let (rest, others) = many0_count(one(common)).parse(rest)?;
        let (rest, second) = opt(more.map(|(_, at)| at)).parse(rest)?;
        Ok((rest, second.unwrap_or(first + others)))
    }
}

/// *, Jr.*
fn generation(c: Cursor) -> Parsed<usize> {
    preceded(kind(TokenKind::Comma), one(suffix)).parse(c)
}

/// The name in a run, its titles and offices left out; none where the run is no name.
fn core(tagged: &Tagged, run: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let telling = Traits(OFFICE.0 | Traits::NATIONALITY.0 | Traits::NAME_SUFFIX.0);
    if !run.clone().any(|at| tagged.any(at, telling)) {
        return Some(run);
    }
    let capital = |at: &usize| tagged.tokens.has(*at, Shape::CAPITAL) || part(tagged, *at);
    if run
        .clone()
        .filter(capital)
        .all(|at| tagged.any(at, Traits::NATIONALITY) && !tagged.any(at, Traits::GIVEN_NAME))
    {
        return None;
    }
    let last = run.clone().rev().find(|&at| capital(&at) && !suffix(tagged, at))?;
    let joins = |at: usize| {
        matches!(tagged.function(at), Function::Of | Function::For | Function::And | Function::The)
    };
    let given = |at: usize| tagged.any(at, Traits::GIVEN_NAME);
    let holder = |at: usize| {
        tagged.any(at, OFFICE)
            && !tagged.any(at, Traits::PARTICLE)
            && (!given(at) || tagged.any(at, Traits::TITLE))
    };
    let own = (run.start..last).find(|&at| joins(at)).unwrap_or(last);
    let office = (run.start..own).rev().find(|&at| {
        holder(at) && (run.start..at).all(|i| !given(i) || holder(i) || tagged.any(i, Traits::PLACE))
    });
    let Some(office) = office else { return Some(run) };
    let mut first = office + 1;
    if joins(first) {
        // *Secretary of State Ana Ruiz*: the person begins with the first word behind the office that is no common one
        let ruled = (first..=last).find(|&at| capital(&at)).unwrap_or(last);
        let person = |at: usize| {
            capital(&at)
                && at > ruled
                && (given(at) || tagged.word(at).tags[0] == Tag::Unknown)
                && !tagged.any(at, Traits::PLACE)
        };
        match (first..=last).find(|&at| person(at)) {
            Some(person) => first = person,
            None => return Some(run),
        }
    }
    let body = tagged.any(last, Traits(Traits::ORGANISATION.0 | Traits::BODY.0))
        && !tagged.any(last, Traits(Traits::GIVEN_NAME.0 | Traits::FAMILY_NAME.0));
    if body && !tagged.any(run.start, Traits::TITLE) || first > last {
        return Some(run);
    }
    Some(first..run.end)
}

/// The gender that the given name tells, if the name begins with one.
fn given(tagged: &Tagged, at: usize) -> Gender {
    let word = tagged.word(at);
    if word.traits.any(Traits::GIVEN_NAME) { word.gender } else { Gender::Unknown }
}

/// The word for a relative to which a name between commas is the apposition: *his **wife**, Ana Ruiz, …*
fn kin(tagged: &Tagged, core: std::ops::Range<usize>) -> Option<usize> {
    let comma = |at: usize| at < tagged.tokens.len() && tagged.kind(at) == TokenKind::Comma;
    let relative = core.start.checked_sub(2)?;
    let owned = || relative > 0 && matches!(tagged.tag(relative - 1), Tag::Possessive | Tag::Genitive);
    let apposed = comma(core.start - 1) && comma(core.end);
    (apposed && tagged.any(relative, Traits::KIN) && owned()).then_some(relative)
}

/// Whether the initials of a name follow it in brackets: *Deep Mine Survey (DMS)*.
fn abbreviated(tagged: &Tagged, core: std::ops::Range<usize>) -> bool {
    let end = core.end;
    let bracketed = end + 2 < tagged.tokens.len()
        && tagged.kind(end) == TokenKind::Opening
        && tagged.tokens.has(end + 1, Shape::UPPER)
        && tagged.kind(end + 2) == TokenKind::Closing;
    let capitals = core.filter(|&at| tagged.tokens.has(at, Shape::CAPITAL));
    bracketed && capitals.filter_map(|at| tagged.form(at).chars().next()).eq(tagged.form(end + 1).chars())
}

/// Whether shares tell that a name is that of a body: ***shares in** Calder Marine*.
fn owned_in_shares(tagged: &Tagged, start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).filter(|&at| tagged.kind(at) == TokenKind::Word);
    before(1).is_some_and(|at| matches!(tagged.function(at), Function::In | Function::Of))
        && before(2).is_some_and(|at| tagged.is(at, "shares") || tagged.is(at, "stake"))
}

/// Whether a name is a line's label, as in a transcript: ***HS:** When?*
pub(crate) fn labels(tagged: &Tagged, first: usize, end: usize) -> bool {
    let colon = end < tagged.tokens.len() && tagged.kind(end) == TokenKind::Colon;
    colon && (first == 0 || tagged.tokens.has(first, Shape::BLANK) || tagged.tokens.has(first, Shape::LINE))
}

/// What the words of a name tell of what it names.
fn class(tagged: &Tagged, first: usize, core: std::ops::Range<usize>) -> Class {
    let capitals = || core.clone().filter(|&at| tagged.tokens.has(at, Shape::CAPITAL));
    let (count, all) = capitals().fold((0, Traits::default()), |(count, all), at| {
        (count + 1, Traits(all.0 | tagged.word(at).traits.0))
    });
    let any = |traits: Traits| all.any(traits);
    let titled = (first..core.start).any(|at| tagged.any(at, OFFICE));
    if titled {
        return Class::Person;
    }
    let start = core.start;
    let body = Traits(Traits::ORGANISATION.0 | Traits::BODY.0);
    let given = tagged.any(start, Traits::GIVEN_NAME);
    let titled = determined(tagged, start) && tagged.any(start, Traits::DAY);
    if owned_in_shares(tagged, start)
        || any(body) && !(given && count == 2)
        || count > 1 && (titled || abbreviated(tagged, core.clone()))
    {
        return Class::Body;
    }
    let words = &tagged.tokens.word[core.clone()];
    let place = tagged
        .lexicon
        .phrase(words)
        .is_some_and(|p| p.meaning == Meaning::Place && p.lead.len() == words.len());
    if place || count == 1 && tagged.any(start, Traits::PLACE) && !given {
        return Class::Place;
    }
    let acronym = |at: usize| tagged.tokens.has(at, Shape::UPPER) && tagged.word(at).tags[0] == Tag::Unknown;
    if count == 1 && acronym(start) && !labels(tagged, first, core.end) {
        return Class::Body;
    }
    let initial = |at: usize| tagged.tokens.has(at, Shape::DOTTED) && tagged.form(at).len() <= 4;
    if count > 1 && (given || capitals().any(initial)) || any(OFFICE) {
        return Class::Person;
    }
    if count > 1 && any(Traits::PLACE) && !capitals().any(|at| tagged.word(at).tags[0] == Tag::Unknown) {
        return Class::Place;
    }
    Class::Unknown
}
