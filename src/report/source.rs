//! Who the source of a cue may be.
//!
//! For each candidate a row of named properties, from which the fitted model tells how likely it is; so with where the
//! content stands ([`layout`](crate::report::layout)), where it ends ([`end`](crate::report::end)) and whether it is all right
//! ([`reading`](crate::report::reading)).

use crate::grammar::clause::{self, Chunk, Group, Link, Place, REPORTS};
use crate::grammar::mention::{self, Mention, MentionKind};
use crate::growth::Growth;
use crate::lexicon::{Function, Tag, Traits};
use crate::model::linear::{FIELDS, Row, schema};
use crate::report::cue::{Cue, Form, Side};
use crate::report::sight::{FORMS, LINKS, REFERENTS, Sight};
use crate::report::standing::{STANDS, Stands};
use crate::report::values::{COUNTS, KINDS, SHARES, TRAITS, YES, count, share_bucket, takes};
use crate::text::sentence::Stretch;
use crate::text::token::TokenKind;

/// How many tokens may follow the head of a source that stands after its cue.
const LONGEST_INSERT: usize = 9;

/// How many words an aside between commas has at most, with the comma that opens it.
const LONGEST_SIDELONG: usize = 4;

/// Who the source of a cue may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Source {
    pub(crate) mention: Option<Mention>,
    /// It stands after the cue.
    pub(crate) inverted: bool,
    /// What follows the phrase and belongs to it is still to be read.
    open: bool,
}

/// The verbs before a cue.
struct Verbs<'a> {
    groups: &'a [Group],
    /// The subject of the cue itself.
    own: Option<usize>,
    /// The subject of the last finite one, and of the last that reports something.
    last: Option<u32>,
    report: Option<u32>,
}

const PLACES: &[&str] = &["free", "object", "oblique", "apposed", "by", "of", "from", "among", "none"];

const RULES: &[&str] = &["nothing", "last verb", "last report", "both", "other verb", "other report"];

pub(crate) const WHICH: &[&str] =
    &["none", "left 1", "left 2", "left 3", "left 4", "left far", "right 1", "right 2", "possessive", "main"];

schema! { SOURCE, S:
    [
        Form_ "cue form" FORMS,
        CueKind_ "cue kind" KINDS,
        Share "cue share" SHARES,
        CueBefore "before cue" STANDS,
        CueAfter "after cue" STANDS,
        Quote "quote before" YES,
        Sourceless "sourceless" YES,
    ]
    Which "which" WHICH,
    Referent "referent" REFERENTS,
    Subject "link" LINKS,
    Placed "place" PLACES,
    Before "before it" STANDS,
    After "after it" STANDS,
    Verbs "verbs between" COUNTS,
    Commas "commas between" COUNTS,
    Worth "source share" SHARES,
    First "first in sentence" YES,
    Ends "tag ends" YES,
    Rules "rules" RULES,
    Takes "takes" TRAITS,
    ;
    [Rules Which] [Rules Subject] [Ends Which Quote] [Quote Which] [Which] [Which Share] [Worth Which]
    [Referent Subject] [Verbs Which] [Subject Which]
    [Rules CueBefore] [Rules Commas] [Rules Placed] [Which Form_] [Which CueKind_] [Referent] [Referent Which]
    [Subject Form_] [Placed Which] [Placed Subject] [Before Which] [After Which] [CueBefore Which]
    [CueAfter Which] [Commas Which] [Worth] [Sourceless Which] [First Subject] [Before Subject]
    [Verbs Subject] [Commas Subject] [Worth Subject] [CueAfter Subject] [Referent Form_] [CueKind_ Referent]
    [Which Form_ CueKind_] [Which Quote Form_] [After Subject] [Takes Which Quote] [Rules Form_]
    [Placed After] [Form_ After Rules] [Before Commas Rules] [Form_ CueBefore Rules] [CueBefore Subject First]
    [Referent Worth]
}

/// Where the source stands that a row describes.
pub(crate) fn which(row: &Row) -> u8 {
    row[S::Which]
}

impl Sight<'_> {
    /// The candidates for the source of the cue, each with its row.
    pub(crate) fn sources(&self, cue: &Cue, out: &mut Vec<(Source, Row)>) {
        out.clear();
        let first = cue.first as usize;
        let base = self.source_row(cue);
        if cue.side == Side::Any {
            let mut row = base;
            row[S::Which] = 0;
            row[S::Placed] = 8;
            let own = cue.group.map(|g| &self.clauses.groups[g as usize]).filter(|g| g.subject.is_some());
            row[S::Subject] = own.map_or(0, |g| 1 + g.link as u8);
            out.add((Source { mention: None, inverted: false, open: false }, row));
        }
        let verbs = self.verbs_before(cue);
        let subject = verbs.own;
        let chunks = &self.clauses.chunks;
        let before = chunks.partition_point(|c| (c.phrase.tokens.first as usize) < first);
        if cue.form == Form::Noun || cue.side == Side::Inside {
            let noun = if cue.side == Side::Inside { cue.end - 1 } else { cue.head };
            self.possessors(noun as usize, base, out);
        }
        if cue.side == Side::Inside {
            return;
        }
        if cue.side != Side::After {
            let mut near = 0;
            let joint = subject.and_then(|s| self.joint(s, before, first));
            for index in (0..before).rev() {
                let chunk = &chunks[index];
                // *the mill, based in Marl, **today** announced*
                if clause::times(self.tagged, chunk.phrase) && chunk.phrase.tokens.range().len() == 1 {
                    continue;
                }
                let joined = joint.as_ref().is_some_and(|j| j.contains(&(chunk.phrase.head as usize)));
                if chunk.phrase.tokens.end as usize > first || self.bracketed(chunk, first) || joined {
                    continue;
                }
                // *A: Yes, I think it leaks*
                if cue.form != Form::Colon && self.labels(chunk) {
                    continue;
                }
                near += 1;
                if near > 1 && cue.side == Side::Before {
                    return;
                }
                if near > 5 && subject != Some(index) {
                    if subject.is_none_or(|s| s > index) {
                        break;
                    }
                    continue;
                }
                // *Ruiz, **a diver**, said*
                if chunk.place == Place::Apposed && subject.is_some_and(|s| s + 1 == index) {
                    continue;
                }
                let which = near.min(5);
                self.source(cue, index, which as u8, &verbs, base, out);
            }
        }
        let end = cue.end as usize;
        let first = chunks.partition_point(|c| (c.phrase.tokens.first as usize) < end);
        for (which, index) in (6..9).zip(first..chunks.len()) {
            let start = chunks[index].phrase.tokens.first as usize;
            if start > end + 12 {
                break;
            }
            let near = which == 6 && (start == end || cue.side == Side::After);
            if near || self.preposition(start).is_some() {
                self.source(cue, index, which.min(7), &verbs, base, out);
            }
        }
        if let Some(index) = self.fronted(cue) {
            self.source(cue, index, 9, &verbs, base, out);
        }
    }

    /// What follows the subject of a cue up to the last of the phrases that *and* joins to it, which are no sources by
    /// themselves: *divers | **and sailors**, in fact, said*.
    fn joint(&self, subject: usize, before: usize, end: usize) -> Option<std::ops::Range<usize>> {
        let t = self.tagged;
        let phrase = self.clauses.chunks[subject].phrase.tokens;
        if subject + 1 >= before {
            return None;
        }
        let last = mention::joined(t, self.clauses.chunks[subject].phrase, end)?;
        Some(phrase.end as usize..last)
    }

    /// Whether the phrase is the label of who speaks, not a part of the sentence behind it.
    fn labels(&self, chunk: &Chunk) -> bool {
        let tokens = chunk.phrase.tokens;
        tokens.first == self.sentence.first
            && tokens.range().len() == 1
            && self.tagged.kind(tokens.end as usize) == TokenKind::Colon
    }

    /// Whether the phrase stands in brackets that close before the token: *Ana Ruiz (D-Ohio)*.
    fn bracketed(&self, chunk: &Chunk, before: usize) -> bool {
        let t = self.tagged;
        let range = chunk.phrase.tokens.range();
        range.start > self.sentence.range().start
            && t.kind(range.start - 1) == TokenKind::Opening
            && (range.end..before).any(|at| t.kind(at) == TokenKind::Closing)
    }

    /// *by*, *of*, *from* or *among* before the token, as a value of the place.
    fn preposition(&self, at: usize) -> Option<u8> {
        let before = at.checked_sub(1).filter(|&b| self.sentence.contains(b))?;
        match self.tagged.function(before) {
            Function::By => Some(4),
            Function::Of => Some(5),
            Function::From => Some(6),
            Function::Among => Some(7),
            _ => None,
        }
    }

    fn source_row(&self, cue: &Cue) -> Row {
        let mut row = [0; FIELDS];
        row[S::Form_] = cue.form as u8;
        row[S::CueKind_] = cue.kind as u8;
        row[S::Share] = share_bucket(cue.share);
        row[S::Takes] = takes(self.tagged.word(cue.head as usize).traits);
        row[S::CueBefore] = self.stands_before(cue.first as usize) as u8;
        row[S::CueAfter] = self.stands(cue.end as usize) as u8;
        let first = cue.first as usize;
        let sentence = self.sentence.first as usize;
        let edge = (sentence..first).rev().find(|&at| self.tagged.kind(at) != TokenKind::Comma);
        row[S::Quote] = u8::from(edge.is_some_and(|at| self.quoted(at)));
        row[S::Sourceless] = u8::from(self.tagged.word(cue.head as usize).cue.sourceless >= 4);
        row
    }

    fn source(
        &self,
        cue: &Cue,
        index: usize,
        which: u8,
        verbs: &Verbs,
        base: Row,
        out: &mut Vec<(Source, Row)>,
    ) {
        let chunk = &self.clauses.chunks[index];
        let (start, end) = (chunk.phrase.tokens.first as usize, chunk.phrase.tokens.end as usize);
        let right = start >= cue.end as usize;
        let link = cue.group.map_or(Link::None, |g| self.clauses.groups[g as usize].link);
        let is_subject = verbs.own == Some(index);
        let Some((mention, open)) = self.mention(cue, index, right) else { return };
        let between = if right { cue.end as usize..start } else { end..cue.first as usize };
        let mut row = base;
        row[S::Which] = which;
        row[S::Referent] = self.referent(Some(&mention)) as u8;
        row[S::Subject] = if is_subject { 1 + link as u8 } else { 0 };
        row[S::Placed] = self.preposition(start).unwrap_or(chunk.place as u8);
        row[S::Before] = self.stands_before(start) as u8;
        row[S::After] = self.stands(if right { mention.tokens().end as usize } else { end }) as u8;
        let between = self.standing.sums(between);
        row[S::Verbs] = count(between.verbs());
        row[S::Commas] = count(between.commas());
        row[S::Worth] = share_bucket(self.worth(Some(&mention)));
        row[S::First] = u8::from(index == 0);
        row[S::Rules] = self.rules(verbs, index as u32);
        if right {
            let edge = self.stands(mention.tokens().end as usize);
            row[S::Ends] = u8::from(edge.parts() && edge != Stands::Bracket);
        }
        out.add((Source { mention: Some(mention), inverted: right && which < 9, open }, row));
    }

    /// The verbs before the cue.
    fn verbs_before(&self, cue: &Cue) -> Verbs<'_> {
        let groups = &self.clauses.groups;
        let groups = &groups[..groups.partition_point(|g| g.head < cue.first)];
        let mut finite = groups.iter().rev().filter(|g| g.finite).peekable();
        let last = finite.peek().and_then(|g| g.subject);
        let report = finite.find(|g| self.is_report(g)).and_then(|g| g.subject);
        Verbs { groups, own: self.subject(cue), last, report }
    }

    /// Whether the verb reports something often.
    fn is_report(&self, group: &Group) -> bool {
        self.tagged.word(group.head as usize).cue.verb_share >= REPORTS
    }

    /// Which of the finite verbs before the cue the phrase is the subject of: *Ruiz* of the last report in *The dam
    /// leaks, Ruiz said, adding …*
    fn rules(&self, verbs: &Verbs, chunk: u32) -> u8 {
        let mut own = verbs.groups.iter().filter(|g| g.finite && g.subject == Some(chunk)).peekable();
        match (verbs.last == Some(chunk), verbs.report == Some(chunk)) {
            (true, true) => 3,
            (false, true) => 2,
            (true, false) => 1,
            _ if own.peek().is_none() => 0,
            _ if own.any(|g| self.is_report(g)) => 5,
            _ => 4,
        }
    }

    /// The source with all that belongs to it; the subject of the cue does not belong to another phrase: *In a dry
    /// year, | Ruiz said*.
    pub(crate) fn complete(&self, cue: &Cue, source: Source) -> Source {
        let subject = self.subject(cue).map(|s| self.clauses.chunks[s].phrase.tokens.first);
        let whole = |m: Mention| {
            let end = subject.filter(|&s| s > m.tokens().first).map_or(cue.first, |s| s.min(cue.first));
            self.clauses.mention(self.tagged, m.tokens().range().start, end as usize)
        };
        match source.mention {
            Some(mention) if source.open => {
                Source { mention: whole(mention).or(source.mention), open: false, ..source }
            }
            _ => source,
        }
    }

    /// The mention that a chunk makes as the source of the cue, and whether what belongs to it is still to be read.
    ///
    /// A subject reaches to its verb, another phrase as far as the grammar of mentions reads.
    fn mention(&self, cue: &Cue, index: usize, right: bool) -> Option<(Mention, bool)> {
        let t = self.tagged;
        let chunk = &self.clauses.chunks[index];
        let start = chunk.phrase.tokens.first as usize;
        if right {
            let whole = self.whole(start)?;
            return Some((
                if self.long(chunk, &whole) { self.shortened(chunk, whole) } else { whole },
                false,
            ));
        }
        let core = chunk.phrase.tokens.end;
        let verb = self.clauses.groups.iter().find(|g| {
            let own = g.subject == Some(index as u32) && g.first >= core && g.first <= cue.first;
            own && matches!(g.link, Link::Plain | Link::Resumed | Link::Embedded)
        });
        let mut end = verb.map_or(cue.first, |g| g.first) as usize;
        let adjacent =
            |end: usize| (core as usize..end).all(|at| matches!(t.tag(at), Tag::Adverb | Tag::Punctuation));
        if verb.is_some() || adjacent(end) {
            end = self.without_adjuncts(core as usize, end);
            if !self.standing.quoted(start..end) {
                let whole = mention::of(t, chunk.phrase, end);
                let whole = if self.long(chunk, &whole) { self.shortened(chunk, whole) } else { whole };
                return Some((whole, false));
            }
        }
        if t.function(start) == Function::Who {
            // *Ruiz, **who** denied it, said …*: whose verb comes behind the clause is no *who*
            let resumed = self.subject(cue).is_some_and(|subject| subject < index);
            return (!resumed).then(|| (self.relative(chunk), false));
        }
        let phrase = self.clauses.phrase(t, start, cue.first as usize)?;
        Some((mention::bare(t, phrase, cue.first as usize), true))
    }

    /// The end of a subject before the adverbs and times that belong to its verb: *the mayor | on Tuesday*, *Ruiz |
    /// less than two weeks ago*, *she | all but*.
    fn without_adjuncts(&self, core: usize, mut end: usize) -> usize {
        let t = self.tagged;
        // *Ruiz, who has lived there since May, | said*: what a comma parts off keeps its times
        let parted = end > core && t.kind(end - 1) == TokenKind::Comma;
        if parted && self.standing.finite(core..end) > 0 {
            return end - 1;
        }
        if let Some(aside) = self.aside(core, end) {
            return aside;
        }
        let mut time_end = None;
        while end > core {
            let last = end - 1;
            // *she | first said*
            let time = t.any(last, Traits::TIME) || t.is(last, "first");
            let loose = match t.tag(last) {
                Tag::Punctuation => t.kind(last) != TokenKind::Closing,
                Tag::Adverb | Tag::Preposition | Tag::Determiner | Tag::Coordinator => true,
                Tag::Number | Tag::Adjective => time_end.is_some(),
                // *the poll released on Monday*: the time of a participle stays with it
                Tag::Participle | Tag::Past => return time_end.unwrap_or(end),
                _ => false,
            };
            if !time && !loose {
                break;
            }
            if time && time_end.is_none() {
                time_end = Some(end);
            }
            end = last;
        }
        end
    }

    /// Where words between commas begin that belong to the whole sentence: *Ruiz | , in turn, said*.
    fn aside(&self, core: usize, end: usize) -> Option<usize> {
        let t = self.tagged;
        let comma = |at: usize| t.kind(at) == TokenKind::Comma;
        let close = (core..end).rev().find(|&at| t.tag(at) != Tag::Adverb).filter(|&at| comma(at))?;
        let open = (core..close).rev().take(LONGEST_SIDELONG).find(|&at| comma(at))?;
        let plain = |at: usize| matches!(t.tag(at), Tag::Noun | Tag::Adjective);
        (t.tag(open + 1) == Tag::Preposition && close - open > 2 && (open + 2..close).all(plain))
            .then_some(open)
    }

    /// Whether more follows the head of a mention than a source has.
    fn long(&self, chunk: &Chunk, whole: &Mention) -> bool {
        let (last, head) = (whole.tokens().end as usize - 1, chunk.phrase.head as usize);
        last > head + LONGEST_INSERT
    }

    /// The mention without its last clauses, where they are long: up to a comma that leaves it short enough.
    fn shortened(&self, chunk: &Chunk, whole: Mention) -> Mention {
        let t = self.tagged;
        let longest = chunk.phrase.head as usize + LONGEST_INSERT;
        let short = |at: &usize| *at - 1 <= longest;
        let clause = |at: &usize| t.kind(*at) == TokenKind::Comma || t.tag(*at) == Tag::WhPronoun;
        let phrase = |at: &usize| matches!(t.tag(*at), Tag::Preposition | Tag::To);
        let ends = || (chunk.phrase.tokens.end as usize..whole.tokens().end as usize).rev().filter(short);
        let end = ends().find(clause).or_else(|| ends().find(phrase));
        let end = end.map(|end| end - usize::from(t.kind(end - 1) == TokenKind::Comma));
        mention::of(t, chunk.phrase, end.unwrap_or(chunk.phrase.tokens.end as usize))
    }

    /// *who* with the phrase that it stands for, where that stands right before.
    fn relative(&self, chunk: &Chunk) -> Mention {
        let t = self.tagged;
        let at = chunk.phrase.tokens.first as usize;
        let end = if at > 0 && t.kind(at - 1) == TokenKind::Comma { at - 1 } else { at };
        let antecedent = end
            .checked_sub(1)
            .and_then(|last| self.clauses.chunk_at(last))
            .map(|index| self.clauses.chunks[index].phrase)
            .filter(|p| p.kind != MentionKind::Pronoun);
        match antecedent {
            Some(phrase) => mention::of(t, phrase, at + 1),
            None => mention::of(t, chunk.phrase, at + 1),
        }
    }

    /// *his* of *his claim*, *Ruiz’s* of *Ruiz’s claim*.
    fn possessors(&self, head: usize, base: Row, out: &mut Vec<(Source, Row)>) {
        let t = self.tagged;
        let Some(index) = self.clauses.chunk_at(head) else { return };
        let first = self.clauses.chunks[index].phrase.tokens.first as usize;
        let mut push = |mention: Mention| {
            let mut row = base;
            row[S::Which] = 8;
            row[S::Referent] = self.referent(Some(&mention)) as u8;
            row[S::Placed] = self.clauses.chunks[index].place as u8;
            row[S::Before] = self.stands_before(first) as u8;
            row[S::Worth] = share_bucket(self.worth(Some(&mention)));
            out.add((Source { mention: Some(mention), inverted: false, open: false }, row));
        };
        if t.tag(first) == Tag::Possessive && first < head {
            let tokens = Stretch::new(first, first + 1);
            let (gender, plural) = (t.word(first).gender, t.any(first, Traits::PLURAL));
            push(Mention::new(tokens, MentionKind::Pronoun, gender, plural));
        } else if let Some(genitive) = (first + 1..head).rev().find(|&at| t.tag(at) == Tag::Genitive) {
            if let Some(mention) = self.clauses.mention(t, first, genitive) {
                push(mention.until(genitive));
            }
        }
    }

    /// Who is told where the subject is: ***Ruiz** was told by the council that it leaks*.
    pub(crate) fn told(&self, cue: &Cue) -> Option<Mention> {
        let t = self.tagged;
        let subject = self.subject(cue).map(|s| self.clauses.chunks[s].phrase);
        let head = cue.head as usize;
        let told = cue.form == Form::Passive && (cue.hears(t) || t.any(head, Traits::TOLD));
        subject
            .filter(|p| told && p.tokens.end <= cue.first)
            .map(|p| mention::of(t, p, p.tokens.end as usize))
    }
}
