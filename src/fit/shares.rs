//! Counts how often the forms of cues report something by what follows them, and leaves an article's own counts out.
//!
//! Shares that were counted on the very articles on which weights are fitted would look surer than they are elsewhere.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use crate::grammar::tag::Tagged;
use crate::lexicon::{Complement, CueKind, Lexicon, WordId};
use crate::report::cue::Cue;

/// How often something occurs, and how often it reports something there.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: f32,
    cues: f32,
}

impl Count {
    fn add(&mut self, cue: bool) {
        self.all += 1.0;
        self.cues += f32::from(u8::from(cue));
    }
}

/// What was seen less often than this is not known.
const LEAST: f32 = 3.0;

/// The weight of what is expected of a form beside what was counted.
const PRIOR: f32 = 4.0;

type Use = (WordId, Complement);

/// What was counted.
#[derive(Default)]
pub(super) struct Shares {
    all: Counts,
    of_article: Vec<Counts>,
    /// The forms with their kinds and the shares that the lexicon has for them as verbs and as others.
    forms: HashMap<WordId, (String, CueKind, [u8; 2])>,
    /// How far what follows moves the shares of each kind.
    moves: HashMap<(u8, Complement), f32>,
}

/// Counts in an article or in all.
#[derive(Default)]
struct Counts {
    /// Outside what others say: there few cues are marked.
    outside: HashMap<Use, Count>,
    /// Wherever the form stands, as a verb or as something else.
    forms: HashMap<(WordId, bool), Count>,
}

impl Counts {
    fn add(&mut self, word: WordId, complement: Complement, outside: bool, reports: bool) {
        self.forms.entry((word, complement.is_noun())).or_default().add(reports);
        if outside {
            self.outside.entry((word, complement)).or_default().add(reports);
            self.outside.entry((word, complement.any())).or_default().add(reports);
        }
    }
}

impl Shares {
    /// Counts a candidate of an article: whether it stands outside what others say, and whether it reports something.
    pub(super) fn count(&mut self, article: u32, tagged: &Tagged, cue: &Cue, outside: bool, reports: bool) {
        let Some(complement) = cue.complement else { return };
        let head = cue.head as usize;
        let word = tagged.tokens.word[head];
        let known = tagged.word(head).cue;
        if word == WordId::default() || known.kind == CueKind::None {
            return;
        }
        let form = || (tagged.form(head).to_lowercase(), known.kind, [known.verb_share, known.noun_share]);
        self.forms.entry(word).or_insert_with(form);
        self.of_article.resize_with(self.of_article.len().max(article as usize + 1), Counts::default);
        self.all.add(word, complement, outside, reports);
        self.of_article[article as usize].add(word, complement, outside, reports);
    }

    /// Finds how far what follows moves the shares of each kind.
    pub(super) fn settle(&mut self) {
        let mut sums: HashMap<(u8, Complement), (Count, f32)> = HashMap::new();
        for (&(word, complement), count) in &self.all.outside {
            let (_, kind, shares) = self.forms[&word];
            let sum = sums.entry((kind as u8, complement)).or_default();
            sum.0.all += count.all;
            sum.0.cues += count.cues;
            sum.1 += count.all * share_of(shares, complement);
        }
        self.moves = sums
            .into_iter()
            .map(|(key, (count, expected))| {
                let expected = expected / count.all;
                let found = (count.cues + PRIOR * expected) / (count.all + PRIOR);
                (key, logit(found) - logit(expected))
            })
            .collect();
    }

    /// The share of a use that occurs so often, of a form with the shares.
    fn share(&self, (word, complement): Use, shares: [u8; 2], count: Count) -> u8 {
        if count.all < LEAST {
            return 0;
        }
        let kind = self.forms[&word].1 as u8;
        let moved = self.moves.get(&(kind, complement)).copied().unwrap_or_default();
        let expected = 1.0 / (1.0 + (-logit(share_of(shares, complement)) - moved).exp());
        let share = (count.cues + PRIOR * expected) / (count.all + PRIOR);
        (100.0 * share).round().max(1.0) as u8
    }

    /// The shares of a form without what was counted in an article.
    fn form_shares(&self, word: WordId, own: &Counts) -> [u8; 2] {
        let mut shares = self.forms[&word].2;
        for (share, noun) in shares.iter_mut().zip([false, true]) {
            if let Some(own) = own.forms.get(&(word, noun)) {
                let all = self.all.forms[&(word, noun)];
                let cues = f32::from(*share) / 100.0 * (all.all + PRIOR) - own.cues;
                let left = 100.0 * cues / (all.all - own.all + PRIOR);
                *share = left.round().clamp(1.0, 99.0) as u8;
            }
        }
        shares
    }

    /// Puts the shares into the lexicon, without what was counted in an article.
    pub(super) fn leave_out(&self, article: u32, lexicon: &mut Lexicon) {
        let Some(own) = self.of_article.get(article as usize) else { return };
        for &(word, _) in own.forms.keys() {
            lexicon.set_cue_shares(word, self.form_shares(word, own));
        }
        for (&of, own_count) in &own.outside {
            let all = self.all.outside[&of];
            let others = Count { all: all.all - own_count.all, cues: all.cues - own_count.cues };
            let share = self.share(of, self.form_shares(of.0, own), others);
            lexicon.set_share_with(of.0, of.1, share);
        }
    }

    /// Puts the shares of all the uses in an article back.
    pub(super) fn put_back(&self, article: u32, lexicon: &mut Lexicon) {
        let Some(own) = self.of_article.get(article as usize) else { return };
        for &(word, _) in own.forms.keys() {
            lexicon.set_cue_shares(word, self.forms[&word].2);
        }
        for &of in own.outside.keys() {
            let share = self.share(of, self.forms[&of.0].2, self.all.outside[&of]);
            lexicon.set_share_with(of.0, of.1, share);
        }
    }

    /// All the shares.
    fn shares(&self) -> impl Iterator<Item = (WordId, Complement, u8)> {
        self.all.outside.iter().map(|(&of, &count)| (of.0, of.1, self.share(of, self.forms[&of.0].2, count)))
    }

    /// Puts all shares into the lexicon, in place of those it has.
    pub(super) fn enter(&self, lexicon: &mut Lexicon) {
        lexicon.replace_complements(self.shares().collect());
    }

    /// The data file.
    pub(super) fn write(&self) -> String {
        let mut forms: BTreeMap<&str, Vec<(Complement, u8)>> = BTreeMap::new();
        for (word, complement, share) in self.shares().filter(|s| s.2 > 0) {
            forms.entry(&self.forms[&word].0).or_default().push((complement, share));
        }
        let mut out = String::from(HEADER);
        for (form, mut shares) in forms {
            shares.sort_unstable();
            out += form;
            for (complement, share) in shares {
                let _ = write!(out, " {}:{share}", complement.name());
            }
            out.push('\n');
        }
        out
    }
}

/// The share of a form as it is used there.
fn share_of(shares: [u8; 2], complement: Complement) -> f32 {
    f32::from(shares[usize::from(complement.is_noun())]).clamp(1.0, 99.0) / 100.0
}

fn logit(p: f32) -> f32 {
    (p / (1.0 - p)).ln()
}

const HEADER: &str = "\
# How often the forms of cues report something, by what follows them.
#
# Counted by machine (fit_news) on PolNeAR (Newell, Margolin and Ruths 2018), 840 US news articles in which every
# attribution is marked: of the occurrences outside quotation marks and outside what others say, where few cues are
# marked, the percentage that heads a cue. What is rare is drawn to the share that cues.txt has for the form, moved by
# what the same thing after it does to cues of its kind; what was seen less than three times is left out.
#
# [complements]  form, then the percentages: any:63 of all its occurrences, that:73 of those before that
#   stop comma mark that whether to clause object object-to of for about by as on preposition gerund adjective other;
#   mark is a quotation, object-to an object with an infinitive: urged voters to go;
#   passive-… after a passive or participle, noun-… after a noun, adjective or adverb

[complements]
";
