//! The first glance at a sentence: which of its words may be cues.
//!
//! Most words that can report something report nothing where they stand. Before clauses are parsed and readings are
//! weighed, a small model looks at each such word and the few beside it; what it gives no hope is not looked at
//! again, and a sentence without any hope is not parsed at all.

use crate::grammar::tag::Tagged;
use crate::growth::Growth;
use crate::lexicon::{
    Complement, CueKind, Follows, Function, Meaning, Outline, Phrase, Slot, Tag, Traits, Voice, WordId,
};
use crate::model::linear::{FIELDS, Row, schema};
use crate::model::scorer::Scorer;
use crate::report::standing::{STANDS, Stands, stands};
use crate::report::values::{KINDS, SHARES, TAGS, TRAITS, YES, share_bucket, takes};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// A word whose score is lower is passed over, as it reports something in less than 15 of a hundred places like its
/// own: F1 does not fall by that.
const HOPEFUL: i32 = -173;

/// The same for words beside quotation marks, where little is to be missed: less than 2 of a hundred.
const HOPEFUL_BESIDE: i32 = -389;

/// How many tokens around a word are looked at for marks and for who speaks.
const REACH: usize = 8;

/// Phrases that report less often than this many times in a hundred are passed over: most are made of common words.
pub(crate) const LEAST_PHRASE_SHARE: u8 = 15;

/// Words that report less often than this many times in a hundred are passed over, and so are idioms.
pub(crate) const LEAST_SHARE: u8 = 3;

/// How many tokens the source inside a phrase has at most.
pub(crate) const LONGEST_SOURCE: usize = 24;

schema! { GLANCE, G:
    Share "share" SHARES,
    Kind "kind" KINDS,
    Tag_ "class" TAGS,
    Takes "takes" TRAITS,
    Next "next" STANDS,
    Next2 "second next" STANDS,
    Before "before" STANDS,
    Before2 "second before" STANDS,
    Who "nominal before" &["none", "pronoun", "it", "name", "person", "body", "plural", "other"],
    Worth "source share" SHARES,
    Marks "marks" &["none", "before", "after", "both"],
    First "first" YES,
    Helper "helper" &["none", "be", "have", "do", "to", "modal", "not"],
    With "share with what follows" SHARES,
    ;
    [Share] [Takes] [Next] [Next2] [Before] [Before2] [Who] [Worth] [Marks] [First] [Share Kind] [Tag_ Before]
    [Tag_ Marks] [Kind Next] [Takes Next] [Before Before2] [Tag_ Kind Share] [Helper Tag_] [Helper Share]
    [Helper Next] [With] [With Share] [With Next] [With Kind] [With Tag_]
}

/// Adds the words of a sentence that may be cues to `hopes`, ascending; `quotes` are the outermost quoted stretches of
/// the text.
pub(crate) fn read(
    model: &Scorer,
    tagged: &Tagged,
    quotes: &[Stretch],
    sentence: Stretch,
    hopes: &mut Vec<u32>,
) {
    each_word(tagged, quotes, sentence, |at, marks| {
        let least = |marks: [bool; 2]| if marks[0] || marks[1] { HOPEFUL_BESIDE } else { HOPEFUL };
        let score = |marks| model.hundredths(&row(tagged, sentence, at, marks));
        if marks.is_none_or(|marks| score(marks) >= least(marks)) {
            hopes.add(at as u32);
        }
    });
}

/// Visits the words of a sentence that may report something, with whether marks stand before and after them;
/// without that those that may begin a phrase and the colons, which are not for the model.
pub(crate) fn each_word(
    tagged: &Tagged,
    quotes: &[Stretch],
    sentence: Stretch,
    mut visit: impl FnMut(usize, Option<[bool; 2]>),
) {
    let range = sentence.range();
    let quote = quotes.partition_point(|q| q.end <= sentence.first);
    let mut quotes = quotes[quote..].iter();
    let mut trails = Trails::default();
    // what stands before `near` is beside the quotation before it, from `far` on beside the next
    let (mut near, mut at) = (0, range.start);
    while at < range.end {
        let quote = quotes.next();
        let ahead = quote.map_or(usize::MAX, |q| q.first as usize);
        let far = quote.map_or(usize::MAX, |q| (q.first as usize).saturating_sub(REACH));
        let stop = ahead.min(range.end);
        while let Some((found, kind)) = next_word(tagged, at.min(stop)..stop, near, far) {
            at = found + 1;
            let beside = (found < near || found >= far) && tagged.tag(found).verb();
            let known = tagged.lexicon.phrases(&tagged.tokens.word[found..range.end]);
            if let Some(length) = idiom(tagged, known, found, range.end) {
                at = found + length;
            } else if kind == TokenKind::Colon
                || trails.opens_phrase(tagged, known, found, range.end)
                || claims(tagged, found, range.end)
            {
                visit(found, None);
            } else if beside || tagged.word(found).cue.share_of(tagged.tag(found)) >= LEAST_SHARE {
                visit(found, Some([found < near, found >= far]));
            }
        }
        at = quote.map_or(range.end, |q| q.range().end);
        near = at + REACH;
    }
}

/// The next of the tokens that may report something: beside speech, before `near` and from `far` on, any verb may.
fn next_word(
    tagged: &Tagged,
    tokens: std::ops::Range<usize>,
    near: usize,
    far: usize,
) -> Option<(usize, TokenKind)> {
    let outlines = tagged.lexicon.outlines();
    let find = |first: usize, end: usize, beside: bool| {
        let mut rows = tagged.tokens.rows(first.min(end)..end);
        let found = rows.find(|&(at, kind, _, word)| {
            outlines.of(word).has(Outline::REPORTS)
                || kind == TokenKind::Colon
                || beside && tagged.tag(at).verb()
        });
        found.map(|(at, kind, ..)| (at, kind))
    };
    let (first, end) = (tokens.start, tokens.end);
    let close = find(first, near.min(end), true);
    close
        .or_else(|| find(first.max(near), far.min(end), false))
        .or_else(|| find(first.max(near).max(far), end, true))
}

/// How many words stand together that report nothing, whatever one of them does alone: *in order to*, *pointed at*.
fn idiom(tagged: &Tagged, known: &[Phrase], at: usize, end: usize) -> Option<usize> {
    let words = &tagged.tokens.word[at..end.min(at + 8)];
    let known = known.iter().find(|p| p.source == Slot::Outside && begins(words, &p.lead))?;
    let reports = !matches!(known.meaning, Meaning::Cue(_, share) if share < LEAST_SHARE);
    (!reports).then_some(known.lead.len())
}

/// Whether words begin with others; most that do not differ in the second.
pub(crate) fn begins(words: &[WordId], lead: &[WordId]) -> bool {
    words.len() >= lead.len() && words.iter().zip(lead).all(|(word, other)| word == other)
}

/// Where in a sentence words stand that may end a phrase behind its source: each is looked for once.
#[derive(Default)]
struct Trails {
    /// The first of them from the token on that was asked about last.
    next: usize,
}

impl Trails {
    /// The first such word of the sentence from the token on.
    fn from(&mut self, tagged: &Tagged, at: usize, end: usize) -> usize {
        if self.next < at {
            let outlines = tagged.lexicon.outlines();
            let mut rows = tagged.tokens.rows(at.min(end)..end);
            let found = rows.find(|&(.., word)| outlines.of(word).has(Outline::ENDS_PHRASE));
            self.next = found.map_or(end, |(at, ..)| at);
        }
        self.next
    }

    /// Whether a phrase may begin at the token: what stands before its source does, and what ends it comes later, behind
    /// an owner or as a verb.
    fn opens_phrase(&mut self, tagged: &Tagged, known: &[Phrase], at: usize, end: usize) -> bool {
        let words = &tagged.tokens.word[at..end];
        let reports = |phrase: &&Phrase| {
            matches!(phrase.meaning, Meaning::Cue(_, share) if share >= LEAST_PHRASE_SHARE)
                && begins(words, &phrase.lead)
        };
        if known.is_empty() {
            return false;
        }
        let owns = |at: usize| matches!(tagged.tag(at), Tag::Genitive | Tag::Possessive);
        let ends = |at: usize, phrase: &Phrase| {
            phrase.trail.first() == Some(&tagged.tokens.word[at]) && (owns(at - 1) || tagged.tag(at).finite())
        };
        let trails = self.from(tagged, at + 2, end)..end.min(at + LONGEST_SOURCE + 4);
        let ended = |phrase: &&Phrase| {
            phrase.trail.is_empty() || !trails.is_empty() && trails.clone().any(|at| ends(at, phrase))
        };
        known.iter().filter(ended).any(|phrase| reports(&phrase))
    }
}

/// What the model sees of a word, with whether marks stand before and after it.
pub(crate) fn row(tagged: &Tagged, sentence: Stretch, at: usize, marks: [bool; 2]) -> Row {
    let mut row = [0; FIELDS];
    let word = tagged.word(at);
    let tag = tagged.tag(at);
    let share = word.cue.share_of(tag);
    let (first, end) = (sentence.first as usize, sentence.end as usize);
    let quoted = |at: usize| tagged.tokens.has(at, Shape::QUOTED);
    let see = |at: usize| match at {
        _ if at < first || at >= end => Stands::End,
        _ if quoted(at) => Stands::ClosingMark,
        _ => stands(tagged, at, end),
    };
    row[G::Share] = share_bucket(share);
    row[G::Kind] = word.cue.kind as u8;
    row[G::Tag_] = tag as u8;
    row[G::Takes] = takes(word.traits);
    row[G::Next] = see(at + 1) as u8;
    row[G::Next2] = see(at + 2) as u8;
    row[G::Before] = see(at.wrapping_sub(1)) as u8;
    row[G::Before2] = see(at.wrapping_sub(2)) as u8;
    row[G::Marks] = u8::from(marks[0]) + 2 * u8::from(marks[1]);
    row[G::First] = u8::from(at == first);
    let helper = helper(tagged, first, at);
    row[G::Helper] = helper;
    let nominal = |&at: &usize| {
        let tag = tagged.tag(at);
        (tag.nominal() || matches!(tag, Tag::Pronoun | Tag::WhPronoun)) && !quoted(at)
    };
    if let Some(who) = (first..at).rev().take(REACH).find(nominal) {
        row[G::Who] = self::who(tagged, who);
        row[G::Worth] = share_bucket(tagged.word(who).source_share);
    }
    let voice = match tag {
        Tag::Participle if helper != HAVE => Voice::Passive,
        _ if tag.verb() => Voice::Active,
        _ => Voice::Noun,
    };
    let next = if voice == Voice::Noun { past_party(tagged, at + 1, end) } else { at + 1 };
    let with = Complement::new(voice, complement(tagged, next, end));
    let [known, any] = tagged.lexicon.shares_with(tagged.tokens.word[at], with);
    row[G::With] = share_bucket(known.or(any).unwrap_or(share));
    row
}

/// *have*, as a value of the helper.
const HAVE: u8 = 2;

/// The kind of word before a verb that says how it is meant, adverbs passed over: *has* in *has often said*.
fn helper(tagged: &Tagged, first: usize, at: usize) -> u8 {
    let says = |&at: &usize| tagged.tag(at) != Tag::Adverb || tagged.any(at, Traits::NEGATION);
    let Some(at) = (first..at).rev().take(3).find(says) else { return 0 };
    let traits = tagged.word(at).traits;
    match tagged.tag(at) {
        _ if traits.any(Traits::BE) => 1,
        _ if traits.any(Traits::HAVE) => HAVE,
        _ if traits.any(Traits::DO) => 3,
        Tag::To => 4,
        Tag::Modal => 5,
        _ if traits.any(Traits::NEGATION) => 6,
        _ => 0,
    }
}

/// Whether the token is a noun of saying with who says it or hears it and *that*: ***the claim** by Ruiz that it leaks*.
fn claims(tagged: &Tagged, at: usize, end: usize) -> bool {
    let cue = tagged.word(at).cue;
    let noun = matches!(tagged.tag(at), Tag::Noun | Tag::Plural) && cue.noun_share >= LEAST_CLAIM;
    noun && cue.kind == CueKind::Speech && past_party(tagged, at + 1, end) > at + 1
}

/// A noun is one of saying where so many in a hundred of it report something.
const LEAST_CLAIM: u8 = 15;

/// How many words a party to a claim has at most.
const LONGEST_PARTY: usize = 8;

/// Where *that* stands behind who makes a claim or hears it, in place of the preposition: *the claim | by Ruiz **that***,
/// *a promise | to the crew **that***.
pub(crate) fn past_party(tagged: &Tagged, at: usize, end: usize) -> usize {
    let leads = at + 2 < end
        && matches!(tagged.function(at), Function::By | Function::From | Function::To | Function::Of)
        && !tagged.tag(at + 1).verb();
    let inside = |&at: &usize| {
        let tag = tagged.tag(at);
        (tag.nominal() || matches!(tag, Tag::Determiner | Tag::Possessive | Tag::Genitive | Tag::Adjective))
            && !tagged.tokens.has(at, Shape::QUOTED)
    };
    let that = |&at: &usize| at < end && tagged.function(at) == Function::That && at > 0;
    let close = || at + 1 + (at + 1..end.min(at + 1 + LONGEST_PARTY)).take_while(inside).count();
    leads.then(close).filter(that).unwrap_or(at)
}

/// What kind of thing the nearest noun names.
fn who(tagged: &Tagged, at: usize) -> u8 {
    let word = tagged.word(at);
    match tagged.tag(at) {
        Tag::Pronoun | Tag::WhPronoun if word.function == Function::It => 2,
        Tag::Pronoun | Tag::WhPronoun => 1,
        Tag::Name => 3,
        _ if word.traits.any(Traits(Traits::ROLE.0 | Traits::PEOPLE.0 | Traits::KIN.0)) => 4,
        _ if word.traits.any(Traits(Traits::BODY.0 | Traits::ORGANISATION.0)) => 5,
        Tag::Plural => 6,
        _ => 7,
    }
}

/// What seems to follow a word, adverbs and times passed over.
fn complement(tagged: &Tagged, from: usize, end: usize) -> Follows {
    let loose = |&at: &usize| tagged.tag(at) == Tag::Adverb || tagged.any(at, Traits::TIME);
    let at = from + (from..end.min(from + 3)).take_while(loose).count();
    if let Some(follows) = beyond(tagged, at, end) {
        return follows;
    }
    let quoted = |at: usize| tagged.tokens.has(at, Shape::QUOTED);
    match tagged.tag(at) {
        Tag::Pronoun => match tagged.function(at) {
            Function::He | Function::She | Function::They | Function::We | Function::I => Follows::Clause,
            _ => Follows::Object,
        },
        Tag::Determiner | Tag::Possessive | Tag::Name | Tag::Noun | Tag::Plural | Tag::Number => {
            let inside = |tag: Tag| tag.nominal() || matches!(tag, Tag::Adjective | Tag::Number);
            let next = (at + 1..end.min(at + 5)).find(|&at| quoted(at) || !inside(tagged.tag(at)));
            match next.filter(|&at| !quoted(at)) {
                Some(at) if tagged.tag(at).finite() => Follows::Clause,
                Some(at) if tagged.tag(at) == Tag::To => Follows::ObjectTo,
                Some(at) if tagged.function(at) == Function::That => Follows::That,
                _ => Follows::Object,
            }
        }
        _ => behind(tagged, at, end),
    }
}

/// Quotation or nothing at the token.
pub(crate) fn beyond(tagged: &Tagged, at: usize, end: usize) -> Option<Follows> {
    let quoted = |at: usize| at < tagged.tokens.len() && tagged.tokens.has(at, Shape::QUOTED);
    if quoted(at) || quoted(at + 1) && matches!(tagged.kind(at), TokenKind::Comma | TokenKind::Colon) {
        return Some(Follows::Mark);
    }
    (at >= end).then_some(Follows::Stop)
}

/// What a token outside noun phrases begins.
pub(crate) fn behind(tagged: &Tagged, at: usize, end: usize) -> Follows {
    let function = tagged.function(at);
    match tagged.tag(at) {
        Tag::To if at + 1 < end && tagged.tag(at + 1) == Tag::Base => Follows::To,
        Tag::Subordinator if function == Function::That => Follows::That,
        Tag::Subordinator if matches!(function, Function::Whether | Function::If) => Follows::Whether,
        Tag::WhPronoun | Tag::WhAdverb => Follows::Whether,
        Tag::Subordinator | Tag::Preposition if function == Function::As => Follows::As,
        Tag::Preposition | Tag::To => match function {
            Function::Of => Follows::Of,
            Function::For => Follows::For,
            Function::About => Follows::About,
            Function::By => Follows::By,
            Function::On => Follows::On,
            _ => Follows::Preposition,
        },
        Tag::Existential => Follows::Clause,
        Tag::Gerund => Follows::Gerund,
        Tag::Adjective | Tag::Participle => Follows::Adjective,
        Tag::Punctuation if tagged.kind(at) == TokenKind::Comma => Follows::Comma,
        Tag::Punctuation => Follows::Stop,
        _ => Follows::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractor::Extractor;
    use crate::lexicon::Lexicon;
    use crate::report::search::MODELS;
    use crate::workspace::Workspace;

    /// The words of the first sentence that may be cues.
    fn hopes(text: &str) -> Vec<&str> {
        let lexicon = Lexicon::english();
        let mut w = Workspace::new();
        Extractor::new().parse(&mut w, text, |_| {});
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &lexicon, tags: &w.tags };
        let quotes: Vec<_> = w.found.quoted.iter().filter(|q| q.depth == 0).map(|q| q.tokens).collect();
        let mut hopes = Vec::new();
        read(&MODELS.glance, &tagged, &quotes, w.found.sentences[0], &mut hopes);
        hopes.iter().map(|&at| w.found.tokens.text(text, at as usize)).collect()
    }

    #[test]
    fn what_reports_something_is_given_hope() {
        assert_eq!(hopes("Orla Finch said the pump had leaked for a week."), ["said"]);
        assert_eq!(hopes("The pump leaks, according to divers."), ["according"]);
        assert_eq!(hopes("Orla Finch: “The pump leaks.”"), [":"]);
    }

    #[test]
    fn what_only_could_report_something_is_passed_over() {
        assert!(hopes("The crew rowed out in order to look at the report.").is_empty());
        assert!(hopes("A shot at the gate broke the account book.").is_empty());
    }

    #[test]
    fn beside_speech_any_verb_may_report_it() {
        assert_eq!(hopes("“The pump leaks,” she gurgled."), ["gurgled"]);
    }
}
