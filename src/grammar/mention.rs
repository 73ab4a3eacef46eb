//! Stretches of text that refer to somebody: names, pronouns, nominals.

use nom::branch::alt;
use nom::bytes::complete::take_while;
use nom::combinator::{fail, opt, verify};
use nom::error::Error;
use nom::multi::{many0_count, many1_count};
use nom::sequence::{pair, preceded, terminated};
use nom::{Input, Parser};

use crate::grammar::cursor::{Cursor, Parsed, kind, one, tagged};
use crate::grammar::tag::Tagged;
use crate::lexicon::{Function, Gender, Tag, Traits};
use crate::named::named;
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

named! {
    /// How a mention refers.
    ///
    /// ```
    /// use whosaid::MentionKind;
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt. “It poured,” said a spokesman.");
    /// let kinds = doc.quotations().filter_map(|q| q.source()).map(|source| source.kind());
    /// assert!(kinds.eq([MentionKind::Name, MentionKind::Nominal]));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
    #[non_exhaustive]
    pub enum MentionKind {
        /// *Mayor Ilse Brandt*
        Name = "name",
        /// *she*
        Pronoun = "pronoun",
        /// *a spokesman for the mill*
        Nominal = "nominal",
    }
}

/// A mention, in tokens.
///
/// Texts have many, so that lengths are kept as bytes: none has more than [`LONGEST`] tokens and a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    first: u32,
    length: u8,
    /// How many tokens stand before its core, and how many are its core.
    before_core: u8,
    core_length: u8,
    pub(crate) kind: MentionKind,
    pub(crate) gender: Gender,
    pub(crate) plural: bool,
}

impl Mention {
    /// A mention that is no more than its core.
    pub(crate) fn new(tokens: Stretch, kind: MentionKind, gender: Gender, plural: bool) -> Self {
        let length = byte(tokens.range().len());
        Mention { first: tokens.first, length, before_core: 0, core_length: length, kind, gender, plural }
    }

    /// The same with a core inside its tokens.
    fn with_core(self, core: Stretch) -> Self {
        let before_core = byte((core.first - self.first) as usize);
        Mention { before_core, core_length: byte(core.range().len()), ..self }
    }

    /// The same up to token `end`.
    pub(crate) fn until(self, end: usize) -> Self {
        Mention { length: byte(end - self.first as usize), ..self }
    }

    /// All of it, with titles, appositions and clauses.
    pub(crate) fn tokens(&self) -> Stretch {
        Stretch { first: self.first, end: self.first + u32::from(self.length) }
    }

    /// The name without its title, the pronoun, or the noun phrase up to its head noun.
    pub(crate) fn core(&self) -> Stretch {
        let first = self.first + u32::from(self.before_core);
        Stretch { first, end: first + u32::from(self.core_length) }
    }
}

/// A length that fits in a byte.
pub(crate) fn byte(length: usize) -> u8 {
    length.min(usize::from(u8::MAX)) as u8
}

/// How many tokens a mention has at most, so that reading one takes constant time.
pub(crate) const LONGEST: usize = 64;

/// A noun phrase up to its head: *the governor’s lawyer*, *Mayor Ilse Brandt*, *she*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) tokens: Stretch,
    /// The last token of its head.
    pub(crate) head: u32,
    pub(crate) kind: MentionKind,
}

/// The mention that begins at the token, with all that follows and belongs to it, before token `end`.
pub(crate) fn to_the_right(tagged: &Tagged, at: usize, end: usize) -> Option<Mention> {
    let c = Cursor::new(tagged, at, end.min(at + LONGEST));
    whole(c).ok().map(|(_, mention)| mention)
}

/// The same of a phrase that is known to begin there.
pub(crate) fn extended(tagged: &Tagged, phrase: Phrase, end: usize) -> Option<Mention> {
    let at = phrase.tokens.first as usize;
    let c = Cursor::new(tagged, at, end.min(at + LONGEST));
    extension(c, phrase).ok().map(|(_, mention)| mention)
}

/// The end of the phrases that *and* joins to one: *divers | **and sailors***.
pub(crate) fn joined(tagged: &Tagged, phrase: Phrase, end: usize) -> Option<usize> {
    let at = phrase.tokens.first as usize;
    let c = Cursor::new(tagged, at, end.min(at + LONGEST));
    let rest = c.take_from(phrase.tokens.range().len());
    let (rest, _) = many0_count(complement(phrase)).parse(rest).ok()?;
    let (rest, others) = many0_count(coordinated).parse(rest).ok()?;
    (others > 0).then_some(rest.at)
}

/// The mention that a phrase makes before what follows it is read.
pub(crate) fn bare(tagged: &Tagged, phrase: Phrase, end: usize) -> Mention {
    let at = phrase.tokens.first as usize;
    let c = Cursor::new(tagged, at, end.min(at + LONGEST));
    let rest = c.take_from(phrase.tokens.range().len());
    let phrase = occupied(c, rest, phrase).map_or(phrase, |(_, phrase)| phrase);
    of(tagged, phrase, phrase.tokens.end as usize)
}

/// A noun phrase with its titles, appositions, clauses and coordinated phrases.
///
/// *Kofi Mensah, 61, a retired judge who lives in Ash Falls*
pub(crate) fn whole(c: Cursor) -> Parsed<Mention> {
    let (_, phrase) = phrase(c)?;
    extension(c, phrase)
}

/// What follows a phrase and belongs to it.
fn extension(c: Cursor, phrase: Phrase) -> Parsed<Mention> {
    let rest = c.take_from(phrase.tokens.range().len());
    if phrase.kind == MentionKind::Pronoun || !may_go_on(rest) {
        return Ok((rest, of(c.tagged, phrase, rest.at)));
    }
    let (rest, phrase) = occupied(c, rest, phrase).unwrap_or((rest, phrase));
    let (rest, _) = many0_count(complement(phrase)).parse(rest)?;
    let (rest, others) = many0_count(coordinated).parse(rest)?;
    let (rest, _) = opt(postmodifier(c, phrase)).parse(rest)?;
    let (rest, _) = many0_count(alt((age, affiliation, apposition, bracket, relative))).parse(rest)?;
    let mut mention = of(c.tagged, phrase, rest.at);
    if others > 0 {
        mention.plural = true;
        mention.gender = Gender::Unknown;
    }
    Ok((rest, mention))
}

/// Whether the token can begin anything that belongs to the phrase before it.
fn may_go_on(c: Cursor) -> bool {
    match c.tag() {
        Tag::Punctuation => {
            c.at < c.end && matches!(c.tagged.kind(c.at), TokenKind::Comma | TokenKind::Opening)
        }
        tag => matches!(
            tag,
            Tag::Preposition
                | Tag::Coordinator
                | Tag::WhPronoun
                | Tag::Adjective
                | Tag::Participle
                | Tag::Gerund
                | Tag::Past
        ),
    }
}

/// *biologist and diver Ana Ruiz*: a name behind two occupations, of which the first is read already.
fn occupied<'a>(c: Cursor<'a>, rest: Cursor<'a>, first: Phrase) -> Option<(Cursor<'a>, Phrase)> {
    let bare = c.tag() != Tag::Determiner && c.tagged.tag(first.head as usize) == Tag::Noun;
    if !bare || first.kind != MentionKind::Nominal {
        return None;
    }
    let joined = preceded(one(|t: &Tagged, at| t.function(at) == Function::And), noun_phrase).parse(rest);
    let (rest, second) = joined.ok()?;
    let occupation = c.tagged.tag(second.tokens.first as usize) != Tag::Name;
    let tokens = Stretch { first: first.tokens.first, end: second.tokens.end };
    (occupation && second.kind == MentionKind::Name).then_some((rest, Phrase { tokens, ..second }))
}

/// A pronoun, a name, or a nominal up to its head noun.
pub(crate) fn phrase(c: Cursor) -> Parsed<Phrase> {
    alt((pronoun, noun_phrase)).parse(c)
}

/// *she*, *who*, *nobody*
fn pronoun(c: Cursor) -> Parsed<Phrase> {
    one(|t: &Tagged, at| matches!(t.tag(at), Tag::Pronoun | Tag::WhPronoun))
        .map(|at| Phrase { tokens: Stretch::new(at, at + 1), head: at as u32, kind: MentionKind::Pronoun })
        .parse(c)
}

/// *the governor’s two lawyers*: phrases joined by genitives.
fn noun_phrase(c: Cursor) -> Parsed<Phrase> {
    let (mut rest, determiner) = determiner(c)?;
    if !determiner.is_empty() && stands_alone(rest) && alone(c.tagged.function(rest.at - 1)) {
        let (tokens, head) = (Stretch::new(c.at, rest.at), rest.at as u32 - 1);
        return Ok((rest, Phrase { tokens, head, kind: MentionKind::Nominal }));
    }
    let mut head;
    (rest, head) = nouns(rest)?;
    while let Ok((next, last)) = preceded(tagged(Tag::Genitive), nouns).parse(rest) {
        (rest, head) = (next, last);
    }
    let named = c.tagged.tag(head) == Tag::Name;
    let kind = if named { MentionKind::Name } else { MentionKind::Nominal };
    Ok((rest, Phrase { tokens: Stretch::new(c.at, rest.at), head: head as u32, kind }))
}

/// Whether a determiner can do without a noun.
fn alone(determiner: Function) -> bool {
    matches!(
        determiner,
        Function::Some
            | Function::Many
            | Function::Most
            | Function::All
            | Function::Both
            | Function::Another
            | Function::This
            | Function::That
            | Function::These
            | Function::Those
            | Function::Each
            | Function::Few
            | Function::Several
            | Function::Any
            | Function::Half
            | Function::NoneOf
    )
}

/// Whether what follows a determiner is no noun of its own.
fn stands_alone(c: Cursor) -> bool {
    let tag = c.tag();
    tag.finite()
        || matches!(
            tag,
            Tag::Preposition | Tag::Punctuation | Tag::To | Tag::WhPronoun | Tag::Subordinator | Tag::Adverb
        )
}

/// *the*, *all the*, *her*, or nothing
fn determiner(c: Cursor) -> Parsed<std::ops::Range<usize>> {
    let determines = |at| matches!(c.tagged.tag(at), Tag::Determiner | Tag::Possessive);
    take_while(determines).map(|taken: Cursor| taken.at..taken.end).parse(c)
}

/// Modifiers and nouns, up to the last noun; gives its place.
fn nouns(c: Cursor) -> Parsed<usize> {
    let mut head = None;
    let mut at = c.at;
    let determined =
        at > 0 && matches!(c.tagged.tag(at - 1), Tag::Determiner | Tag::Possessive | Tag::Genitive);
    while at < c.end {
        let tag = c.tagged.tag(at);
        let fresh = || head.is_none() || !c.tagged.any(at, Traits::TIME);
        let leads = matches!(tag, Tag::Adjective | Tag::Number)
            || matches!(tag, Tag::Gerund | Tag::Participle | Tag::Adverb)
                && head.is_none()
                && (determined || at > c.at);
        let inside = || {
            tag == Tag::Participle && head.is_some_and(|head| head + 1 == at) && registered(c, at)
                || tag == Tag::Coordinator && head.is_none() && paired(c, at)
                || particle(c, at)
        };
        if tag.nominal() && fresh() || percent(c, at) {
            head = Some(at);
        } else if !leads && !inside() {
            match nickname(c, at) {
                Some(end) => at = end - 1,
                None => break,
            }
        }
        at += 1;
    }
    // *the poor*, *the accused*, *one* of them, *four in ten*
    let bare = || {
        let last = (c.at..at)
            .rev()
            .find(|&i| matches!(c.tagged.tag(i), Tag::Adjective | Tag::Number | Tag::Participle));
        last.filter(|&last| c.at > 0 && c.tagged.tag(c.at - 1) == Tag::Determiner || counts(c, last))
    };
    match head.or_else(bare) {
        Some(head) => Ok((Cursor { at: head + 1, ..c }, head)),
        None => fail().parse(c),
    }
}

/// A participle between an adjective with a capital and the noun of both: *Danish **registered** voters*.
fn registered(c: Cursor, at: usize) -> bool {
    let adjective = c.tagged.word(at - 1).tags.contains(&Tag::Adjective);
    adjective && at + 1 < c.end && c.tagged.tag(at + 1) == Tag::Plural
}

/// *and* between two adjectives of a noun: *current **and** former officers*.
fn paired(c: Cursor, at: usize) -> bool {
    let adjective = |at: usize| c.tagged.tag(at) == Tag::Adjective;
    at > c.at && at + 2 < c.end && adjective(at - 1) && adjective(at + 1) && c.tagged.tag(at + 2).nominal()
}

/// The end of a nickname in marks inside a name: *Ana **“Nan”** Ruiz*.
fn nickname(c: Cursor, at: usize) -> Option<usize> {
    const LONGEST: usize = 3;
    let mark = |at: usize| c.tagged.kind(at) == TokenKind::Mark;
    let named = |at: usize| c.tagged.tag(at) == Tag::Name;
    if at == c.at || !mark(at) || !named(at - 1) {
        return None;
    }
    let inside = at + 1..c.end.min(at + 2 + LONGEST);
    let close = inside.clone().find(|&i| !named(i)).filter(|&i| i > at + 1 && mark(i))?;
    (close + 1 < c.end && named(close + 1)).then_some(close + 1)
}

/// The sign in *55%*
fn percent(c: Cursor, at: usize) -> bool {
    at > c.at
        && c.tagged.kind(at) == TokenKind::Symbol
        && c.tagged.is(at, "%")
        && c.tagged.tag(at - 1) == Tag::Number
}

/// Whether a number stands for those counted: ***one** of the judges*, ***four** in **ten***, ***two** said*.
fn counts(c: Cursor, at: usize) -> bool {
    if c.tagged.tag(at) != Tag::Number {
        return false;
    }
    let share = |at: usize| matches!(c.tagged.function(at), Function::Of | Function::In);
    // *nine out of ten*
    let out = usize::from(at + 2 < c.end && c.tagged.function(at + 1) == Function::Out);
    let whole = at + 1 + out < c.end && share(at + 1 + out);
    let part = at >= 2 && share(at - 1) && c.tagged.tag(at - 2) == Tag::Number;
    // ***one** said*, but not *at **one** said*
    let alone = at + 1 < c.end
        && c.tagged.tag(at + 1).finite()
        && !c.tagged.tokens.has(at, Shape::DIGIT)
        && (at == 0 || c.tagged.tag(at - 1) != Tag::Preposition);
    whole || part || alone
}

/// A particle or sign between two parts of a name: *Anna van Dael*, *Fry & Sons*, *Tagus News/Radio Lis*.
fn particle(c: Cursor, at: usize) -> bool {
    let joins = || {
        let sign = || c.tagged.is(at, "&") || c.tagged.is(at, "/");
        c.tagged.any(at, Traits::PARTICLE) || c.tagged.kind(at) == TokenKind::Symbol && sign()
    };
    at > c.at
        && c.tagged.tag(at - 1) == Tag::Name
        && at + 1 < c.end
        && joins()
        && (c.tagged.tag(at + 1) == Tag::Name || c.tagged.any(at + 1, Traits::PARTICLE))
}

/// What a preposition adds to the phrase: *of the mill*, *for the governor*, *at Volta University*.
fn complement<'a>(head: Phrase) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    let named = head.kind == MentionKind::Name;
    let joins = move |t: &Tagged<'a>, at: usize| {
        t.tag(at) == Tag::Preposition
            && match t.function(at) {
                Function::Of | Function::From => true,
                Function::By => t.any(head.head as usize, Traits::DOCUMENT),
                Function::For | Function::In | Function::At => !named,
                Function::With | Function::On | Function::Inside => !named,
                _ => false,
            }
    };
    let inside = |p: &Phrase, c: Cursor<'a>| {
        let head = p.head as usize;
        let apart = match p.kind {
            MentionKind::Name => Traits::TIME,
            _ => Traits(Traits::TIME.0 | Traits::DOCUMENT.0),
        };
        p.kind != MentionKind::Pronoun && !c.tagged.any(head, apart)
    };
    move |c: Cursor<'a>| {
        verify(preceded(one(joins), phrase), |p: &Phrase| inside(p, c)).map(|p| p.head as usize).parse(c)
    }
}

/// *and Ilse Brandt*, where no clause of its own begins.
fn coordinated(c: Cursor) -> Parsed<usize> {
    let joint = alt((
        preceded(pair(opt(kind(TokenKind::Comma)), tagged(Tag::Coordinator)), noun_phrase),
        preceded(kind(TokenKind::Comma), terminated(noun_phrase, ahead(series))),
        preceded(kind(TokenKind::Comma), terminated(share, ahead(series))),
    ));
    let (rest, phrase) = { joint }.parse(c)?;
    let clause = rest.at < c.tagged.tokens.len() && c.tagged.tag(rest.at).finite();
    if clause || c.tagged.function(c.at) == Function::But {
        return fail().parse(c);
    }
    let (rest, _) = many0_count(complement(phrase)).parse(rest)?;
    Ok((rest, rest.at))
}

/// *28% of the divers*
fn share(c: Cursor) -> Parsed<Phrase> {
    let part = verify(noun_phrase, |p: &Phrase| percent(c, p.head as usize));
    terminated(part, pair(one(|t: &Tagged, at| t.function(at) == Function::Of), noun_phrase)).parse(c)
}

/// The rest of a series: *, and Brandt*.
fn series(c: Cursor) -> Parsed<usize> {
    preceded(pair(opt(kind(TokenKind::Comma)), tagged(Tag::Coordinator)), noun_phrase)
        .map(|p| p.head as usize)
        .parse(c)
}

/// Succeeds where the parser would, and consumes nothing.
fn ahead<'a, T>(
    parser: impl Fn(Cursor<'a>) -> Parsed<'a, T>,
) -> impl Parser<Cursor<'a>, Output = (), Error = Error<Cursor<'a>>> {
    move |c: Cursor<'a>| parser(c).map(|_| (c, ()))
}

/// *, 61*
fn age(c: Cursor) -> Parsed<usize> {
    preceded(kind(TokenKind::Comma), terminated(tagged(Tag::Number), ahead(edge))).parse(c)
}

/// A comma, the end, or what else closes an apposition.
fn edge(c: Cursor) -> Parsed<usize> {
    if c.at == c.end {
        return Ok((c, c.at));
    }
    one(|t: &Tagged, at| t.tag(at) == Tag::Punctuation).parse(c)
}

/// *, for the Crown*, *, of Ash Falls*, *, D-Ohio*
fn affiliation(c: Cursor) -> Parsed<usize> {
    let with_preposition = pair(tagged(Tag::Preposition), noun_phrase).map(|(_, p)| p.head as usize);
    preceded(kind(TokenKind::Comma), terminated(with_preposition, ahead(edge))).parse(c)
}

/// *, a retired judge*, *, the head of the mill and a friend of Brandt’s*, *, mayor of Ash Falls*
fn apposition(c: Cursor) -> Parsed<usize> {
    let (rest, phrase) = preceded(kind(TokenKind::Comma), noun_phrase).parse(c)?;
    if c.tagged.any(phrase.head as usize, Traits::TIME) {
        return fail().parse(c);
    }
    let (rest, _) = many0_count(complement(phrase)).parse(rest)?;
    let (rest, _) = many0_count(coordinated).parse(rest)?;
    let (rest, _) = opt(alt((bare_relative, reduced))).parse(rest)?;
    edge(rest).map(|_| (rest, rest.at))
}

/// *(at left)*, *(D-Ohio)*
fn bracket(c: Cursor) -> Parsed<usize> {
    let inside = one(|t: &Tagged, at| !matches!(t.kind(at), TokenKind::Closing | TokenKind::Opening));
    preceded(kind(TokenKind::Opening), terminated(many0_count(inside), kind(TokenKind::Closing))).parse(c)
}

/// *, who lives there*, *, whose dam leaks*, *who lives there*
fn relative(c: Cursor) -> Parsed<usize> {
    preceded(opt(kind(TokenKind::Comma)), bare_relative).parse(c)
}

fn bare_relative(c: Cursor) -> Parsed<usize> {
    preceded(tagged(Tag::WhPronoun), clause).parse(c)
}

/// *elected in May*, *wearing a hat*
fn reduced(c: Cursor) -> Parsed<usize> {
    preceded(alt((tagged(Tag::Participle), tagged(Tag::Gerund))), clause).parse(c)
}

/// *familiar with the plan*, *known as Bob*, *involved in the talks*: what follows a common noun without a comma.
///
/// A past form counts where a verb or preposition stands before the phrase, which then has no verb of its own.
fn postmodifier<'a>(
    start: Cursor<'a>,
    head: Phrase,
) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    let before = start.at.checked_sub(1).map(|at| start.tagged.tag(at));
    let governed = before.is_some_and(|tag| tag.finite() || matches!(tag, Tag::Preposition | Tag::To));
    move |c: Cursor<'a>| {
        let (t, next) = (c.tagged, c.at + 1);
        let opens = match c.tag() {
            Tag::Adjective | Tag::Participle | Tag::Gerund => true,
            Tag::Past => governed && t.word(c.at).tags.contains(&Tag::Participle),
            _ => false,
        };
        let goes_on = next < c.end
            && (matches!(t.tag(next), Tag::Preposition | Tag::To | Tag::Pronoun)
                || t.any(next, Traits::TIME));
        // *one Democrat familiar with the plan*
        let common =
            head.kind == MentionKind::Nominal || t.function(head.tokens.first as usize) == Function::One;
        if common && opens && goes_on { clause(c) } else { fail().parse(c) }
    }
}

/// What is left of a clause: up to a comma, mark or stop.
fn clause(c: Cursor) -> Parsed<usize> {
    let inner = one(|t: &Tagged, at| {
        matches!(t.kind(at), TokenKind::Word | TokenKind::Number | TokenKind::Symbol)
            || t.tokens.has(at, Shape::DOTTED)
    });
    many1_count(inner).parse(c)
}

/// The mention that a phrase and what follows it up to token `end` make.
pub(crate) fn of(tagged: &Tagged, phrase: Phrase, end: usize) -> Mention {
    let head = phrase.head as usize;
    let tokens = Stretch { first: phrase.tokens.first, end: end as u32 };
    let core = core(tagged, phrase);
    let plural = match phrase.kind {
        MentionKind::Name => false,
        _ => tagged.tag(head) == Tag::Plural || tagged.any(head, Traits::PLURAL),
    };
    let known = |at: usize| Some(tagged.word(at).gender).filter(|&g| g != Gender::Unknown);
    let gender = match phrase.kind {
        MentionKind::Name => phrase.tokens.range().find_map(known),
        _ => known(head),
    };
    Mention::new(tokens, phrase.kind, gender.unwrap_or_default(), plural).with_core(core)
}

/// The name in a phrase without its title, or all of the phrase.
pub(crate) fn core(tagged: &Tagged, phrase: Phrase) -> Stretch {
    match phrase.kind {
        MentionKind::Name => name(tagged, phrase),
        _ => phrase.tokens,
    }
}

/// The name in a phrase that ends with one, without what stands before: *Mayor*, *the*, *defense attorney*.
fn name(tagged: &Tagged, phrase: Phrase) -> Stretch {
    let end = phrase.head as usize + 1;
    let part = |at: &usize| {
        tagged.tag(*at) == Tag::Name
            || tagged.any(*at, Traits::PARTICLE)
            || tagged.kind(*at) == TokenKind::Symbol
    };
    let mut first = phrase.tokens.range().rev().take_while(part).last().unwrap_or(end - 1);
    let titled = |at: usize| tagged.any(at, Traits(Traits::TITLE.0 | Traits::ROLE.0));
    if let Some(last) = (first..end - 1).rev().find(|&at| titled(at) && !tagged.any(at, Traits::GIVEN_NAME)) {
        first = last + 1;
    }
    Stretch::new(first, end)
}
