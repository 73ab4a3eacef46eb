//! How likely each of several candidates is.
//!
//! Scores come in hundredths, and so few lie far apart that the exponentials of their distances are looked up.

use once_cell::sync::Lazy;

use crate::growth::Growth;

/// The exponentials of all smaller distances are looked up.
const FAR: usize = 1 << 10;

/// For each distance what a score so far below the highest weighs beside it.
static WEIGHTS: Lazy<[f32; FAR]> = Lazy::new(|| std::array::from_fn(|distance| exponential(distance as u32)));

fn exponential(distance: u32) -> f32 {
    (-(distance as f32) / 100.0).exp()
}

/// The last of the highest scores, and how likely it is to be right.
pub(crate) fn likeliest(scores: &[i32]) -> Option<(usize, f32)> {
    let (at, weights) = weigh(scores)?;
    Some((at, 1.0 / weights.sum::<f32>()))
}

/// How likely each candidate is to be right, in place of what was in `shares`, and which is the last of the likeliest.
pub(crate) fn shares(scores: &[i32], shares: &mut Vec<f32>) -> Option<usize> {
    shares.clear();
    let (at, weights) = weigh(scores)?;
    weights.for_each(|weight| shares.add(weight));
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    Some(at)
}

/// The last of the highest scores, and what each weighs beside it.
fn weigh(scores: &[i32]) -> Option<(usize, impl Iterator<Item = f32>)> {
    let (&first, others) = scores.split_first()?;
    let (mut top, mut at) = (first, 0);
    for (place, &score) in (1..).zip(others) {
        if score >= top {
            (top, at) = (score, place);
        }
    }
    let known = &*WEIGHTS;
    let weight = move |&score: &i32| {
        let distance = top.abs_diff(score);
        known.get(distance as usize).copied().unwrap_or_else(|| exponential(distance))
    };
    Some((at, scores.iter().map(weight)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::linear::softmax;

    #[test]
    fn shares_are_what_the_exponentials_say() {
        let mut random = 1u64;
        for size in 1..40 {
            let scores: Vec<i32> = (0..size)
                .map(|_| {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (random >> 33) as i32 % 3000 - 1500
                })
                .collect();
            let mut plain: Vec<f32> = scores.iter().map(|&score| score as f32 / 100.0).collect();
            softmax(&mut plain);
            let mut found = Vec::new();
            let top = shares(&scores, &mut found).expect("there are scores");
            let far = |(a, b): (&f32, &f32)| (a - b).abs() > 1e-5;
            assert!(!found.iter().zip(&plain).any(far), "{found:?} for {plain:?}");
            let (at, share) = likeliest(&scores).expect("there are scores");
            assert!(at == top && (share - found[top]).abs() < 1e-6);
            assert!(scores[top + 1..].iter().all(|&score| score < scores[top]));
        }
        assert_eq!(likeliest(&[]), None);
    }
}
