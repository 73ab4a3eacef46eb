//! How a cue can be read: who its source is, where its content stands, where it ends.
//!
//! Each question has a few answers, the candidates; for each candidate a row of named properties, from which
//! the fitted models tell how likely it is.

use crate::clause::{self, Chunk, Clauses, Group, Link, Place, REPORTS};
use crate::cue::{Cue, Form, Side};
use crate::lexicon::{Complement, CueKind, Follows, Function, Tag, Traits};
use crate::mention::{self, Mention, MentionKind};
use crate::model::{FIELDS, Row, schema};
use crate::sentence::{Stretch, holding};
use crate::standing::{STANDS, Standing};
use crate::tag::Tagged;
use crate::token::{Shape, TokenKind};
use crate::values::{COUNTS, KINDS, LENGTHS, SHARES, TRAITS, YES, count, length_bucket, share_bucket, takes};

/// How many bytes may follow the head of a source that stands after its cue.
const LONGEST_INSERT: u32 = 60;

/// How many tokens may stand between a tag and the rest of the quotation that it interrupts.
const LONGEST_ASIDE: usize = 30;

/// How many tokens a title in marks has at most.
const LONGEST_TITLE: usize = 16;

/// A cue reports something so often, in percent, that nothing else is looked for.
const SURE: u8 = 80;

/// A cue reports something more often than not.
const LIKELY: u8 = 50;

/// How many phrases say when something was said: *late | on Tuesday | last week*.
const LONGEST_TIME: usize = 3;

/// A sentence, its clauses, what stands where, and the quoted stretches of the text.
#[derive(Clone, Copy)]
pub(crate) struct Sight<'a> {
    pub(crate) tagged: &'a Tagged<'a>,
    pub(crate) clauses: &'a Clauses,
    pub(crate) standing: &'a Standing,
    pub(crate) cues: &'a [Cue],
    /// The outermost quoted stretches of the text, ascending.
    pub(crate) quotes: &'a [Stretch],
    pub(crate) sentence: Stretch,
    pub(crate) paragraph: Stretch,
    /// The paragraph after it; empty where there is none.
    pub(crate) next_paragraph: Stretch,
}

/// Who the source of a cue may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Source {
    pub(crate) mention: Option<Mention>,
    /// It stands after the cue.
    pub(crate) inverted: bool,
    /// What follows the phrase and belongs to it is still to be read.
    open: bool,
}

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

/// The kinds of layouts.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LayoutKind {
    /// *Ruiz said it leaks*
    After,
    /// *Ruiz told the council | it leaks*, *complained about | the dam*, *said Friday | it leaks*
    AfterPhrase,
    /// *Ruiz said Friday | that it leaks*
    AfterMarker,
    /// *Ruiz said of the dam: | “It leaks.”*
    AfterMark,
    /// *“It leaks,” Ruiz said*
    QuoteBefore,
    /// *It leaks, Ruiz said*
    SentenceBefore,
    /// *The dam held, but it leaks, Ruiz said*
    ClauseBefore,
    /// *“It leaks,” Ruiz said, “and badly.”*
    Around,
    /// *The dam was criticised*
    Subject,
    /// *the dam that Ruiz criticised*
    Antecedent,
}

pub(crate) const FORMS: &[&str] = &[
    "past",
    "present",
    "modal",
    "gerund",
    "passive",
    "participle",
    "infinitive",
    "noun",
    "adjective",
    "adverb",
    "phrase",
    "colon",
];

pub(crate) const REFERENTS: &[&str] = &[
    "none",
    "he",
    "they",
    "I",
    "we",
    "it",
    "who",
    "pronoun",
    "person name",
    "name",
    "person",
    "people",
    "body",
    "document",
    "time",
    "place",
    "nominal",
    "plural",
    "possessive",
];

/// The values of that field.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Referent {
    None,
    He,
    They,
    I,
    We,
    It,
    Who,
    Pronoun,
    PersonName,
    Name,
    Person,
    People,
    Body,
    Document,
    Time,
    Place,
    Nominal,
    Plural,
    Possessive,
}

const LINKS: &[&str] =
    &["no", "none", "plain", "resumed", "relative", "embedded", "coordinated", "controlled", "reduced"];

const PLACES: &[&str] = &["free", "object", "oblique", "apposed", "by", "of", "from", "among", "none"];

const RULES: &[&str] = &["nothing", "last verb", "last report", "both", "other verb", "other report"];

const WHICH: &[&str] =
    &["none", "left 1", "left 2", "left 3", "left 4", "left far", "right 1", "right 2", "possessive", "main"];

const TENTHS: &[&str] =
    &["0", "<.05", "<.1", "<.2", "<.3", "<.4", "<.5", "<.6", "<.7", "<.8", "<.9", "<.95", "<1.01"];

pub(crate) const LAYOUTS: &[&str] = &[
    "after",
    "after phrase",
    "after marker",
    "after mark",
    "quote before",
    "sentence before",
    "clause before",
    "around",
    "subject",
    "antecedent",
];

schema! { SOURCE, S:
    Which "which" WHICH,
    Form_ "cue form" FORMS,
    CueKind_ "cue kind" KINDS,
    Share "cue share" SHARES,
    Referent "referent" REFERENTS,
    Subject "link" LINKS,
    Placed "place" PLACES,
    Before "before it" STANDS,
    After "after it" STANDS,
    CueBefore "before cue" STANDS,
    CueAfter "after cue" STANDS,
    Verbs "verbs between" COUNTS,
    Commas "commas between" COUNTS,
    Worth "source share" SHARES,
    Quote "quote before" YES,
    Sourceless "sourceless" YES,
    First "first in sentence" YES,
    Ends "tag ends" YES,
    Rules "rules" RULES,
    ;
    [Rules Which] [Rules Subject] [Ends Which Quote] [Quote Which] [Which] [Which Share] [Worth Which]
    [Referent Subject] [Verbs Which] [Subject Which]
    [Rules CueBefore] [Rules Commas] [Rules Placed] [Which Form_] [Which CueKind_] [Referent] [Referent Which]
    [Subject Form_] [Placed Which] [Placed Subject] [Before Which] [After Which] [CueBefore Which]
    [CueAfter Which] [Commas Which] [Worth] [Sourceless Which] [First Subject] [Before Subject]
    [Verbs Subject] [Commas Subject] [Worth Subject] [CueAfter Subject] [Referent Form_] [CueKind_ Referent]
    [Which Form_ CueKind_] [Which Quote Form_] [After Subject]
}

schema! { LAYOUT, L:
    Kind "layout" LAYOUTS,
    Share "cue share" SHARES,
    Takes "takes" TRAITS,
    First "first" STANDS,
    Second "second" STANDS,
    Skipped "before first" STANDS,
    Before "before tag" STANDS,
    After "after tag" STANDS,
    Inverted "inverted" YES,
    Nobody "no source" YES,
    Clause "clause" COUNTS,
    LeftVerbs "verbs before" COUNTS,
    Quoted "quote" &["none", "at once", "later", "behind a colon", "behind a comma"],
    Link_ "link" LINKS,
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
}

schema! { END, E:
    Next "next" STANDS,
    Next2 "second next" STANDS,
    Last "last" STANDS,
    Length "length" LENGTHS,
    Verbs "verbs inside" COUNTS,
    Kind "layout" LAYOUTS,
    CueKind_ "cue kind" KINDS,
    Form_ "cue form" FORMS,
    First "first" STANDS,
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
}

/// What a content looks like that stands in marks as a whole.
const LOOKS: &[&str] = &[
    "nothing",
    "Capital, stop",
    "Capital, comma",
    "Capital",
    "small, stop",
    "small, comma",
    "small",
    "Like a Title",
];

schema! { ACCEPT, A:
    Share "cue share" SHARES,
    CueKind_ "cue kind" KINDS,
    Form_ "cue form" FORMS,
    Kind "layout" LAYOUTS,
    Referent "referent" REFERENTS,
    Worth "source share" SHARES,
    SourceSure "source sure" TENTHS,
    EndSure "end sure" TENTHS,
    First "first" STANDS,
    Last "last" STANDS,
    After "after cue" STANDS,
    Before "before cue" STANDS,
    Length "length" LENGTHS,
    Verbs "verbs inside" COUNTS,
    Quoted "kind" &["indirect", "mixed", "direct"],
    Link_ "link" LINKS,
    Negated "negated" YES,
    Inverted "inverted" YES,
    Which "which" WHICH,
    CueCount "cues in sentence" COUNTS,
    CueBefore "best cue before" SHARES,
    CueAfter "best cue after" SHARES,
    Opens "opens sentence" YES,
    Takes "takes" TRAITS,
    Joint "sure" TENTHS,
    Sourceless "sourceless" YES,
    Governor "governor share" SHARES,
    Modifies "modifies" YES,
    FormShare "form share" SHARES,
    Lead "before clause" STANDS,
    SourceFirst "source begins" STANDS,
    Look "in marks" LOOKS,
    ;
    [Lead] [Lead Share] [Lead CueBefore] [Lead Form_] [SourceFirst] [SourceFirst Referent] [FormShare]
    [FormShare Share] [FormShare CueKind_] [Modifies] [Modifies Share] [Governor Share] [Share] [Kind] [Worth]
    [SourceSure] [EndSure] [First] [Last] [After] [Before] [Length] [Quoted] [Link_] [Negated] [Inverted]
    [CueCount] [CueBefore] [CueAfter] [Opens] [Takes] [Joint] [Share Form_] [Share CueKind_] [Share Kind]
    [Share EndSure] [Share After] [Form_ Kind] [Form_ Referent] [Quoted Length] [Form_ Link_] [Before Form_]
    [Worth CueKind_] [Share CueBefore] [Sourceless Which] [Share Verbs] [CueKind_ Kind] [Quoted After]
    [Quoted CueBefore] [Quoted CueAfter] [Look Kind] [Look Share] [Look CueKind_]
    [Look] [Quoted Joint] [Quoted Form_]
}

fn tenth_bucket(p: f32) -> u8 {
    const BOUNDS: [f32; 12] = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
    BOUNDS.iter().map(|&b| u8::from(b <= p)).sum()
}

impl Sight<'_> {
    /// The outermost quoted stretch that holds the token.
    pub(crate) fn quote_at(&self, at: usize) -> Option<Stretch> {
        let index = if self.quoted(at) { holding(self.quotes, at) } else { None };
        index.map(|i| self.quotes[i])
    }

    fn quoted(&self, at: usize) -> bool {
        self.tagged.tokens.has(at, Shape::QUOTED)
    }

    /// What stands at a token of the sentence.
    fn stands(&self, at: usize) -> u8 {
        self.standing.at(at)
    }

    /// What stands before a token of the sentence, closing marks seen.
    fn stands_before(&self, at: usize) -> u8 {
        if at <= self.sentence.first as usize { 0 } else { self.stands(at - 1) }
    }

    fn referent(&self, mention: Option<&Mention>) -> Referent {
        let Some(m) = mention else { return Referent::None };
        let t = self.tagged;
        let head = m.core.end as usize - 1;
        match m.kind {
            MentionKind::Pronoun => match t.function(head) {
                Function::He | Function::She => Referent::He,
                Function::They => Referent::They,
                Function::I => Referent::I,
                Function::We => Referent::We,
                Function::It => Referent::It,
                Function::Who => Referent::Who,
                Function::His | Function::Her | Function::Their => Referent::Possessive,
                Function::My | Function::Our | Function::Its => Referent::Possessive,
                _ => Referent::Pronoun,
            },
            MentionKind::Name => {
                let given =
                    m.core.range().any(|at| t.any(at, Traits(Traits::GIVEN_NAME.0 | Traits::TITLE.0)));
                let titled = m.core.first > m.tokens.first;
                let body =
                    m.core.range().any(|at| t.any(at, Traits(Traits::ORGANISATION.0 | Traits::BODY.0)));
                match () {
                    () if t.any(head, Traits::TIME) => Referent::Time,
                    () if body => Referent::Body,
                    () if given || titled => Referent::PersonName,
                    () if m.core.range().all(|at| t.any(at, Traits::PLACE)) => Referent::Place,
                    () => Referent::Name,
                }
            }
            MentionKind::Nominal => match () {
                () if t.any(head, Traits::TIME) => Referent::Time,
                () if t.any(head, Traits::PEOPLE) => Referent::People,
                () if t.any(head, Traits(Traits::ROLE.0 | Traits::KIN.0)) => Referent::Person,
                () if t.any(head, Traits::DOCUMENT) => Referent::Document,
                () if t.any(head, Traits(Traits::BODY.0 | Traits::ORGANISATION.0)) => Referent::Body,
                () if t.tag(head) == Tag::Plural => Referent::Plural,
                () => Referent::Nominal,
            },
        }
    }

    /// How often the head of the mention names a source.
    fn worth(&self, mention: Option<&Mention>) -> u8 {
        mention.map_or(0, |m| self.tagged.word(m.core.end as usize - 1).source_share)
    }

    // ---------------------------------------------------------------- source

    /// The candidates for the source of the cue, each with its row.
    pub(crate) fn sources(&self, cue: &Cue, out: &mut Vec<(Source, Row)>) {
        out.clear();
        let first = cue.first as usize;
        let base = self.source_row(cue);
        if cue.side == Side::Any {
            let mut row = base;
            row[S::Which as usize] = 0;
            row[S::Placed as usize] = 8;
            out.push((Source { mention: None, inverted: false, open: false }, row));
        }
        let subject = self.subject(cue);
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
            for index in (0..before).rev() {
                let chunk = &chunks[index];
                if chunk.phrase.tokens.end as usize > first || self.bracketed(chunk, first) {
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
                self.source(cue, index, which as u8, subject, base, out);
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
                self.source(cue, index, which.min(7), subject, base, out);
            }
        }
        if let Some(index) = self.fronted(cue) {
            self.source(cue, index, 9, subject, base, out);
        }
    }

    /// The subject of the main clause behind a participle or infinitive that opens the sentence: *Citing the leak,
    /// **Ruiz** left*; not where it names the topic of what comes: *Commenting on the leak, Ruiz said …*
    fn fronted(&self, cue: &Cue) -> Option<usize> {
        let opens = matches!(cue.form, Form::Gerund | Form::Infinitive | Form::Participle);
        let topic = |c: Complement| matches!(c.follows(), Follows::On | Follows::About);
        let own = cue.group.filter(|_| opens && !cue.complement.is_some_and(topic))?;
        let (before, after) = self.clauses.groups.split_at(own as usize);
        let main = after.iter().find(|g| g.finite).filter(|_| !before.iter().any(|g| g.finite))?;
        let index = main.subject? as usize;
        let start = self.clauses.chunks[index].phrase.tokens.first as usize;
        let parted = start > cue.end as usize && self.tagged.kind(start - 1) == TokenKind::Comma;
        parted.then_some(index)
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

    /// The subject of the verb that the cue heads or that governs it, by its place among the chunks.
    fn subject(&self, cue: &Cue) -> Option<usize> {
        let group = &self.clauses.groups[cue.group? as usize];
        group.subject.map(|s| s as usize)
    }

    fn source_row(&self, cue: &Cue) -> Row {
        let mut row = [0; FIELDS];
        row[S::Form_ as usize] = cue.form as u8;
        row[S::CueKind_ as usize] = cue.kind as u8;
        row[S::Share as usize] = share_bucket(cue.share);
        row[S::CueBefore as usize] = self.stands_before(cue.first as usize);
        row[S::CueAfter as usize] = self.stands(cue.end as usize);
        let first = cue.first as usize;
        let sentence = self.sentence.first as usize;
        let edge = (sentence..first).rev().find(|&at| self.tagged.kind(at) != TokenKind::Comma);
        row[S::Quote as usize] = u8::from(edge.is_some_and(|at| self.quoted(at)));
        row[S::Sourceless as usize] = u8::from(self.tagged.word(cue.head as usize).cue.sourceless >= 4);
        row
    }

    fn source(
        &self,
        cue: &Cue,
        index: usize,
        which: u8,
        subject: Option<usize>,
        base: Row,
        out: &mut Vec<(Source, Row)>,
    ) {
        let chunk = &self.clauses.chunks[index];
        let (start, end) = (chunk.phrase.tokens.first as usize, chunk.phrase.tokens.end as usize);
        let right = start >= cue.end as usize;
        let link = cue.group.map_or(Link::None, |g| self.clauses.groups[g as usize].link);
        let is_subject = subject == Some(index);
        let Some((mention, open)) = self.mention(cue, index, right) else { return };
        let between = if right { cue.end as usize..start } else { end..cue.first as usize };
        let mut row = base;
        row[S::Which as usize] = which;
        row[S::Referent as usize] = self.referent(Some(&mention)) as u8;
        row[S::Subject as usize] = if is_subject { 1 + link as u8 } else { 0 };
        row[S::Placed as usize] = self.preposition(start).unwrap_or(chunk.place as u8);
        row[S::Before as usize] = self.stands_before(start);
        row[S::After as usize] = self.stands(if right { mention.tokens.end as usize } else { end });
        row[S::Verbs as usize] = count(self.standing.verbs(between.clone()));
        row[S::Commas as usize] = count(self.standing.commas(between));
        row[S::Worth as usize] = share_bucket(self.worth(Some(&mention)));
        row[S::First as usize] = u8::from(index == 0);
        row[S::Rules as usize] = self.rules(cue, index as u32);
        if right {
            let edge = self.stands(mention.tokens.end as usize);
            row[S::Ends as usize] = u8::from(matches!(edge, 0..=5 | 7 | 8));
        }
        out.push((Source { mention: Some(mention), inverted: right && which < 9, open }, row));
    }

    /// Which of the finite verbs before the cue the phrase is the subject of: *Ruiz* of the last report in *The dam
    /// leaks, Ruiz said, adding …*
    fn rules(&self, cue: &Cue, chunk: u32) -> u8 {
        let groups = &self.clauses.groups;
        let before = groups.partition_point(|g| g.head < cue.first);
        let mut finite = groups[..before].iter().rev().filter(|g| g.finite).peekable();
        let nearest = finite.peek().is_some_and(|g| g.subject == Some(chunk));
        let reports = |g: &Group| self.tagged.word(g.head as usize).cue.verb_share >= REPORTS;
        let (mut report, mut other, mut other_report) = (None, false, false);
        for group in finite {
            let own = group.subject == Some(chunk);
            if (own || report.is_none()) && reports(group) {
                report = report.or(Some(own));
                other_report |= own;
            }
            other |= own;
        }
        match (nearest, report == Some(true)) {
            (true, true) => 3,
            (false, true) => 2,
            (true, false) => 1,
            _ if other_report => 5,
            _ if other => 4,
            _ => 0,
        }
    }

    /// The source with all that belongs to it; the subject of the cue does not belong to another phrase: *In a dry
    /// year, | Ruiz said*.
    pub(crate) fn complete(&self, cue: &Cue, source: Source) -> Source {
        let subject = self.subject(cue).map(|s| self.clauses.chunks[s].phrase.tokens.first);
        let whole = |m: Mention| {
            let end = subject.filter(|&s| s > m.tokens.first).map_or(cue.first, |s| s.min(cue.first));
            self.clauses.mention(self.tagged, m.tokens.range().start, end as usize)
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
            let whole = self.clauses.mention(t, start, self.sentence.end as usize)?;
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
            return Some((self.relative(chunk), false));
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
        let mut time_end = None;
        while end > core {
            let last = end - 1;
            let time = t.any(last, Traits::TIME);
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

    /// Whether more follows the head of a mention than a source has.
    fn long(&self, chunk: &Chunk, whole: &Mention) -> bool {
        let tokens = self.tagged.tokens;
        tokens.end(whole.tokens.end as usize - 1) - tokens.end(chunk.phrase.head as usize) > LONGEST_INSERT
    }

    /// The mention without its last clauses, where they are long: up to a comma that leaves it short enough.
    fn shortened(&self, chunk: &Chunk, whole: Mention) -> Mention {
        let t = self.tagged;
        let core_end = t.tokens.end(chunk.phrase.head as usize);
        let short = |at: &usize| t.tokens.end(*at - 1) - core_end <= LONGEST_INSERT;
        let clause = |at: &usize| t.kind(*at) == TokenKind::Comma || t.tag(*at) == Tag::WhPronoun;
        let phrase = |at: &usize| matches!(t.tag(*at), Tag::Preposition | Tag::To);
        let ends = || (chunk.phrase.tokens.end as usize..whole.tokens.end as usize).rev().filter(short);
        let end = ends().find(clause).or_else(|| ends().find(phrase));
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
            row[S::Which as usize] = 8;
            row[S::Referent as usize] = self.referent(Some(&mention)) as u8;
            row[S::Placed as usize] = self.clauses.chunks[index].place as u8;
            row[S::Before as usize] = self.stands_before(first);
            row[S::Worth as usize] = share_bucket(self.worth(Some(&mention)));
            out.push((Source { mention: Some(mention), inverted: false, open: false }, row));
        };
        if t.tag(first) == Tag::Possessive && first < head {
            push(Mention {
                tokens: Stretch::new(first, first + 1),
                core: Stretch::new(first, first + 1),
                kind: MentionKind::Pronoun,
                gender: t.word(first).gender,
                plural: t.any(first, Traits::PLURAL),
            });
        } else if let Some(genitive) = (first + 1..head).rev().find(|&at| t.tag(at) == Tag::Genitive) {
            if let Some(mut mention) = self.clauses.mention(t, first, genitive) {
                mention.tokens.end = genitive as u32;
                push(mention);
            }
        }
    }

    /// Who is told where the subject is: ***Ruiz** was told by the council that it leaks*.
    pub(crate) fn told(&self, cue: &Cue) -> Option<Mention> {
        let t = self.tagged;
        let subject = self.subject(cue).map(|s| self.clauses.chunks[s].phrase);
        let told = cue.form == Form::Passive && t.any(cue.head as usize, Traits::TOLD);
        subject
            .filter(|p| told && p.tokens.end <= cue.first)
            .map(|p| mention::of(t, p, p.tokens.end as usize))
    }

    // ---------------------------------------------------------------- layout

    /// The candidates for where the content stands, each with its row.
    pub(crate) fn layouts(&self, cue: &Cue, source: &Source, out: &mut Vec<(Layout, Row)>) {
        out.clear();
        let base = self.layout_row(cue, source);
        let range = self.sentence.range();
        let tag_end = match source.mention {
            Some(m) if source.inverted => m.tokens.end as usize,
            _ => cue.end as usize,
        };
        let anchor = match source.mention {
            Some(m) if !source.inverted && (self.beside(&m, cue) || self.main_subject(&m, cue)) => {
                m.tokens.first as usize
            }
            _ => cue.first as usize,
        };
        let anchor = (range.start..anchor)
            .rev()
            .find(|&at| self.tagged.tag(at) != Tag::Adverb || self.quoted(at))
            .map_or(anchor.min(range.start), |at| at + 1);
        // *as Ruiz said*
        let joined = anchor > range.start
            && !self.quoted(anchor - 1)
            && self.tagged.function(anchor - 1) == Function::As;
        let anchor = anchor - usize::from(joined);
        let skip = |mut at: usize| {
            while at < range.end
                && !self.quoted(at)
                && matches!(self.tagged.kind(at), TokenKind::Comma | TokenKind::Colon | TokenKind::Dash)
            {
                at += 1;
            }
            at
        };
        let mut base = base;
        base[L::Before as usize] = self.stands_before(anchor);
        let start = skip(tag_end);
        let mut starts: [usize; 6] = [usize::MAX; 6];
        let mut found = 0;
        let mut after = |kind: LayoutKind, at: usize, out: &mut Vec<(Layout, Row)>| {
            let spoken = at < range.end && !matches!(self.stands(at), 0..=6 | 8);
            if spoken && !starts[..found].contains(&at) && found < starts.len() {
                starts[found] = at;
                found += 1;
                let layout = Layout { kind, left: None, right: Some(at as u32) };
                out.push((layout, self.after_row(base, layout, tag_end)));
            }
        };
        after(LayoutKind::After, start, out);
        let timed = self.times(start);
        if timed > start {
            after(LayoutKind::AfterPhrase, skip(timed), out);
        } else if start < range.end && self.tagged.tag(start) == Tag::Preposition {
            after(LayoutKind::AfterPhrase, start + 1, out);
        }
        if start < range.end {
            let leads = usize::from(self.tagged.tag(start) == Tag::Preposition);
            if let Some(index) = self.clauses.chunk_at(start + leads) {
                let end = self.clauses.chunks[index].phrase.tokens.end as usize;
                after(LayoutKind::AfterPhrase, skip(end), out);
                let long = self.clauses.mention(self.tagged, start + leads, range.end);
                if let Some(long) = long.filter(|m| m.tokens.end as usize > end) {
                    after(LayoutKind::AfterPhrase, skip(long.tokens.end as usize), out);
                }
            }
            let mut verbs = 0;
            for at in start + 1..range.end.min(start + 16) {
                if self.quoted(at) {
                    after(LayoutKind::AfterMark, at, out);
                    break;
                }
                let marker = matches!(self.tagged.tag(at), Tag::Subordinator | Tag::To | Tag::WhAdverb)
                    || matches!(self.stands(at), 37);
                if self.clauses.group_at(at).is_some_and(|g| self.clauses.groups[g].finite) {
                    verbs += 1;
                }
                // *warned the crew **not** to sail where it leaks*
                let negated = self.tagged.tag(at) == Tag::To && self.tagged.any(at - 1, Traits::NEGATION);
                verbs += usize::from(negated);
                if marker && verbs == 0 {
                    after(LayoutKind::AfterMarker, at, out);
                }
                if self.tagged.kind(at) == TokenKind::Colon {
                    after(LayoutKind::AfterMark, at + 1, out);
                }
            }
        }
        // the quotation is the next paragraph
        if self.tagged.kind(range.end - 1) == TokenKind::Colon && range.end < self.next_paragraph.range().end
        {
            let layout = Layout { kind: LayoutKind::AfterMark, left: None, right: Some(range.end as u32) };
            out.push((layout, self.after_row(base, layout, tag_end)));
        }
        self.before(cue, anchor, base, tag_end, start, out);
        if matches!(cue.form, Form::Passive | Form::Participle) || cue.kind == CueKind::Raising {
            self.subject_layouts(cue, base, start, out);
        }
        self.antecedent(cue, source, base, out);
        self.reduced(cue, base, out);
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
            if !t.any(phrase.head as usize, Traits::TIME) || phrase.kind == MentionKind::Pronoun {
                break;
            }
            at = phrase.tokens.end as usize;
        }
        at
    }

    /// Whether only adverbs and punctuation stand between a source and the cue after it.
    fn beside(&self, mention: &Mention, cue: &Cue) -> bool {
        mention.tokens.end <= cue.first
            && (mention.tokens.end as usize..cue.first as usize).all(|at| {
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
            mention.tokens.contains(head as usize) && head < cue.first
        })
    }

    fn layout_row(&self, cue: &Cue, source: &Source) -> Row {
        let mut row = [0; FIELDS];
        row[L::Share as usize] = share_bucket(cue.share);
        row[L::Takes as usize] = takes(self.tagged.word(cue.head as usize).traits);
        row[L::Inverted as usize] = u8::from(source.inverted);
        row[L::Nobody as usize] = u8::from(source.mention.is_none());
        row[L::Link_ as usize] = cue.group.map_or(0, |g| 1 + self.clauses.groups[g as usize].link as u8);
        row
    }

    fn after_row(&self, base: Row, layout: Layout, tag_end: usize) -> Row {
        let at = layout.right.map_or(tag_end, |r| r as usize);
        let mut row = base;
        row[L::Kind as usize] = layout.kind as u8;
        row[L::First as usize] = self.stands(at);
        row[L::Second as usize] = self.stands(at + 1);
        row[L::Skipped as usize] = self.stands_before(at);
        row[L::After as usize] = self.stands(tag_end);
        row[L::Skip as usize] = length_bucket(at - tag_end);
        let ahead = self.standing.verbs(self.sentence.range().start..at);
        let verb = self.clauses.groups[ahead..].iter().find(|g| g.finite);
        row[L::Clause as usize] = match verb {
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
        row[L::Quoted as usize] = match self.quote_at(at) {
            Some(_) => 1,
            None if !self.standing.quoted(at..self.sentence.end as usize) => 0,
            None => match (at..self.sentence.end as usize).find(|&i| self.quoted(i)) {
                Some(quote) if self.tagged.kind(quote - 1) == TokenKind::Colon => 3,
                Some(quote) if self.tagged.kind(quote - 1) == TokenKind::Comma => 4,
                Some(_) => 2,
                None => 0,
            },
        };
        row
    }

    /// Content before the tag that begins at `anchor`, alone or with more after it.
    fn before(
        &self,
        cue: &Cue,
        anchor: usize,
        base: Row,
        tag_end: usize,
        start: usize,
        out: &mut Vec<(Layout, Row)>,
    ) {
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
        if end <= range.start && quote.is_none() {
            return;
        }
        let opener = t.tag(range.start) == Tag::Coordinator;
        let dated = clause::dateline(self.tagged, self.sentence).filter(|&at| at < end);
        // a sentence that goes on with a quotation begins where that does: *“It leaks. Why?” Ruiz said, according to Brandt*
        let quoted = self.quote_at(range.start).filter(|q| q.first >= self.paragraph.first);
        let goes_on = quoted.map(|q| q.first as usize).filter(|&first| first < range.start);
        let sentence =
            dated.or(goes_on).unwrap_or(range.start + usize::from(opener && range.start + 1 < end));
        let mut row = base;
        row[L::After as usize] = self.stands(tag_end);
        row[L::Skipped as usize] = self.stands(start);
        let quote_ahead = (tag_end..range.end).take(LONGEST_ASIDE).find(|&at| self.quoted(at));
        let ahead = match quote_ahead {
            None => 0,
            Some(q) if self.cues.iter().any(|c| (tag_end..q).contains(&(c.head as usize))) => 3,
            Some(q) if t.kind(q - 1) == TokenKind::Comma => 2,
            Some(_) => 1,
        };
        row[L::Ahead as usize] = ahead;
        // *Ruiz was blunt: “It leaks,” she said*
        let lead = quote.and_then(|q| q.first.checked_sub(1)).filter(|&at| at >= self.sentence.first);
        let pause = lead.map_or(0, |at| match t.kind(at as usize) {
            TokenKind::Colon => 1,
            TokenKind::Dash => 2,
            TokenKind::Opening => 3,
            TokenKind::Comma => 4,
            _ => 5,
        });
        let passive = cue.form == Form::Passive && self.subject(cue).is_some() && quote.is_none();
        let mut push = |kind: LayoutKind, first: usize, out: &mut Vec<(Layout, Row)>| {
            // *The crew was told by the mayor …*: the subject of a passive is a question of its own
            if first >= end || passive && self.standing.finite(first..end) == 0 {
                return;
            }
            let inside = |at: usize| (first..end).contains(&at);
            row[L::Kind as usize] = kind as u8;
            row[L::First as usize] = self.stands(first);
            row[L::Second as usize] = self.stands_before(first);
            row[L::LeftVerbs as usize] = count(self.standing.finite(first..end));
            row[L::Taken as usize] =
                u8::from(self.cues.iter().any(|c| c.share >= 40 && inside(c.head as usize)));
            let whole = self.quote_at(first).is_some_and(|q| q.end as usize == end);
            row[L::Quoted as usize] = match () {
                () if whole => 1,
                () if self.quoted(end - 1) => 2,
                () if (first..end).any(|at| self.quoted(at)) => 3,
                () => 0,
            };
            row[L::Pause as usize] = pause;
            let left = Stretch::new(first, end);
            out.push((Layout { kind, left: Some(left), right: None }, row));
            if !kind_is_main(row[L::Kind as usize]) {
                return;
            }
            let kind = LayoutKind::Around;
            let more = start > tag_end || start < range.end && self.quoted(start);
            let next = quote_ahead.filter(|&q| q != start);
            for right in [Some(start).filter(|_| more), next].into_iter().flatten() {
                // *It leaks, Ruiz said, adding …*: what hangs on the tag is none of the content
                let hangs = |at: usize| t.tag(at) == Tag::Gerund && !self.quoted(at);
                if right >= range.end || matches!(self.stands(right), 0..=6 | 8) || hangs(right) {
                    continue;
                }
                let mut around = row;
                around[L::Kind as usize] = kind as u8;
                around[L::Second as usize] = self.stands(right);
                around[L::Ahead as usize] = ahead;
                around[L::Clause as usize] = u8::from(self.quoted(right));
                if right > start {
                    let verb = |g: &Group| g.finite && (tag_end..right).contains(&(g.head as usize));
                    around[L::Skip as usize] = length_bucket(right - tag_end);
                    around[L::Skipped as usize] = self.stands(right - 1);
                    around[L::Taken as usize] = u8::from(self.clauses.groups.iter().any(verb));
                }
                out.push((Layout { kind, left: Some(left), right: Some(right as u32) }, around));
            }
        };
        if let Some(quote) = quote {
            push(LayoutKind::QuoteBefore, quote.first as usize, out);
        }
        if quote.is_none_or(|q| q.first as usize > sentence) {
            push(LayoutKind::SentenceBefore, sentence, out);
        }
        let cut = (sentence.max(range.start) + 1..end).rev().find(|&at| {
            !self.quoted(at)
                && (t.kind(at) == TokenKind::Semicolon
                    || t.kind(at) == TokenKind::Colon
                    || t.kind(at) == TokenKind::Comma
                        && at + 1 < end
                        && matches!(
                            t.tag(at + 1),
                            Tag::Coordinator | Tag::Subordinator | Tag::Pronoun | Tag::Determiner | Tag::Name
                        ))
        });
        if let Some(cut) = cut {
            let skip = usize::from(t.tag(cut + 1) == Tag::Coordinator);
            push(LayoutKind::ClauseBefore, cut + 1 + skip, out);
        }
    }

    /// Where a quotation ends before words that can only belong to its tag: *“It leaks,” | harbour master* Ruiz said.
    fn tag_after_quote(&self, first: usize, end: usize) -> Option<usize> {
        let last = (first..end).rev().take(8).find(|&at| self.quoted(at))?;
        let breaks =
            |k: TokenKind| matches!(k, TokenKind::Comma | TokenKind::Question | TokenKind::Exclamation);
        let closed = last > first && breaks(self.tagged.kind(last - 1));
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
        let far = end - chunk.end as usize > 25;
        let left = Stretch::new(chunk.first as usize, if far { chunk.end as usize } else { end });
        let mut row = base;
        row[L::Kind as usize] = LayoutKind::Subject as u8;
        row[L::First as usize] = self.stands(left.first as usize);
        row[L::Second as usize] = self.stands(start);
        row[L::After as usize] = self.stands(cue.end as usize);
        out.push((Layout { kind: LayoutKind::Subject, left: Some(left), right: None }, row));
        if start < self.sentence.end as usize && !matches!(self.stands(start), 0..=8) {
            row[L::Skipped as usize] = 1;
            let layout = Layout { kind: LayoutKind::Subject, left: Some(left), right: Some(start as u32) };
            out.push((layout, row));
        }
    }

    /// *the dam that Ruiz criticised*: the content is *that*, or what it stands for.
    fn antecedent(&self, cue: &Cue, source: &Source, base: Row, out: &mut Vec<(Layout, Row)>) {
        let Some(m) = source.mention.filter(|_| !source.inverted) else { return };
        let first = m.tokens.first as usize;
        if first <= self.sentence.first as usize {
            return;
        }
        let t = self.tagged;
        let at = first - 1;
        let mut row = base;
        row[L::Kind as usize] = LayoutKind::Antecedent as u8;
        row[L::After as usize] = self.stands(cue.end as usize);
        let relative = t.tag(at) == Tag::WhPronoun || t.function(at) == Function::That;
        if relative && !self.quoted(at) {
            row[L::First as usize] = self.stands(at);
            let layout =
                Layout { kind: LayoutKind::Antecedent, left: Some(Stretch::new(at, first)), right: None };
            out.push((layout, row));
        } else if let Some(index) = self.clauses.chunk_at(at) {
            let chunk = self.clauses.chunks[index].phrase;
            if chunk.tokens.end as usize == first && chunk.kind != MentionKind::Pronoun {
                row[L::First as usize] = self.stands(chunk.tokens.first as usize);
                let layout = Layout { kind: LayoutKind::Antecedent, left: Some(chunk.tokens), right: None };
                out.push((layout, row));
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
        row[L::Kind as usize] = LayoutKind::Antecedent as u8;
        row[L::First as usize] = self.stands(phrase.first as usize);
        row[L::After as usize] = self.stands(cue.end as usize);
        out.push((Layout { kind: LayoutKind::Antecedent, left: Some(phrase), right: None }, row));
    }

    // ---------------------------------------------------------------- end

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
        limit = self.other_report(start).filter(|&stop| stop > start).map_or(limit, |stop| stop.min(limit));
        let mut base = [0; FIELDS];
        base[E::Kind as usize] = layout.kind as u8;
        base[E::CueKind_ as usize] = cue.kind as u8;
        base[E::Form_ as usize] = cue.form as u8;
        base[E::First as usize] = self.stands(start);
        let groups = &self.clauses.groups;
        let mut next = Next {
            group: groups.partition_point(|g| (g.first as usize) < start),
            cue: 0,
            quote: self.quotes.partition_point(|q| (q.first as usize) < start),
        };
        let (mut verbs, mut commas) = (0, 0);
        let mut quoted = false;
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
            let whole = !clausal || verbs > 0 || quoted;
            if at >= limit || whole && start < self.sentence.end as usize && self.boundary(start, at) {
                let stop = at.min(limit);
                let mut row = base;
                row[E::Next as usize] = self.stands(stop);
                row[E::Next2 as usize] = if stop + 1 < limit { self.stands(stop + 1) } else { 0 };
                row[E::Last as usize] = self.stands(stop - 1);
                row[E::Length as usize] = length_bucket(stop - start);
                row[E::Verbs as usize] = count(verbs);
                row[E::Commas as usize] = count(commas);
                row[E::Rest as usize] = length_bucket(limit.saturating_sub(stop));
                row[E::Quote as usize] = match () {
                    () if self.quoted(stop - 1) && self.quoted(start) => 2 + self.closes(stop),
                    () if self.quoted(stop - 1) => 5 + self.closes(stop),
                    () if quoted => 1,
                    () => 0,
                };
                self.ahead(stop, start, cue.group, &mut next, &mut row);
                out.push((stop as u32, row));
            }
        }
        let n = out.len();
        let mut pause = limit;
        let mut unseen = limit;
        for (index, (stop, row)) in out.iter_mut().enumerate().rev() {
            row[E::Between as usize] = count(n - 1 - index);
            let stop = *stop as usize;
            if let Some(at) = (stop + 1..unseen).find(|&at| self.pauses(at)) {
                pause = at;
            }
            unseen = unseen.min(stop + 1);
            row[E::Segment as usize] = self.segment(stop, pause, limit);
        }
    }

    /// What stands before the closing mark of the quoted stretch that ends there: what ends a sentence, a comma, a word.
    fn closes(&self, end: usize) -> u8 {
        match self.tagged.kind(end.saturating_sub(2)) {
            TokenKind::Comma => 1,
            kind if kind.ends_sentence() => 0,
            _ => 2,
        }
    }

    /// Whether *that* or *whether* opens a clause, which has a verb.
    fn opens_clause(&self, at: usize) -> bool {
        matches!(STANDS[usize::from(self.stands(at))], "that" | "whether")
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
        let end = verb.first as usize;
        let whole = !self.opens_clause(start) || self.standing.finite(start..end) > 0;
        (end > start && whole).then_some(end)
    }

    /// Whether the verb is a cue before a clause or a quotation, or a sure one: ***denied** that she knew*, ***spoke** of it*.
    fn reports(&self, verb: u32) -> bool {
        let at = self.cues.partition_point(|c| c.head < verb);
        let cue = self.cues.get(at).filter(|c| c.head == verb);
        cue.is_some_and(|c| match c.complement.map(Complement::follows) {
            Some(Follows::That | Follows::Clause | Follows::Mark) => true,
            None => false,
            _ => c.share >= SURE,
        })
    }

    /// The semicolon before what somebody else reports: *Ruiz said it leaks | ; Brandt denied it*.
    fn other_report(&self, start: usize) -> Option<usize> {
        let t = self.tagged;
        let mut inside = start..self.sentence.end as usize;
        let stop = inside.find(|&at| t.kind(at) == TokenKind::Semicolon && !self.quoted(at))?;
        let behind = |c: &Cue| {
            let subject = self.subject(c).map(|s| self.clauses.chunks[s].phrase.tokens.first as usize);
            c.first as usize > stop && (c.side == Side::After || subject.is_some_and(|s| s > stop))
        };
        self.cues.iter().any(|c| c.share >= LIKELY && behind(c)).then_some(stop)
    }

    /// Whether a comma or the like stands at the token.
    fn pauses(&self, at: usize) -> bool {
        use TokenKind::{Colon, Comma, Dash, Semicolon};
        matches!(self.tagged.kind(at), Comma | Dash | Semicolon | Colon) && !self.quoted(at)
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
            self.referent(Some(&mention::of(t, phrase, phrase.tokens.end as usize))) as u8
        })
    }

    /// The verb that comes next after a candidate end, and whose it is.
    fn ahead(&self, stop: usize, start: usize, own: Option<u32>, next: &mut Next, row: &mut Row) {
        let rest = &self.clauses.groups[next.group..];
        let verb = rest.iter().find(|g| g.first as usize >= stop && g.finite);
        let (ahead, distance) = match verb {
            None => (0, 0),
            Some(g) => {
                let subject = g.subject.map(|s| self.clauses.chunks[s as usize].phrase.tokens.first as usize);
                let ahead = match (g.link, subject) {
                    (Link::Resumed, _) => 4,
                    (Link::Coordinated, Some(s)) if s >= start => 3,
                    (Link::Coordinated, _) => 5,
                    (Link::Controlled, _) => 6,
                    (_, Some(s)) if s >= stop => 2,
                    (_, Some(s)) if s >= start => 3,
                    (_, Some(_)) => 1,
                    (_, None) => 7,
                };
                (ahead, g.first as usize - stop + 1)
            }
        };
        row[E::Ahead as usize] = ahead;
        row[E::Object as usize] = self.next_phrase(stop);
        row[E::Alike as usize] = verb.map_or(0, |verb| {
            let form = |g: &Group| self.tagged.tag(g.first as usize);
            let read = &self.clauses.groups[..next.group];
            let mut inside = read.iter().rev().take_while(|g| g.first as usize >= start).filter(|g| g.finite);
            let like_inside = inside.any(|g| form(g) == form(verb));
            let like_cue = own.is_some_and(|g| form(&self.clauses.groups[g as usize]) == form(verb));
            1 + u8::from(like_inside) + 2 * u8::from(like_cue)
        });
        row[E::Distance as usize] = length_bucket(distance);
        next.cue += self.cues[next.cue..].iter().take_while(|c| (c.first as usize) < stop).count();
        let cue = self.cues.get(next.cue);
        row[E::AheadShare as usize] = cue.map_or(0, |c| share_bucket(c.share));
        next.quote += self.quotes[next.quote..].iter().take_while(|q| (q.first as usize) < stop).count();
        let quote = self.quotes.get(next.quote);
        row[E::Marks as usize] = match quote.filter(|q| q.first < self.sentence.end) {
            None => 0,
            Some(q) if cue.is_none_or(|c| c.first > q.first) => 1,
            Some(_) => 2,
        };
    }

    /// Whether content may end before the token: something other than a phrase's own words comes.
    fn boundary(&self, start: usize, at: usize) -> bool {
        let t = self.tagged;
        if self.quoted(at) {
            return self.quote_at(at).is_some_and(|q| q.first as usize == at) && self.stands(at - 1) != 15;
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
        if matches!(
            t.kind(at - 1),
            TokenKind::Comma | TokenKind::Dash | TokenKind::Colon | TokenKind::Semicolon
        ) {
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

    // ---------------------------------------------------------------- accept

    /// The row of a complete reading.
    pub(crate) fn accept(&self, cue: &Cue, reading: &Reading) -> Row {
        let t = self.tagged;
        let mut row = [0; FIELDS];
        let mention = reading.source.mention.as_ref();
        let pieces = reading.pieces();
        let first = pieces[0].map_or(0, |p| p.first as usize);
        let last = pieces.iter().flatten().last().map_or(0, |p| p.end as usize);
        let length: usize = pieces.iter().flatten().map(|p| p.range().len()).sum();
        let group = cue.group.map(|g| &self.clauses.groups[g as usize]);
        row[A::Share as usize] = share_bucket(cue.share);
        row[A::FormShare as usize] = share_bucket(cue.form_share);
        row[A::CueKind_ as usize] = cue.kind as u8;
        row[A::Form_ as usize] = cue.form as u8;
        row[A::Kind as usize] = reading.layout.kind as u8;
        row[A::Referent as usize] = self.referent(mention) as u8;
        row[A::Worth as usize] = share_bucket(self.worth(mention));
        row[A::SourceSure as usize] = tenth_bucket(reading.sure[0]);
        row[A::EndSure as usize] = tenth_bucket(reading.sure[2]);
        row[A::Joint as usize] = tenth_bucket(reading.sure.iter().product());
        row[A::First as usize] = self.stands(first);
        row[A::Last as usize] = self.stands(last.saturating_sub(1));
        row[A::After as usize] = self.stands(cue.end as usize);
        row[A::Before as usize] = self.stands_before(cue.first as usize);
        row[A::Length as usize] = length_bucket(length);
        row[A::Lead as usize] = self.lead(cue);
        row[A::SourceFirst as usize] = mention.map_or(0, |m| self.stands(m.tokens.first as usize));
        row[A::Verbs as usize] =
            count(pieces.iter().flatten().map(|p| self.standing.finite(p.range())).sum());
        row[A::Quoted as usize] = reading.marked(t);
        row[A::Look as usize] = if row[A::Quoted as usize] == 2 { self.look(first, last) } else { 0 };
        row[A::Link_ as usize] = group.map_or(0, |g| 1 + g.link as u8);
        row[A::Negated as usize] = u8::from(group.is_some_and(|g| g.negated));
        row[A::Inverted as usize] = u8::from(reading.source.inverted);
        row[A::Which as usize] = reading.which;
        row[A::CueCount as usize] = count(self.cues.len());
        let best = |cues: &mut dyn Iterator<Item = &Cue>| cues.map(|c| c.share).max().unwrap_or(0);
        row[A::CueBefore as usize] = share_bucket(best(&mut self.cues.iter().filter(|c| c.head < cue.head)));
        row[A::CueAfter as usize] = share_bucket(best(&mut self.cues.iter().filter(|c| c.head > cue.head)));
        row[A::Opens as usize] = u8::from(cue.first == self.sentence.first);
        row[A::Takes as usize] = takes(self.tagged.word(cue.head as usize).traits);
        row[A::Sourceless as usize] = u8::from(t.word(cue.head as usize).cue.sourceless >= 4);
        row[A::Governor as usize] = self.governor(cue);
        row[A::Modifies as usize] = u8::from(cue.form == Form::Noun && self.modifies(cue.head as usize));
        row
    }

    /// How what stands in marks begins and ends: *“It leaks,”* as a sentence does, *“so called”* as a word, *“The Leak”* as
    /// a title.
    fn look(&self, first: usize, end: usize) -> u8 {
        let t = self.tagged;
        let capital = |at: usize| t.tokens.has(at, Shape::CAPITAL);
        let words = || (first..end).filter(|&at| t.kind(at) == TokenKind::Word);
        let lead = words().next().unwrap_or(first);
        let small =
            |at: usize| !capital(at) && (t.tag(at).nominal() || t.tag(at).verb() || t.tag(at) == Tag::Adverb);
        let titled =
            end - first <= LONGEST_TITLE && words().nth(1).is_some() && capital(lead) && !words().any(small);
        match () {
            () if titled => 7,
            () if capital(lead) => 1 + self.closes(end),
            () => 4 + self.closes(end),
        }
    }

    /// What stands before the clause of the cue: *that* in *said that Ruiz believes*.
    fn lead(&self, cue: &Cue) -> u8 {
        let subject = self.subject(cue).map(|s| self.clauses.chunks[s].phrase.tokens.first);
        let first = subject.filter(|&s| s < cue.first).unwrap_or(cue.first);
        self.stands_before(first as usize)
    }

    /// *opposition* in *the opposition leader*: a noun that says what kind of thing its phrase names.
    fn modifies(&self, at: usize) -> bool {
        self.clauses.chunk_at(at).is_some_and(|c| {
            let head = self.clauses.chunks[c].phrase.head as usize;
            at < head && self.tagged.tag(at + 1).nominal()
        })
    }

    /// How often the verb that an infinitive hangs on reports something: *tried* in *tried to say*.
    fn governor(&self, cue: &Cue) -> u8 {
        let hangs = cue.form == Form::Infinitive;
        let before = cue.group.filter(|_| hangs).and_then(|g| g.checked_sub(1));
        before.map_or(0, |g| {
            let head = self.clauses.groups[g as usize].head as usize;
            share_bucket(self.tagged.word(head).cue.verb_share)
        })
    }
}

/// What comes next at a place in a sentence, by the places among all of them.
struct Next {
    /// The verb group whose lexical verb comes next.
    group: usize,
    cue: usize,
    quote: usize,
}

fn kind_is_main(kind: u8) -> bool {
    kind == LayoutKind::QuoteBefore as u8 || kind == LayoutKind::SentenceBefore as u8
}

/// One complete reading of a cue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) cue: Cue,
    pub(crate) source: Source,
    pub(crate) layout: Layout,
    /// Where the content after the cue ends.
    pub(crate) end: u32,
    /// How sure source, layout and end are.
    pub(crate) sure: [f32; 3],
    /// Who is told, where that is the subject.
    pub(crate) told: Option<Mention>,
    pub(crate) which: u8,
}

impl Reading {
    /// The pieces of the content, in the order of the text.
    pub(crate) fn pieces(&self) -> [Option<Stretch>; 2] {
        self.layout.pieces(self.end)
    }

    /// How much of the content stands in quotation marks: 0 none, 1 some, 2 all.
    pub(crate) fn marked(&self, tagged: &Tagged) -> u8 {
        let words = self
            .pieces()
            .into_iter()
            .flatten()
            .flat_map(Stretch::range)
            .filter(|&at| matches!(tagged.kind(at), TokenKind::Word | TokenKind::Number));
        let (mut inside, mut outside) = (false, false);
        for at in words {
            let quoted = tagged.tokens.has(at, Shape::QUOTED);
            inside |= quoted;
            outside |= !quoted;
        }
        match (inside, outside) {
            (true, false) => 2,
            (true, true) => 1,
            _ => 0,
        }
    }
}

/// What kind of referent the source has that a row of the last question describes.
pub(crate) fn referent(row: &Row) -> u8 {
    row[A::Referent as usize]
}

/// How much of the content stands in marks that a row of the last question describes.
pub(crate) fn marked(row: &Row) -> u8 {
    row[A::Quoted as usize]
}

/// Whether what a value of the referent stands for has no mind of its own: a body, a place, a document, *which*.
pub(crate) fn mindless(referent: u8) -> bool {
    use Referent::{Body, Document, It, Place, Pronoun};
    [It, Pronoun, Body, Document, Place].iter().any(|&r| r as u8 == referent)
}

/// Whether a row of the last question describes what somebody tries to do: an infinitive, behind a verb that reports
/// nothing much, *tried to **say***, or as the content of one that takes a stance, ***tried** to cast it as a plot*.
pub(crate) fn attempted(row: &Row) -> bool {
    let seldom = |share: A| row[share as usize] > 0 && row[share as usize] < share_bucket(50);
    let infinitive = row[A::Form_ as usize] == Form::Infinitive as u8;
    let stance = row[A::CueKind_ as usize] == CueKind::Stance as u8;
    let aim = STANDS[usize::from(row[A::First as usize])] == "to" && seldom(A::Share);
    infinitive && seldom(A::Governor) || !infinitive && stance && aim
}
