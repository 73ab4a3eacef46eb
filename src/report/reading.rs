//! A cue with its source and content, and what tells whether that is right.

use crate::grammar::mention::Mention;
use crate::grammar::tag::Tagged;
use crate::lexicon::{CueKind, Tag};
use crate::model::linear::{FIELDS, Row, schema};
use crate::named::{Named as _, named};
use crate::report::cue::{Cue, Form};
use crate::report::layout::{LAYOUTS, Layout};
use crate::report::sight::{FORMS, LINKS, REFERENTS, Sight};
use crate::report::source::{Source, WHICH};
use crate::report::standing::STANDS;
use crate::report::values::{
    COUNTS, KINDS, LENGTHS, SHARES, TRAITS, YES, count, length_bucket, share_bucket, takes,
};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

named! {
    /// How much of the content of a quotation stands in quotation marks.
    ///
    /// ```
    /// use whosaid::Kind;
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt. Tomas Aske said that it poured.");
    /// assert!(doc.quotations().map(|q| q.kind()).eq([Kind::Direct, Kind::Indirect]));
    /// assert_eq!(Kind::Direct.to_string(), "direct");
    /// ```
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
    #[non_exhaustive]
    pub enum Kind {
        /// None of it.
        Indirect = "indirect",
        /// Some of it.
        Mixed = "mixed",
        /// All of it.
        Direct = "direct",
    }
}

/// The kinds as values of a field.
pub(crate) const MARKS: &[&str] = Kind::NAMES;

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
}

/// How much of the words in pieces of a text stands in quotation marks.
pub(crate) fn marked(tagged: &Tagged, pieces: impl IntoIterator<Item = Stretch>) -> Kind {
    let (mut inside, mut outside) = (false, false);
    for piece in pieces {
        for (_, kind, shape, _) in tagged.tokens.rows(piece.range()) {
            let word = matches!(kind, TokenKind::Word | TokenKind::Number);
            inside |= word && shape.has(Shape::QUOTED);
            outside |= word && !shape.has(Shape::QUOTED);
            if inside && outside {
                return Kind::Mixed;
            }
        }
    }
    if inside { Kind::Direct } else { Kind::Indirect }
}

/// How many tokens a title in marks has at most.
const LONGEST_TITLE: usize = 16;

const TENTHS: &[&str] =
    &["0", "<.05", "<.1", "<.2", "<.3", "<.4", "<.5", "<.6", "<.7", "<.8", "<.9", "<.95", "<1.01"];

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
    Quoted "kind" MARKS,
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
    [CueKind_ Form_ FormShare] [Before CueBefore] [CueKind_ Takes FormShare] [Form_ CueBefore]
    [CueKind_ Kind CueBefore] [Share Form_ Takes] [CueKind_ Sourceless FormShare]
}

fn tenth_bucket(p: f32) -> u8 {
    const BOUNDS: [f32; 12] = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
    BOUNDS.iter().map(|&b| u8::from(b <= p)).sum()
}

/// What kind of referent the source has that a row of the last question describes.
pub(crate) fn referent(row: &Row) -> u8 {
    row[A::Referent]
}

/// How much of the content stands in marks that a row of the last question describes.
pub(crate) fn quoted(row: &Row) -> Kind {
    [Kind::Indirect, Kind::Mixed, Kind::Direct][usize::from(row[A::Quoted])]
}

/// Whether a row of the last question describes what somebody tries to do: an infinitive, behind a verb that reports
/// nothing much, *tried to **say***, or as the content of one that takes a stance, ***tried** to cast it as a plot*.
pub(crate) fn attempted(row: &Row) -> bool {
    let seldom = |share: A| row[share] > 0 && row[share] < share_bucket(50);
    let infinitive = row[A::Form_] == Form::Infinitive as u8;
    let stance = row[A::CueKind_] == CueKind::Stance as u8;
    let aim = STANDS[usize::from(row[A::First])] == "to" && seldom(A::Share);
    infinitive && seldom(A::Governor) || !infinitive && stance && aim
}

impl Sight<'_> {
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
        row[A::Share] = share_bucket(cue.share);
        row[A::FormShare] = share_bucket(cue.form_share);
        row[A::CueKind_] = cue.kind as u8;
        row[A::Form_] = cue.form as u8;
        row[A::Kind] = reading.layout.kind as u8;
        row[A::Referent] = self.referent(mention) as u8;
        row[A::Worth] = share_bucket(self.worth(mention));
        row[A::SourceSure] = tenth_bucket(reading.sure[0]);
        row[A::EndSure] = tenth_bucket(reading.sure[2]);
        row[A::Joint] = tenth_bucket(reading.sure.iter().product());
        row[A::First] = self.stands(first) as u8;
        row[A::Last] = self.stands(last.saturating_sub(1)) as u8;
        row[A::After] = self.stands(cue.end as usize) as u8;
        row[A::Before] = self.stands_before(cue.first as usize) as u8;
        row[A::Length] = length_bucket(length);
        row[A::Lead] = self.lead(cue);
        row[A::SourceFirst] = mention.map_or(0, |m| self.stands(m.tokens().first as usize) as u8);
        row[A::Verbs] = count(pieces.iter().flatten().map(|p| self.standing.finite(p.range())).sum());
        let contents = || pieces.into_iter().flatten();
        let plain = contents().all(|p| self.within(&p.range()) && !self.standing.quoted(p.range()));
        let marked = if plain { Kind::Indirect } else { marked(t, contents()) };
        row[A::Quoted] = marked as u8;
        row[A::Look] = if marked == Kind::Direct { self.look(first, last) } else { 0 };
        row[A::Link_] = group.map_or(0, |g| 1 + g.link as u8);
        row[A::Negated] = u8::from(group.is_some_and(|g| g.negated));
        row[A::Inverted] = u8::from(reading.source.inverted);
        row[A::Which] = reading.which;
        row[A::CueCount] = count(self.cues.len());
        let best = |cues: &mut dyn Iterator<Item = &Cue>| cues.map(|c| c.share).max().unwrap_or(0);
        row[A::CueBefore] = share_bucket(best(&mut self.cues.iter().filter(|c| c.head < cue.head)));
        row[A::CueAfter] = share_bucket(best(&mut self.cues.iter().filter(|c| c.head > cue.head)));
        row[A::Opens] = u8::from(cue.first == self.sentence.first);
        row[A::Takes] = takes(self.tagged.word(cue.head as usize).traits);
        row[A::Sourceless] = u8::from(t.word(cue.head as usize).cue.sourceless >= 4);
        row[A::Governor] = self.governor(cue);
        row[A::Modifies] = u8::from(cue.form == Form::Noun && self.modifies(cue.head as usize));
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
            () if capital(lead) => 1 + self.closes(end) as u8,
            () => 4 + self.closes(end) as u8,
        }
    }

    /// What stands before the clause of the cue: *that* in *said that Ruiz believes*.
    fn lead(&self, cue: &Cue) -> u8 {
        let subject = self.subject(cue).map(|s| self.clauses.chunks[s].phrase.tokens.first);
        let first = subject.filter(|&s| s < cue.first).unwrap_or(cue.first);
        self.stands_before(first as usize) as u8
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
