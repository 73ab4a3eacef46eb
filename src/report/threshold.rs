//! How likely a reading must be to be reported.

use crate::lexicon::CueKind;
use crate::report::company::Scored;
use crate::report::reading::Kind;
use crate::report::sight;

/// A reading is reported where it is right at least this often: where leaving it out would lower F1.
pub(crate) const THRESHOLD: f32 = 0.35;

/// The same for what a body, a place or a thing thinks or feels: that is mostly the writer's word for what it does.
const MIND_THRESHOLD: f32 = 0.96;

/// The same for what somebody tries, plans or wants to say.
const ATTEMPT_THRESHOLD: f32 = 0.6;

/// The same for a reading all in quotation marks that no better one claims: somebody said it.
const QUOTED_THRESHOLD: f32 = 0.04;

/// The same where nobody is said to say it: what noise it is, what a sign reads.
const NAMELESS_THRESHOLD: f32 = 0.6;

/// The same where only some of it stands in marks.
const MIXED_THRESHOLD: f32 = 0.25;

/// How likely a reading must be to be reported.
pub(crate) fn least(scored: &Scored) -> f32 {
    let mind = matches!(scored.kind, CueKind::Emotion | CueKind::Perception);
    match scored.marked {
        Kind::Direct if scored.source.is_none() => NAMELESS_THRESHOLD,
        Kind::Direct => QUOTED_THRESHOLD,
        Kind::Mixed => MIXED_THRESHOLD,
        Kind::Indirect if mind && sight::mindless(scored.referent) => MIND_THRESHOLD,
        Kind::Indirect if scored.attempted => ATTEMPT_THRESHOLD,
        Kind::Indirect => THRESHOLD,
    }
}
