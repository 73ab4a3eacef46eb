//! Fitting the models of the attribution engine on annotated articles.

use std::collections::HashSet;
use std::fmt::Write;

use crate::blocks::Blocks;
use crate::document::Document;
use crate::extractor::Extractor;
use crate::fit::shares::Shares;
use crate::fit::{Choices, Settings, fit_likelihood};
use crate::grammar::mention::Mention;
use crate::grammar::tag::Tagged;
use crate::lexicon::Lexicon;
use crate::model::linear::{Model, Row, logistic};
use crate::model::scorer::Scorer;
use crate::record::Record;
use crate::report::company::{self, Heard, Scored};
use crate::report::cue::{Cue, Form};
use crate::report::end;
use crate::report::glance;
use crate::report::layout::{self, Layout};
use crate::report::reading;
use crate::report::search::{self, Bench, Models, Parts};
use crate::report::sight::Sight;
use crate::report::source::{self, Source};
use crate::span::Span;
use crate::text::sentence::Stretch;
use crate::text::token::{TokenKind, Tokens};
use crate::workspace::Workspace;

/// An article with the attributions that a person marked in it.
#[derive(Clone, Debug)]
pub struct Article {
    /// What it is called.
    pub id: String,
    /// The article.
    pub text: String,
    /// What was marked.
    pub gold: Vec<Gold>,
}

/// An attribution that a person marked; every part may lie in several pieces.
#[derive(Clone, Debug)]
pub struct Gold {
    /// What was said.
    pub content: Vec<Span>,
    /// The words that report it.
    pub cue: Vec<Span>,
    /// Who said it; empty where the text does not say.
    pub source: Vec<Span>,
}

/// What a fit produces.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The tables of weights, by the names of their files.
    pub tables: Vec<(&'static str, String)>,
    /// Figures from cross-validation, to be printed.
    pub report: String,
    /// What models find in each article that were fitted without it.
    pub records: Vec<Record>,
}

const FOLDS: u32 = 5;

/// How the models that choose are fitted. In cross-validation F1 is the same, give or take .001, for `least` from 12 to
/// 30; a third of the rounds costs .002.
const CHOICE: Settings = Settings { least: 20, ridge: 2.0, rounds: 48 };

/// How the models of what is likely are fitted.
const LIKELIHOOD: Settings = Settings { least: 20, ridge: 60.0, rounds: 48 };

/// Contents count as the same that share so much of what they cover together.
const SAME: f32 = 0.5;

/// How right an end beside the right one is at most; the nearer it is, the more.
const NEAR: f32 = 0.2;

/// Which of the folds an article belongs to.
fn fold(article: u32) -> u32 {
    article % FOLDS
}

/// Fits the models on the articles.
#[must_use]
pub fn fit(articles: &[Article]) -> Outcome {
    let extractor = Extractor::new();
    let mut lexicon = Lexicon::english();
    lexicon.replace_complements(Vec::new());
    let mut shares = Shares::default();
    let open = [Scorer::new(Model::empty(&glance::GLANCE))];
    visit(&extractor, &mut lexicon, &Shares::default(), articles, &open, |id, _, sight, gold, _| {
        for cue in sight.cues {
            let outside = !gold.holds(sight.tagged, cue);
            shares.count(id, sight.tagged, cue, outside, gold.of(sight, cue).is_some());
        }
    });
    shares.settle();
    shares.enter(&mut lexicon);
    let mut report = String::new();
    let golds: usize = articles.iter().map(|a| a.gold.len()).sum();

    // which words are given hope is learned from the readings of them all
    let all = Readings::of(&extractor, &mut lexicon, &shares, articles, &open);
    let words = words(&extractor, &mut lexicon, &shares, articles, &all);
    let glance = |uses: &dyn Fn(u32) -> bool| {
        let words: Vec<_> = words.iter().filter(|w| uses(w.0)).map(|w| (w.1, w.2)).collect();
        Scorer::new(fit_likelihood(&glance::GLANCE, LIKELIHOOD, &words))
    };
    let glances: Vec<_> = (0..FOLDS).map(|held| glance(&|id| fold(id) != held)).collect();
    foresight(&words, &glances, &mut report);
    report += &all.report;
    let Readings { answers, examples, mut read, mut unseen, .. } = all;
    for (models, glance) in unseen.iter_mut().zip(glances) {
        models.glance = glance;
    }
    let accept = |uses: &dyn Fn(u32) -> bool| {
        let examples: Vec<_> = examples.iter().filter(|e| uses(e.0)).map(|e| (e.1, e.2)).collect();
        fit_likelihood(&reading::ACCEPT, LIKELIHOOD, &examples)
    };
    let mut first = vec![0.0; examples.len()];
    for held in 0..FOLDS {
        let model = accept(&|id| fold(id) != held);
        for (p, example) in first.iter_mut().zip(&examples).filter(|(_, e)| fold(e.0) == held) {
            *p = logistic(model.score(&example.1));
        }
        unseen[held as usize].accept = Scorer::new(model);
    }
    let _ = writeln!(report, "first pass");
    calibration(
        &first.iter().copied().zip(examples.iter().map(|e| e.2)).collect::<Vec<_>>(),
        golds,
        &mut report,
    );
    let beside = company_examples(&mut read, &first, &examples);
    let company = |uses: &dyn Fn(u32) -> bool| {
        let examples: Vec<_> = beside.iter().filter(|e| uses(e.0)).map(|e| (e.1, e.2)).collect();
        fit_likelihood(&company::COMPANY, LIKELIHOOD, &examples)
    };
    let mut predicted: Vec<(f32, bool)> = Vec::new();
    for held in 0..FOLDS {
        let model = company(&|id| fold(id) != held);
        predicted
            .extend(beside.iter().filter(|e| fold(e.0) == held).map(|e| (logistic(model.score(&e.1)), e.2)));
        unseen[held as usize].company = Scorer::new(model);
    }
    let _ = writeln!(report, "second pass");
    calibration(&predicted, golds, &mut report);
    let fitted = Models {
        glance: glance(&|_| true),
        accept: Scorer::new(accept(&|_| true)),
        company: Scorer::new(company(&|_| true)),
        ..answers.fit(&|_| true)
    };
    let weights = |scorer: &Scorer| scorer.model.weights.iter().filter(|w| **w != 0.0).count();
    let Models { glance, source, layout, end, accept, company } = &fitted;
    let counts = [glance, source, layout, end, accept, company].map(weights);
    let tables = vec![
        ("glance.tsv", fitted.glance.model.write()),
        ("source.tsv", fitted.source.model.write()),
        ("layout.tsv", fitted.layout.model.write()),
        ("end.tsv", fitted.end.model.write()),
        ("accept.tsv", fitted.accept.model.write()),
        ("company.tsv", fitted.company.model.write()),
        ("../lexicon/complements.txt", shares.write()),
    ];
    for ((name, text), count) in tables.iter().zip(counts) {
        let _ = writeln!(report, "{name}: {count} weights, {} bytes", text.len());
    }
    Outcome { tables, report, records: records(&extractor, articles, unseen) }
}

/// What is asked of the cues that a person marked, with the right answers.
#[derive(Default)]
struct Answers {
    source: Choices,
    layout: Choices,
    end: Choices,
}

impl Answers {
    /// Fits the models that answer, on the articles that `uses` takes.
    fn fit(&self, uses: &dyn Fn(u32) -> bool) -> Models {
        Models {
            glance: Scorer::new(Model::empty(&glance::GLANCE)),
            source: Scorer::new(self.source.fit(&source::SOURCE, CHOICE, uses)),
            layout: Scorer::new(self.layout.fit(&layout::LAYOUT, CHOICE, uses)),
            end: Scorer::new(self.end.fit(&end::END, CHOICE, uses)),
            accept: Scorer::new(Model::empty(&reading::ACCEPT)),
            company: Scorer::new(Model::empty(&company::COMPANY)),
        }
    }
}

/// The readings of the candidates that a first glance leaves, each by models that never saw its article.
struct Readings {
    answers: Answers,
    /// The article, what acceptance sees of the reading, and whether it is right.
    examples: Vec<(u32, Row, bool)>,
    /// The readings with their examples.
    read: Vec<(Scored, usize)>,
    /// The models of each fold.
    unseen: Vec<Models>,
    report: String,
}

impl Readings {
    fn of(
        extractor: &Extractor,
        lexicon: &mut Lexicon,
        shares: &Shares,
        articles: &[Article],
        glances: &[Scorer],
    ) -> Self {
        let mut report = String::new();
        let mut answers = Answers::default();
        let mut aligned = 0;
        let mut ceiling = [0usize; 2];
        visit(extractor, lexicon, shares, articles, glances, |id, _, sight, gold, _| {
            for cue in sight.cues {
                let Some(gold) = gold.of(sight, cue) else { continue };
                aligned += 1;
                let (mut sources, mut layouts, mut ends) = (Vec::new(), Vec::new(), Vec::new());
                sight.sources(cue, &mut sources);
                let right =
                    |s: &Source| gold.source_right(sight.tagged, sight.complete(cue, *s).mention.as_ref());
                answers.source.push(id, sources.iter().map(|(s, row)| (*row, f32::from(u8::from(right(s))))));
                let Some((chosen, _)) = sources.iter().find(|(s, _)| right(s)) else {
                    ceiling[0] += 1;
                    continue;
                };
                sight.layouts(cue, &sight.complete(cue, *chosen), &mut layouts);
                let fits: Vec<(f32, Option<u32>)> = layouts
                    .iter()
                    .map(|(l, _)| {
                        sight.ends(cue, l, &mut ends);
                        gold.best_end(sight, l, &ends)
                    })
                    .collect();
                let top = fits.iter().map(|f| f.0).fold(0.0, f32::max);
                if top < SAME {
                    ceiling[1] += 1;
                    continue;
                }
                let near = |fit: &(f32, _)| f32::from(u8::from(fit.0 > top - 0.02));
                answers.layout.push(id, layouts.iter().zip(&fits).map(|((_, row), fit)| (*row, near(fit))));
                let at = fits.iter().position(|f| f.0 == top).expect("the best is among them");
                if let Some(best) = fits[at].1 {
                    sight.ends(cue, &layouts[at].0, &mut ends);
                    let layout = &layouts[at].0;
                    let right = |end: u32| match gold.overlap(sight, &layout.pieces(end)) {
                        _ if end == best => 1.0,
                        near => NEAR * (near - SAME).max(0.0) / (1.0 - SAME),
                    };
                    answers.end.push(id, ends.iter().map(|(end, row)| (*row, right(*end))));
                }
            }
        });
        let golds: usize = articles.iter().map(|a| a.gold.len()).sum();
        let _ = writeln!(
            report,
            "{golds} attributions, {aligned} aligned with a cue; {} without right source, {} without right content",
            ceiling[0], ceiling[1]
        );
        // each fold is read with models that never saw it
        let mut examples = Vec::new();
        let mut read = Vec::new();
        let (mut figures, mut counts) = ([0.0; 3], [0.0; 3]);
        let mut unseen = Vec::new();
        for held in 0..FOLDS {
            let models = answers.fit(&|id| fold(id) != held);
            for (at, (right, all)) in [
                answers.source.accuracy(&models.source.model, |id| fold(id) == held),
                answers.layout.accuracy(&models.layout.model, |id| fold(id) == held),
                answers.end.accuracy(&models.end.model, |id| fold(id) == held),
            ]
            .into_iter()
            .enumerate()
            {
                figures[at] += right;
                counts[at] += all;
            }
            unseen.push(models);
        }
        visit(extractor, lexicon, shares, articles, glances, |id, at, sight, gold, bench| {
            for &cue in sight.cues {
                if let Some((reading, row)) = search::best(&unseen[fold(id) as usize], sight, cue, bench) {
                    let right = gold.of(sight, &cue).is_some_and(|gold| {
                        gold.source_right(sight.tagged, reading.source.mention.as_ref())
                            && gold.overlap(sight, &reading.pieces()) >= SAME
                    });
                    read.push((Scored::new(sight.tagged, reading, &row, 0.0, at), examples.len()));
                    examples.push((id, row, right));
                }
            }
        });
        for (name, (right, all)) in ["source", "layout", "end"].iter().zip(figures.iter().zip(&counts)) {
            let _ = writeln!(report, "{name}: {:.3} of {all}", right / all);
        }
        Readings { answers, examples, read, unseen, report }
    }
}

/// The words that the first glance judges: the article, what it sees, and whether the word has a right reading.
fn words(
    extractor: &Extractor,
    lexicon: &mut Lexicon,
    shares: &Shares,
    articles: &[Article],
    readings: &Readings,
) -> Vec<(u32, Row, bool)> {
    let right = |of: &&(Scored, usize)| readings.examples[of.1].2;
    let cue = |of: &(Scored, usize)| (readings.examples[of.1].0, of.0.head());
    let right: HashSet<(u32, u32)> = readings.read.iter().filter(right).map(cue).collect();
    let open = [Scorer::new(Model::empty(&glance::GLANCE))];
    let mut words = Vec::new();
    visit(extractor, lexicon, shares, articles, &open, |id, _, sight, _, _| {
        glance::each_word(sight.tagged, sight.quotes, sight.sentence, |at, marks| {
            if let Some(marks) = marks {
                let row = glance::row(sight.tagged, sight.sentence, at, marks);
                words.push((id, row, right.contains(&(id, at as u32))));
            }
        });
    });
    words
}

/// How many words the first glance leaves, and how many of those that are right.
fn foresight(words: &[(u32, Row, bool)], glances: &[Scorer], report: &mut String) {
    let seen = |w: &(u32, Row, bool)| (logistic(glances[fold(w.0) as usize].score(&w.1)), w.2);
    let seen: Vec<(f32, bool)> = words.iter().map(seen).collect();
    let right = seen.iter().filter(|s| s.1).count() as f32;
    for least in [0.05, 0.08, 0.1, 0.12, 0.15, 0.2] {
        let left = seen.iter().filter(|s| s.0 >= least);
        let (left, hits) = (left.clone().count() as f32, left.filter(|s| s.1).count() as f32);
        let (left, hits) = (left / seen.len() as f32, hits / right);
        let _ = writeln!(
            report,
            "a glance at P {least} leaves {left:.3} of {} words and {hits:.3} of the right",
            seen.len()
        );
    }
}

/// What is found in each article with the models of its fold.
fn records(extractor: &Extractor, articles: &[Article], models: Vec<Models>) -> Vec<Record> {
    // a quotation keeps what it was weighed with for as long as the program runs
    let models: &'static [Models] = models.leak();
    let mut workspace = Workspace::new();
    let read = articles.iter().zip(0..).map(|(article, at)| {
        extractor.fill(&models[fold(at) as usize], &mut workspace, &article.text, |_| {});
        let mut record = Document::borrowing(&article.text, &workspace.found).to_record();
        record.id = Some(article.id.clone());
        record
    });
    read.collect()
}

/// What the second pass sees of the readings, with the probabilities that the first one gave them.
fn company_examples(
    read: &mut [(Scored, usize)],
    first: &[f32],
    examples: &[(u32, Row, bool)],
) -> Vec<(u32, Row, bool)> {
    for (scored, at) in read.iter_mut() {
        scored.probability = first[*at];
    }
    read.sort_by_key(|(scored, at)| (examples[*at].0, scored.sentence, *at));
    let mut out = Vec::new();
    let mut heard = Heard::default();
    for of_article in read.chunk_by(|a, b| examples[a.1].0 == examples[b.1].0) {
        let id = examples[of_article[0].1].0;
        let kept: Vec<_> = of_article.iter().filter(|(s, _)| s.probability >= search::FAINT).collect();
        let mut readings = Blocks::default();
        kept.iter().for_each(|r| readings.push(r.0));
        let mut right = kept.iter().map(|r| examples[r.1].2);
        company::each_row(&mut readings, &mut heard, |_, row| {
            out.extend(right.next().map(|right| (id, *row, right)))
        });
    }
    out
}

/// How often predictions of each probability are right, and F1 at each threshold.
fn calibration(predicted: &[(f32, bool)], golds: usize, report: &mut String) {
    let loss: f32 = predicted.iter().map(|&(p, right)| if right { -p.ln() } else { -(1.0 - p).ln() }).sum();
    let _ = writeln!(report, "log loss {:.4} over {}", loss / predicted.len() as f32, predicted.len());
    let f1 = |least: f32| {
        let above: Vec<_> = predicted.iter().filter(|p| p.0 >= least).collect();
        let hits = above.iter().filter(|p| p.1).count() as f32;
        2.0 * hits / (above.len() + golds) as f32
    };
    let best =
        (20..50).map(|at| at as f32 / 100.0).max_by(|&a, &b| f1(a).total_cmp(&f1(b))).unwrap_or_default();
    let _ = writeln!(
        report,
        "F1 is highest, {:.4}, above P {best:.2}; above .28, .30, .32, .34, .36: {:.4?}",
        f1(best),
        [0.28, 0.30, 0.32, 0.34, 0.36].map(f1)
    );
    for tenth in 0..10 {
        let low = tenth as f32 / 10.0;
        let bin: Vec<_> = predicted.iter().filter(|p| p.0 >= low && p.0 < low + 0.1).collect();
        let right = bin.iter().filter(|p| p.1).count();
        let above: Vec<_> = predicted.iter().filter(|p| p.0 >= low).collect();
        let hits = above.iter().filter(|p| p.1).count() as f32;
        let f1 = 2.0 * hits / (above.len() + golds) as f32;
        let _ = writeln!(
            report,
            "P {low:.1}: {} predictions, {:.2} right; F1 of those above {f1:.3}",
            bin.len(),
            right as f32 / bin.len().max(1) as f32
        );
    }
}

/// The attributions marked in an article, in bytes.
struct Marked<'a> {
    gold: &'a [Gold],
}

/// One of them, beside the sentence of its cue.
#[derive(Clone, Copy)]
struct Beside<'a> {
    gold: &'a Gold,
}

impl<'a> Marked<'a> {
    /// Whether the candidate stands in what somebody says.
    fn holds(&self, tagged: &Tagged, cue: &Cue) -> bool {
        let head = tagged.tokens.span(cue.head as usize, cue.head as usize + 1);
        self.gold.iter().any(|gold| gold.content.iter().any(|c| c.overlaps(head)))
    }

    /// The attribution whose cue the candidate heads; of a colon that heads none, the one that is told behind it.
    fn of(&self, sight: &Sight, cue: &Cue) -> Option<Beside<'a>> {
        self.headed(sight, cue).or_else(|| self.behind(sight.tagged, cue))
    }

    /// The attribution whose content begins right behind a colon: *She took questions | : “It leaks.”*
    fn behind(&self, tagged: &Tagged, cue: &Cue) -> Option<Beside<'a>> {
        let solid = |at: &usize| tagged.kind(*at) == TokenKind::Word;
        let next = (cue.end as usize..tagged.tokens.len()).find(solid)?;
        let reach = tagged.tokens.span(cue.head as usize, next);
        let begins = |gold: &&Gold| {
            gold.content.iter().map(|c| c.start).min().is_some_and(|at| reach.start < at && at <= reach.end)
        };
        let gold = self.gold.iter().filter(|_| cue.form == Form::Colon).find(begins)?;
        Some(Beside { gold })
    }

    fn headed(&self, sight: &Sight, cue: &Cue) -> Option<Beside<'a>> {
        let span = |at: u32| sight.tagged.tokens.span(at as usize, at as usize + 1);
        let head = span(cue.head);
        let inside = |gold: &&Gold| gold.cue.iter().any(|c| c.overlaps(head));
        let mut holding = self.gold.iter().filter(inside);
        let gold = holding.next()?;
        // of several candidates inside one cue the most telling one stands for it
        let better = |other: &Cue| {
            gold.cue.iter().any(|c| c.overlaps(span(other.head)))
                && (other.share, other.head) > (cue.share, cue.head)
        };
        (!sight.cues.iter().any(better)).then_some(Beside { gold })
    }
}

impl Beside<'_> {
    /// Whether the mention names the source, as the scorer sees it.
    fn source_right(&self, tagged: &Tagged, mention: Option<&Mention>) -> bool {
        let (Some(first), Some(last)) = (self.gold.source.first(), self.gold.source.last()) else {
            return mention.is_none();
        };
        let Some(mention) = mention else { return false };
        let found = bytes(tagged.tokens, mention.tokens());
        let whole = Span { start: first.start, end: last.end };
        let holds = |outer: Span, inner: Span| {
            outer.start <= inner.start
                && inner.end <= outer.end
                && (outer == inner || heads(tagged.text, outer).iter().any(|h| h.overlaps(inner)))
        };
        if self.gold.source.iter().chain([&whole]).any(|&s| holds(s, found)) {
            return true;
        }
        found.end - found.start <= whole.end - whole.start + 60 && holds(found, whole)
    }

    /// What of the content stands in the sentence of the cue or in a quotation that touches it.
    fn clipped(&self, sight: &Sight) -> Vec<Span> {
        let t = sight.tagged;
        let sentence = sight.sentence;
        let mut first = sentence.first as usize;
        let mut end = sentence.end as usize;
        if let Some(q) = sight.quote_at(first.saturating_sub(1)).or_else(|| sight.quote_at(first)) {
            first = first.min(q.first as usize);
        }
        if let Some(q) = sight.quote_at(end.min(t.tokens.len() - 1)).or_else(|| sight.quote_at(end - 1)) {
            if t.kind(end - 1) == crate::text::token::TokenKind::Colon || (q.first as usize) < end {
                end = end.max(q.end as usize);
            }
        }
        if t.kind(end - 1) == crate::text::token::TokenKind::Colon {
            end = end.max(sight.next_paragraph.end as usize);
        }
        let range = t.tokens.span(first, end);
        let clip = |s: &Span| Span { start: s.start.max(range.start), end: s.end.min(range.end) };
        self.gold.content.iter().map(clip).filter(|s| s.start < s.end).collect()
    }

    /// How much the pieces and the content share of what they cover together.
    fn overlap(&self, sight: &Sight, pieces: &[Option<Stretch>]) -> f32 {
        let gold = self.clipped(sight);
        let t = sight.tagged;
        let (mut both, mut covered) = (0, 0);
        for piece in pieces.iter().flatten() {
            let piece = trimmed(t, *piece);
            covered += piece.end - piece.start;
            for g in &gold {
                both += g.end.min(piece.end).saturating_sub(g.start.max(piece.start));
            }
        }
        let all: usize = gold.iter().map(|g| g.end - g.start).sum::<usize>() + covered;
        if all == both { 0.0 } else { both as f32 / (all - both) as f32 }
    }

    /// The end with which a layout comes closest to the content, and how close that is.
    fn best_end(&self, sight: &Sight, layout: &Layout, ends: &[(u32, Row)]) -> (f32, Option<u32>) {
        if layout.right.is_none() {
            return (self.overlap(sight, &[layout.left]), None);
        }
        let mut best = (0.0, None);
        for &(end, _) in ends {
            let fit = self.overlap(sight, &layout.pieces(end));
            if fit > best.0 {
                best = (fit, Some(end));
            }
        }
        best
    }
}

fn bytes(tokens: &Tokens, stretch: Stretch) -> Span {
    tokens.span(stretch.first as usize, stretch.end as usize)
}

/// A piece without the punctuation at its edges.
fn trimmed(tagged: &Tagged, piece: Stretch) -> Span {
    use crate::text::token::TokenKind::{Number, Symbol, Word};
    let solid = |at: &usize| matches!(tagged.kind(*at), Word | Number | Symbol);
    let first = piece.range().find(solid).unwrap_or(piece.first as usize);
    let last = piece.range().rev().find(solid).unwrap_or(piece.end as usize - 1);
    tagged.tokens.span(first, last + 1)
}

/// Where the head words of a noun phrase and of its appositions end, as the scorer takes them.
fn heads(text: &str, span: Span) -> Vec<Span> {
    const CUTS: [&str; 14] =
        ["of", "for", "to", "in", "on", "at", "from", "with", "by", "who", "whom", "whose", "which", "that"];
    let mut out = Vec::new();
    let whole = span.of(text);
    let mut from = 0;
    for part in whole.split_inclusive([',', ';', '(', ')', '—', '–']) {
        let region = part.trim_end_matches([',', ';', '(', ')', '—', '–']);
        let mut last: Option<(usize, usize)> = None;
        let mut at = 0;
        for word in region.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if at > 0 && word.len() > bare.len() && CUTS.contains(&bare) {
                break;
            }
            if bare.chars().any(char::is_alphanumeric) {
                last = Some((at, at + bare.len()));
            }
            at += word.len();
        }
        if let Some((a, b)) = last {
            out.push(Span { start: span.start + from + a, end: span.start + from + b });
        }
        from += part.len();
    }
    out
}

/// Parses the articles, and visits each sentence that may hold cues; each fold has a first glance of its own, or all
/// have one.
fn visit(
    extractor: &Extractor,
    lexicon: &mut Lexicon,
    shares: &Shares,
    articles: &[Article],
    glances: &[Scorer],
    mut with: impl FnMut(u32, u32, &Sight, &Marked, &mut Bench),
) {
    let mut w = Workspace::new();
    for (id, article) in articles.iter().enumerate() {
        extractor.parse(&mut w, &article.text, |_| {});
        shares.leave_out(id as u32, lexicon);
        let tagged = Tagged { text: &article.text, tokens: &w.found.tokens, lexicon, tags: &w.tags };
        let parts = Parts {
            tagged: &tagged,
            paragraphs: &w.found.paragraphs,
            sentences: &w.found.sentences,
            quoted: &w.found.quoted,
        };
        let marked = Marked { gold: &article.gold };
        search::prepare(&parts, &mut w.bench);
        let glance = &glances[fold(id as u32) as usize % glances.len()];
        search::each_sentence(glance, &parts, &mut w.bench, |sight, sentence, bench| {
            with(id as u32, sentence, sight, &marked, bench);
        });
        shares.put_back(id as u32, lexicon);
    }
}
