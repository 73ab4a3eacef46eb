//! Where content that follows a cue may end.

use crate::grammar::clause::{Group, Link};
use crate::grammar::mention;
use crate::growth::Growth;
use crate::lexicon::{Follows, Function, Tag};
use crate::model::linear::{FIELDS, Row, schema};
use crate::report::cue::{Cue, Side};
use crate::report::layout::{LAYOUTS, Layout};
use crate::report::sight::{FORMS, REFERENTS, Sight};
use crate::report::standing::{STANDS, Stands};
use crate::report::values::{COUNTS, KINDS, LENGTHS, SHARES, count, length_bucket, share_bucket};
use crate::text::token::TokenKind;

/// A cue reports something so often, in percent, that nothing else is looked for.
const SURE: u8 = 80;

/// A cue reports something more often than not.
const LIKELY: u8 = 50;

/// Among how many tokens the comma is looked for behind what goes before a main clause.
const LONGEST_FRONT: usize = 30;

schema! { END, E:
    [
        Kind "layout" LAYOUTS,
        CueKind_ "cue kind" KINDS,
        Form_ "cue form" FORMS,
        First "first" STANDS,
    ]
    Next "next" STANDS,
    Next2 "second next" STANDS,
    Last "last" STANDS,
    Length "length" LENGTHS,
    Verbs "verbs inside" COUNTS,
    Ahead "next verb" &["none", "before subject", "its subject outside", "its subject inside", "resumed", "coordinated", "controlled", "quoted"],
    AheadShare "next cue share" SHARES,
    Distance "to next verb" LENGTHS,
    Quote "quote inside" &["none", "part", "whole, stop", "whole, comma", "whole", "last, stop", "last, comma", "last"],
    Commas "commas inside" COUNTS,
    Rest "rest of sentence" LENGTHS,
    Between "further ends" COUNTS,
    Marks "marks ahead" &["none", "before a cue", "behind a cue"],
    Object "next phrase" REFERENTS,
    Segment "to next pause" &["none", "no verb, end", "no verb, pause", "verb, end", "verb, pause"],
    Alike "next verb like" &["none", "neither", "verb inside", "cue", "both"],
    ;
    [Object] [Object Segment] [Segment Next] [Alike Ahead] [Next2] [Next Next2] [Last] [Last Next]
    [Length Kind] [Next Verbs] [Next CueKind_] [Next First] [Next Length] [AheadShare Next] [AheadShare Ahead]
    [Distance Next] [Quote Next] [Quote Last] [Commas Next] [Rest] [Form_ Next] [Between Next] [Between Verbs]
    [Quote Between] [Ahead Next2] [Marks Next] [Marks Verbs]
    [Last Length] [Length Object] [Form_ Rest] [CueKind_ Between] [First Verbs Between] [Next Length Commas]
}

impl Sight<'_> {
    /// The candidates for where content ends that begins after the cue, each with its row.
    pub(crate) fn ends(&self, cue: &Cue, layout: &Layout, out: &mut Vec<(u32, Row)>) {
        out.clear();
        let Some(start) = layout.right.map(|r| r as usize) else { return };
        let t = self.tagged;
        let mut limit = self.sentence.end as usize;
        if start >= limit {
            limit = self.next_paragraph.end as usize;
        }
        // a quotation that opens here, or before the sentence ends, may hold several sentences
        for at in [start, limit - 1] {
            if let Some(quote) = self.quote_at(at) {
                limit = limit.max(quote.end as usize);
            }
        }
        // *Citing the leak, | Ruiz left*
        if let Some(main) = self.fronted(cue) {
            let comma = self.clauses.chunks[main].phrase.tokens.first as usize - 1;
            limit = if comma > start { comma } else { limit };
        }
        limit = self.outer_verb(cue, start).map_or(limit, |verb| verb.min(limit));
        for stop in [self.other_report(start), self.contrary(start)].into_iter().flatten() {
            limit = if stop > start { limit.min(stop) } else { limit };
        }
        let mut base = [0; FIELDS];
        base[E::Kind] = layout.kind as u8;
        base[E::CueKind_] = cue.kind as u8;
        base[E::Form_] = cue.form as u8;
        base[E::First] = self.stands(start) as u8;
        let groups = &self.clauses.groups;
        let inside = groups.partition_point(|g| (g.first as usize) < start);
        let mut next = Next {
            group: inside,
            verb: inside,
            inside: None,
            cue: 0,
            quote: self.quotes.partition_point(|q| (q.first as usize) < start),
        };
        let (mut verbs, mut commas) = (0, 0);
        let mut quoted = false;
        // *said the dam, which was built in 1911, **leaks***
        let verb = self.clauses.chunk_at(start).and_then(|opening| self.clauses.verb_of(opening));
        let verb = verb.map(|verb| verb.head as usize);
        let verb = verb.max(self.main_verb(start));
        let clausal = self.opens_clause(start) && groups[next.group..].iter().any(|g| g.finite);
        let mut at = start;
        while at < limit && out.len() < 40 {
            if self.quoted(at) {
                let end = self.quote_at(at).map_or(at + 1, |q| q.end as usize).max(at + 1);
                quoted = true;
                at = end;
            } else {
                if next.group < groups.len() && groups[next.group].head as usize == at {
                    verbs += usize::from(groups[next.group].finite);
                    next.group += 1;
                }
                commas += usize::from(t.kind(at) == TokenKind::Comma);
                at += 1;
            }
            let whole = quoted || (!clausal || verbs > 0) && verb.is_none_or(|verb| verb < at);
            if at >= limit || whole && start < self.sentence.end as usize && self.boundary(start, at) {
                let (stop, last) = (at.min(limit), out.len());
                out.add((stop as u32, base));
                let row = &mut out[last].1;
                row[E::Next] = self.stands(stop) as u8;
                row[E::Next2] = if stop + 1 < limit { self.stands(stop + 1) as u8 } else { 0 };
                row[E::Last] = self.stands(stop - 1) as u8;
                row[E::Length] = length_bucket(stop - start);
                row[E::Verbs] = count(verbs);
                row[E::Commas] = count(commas);
                row[E::Rest] = length_bucket(limit.saturating_sub(stop));
                row[E::Quote] = match () {
                    () if self.quoted(stop - 1) && self.quoted(start) => 2 + self.closes(stop) as u8,
                    () if self.quoted(stop - 1) => 5 + self.closes(stop) as u8,
                    () if quoted => 1,
                    () => 0,
                };
                self.ahead(stop, start, cue.group, &mut next, row);
            }
        }
        let n = out.len();
        let mut pause = limit;
        let mut unseen = limit;
        for (index, (stop, row)) in out.iter_mut().enumerate().rev() {
            row[E::Between] = count(n - 1 - index);
            let stop = *stop as usize;
            if let Some(at) = (stop + 1..unseen).find(|&at| self.pauses(at)) {
                pause = at;
            }
            unseen = unseen.min(stop + 1);
            row[E::Segment] = self.segment(stop, pause, limit);
        }
    }

    /// Whether *that* or *whether* opens a clause, which has a verb.
    fn opens_clause(&self, at: usize) -> bool {
        matches!(self.stands(at), Stands::That | Stands::Whether)
    }

    /// The main verb of a clause that begins with what goes before it: *that although it held, the dam **leaks***, *in a
    /// dry year, it **holds***.
    fn main_verb(&self, start: usize) -> Option<usize> {
        let t = self.tagged;
        let end = self.sentence.range().end;
        let that = |at: usize| at < end && t.function(at) == Function::That;
        let comma = |at: &usize| t.kind(*at) == TokenKind::Comma && !self.quoted(*at);
        let first = start + usize::from(that(start));
        let first = first + usize::from(first > start && first < end && comma(&first));
        let opens = first < end
            && !self.quoted(first)
            && !that(first)
            && matches!(t.tag(first), Tag::Subordinator | Tag::Preposition);
        if !opens {
            return None;
        }
        let pauses = (first..end).take(LONGEST_FRONT).filter(comma);
        let subjects = pauses.filter_map(|at| self.clauses.chunk_at(at + 1));
        let verb = subjects.filter_map(|chunk| self.clauses.verb_of(chunk)).next()?;
        let parenthesis = self.cues.iter().any(|c| c.head == verb.head && c.share >= LIKELY);
        (!parenthesis).then_some(verb.head as usize)
    }

    /// The verb of a subject before the content, which ends there: *Her claim that the dam leaks | was rejected*,
    /// *Ruiz, who said it leaks, | left*, *Ruiz said it leaks, | denied that she knew*; content without a verb of its
    /// own may begin with it: *The dam, she said, leaks*.
    fn outer_verb(&self, cue: &Cue, start: usize) -> Option<usize> {
        let groups = &self.clauses.groups;
        let inside = groups.partition_point(|g| (g.first as usize) < start);
        let own = self.subject(cue).map(|s| s as u32);
        let verb = groups[inside..].iter().filter(|g| g.finite).find(|g| match g.link {
            Link::Plain | Link::Resumed => {
                g.subject.is_some_and(|s| self.clauses.chunks[s as usize].phrase.tokens.first <= cue.head)
            }
            Link::Coordinated => own.is_some() && g.subject == own && self.reports(g.head),
            _ => false,
        })?;
        // *said it leaks | **and** urged him to go*
        let joins = |at: &usize| self.tagged.tag(*at) == Tag::Coordinator && !self.quoted(*at);
        let end = verb.first as usize;
        let end = end.checked_sub(1).filter(|at| *at > start && joins(at)).unwrap_or(end);
        let whole = !self.opens_clause(start) || self.standing.finite(start..end) > 0;
        (end > start && whole).then_some(end)
    }

    /// Whether the verb is a cue before a clause or a quotation, or a sure one: ***denied** that she knew*, ***spoke** of it*.
    fn reports(&self, verb: u32) -> bool {
        let at = self.cues.partition_point(|c| c.head < verb);
        let cue = self.cues.get(at).filter(|c| c.head == verb);
        cue.is_some_and(|c| match c.follows() {
            Some(Follows::That | Follows::Clause | Follows::Mark) => true,
            None => false,
            _ => c.share >= SURE,
        })
    }

    /// The comma before what somebody else reports against it: *Ruiz said it leaks | , but Brandt said it holds*.
    fn contrary(&self, start: usize) -> Option<usize> {
        let t = self.tagged;
        let against = |c: &Cue| {
            let subject =
                self.clauses.chunks[self.subject(c).filter(|_| self.reports(c.head))?].phrase.tokens;
            let before = (subject.first as usize).checked_sub(2).filter(|&at| at > start)?;
            let joins = matches!(t.function(before + 1), Function::But | Function::While | Function::Though);
            let apart = t.kind(before) == TokenKind::Comma && !self.quoted(before);
            (joins && apart && c.share >= SURE && subject.first < c.first).then_some(before)
        };
        self.cues.iter().find_map(against)
    }

    /// The semicolon before what somebody else reports: *Ruiz said it leaks | ; Brandt denied it*.
    fn other_report(&self, start: usize) -> Option<usize> {
        if !self.cues.iter().any(|c| c.first as usize > start) {
            return None;
        }
        let stop = self.standing.semicolon(start)?;
        let behind = |c: &Cue| {
            let subject = self.subject(c).map(|s| self.clauses.chunks[s].phrase.tokens.first as usize);
            c.first as usize > stop && (c.side == Side::After || subject.is_some_and(|s| s > stop))
        };
        self.cues.iter().any(|c| c.share >= LIKELY && behind(c)).then_some(stop)
    }

    /// Whether a comma or the like stands at the token.
    fn pauses(&self, at: usize) -> bool {
        self.tagged.kind(at).pauses() && !self.quoted(at)
    }

    /// What stands between a candidate end and the next pause: a clause, a phrase.
    fn segment(&self, stop: usize, pause: usize, limit: usize) -> u8 {
        match () {
            () if stop >= limit => 0,
            () => 1 + 2 * u8::from(self.standing.finite(stop..pause) > 0) + u8::from(pause < limit),
        }
    }

    /// What the phrase behind a candidate end names, past a preposition or a pause: *in | a statement*.
    fn next_phrase(&self, stop: usize) -> u8 {
        let t = self.tagged;
        let leads = self.sentence.contains(stop)
            && (matches!(t.tag(stop), Tag::Preposition | Tag::To | Tag::Coordinator) || self.pauses(stop));
        let chunk = self.clauses.chunk_at(stop + usize::from(leads));
        chunk.map_or(0, |c| {
            let phrase = self.clauses.chunks[c].phrase;
            self.referent_of(phrase.kind, mention::core(t, phrase), phrase.tokens.first) as u8
        })
    }

    /// The verb that comes next after a candidate end, and whose it is.
    fn ahead(&self, stop: usize, start: usize, own: Option<u32>, next: &mut Next, row: &mut Row) {
        let groups = &self.clauses.groups;
        // the verb of the end before is the next one as well unless it lies between
        while next.verb < groups.len()
            && !(groups[next.verb].finite && groups[next.verb].first as usize >= stop)
        {
            (next.verb, next.inside) = (next.verb + 1, None);
        }
        let (ahead, distance, alike) = match groups.get(next.verb) {
            None => (0, 0, 0),
            Some(verb) => {
                let subject =
                    verb.subject.map(|s| self.clauses.chunks[s as usize].phrase.tokens.first as usize);
                let ahead = match (verb.link, subject) {
                    (Link::Resumed, Some(s)) if (start..stop).contains(&s) => 3,
                    (Link::Resumed, _) => 4,
                    (Link::Coordinated, Some(s)) if s >= start => 3,
                    (Link::Coordinated, _) => 5,
                    (Link::Controlled, _) => 6,
                    (_, Some(s)) if s >= stop => 2,
                    (_, Some(s)) if s >= start => 3,
                    (_, Some(_)) => 1,
                    (_, None) => 7,
                };
                let alike = match next.inside {
                    Some((read, alike)) if read == next.group => alike,
                    _ => self.alike(verb, start, next.group, own),
                };
                next.inside = Some((next.group, alike));
                (ahead, verb.first as usize - stop + 1, alike)
            }
        };
        row[E::Ahead] = ahead;
        row[E::Alike] = alike;
        row[E::Object] = self.next_phrase(stop);
        row[E::Distance] = length_bucket(distance);
        next.cue += self.cues[next.cue..].iter().take_while(|c| (c.first as usize) < stop).count();
        let cue = self.cues.get(next.cue);
        row[E::AheadShare] = cue.map_or(0, |c| share_bucket(c.share));
        next.quote += self.quotes[next.quote..].iter().take_while(|q| (q.first as usize) < stop).count();
        let quote = self.quotes.get(next.quote);
        row[E::Marks] = match quote.filter(|q| q.first < self.sentence.end) {
            None => 0,
            Some(q) if cue.is_none_or(|c| c.first > q.first) => 1,
            Some(_) => 2,
        };
    }

    /// Which verbs have the same form as the one that comes next: any of those before `group` inside the content, the cue.
    fn alike(&self, verb: &Group, start: usize, group: usize, own: Option<u32>) -> u8 {
        let form = |g: &Group| self.tagged.tag(g.first as usize);
        let read = &self.clauses.groups[..group];
        let mut inside = read.iter().rev().take_while(|g| g.first as usize >= start).filter(|g| g.finite);
        let like_inside = inside.any(|g| form(g) == form(verb));
        let like_cue = own.is_some_and(|g| form(&self.clauses.groups[g as usize]) == form(verb));
        1 + u8::from(like_inside) + 2 * u8::from(like_cue)
    }

    /// Whether content may end before the token: something other than a phrase's own words comes.
    fn boundary(&self, start: usize, at: usize) -> bool {
        let t = self.tagged;
        if self.quoted(at) {
            return self.quote_at(at).is_some_and(|q| q.first as usize == at)
                && self.stands(at - 1) != Stands::Determiner;
        }
        if self.quoted(at - 1) {
            return true;
        }
        let last = t.tag(at - 1);
        let hanging = matches!(
            last,
            Tag::Determiner
                | Tag::Preposition
                | Tag::To
                | Tag::Possessive
                | Tag::Subordinator
                | Tag::Coordinator
                | Tag::Modal
        );
        let stop = t.kind(at) != TokenKind::Word
            && !matches!(t.kind(at), TokenKind::Number | TokenKind::Symbol | TokenKind::Mark);
        if stop {
            return !matches!(t.kind(at), TokenKind::Closing);
        }
        if hanging && at > start + 1 || t.kind(at) != TokenKind::Word {
            return false;
        }
        if t.kind(at - 1).pauses() {
            return false;
        }
        match t.tag(at) {
            Tag::Preposition
            | Tag::To
            | Tag::Subordinator
            | Tag::Coordinator
            | Tag::WhPronoun
            | Tag::WhAdverb
            | Tag::Adverb
            | Tag::Gerund
            | Tag::Participle
            | Tag::Pronoun
            | Tag::Existential => true,
            Tag::Modal | Tag::Past | Tag::Third | Tag::Base => last.nominal() || last == Tag::Adverb,
            Tag::Determiner | Tag::Possessive => last.nominal() || last.verb(),
            Tag::Name | Tag::Noun | Tag::Plural | Tag::Adjective => {
                self.clauses
                    .chunk_at(at)
                    .is_some_and(|c| self.clauses.chunks[c].phrase.tokens.first as usize == at)
                    && at > start
            }
            _ => false,
        }
    }
}

/// What comes next at a place in a sentence, by the places among all of them.
struct Next {
    /// The verb group whose lexical verb comes next.
    group: usize,
    /// The finite verb that comes next, and which verbs before a group are like it.
    verb: usize,
    inside: Option<(usize, u8)>,
    cue: usize,
    quote: usize,
}
