//! Where the content of a cue may stand: behind it, before it, around it.

use crate::grammar::clause::{self, Group, Link};
use crate::grammar::mention::{Mention, MentionKind};
use crate::growth::Growth;
use crate::lexicon::{CueKind, Function, Tag, Traits};
use crate::model::linear::{FIELDS, Row, schema};
use crate::named::{Named as _, named};
use crate::report::cue::{Cue, Form};
use crate::report::sight::{Ending, LINKS, Sight};
use crate::report::source::Source;
use crate::report::standing::{STANDS, Stands};
use crate::report::values::{
    COUNTS, LENGTHS, SHARES, TRAITS, YES, count, length_bucket, share_bucket, takes,
};
use crate::text::sentence::Stretch;
use crate::text::token::TokenKind;

/// How many tokens may stand between a tag and the rest of the quotation that it interrupts.
const LONGEST_ASIDE: usize = 30;

/// How many phrases say when something was said: *late | on Tuesday | last week*.
const LONGEST_TIME: usize = 3;

/// How many places behind a tag content may begin at.
const MOST_BEHIND: usize = 6;

/// How many tokens behind a tag what opens content is looked for.
const FARTHEST_OPENER: usize = 16;

/// Where the content of a cue may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) kind: LayoutKind,
    /// What stands before the cue and its source.
    pub(crate) left: Option<Stretch>,
    /// Where content after the cue begins; its end is a question of its own.
    pub(crate) right: Option<u32>,
}

impl Layout {
    /// The pieces of content that ends there after the cue, in the order of the text.
    pub(crate) fn pieces(&self, end: u32) -> [Option<Stretch>; 2] {
        let right = self.right.map(|first| Stretch { first, end });
        match self.left {
            Some(left) => [Some(left), right],
            None => [right, None],
        }
    }
}

named! {
    /// The kinds of layouts.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum LayoutKind {
        /// *Ruiz said it leaks*
        After = "after",
        /// *Ruiz told the council | it leaks*, *complained about | the dam*, *said Friday | it leaks*
        AfterPhrase = "after phrase",
        /// *Ruiz said Friday | that it leaks*
        AfterMarker = "after marker",
        /// *Ruiz said of the dam: | “It leaks.”*
        AfterMark = "after mark",
        /// *“It leaks,” Ruiz said*
        QuoteBefore = "quote before",
        /// *It leaks, Ruiz said*
        SentenceBefore = "sentence before",
        /// *Brandt said it leaks, as Ruiz had claimed*
        ClauseBefore = "clause before",
        /// *“It leaks,” Ruiz said, “and badly.”*
        Around = "around",
        /// *The dam was criticised*
        Subject = "subject",
        /// *the dam, which Ruiz criticised*
        Antecedent = "antecedent",
    }
}

pub(crate) const LAYOUTS: &[&str] = LayoutKind::NAMES;

schema! { LAYOUT, L:
    [
        Share "cue share" SHARES,
        Takes "takes" TRAITS,
        Before "before tag" STANDS,
        Inverted "inverted" YES,
        Nobody "no source" YES,
        Link_ "link" LINKS,
    ]
    Kind "layout" LAYOUTS,
    First "first" STANDS,
    Second "second" STANDS,
    Skipped "before first" STANDS,
    After "after tag" STANDS,
    Clause "clause" COUNTS,
    LeftVerbs "verbs before" COUNTS,
    Quoted "quote" &["none", "at once", "later", "behind a colon", "behind a comma"],
    Skip "skipped" LENGTHS,
    Taken "cue before" YES,
    Ahead "marks ahead" &["none", "at once", "behind a comma", "behind a cue"],
    Pause "marks behind a pause" &["no", "colon", "dash", "bracket", "comma", "word"],
    ;
    [Kind] [Kind Pause] [Kind Quoted Before] [Kind Ahead Quoted] [Kind Ahead] [Kind Clause] [Kind After] [Kind Taken]
    [Kind Pause Quoted] [Kind Share] [Kind Takes] [Kind First] [Kind Second] [Kind Skipped] [Kind Before]
    [Kind Inverted] [Kind Nobody] [Kind Quoted] [Kind Link_] [Kind Skip] [Kind First Takes]
    [Kind Inverted After] [First Second] [Kind Skip First] [Skipped First] [Kind LeftVerbs Before]
    [Kind Takes Clause] [Kind Ahead Skipped] [Kind Ahead Clause] [Kind Taken Skipped]
    [Takes Skipped] [Nobody Skipped] [Inverted Skipped] [Kind Link_ Skip] [Kind Inverted Skip]
}

/// A tag, and what follows from it for all layouts.
#[derive(Clone, Copy)]
struct Frame {
    /// Where it begins and ends.
    anchor: usize,
    end: usize,
    /// Where the words go on behind it.
    start: usize,
    /// What a row has in common with all others.
    row: Row,
}

impl Sight<'_> {
    /// The candidates for where the content stands, each with its row.
    pub(crate) fn layouts(&self, cue: &Cue, source: &Source, out: &mut Vec<(Layout, Row)>) {
        out.clear();
        let frame = self.frame(cue, source);
        self.after(&frame, out);
        self.announced(&frame, out);
        self.before(cue, source, &frame, out);
        let passive = matches!(cue.form, Form::Passive | Form::Participle);
        if passive && !cue.hears(self.tagged) || cue.kind == CueKind::Raising {
            self.subject_layouts(cue, frame.row, frame.start, out);
        }
        self.antecedent(cue, source, frame.row, out);
        self.reduced(cue, frame.row, out);
    }

    /// What content stands around: a cue with the source beside it.
    fn frame(&self, cue: &Cue, source: &Source) -> Frame {
        let first = self.sentence.range().start;
        let end = match source.mention {
            Some(m) if source.inverted => m.tokens().end as usize,
            _ => cue.end as usize,
        };
        let anchor = match source.mention {
            Some(m) if !source.inverted && (self.beside(&m, cue) || self.main_subject(&m, cue)) => {
                m.tokens().first as usize
            }
            _ => cue.first as usize,
        };
        let anchor = (first..anchor)
            .rev()
            .find(|&at| self.tagged.tag(at) != Tag::Adverb || self.quoted(at))
            .map_or(anchor.min(first), |at| at + 1);
        // *as Ruiz said*
        let joined =
            anchor > first && !self.quoted(anchor - 1) && self.tagged.function(anchor - 1) == Function::As;
        let anchor = anchor - usize::from(joined);
        let mut row = self.layout_row(cue, source);
        row[L::Before] = self.stands_before(anchor) as u8;
        Frame { anchor, end, start: self.past_pause(end), row }
    }

    /// Where the words go on behind a comma, colon or dash.
    fn past_pause(&self, mut at: usize) -> usize {
        let pauses =
            |at: usize| matches!(self.tagged.kind(at), TokenKind::Comma | TokenKind::Colon | TokenKind::Dash);
        while at < self.sentence.range().end && !self.quoted(at) && pauses(at) {
            at += 1;
        }
        at
    }

    /// Whether a pronoun stands for the quotation behind a colon: *Ruiz remembers **it differently:** “It leaked.”*
    fn announces(&self, start: usize) -> bool {
        let quoted = self.first_quoted(start..self.sentence.range().end);
        let Some(quote) = quoted.filter(|&quote| quote > start) else { return false };
        let colon = self.tagged.kind(quote - 1) == TokenKind::Colon;
        let loose = |at: usize| self.tagged.tag(at) == Tag::Adverb || self.tagged.any(at, Traits::TIME);
        colon && self.tagged.is(start, "it") && (start + 1..quote - 1).all(loose)
    }

    /// Content behind the tag: at once, behind a phrase, behind a mark, behind a word that opens a clause.
    fn after(&self, frame: &Frame, out: &mut Vec<(Layout, Row)>) {
        let (start, end) = (frame.start, self.sentence.range().end);
        if !self.announces(start) {
            self.begin(LayoutKind::After, start, frame, out);
        }
        let timed = self.times(start);
        if timed > start {
            self.begin(LayoutKind::AfterPhrase, self.past_pause(timed), frame, out);
        } else if start < end && self.tagged.tag(start) == Tag::Preposition {
            self.begin(LayoutKind::AfterPhrase, start + 1, frame, out);
        }
        if start < end {
            self.after_phrase(frame, out);
            self.after_opener(frame, out);
        }
    }

    /// Content that begins at the token, unless that is known already or nothing can begin there.
    #[inline]
    fn begin(&self, kind: LayoutKind, at: usize, frame: &Frame, out: &mut Vec<(Layout, Row)>) {
        let end = self.sentence.range().end;
        // *were intrigued | but wary*
        let joined = at < end && self.tagged.tag(at) == Tag::Coordinator && !self.quoted(at);
        let spoken = at < end && !self.stands(at).silent() && !joined && !continues(kind, self.stands(at));
        let known = || out.iter().any(|(layout, _)| layout.right == Some(at as u32));
        if spoken && out.len() < MOST_BEHIND && !known() {
            let layout = Layout { kind, left: None, right: Some(at as u32) };
            out.add((layout, self.after_row(frame.row, layout, frame.end)));
        }
    }

    /// *told **the council** | it leaks*, *complained **about the dam that Ruiz built** | bitterly*
    fn after_phrase(&self, frame: &Frame, out: &mut Vec<(Layout, Row)>) {
        let leads = usize::from(self.tagged.tag(frame.start) == Tag::Preposition);
        let Some(index) = self.clauses.chunk_at(frame.start + leads) else { return };
        let end = self.clauses.chunks[index].phrase.tokens.end as usize;
        self.begin(LayoutKind::AfterPhrase, self.past_pause(end), frame, out);
        let long = self.whole(frame.start + leads);
        if let Some(long) = long.filter(|m| m.tokens().end as usize > end) {
            self.begin(LayoutKind::AfterPhrase, self.past_pause(long.tokens().end as usize), frame, out);
        }
    }

    /// *said Friday | **that** it leaks*, *said of the dam**:** | it leaks*, *said on Friday | **“**It leaks*
    fn after_opener(&self, frame: &Frame, out: &mut Vec<(Layout, Row)>) {
        let t = self.tagged;
        let mut clause = false;
        for at in frame.start + 1..self.sentence.range().end.min(frame.start + FARTHEST_OPENER) {
            let stands = self.stands(at);
            if matches!(stands, Stands::OpeningMark | Stands::ClosingMark) && self.quoted(at) {
                self.begin(LayoutKind::AfterMark, at, frame, out);
                break;
            }
            if t.kind(at) == TokenKind::Colon {
                self.begin(LayoutKind::AfterMark, at + 1, frame, out);
            }
            // *warned the crew **not** to sail where it leaks*
            let negated = || t.tag(at) == Tag::To && t.any(at - 1, Traits::NEGATION);
            let verb = || self.clauses.group_at(at).is_some_and(|g| self.clauses.groups[g].finite);
            clause = clause || verb() || negated();
            let marker = || matches!(t.tag(at), Tag::Subordinator | Tag::To | Tag::WhAdverb);
            if !clause && (stands == Stands::Which || marker()) {
                self.begin(LayoutKind::AfterMarker, at, frame, out);
            }
        }
    }

    /// *Ruiz said:*, and the quotation is the next paragraph.
    fn announced(&self, frame: &Frame, out: &mut Vec<(Layout, Row)>) {
        let end = self.sentence.range().end;
        if self.tagged.kind(end - 1) == TokenKind::Colon && end < self.next_paragraph.range().end {
            let layout = Layout { kind: LayoutKind::AfterMark, left: None, right: Some(end as u32) };
            out.add((layout, self.after_row(frame.row, layout, frame.end)));
        }
    }

    /// Where words end that say when: *on Tuesday*, *late Monday night*, *in June last year*.
    fn times(&self, mut at: usize) -> usize {
        let t = self.tagged;
        for _ in 0..LONGEST_TIME {
            if at >= self.sentence.end as usize {
                break;
            }
            let leads = matches!(t.tag(at), Tag::Preposition | Tag::Adverb) && !t.any(at, Traits::TIME);
            let first = at + usize::from(leads);
            let Some(index) = self.clauses.chunk_at(first).filter(|_| !self.quoted(first)) else { break };
            let phrase = self.clauses.chunks[index].phrase;
            if !clause::times(t, phrase) {
                break;
            }
            at = phrase.tokens.end as usize;
        }
        at
    }

    /// Whether only adverbs and punctuation stand between a source and the cue after it.
    fn beside(&self, mention: &Mention, cue: &Cue) -> bool {
        mention.tokens().end <= cue.first
            && (mention.tokens().end as usize..cue.first as usize).all(|at| {
                matches!(self.tagged.tag(at), Tag::Adverb | Tag::Punctuation)
                    || self.tagged.any(at, Traits::TIME)
            })
    }

    /// Whether a source is the subject of the clause that the cue heads: *Ruiz, one of the divers, | said*
    fn main_subject(&self, mention: &Mention, cue: &Cue) -> bool {
        let group = cue.group.map(|g| &self.clauses.groups[g as usize]);
        let subject = group.filter(|g| matches!(g.link, Link::Plain | Link::Resumed)).and_then(|g| g.subject);
        subject.is_some_and(|s| {
            let head = self.clauses.chunks[s as usize].phrase.head;
            mention.tokens().contains(head as usize) && head < cue.first
        })
    }

    fn layout_row(&self, cue: &Cue, source: &Source) -> Row {
        let mut row = [0; FIELDS];
        row[L::Share] = share_bucket(cue.share);
        row[L::Takes] = takes(self.tagged.word(cue.head as usize).traits);
        row[L::Inverted] = u8::from(source.inverted);
        row[L::Nobody] = u8::from(source.mention.is_none());
        row[L::Link_] = cue.group.map_or(0, |g| 1 + self.clauses.groups[g as usize].link as u8);
        row
    }

    fn after_row(&self, base: Row, layout: Layout, tag_end: usize) -> Row {
        let at = layout.right.map_or(tag_end, |r| r as usize);
        let mut row = base;
        row[L::Kind] = layout.kind as u8;
        row[L::First] = self.stands(at) as u8;
        row[L::Second] = self.stands(at + 1) as u8;
        row[L::Skipped] = self.stands_before(at) as u8;
        row[L::After] = self.stands(tag_end) as u8;
        row[L::Skip] = length_bucket(at - tag_end);
        let ahead = self.standing.verbs(self.sentence.range().start..at);
        let verb = self.clauses.groups[ahead..].iter().find(|g| g.finite);
        row[L::Clause] = match verb {
            None => 0,
            Some(g) => {
                match g.subject.map(|s| self.clauses.chunks[s as usize].phrase.tokens.first as usize) {
                    Some(s) if s == at || s == at + 1 => 1,
                    Some(s) if s > at => 2,
                    Some(_) => 3,
                    None => 4,
                }
            }
        };
        row[L::Quoted] = match self.quote_at(at) {
            Some(_) => 1,
            None => match self.first_quoted(at..self.sentence.end as usize) {
                Some(quote) if self.tagged.kind(quote - 1) == TokenKind::Colon => 3,
                Some(quote) if self.tagged.kind(quote - 1) == TokenKind::Comma => 4,
                Some(_) => 2,
                None => 0,
            },
        };
        row
    }

    /// Content before the tag, alone or with more after it; nothing where what stands in marks is a
    /// part of the tag: *The “Grey Heron” author Ruiz complained*
    fn before(&self, cue: &Cue, source: &Source, frame: &Frame, out: &mut Vec<(Layout, Row)>) {
        let Frame { anchor, end: tag_end, start, row: base } = *frame;
        let t = self.tagged;
        let range = self.sentence.range();
        let mut end = anchor;
        while end > range.start
            && !self.quoted(end - 1)
            && matches!(t.kind(end - 1), TokenKind::Comma | TokenKind::Dash)
        {
            end -= 1;
        }
        end = self.tag_after_quote(range.start, end).unwrap_or(end);
        let earlier = |at: usize| at > self.paragraph.first as usize && self.quoted(at - 1);
        let quote =
            if end > range.start || earlier(end) { self.quote_at(end.saturating_sub(1)) } else { None };
        let modifies = |q: Stretch| {
            q.end as usize == anchor
                && self.closes(anchor) == Ending::Word
                && matches!(t.tag(anchor), Tag::Noun | Tag::Plural | Tag::Adjective)
        };
        if end <= range.start && quote.is_none() || quote.is_some_and(modifies) {
            return;
        }
        let opener = t.tag(range.start) == Tag::Coordinator;
        let dated = self.clauses.dated.filter(|&at| at < end);
        // a sentence that goes on with a quotation begins where that does: *“It leaks. Why?” Ruiz said, according to Brandt*
        let quoted = self.quote_at(range.start).filter(|q| q.first >= self.paragraph.first);
        let goes_on = quoted.map(|q| q.first as usize).filter(|&first| first < range.start);
        // *Ruiz was blunt: “It leaks,” she said*
        let lead = quote.and_then(|q| q.first.checked_sub(1)).filter(|&at| at >= self.sentence.first);
        // *Few were convinced – “It leaks,” Ruiz said*
        let apart = lead.filter(|&at| matches!(t.kind(at as usize), TokenKind::Dash | TokenKind::Opening));
        let sentence = apart
            .map(|at| at as usize + 1)
            .or(dated)
            .or(goes_on)
            .unwrap_or(range.start + usize::from(opener && range.start + 1 < end));
        let mut row = base;
        row[L::After] = self.stands(tag_end) as u8;
        row[L::Skipped] = self.stands(start) as u8;
        let quote_ahead = self.first_quoted(tag_end..range.end.min(tag_end + LONGEST_ASIDE));
        // *Ruiz said in a **statement**, “and …”*: a noun of the tag is none
        let rival = |q| move |c: &Cue| c.form != Form::Noun && (tag_end..q).contains(&(c.head as usize));
        let ahead = match quote_ahead {
            None => 0,
            Some(q) if self.cues.iter().any(rival(q)) => 3,
            Some(q) if t.kind(q - 1) == TokenKind::Comma => 2,
            Some(_) => 1,
        };
        row[L::Ahead] = ahead;
        let pause = lead.map_or(0, |at| match t.kind(at as usize) {
            TokenKind::Colon => 1,
            TokenKind::Dash => 2,
            TokenKind::Opening => 3,
            TokenKind::Comma => 4,
            _ => 5,
        });
        let passive = cue.form == Form::Passive && self.subject(cue).is_some() && quote.is_none();
        let speaker = source.mention.filter(|_| !source.inverted).map(|m| m.tokens().first);
        let mut push = |kind: LayoutKind, first: usize, out: &mut Vec<(Layout, Row)>| {
            // *The crew was told by the mayor …*: the subject of a passive is a question of its own
            if first >= end || passive && self.standing.finite(first..end) == 0 {
                return;
            }
            // *“It leaks,” Ruiz said, | adding …*: what is said does not tell who says it
            if speaker.is_some_and(|s| (first..end).contains(&(s as usize))) {
                return;
            }
            let inside = |at: usize| (first..end).contains(&at);
            row[L::Kind] = kind as u8;
            row[L::First] = self.stands(first) as u8;
            row[L::Second] = self.stands_before(first) as u8;
            row[L::LeftVerbs] = count(self.standing.finite(first..end));
            row[L::Taken] = u8::from(self.cues.iter().any(|c| c.share >= 40 && inside(c.head as usize)));
            let whole = self.quote_at(first).is_some_and(|q| q.end as usize == end);
            row[L::Quoted] = match () {
                () if whole => 1,
                () if self.quoted(end - 1) => 2,
                () if self.first_quoted(first..end).is_some() => 3,
                () => 0,
            };
            row[L::Pause] = pause;
            let left = Stretch::new(first, end);
            out.add((Layout { kind, left: Some(left), right: None }, row));
            if !kind_is_main(row[L::Kind]) {
                return;
            }
            let kind = LayoutKind::Around;
            let more = start > tag_end || start < range.end && self.quoted(start);
            let next = quote_ahead.filter(|&q| q != start);
            for right in [Some(start).filter(|_| more), next].into_iter().flatten() {
                // *It leaks, Ruiz said, adding …*: what hangs on the tag is none of the content
                let hangs = |at: usize| t.tag(at) == Tag::Gerund && !self.quoted(at);
                if right >= range.end || self.stands(right).silent() || hangs(right) {
                    continue;
                }
                let mut around = row;
                around[L::Kind] = kind as u8;
                around[L::Second] = self.stands(right) as u8;
                around[L::Ahead] = ahead;
                around[L::Clause] = u8::from(self.quoted(right));
                if right > start {
                    let verb = |g: &Group| g.finite && (tag_end..right).contains(&(g.head as usize));
                    around[L::Skip] = length_bucket(right - tag_end);
                    around[L::Skipped] = self.stands(right - 1) as u8;
                    around[L::Taken] = u8::from(self.clauses.groups.iter().any(verb));
                }
                out.add((Layout { kind, left: Some(left), right: Some(right as u32) }, around));
            }
        };
        // *Brandt said **it leaks**, as Ruiz had claimed*
        let report = |c: &&Cue| {
            c.takes_clause() && c.form != Form::Noun && c.end as usize > sentence && (c.end as usize) < end
        };
        let joins = t.function(anchor) == Function::As;
        if let Some(told) = self.cues.iter().rfind(report).filter(|_| joins) {
            push(LayoutKind::ClauseBefore, told.end as usize, out);
            return;
        }
        if let Some(quote) = quote {
            push(LayoutKind::QuoteBefore, quote.first as usize, out);
        }
        if !leads_on(self.stands(tag_end)) && quote.is_none_or(|q| q.first as usize > sentence) {
            push(LayoutKind::SentenceBefore, sentence, out);
        }
    }

    /// Where a quotation ends before words that can only belong to its tag: *“It leaks,” | harbour master* Ruiz said.
    fn tag_after_quote(&self, first: usize, end: usize) -> Option<usize> {
        let last = (first..end).rev().take(8).find(|&at| self.quoted(at))?;
        let closed = last > first && self.tagged.kind(last - 1).announces_tag();
        let verb = |g: &Group| g.finite && (last..end).contains(&(g.head as usize));
        let plain = (last + 1..end).all(|at| self.tagged.kind(at) == TokenKind::Word);
        (last + 1 < end && closed && plain && !self.clauses.groups.iter().any(verb)).then_some(last + 1)
    }

    /// *The dam was criticised*, *the dam is expected to hold*: the subject is content, alone or with what follows.
    fn subject_layouts(&self, cue: &Cue, base: Row, start: usize, out: &mut Vec<(Layout, Row)>) {
        let Some(subject) = self.subject(cue) else { return };
        let chunk = &self.clauses.chunks[subject].phrase.tokens;
        if chunk.end > cue.first {
            return;
        }
        let mut end = cue.first as usize;
        while end > chunk.end as usize && matches!(self.tagged.tag(end - 1), Tag::Adverb | Tag::Punctuation) {
            end -= 1;
        }
        // *The plan to close the dam, which leaks, was rejected*
        let clause = |&at: &usize| self.tagged.kind(at) == TokenKind::Comma;
        let end = (chunk.end as usize..end).find(clause).unwrap_or(end);
        let far = end - chunk.end as usize > 25;
        let left = Stretch::new(chunk.first as usize, if far { chunk.end as usize } else { end });
        let mut row = base;
        row[L::Kind] = LayoutKind::Subject as u8;
        row[L::First] = self.stands(left.first as usize) as u8;
        row[L::Second] = self.stands(start) as u8;
        row[L::After] = self.stands(cue.end as usize) as u8;
        out.add((Layout { kind: LayoutKind::Subject, left: Some(left), right: None }, row));
        if start < self.sentence.end as usize && !self.stands(start).parts() {
            row[L::Skipped] = 1;
            let layout = Layout { kind: LayoutKind::Subject, left: Some(left), right: Some(start as u32) };
            out.add((layout, row));
        }
    }

    /// *the dam, which Ruiz criticised*, *the dam Ruiz criticised*: the content is *which*, or the phrase before.
    fn antecedent(&self, cue: &Cue, source: &Source, base: Row, out: &mut Vec<(Layout, Row)>) {
        let Some(m) = source.mention.filter(|_| !source.inverted) else { return };
        let first = m.tokens().first as usize;
        if first <= self.sentence.first as usize {
            return;
        }
        let t = self.tagged;
        let at = first - 1;
        let mut row = base;
        row[L::Kind] = LayoutKind::Antecedent as u8;
        row[L::After] = self.stands(cue.end as usize) as u8;
        if t.tag(at) == Tag::WhPronoun && !self.quoted(at) {
            row[L::First] = self.stands(at) as u8;
            let layout =
                Layout { kind: LayoutKind::Antecedent, left: Some(Stretch::new(at, first)), right: None };
            out.add((layout, row));
        } else if let Some(index) = self.clauses.chunk_at(at) {
            let chunk = self.clauses.chunks[index].phrase;
            if chunk.tokens.end as usize == first && chunk.kind != MentionKind::Pronoun {
                row[L::First] = self.stands(chunk.tokens.first as usize) as u8;
                let layout = Layout { kind: LayoutKind::Antecedent, left: Some(chunk.tokens), right: None };
                out.add((layout, row));
            }
        }
    }

    /// *the plan backed by Ruiz*: what stands before a participle is what is backed.
    fn reduced(&self, cue: &Cue, base: Row, out: &mut Vec<(Layout, Row)>) {
        let participle = cue.form == Form::Participle && cue.first > self.sentence.first;
        let before = (cue.first as usize).checked_sub(1).filter(|_| participle);
        let Some(index) = before.and_then(|at| self.clauses.chunk_at(at)) else { return };
        if self.subject(cue) == Some(index) {
            return;
        }
        let phrase = self.clauses.chunks[index].phrase.tokens;
        let mut row = base;
        row[L::Kind] = LayoutKind::Antecedent as u8;
        row[L::First] = self.stands(phrase.first as usize) as u8;
        row[L::After] = self.stands(cue.end as usize) as u8;
        out.add((Layout { kind: LayoutKind::Antecedent, left: Some(phrase), right: None }, row));
    }
}

pub(crate) fn kind_is_main(kind: u8) -> bool {
    kind == LayoutKind::QuoteBefore as u8 || kind == LayoutKind::SentenceBefore as u8
}

/// Whether the word goes on with the tag, so that no content of the kind begins with it: less than 1 of a hundred such
/// places are the likeliest and believed.
fn continues(kind: LayoutKind, word: Stands) -> bool {
    use Stands::{About, As, For, In, Modal, Of, On, Past, Third, With};
    match kind {
        // *spoke **of** the dam*
        LayoutKind::After => matches!(word, On | In | Of | With | For | About),
        // *told by the council **was** that it leaks*
        LayoutKind::AfterPhrase => matches!(word, Modal | Past | Third | In | As),
        _ => false,
    }
}

/// Whether the word behind a tag leads to its content, so that a sentence before the tag is none: *In May Ruiz said
/// | **that** it leaks*. Less than 1 of a hundred such places are the likeliest and believed.
fn leads_on(word: Stands) -> bool {
    use Stands::{About, It, Modal, Possessive, Pronoun, That, To, Whether};
    matches!(word, That | Whether | To | About | It | Pronoun | Possessive | Modal)
}
