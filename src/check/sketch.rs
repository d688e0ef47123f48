//! A sketch of a text: some of the hashes of its pieces, chosen so that two sketches tell how much
//! of two texts is the same without the texts being there (MinHash in one permutation).

/// How many pieces a sketch keeps, and how they are put into bands.
const BINS: usize = 60;
const BAND: usize = 6;

/// What is kept of a text: 240 bytes and its length.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// Characters that were compared.
    pub length: u32,
    /// The least hash that fell into each bin; empty bins hold what the next full one holds.
    least: Box<[u32; BINS]>,
}

impl Sketch {
    /// The sketch of a text of `length` characters whose pieces have these hashes.
    pub fn new(length: u32, hashes: impl Iterator<Item = u64>) -> Self {
        let mut least = Box::new([u32::MAX; BINS]);
        for hash in hashes {
            // The upper half chooses the bin, the lower one competes in it.
            let bin = (((hash >> 32) * BINS as u64) >> 32) as usize;
            least[bin] = least[bin].min(hash as u32);
        }
        let filled = *least;
        for bin in 0..BINS {
            let next = (0..BINS).find(|step| filled[(bin + step) % BINS] != u32::MAX);
            if let Some(step) = next.filter(|step| *step > 0) {
                // The distance is mixed in, or two sparse sketches would look alike.
                least[bin] = filled[(bin + step) % BINS].wrapping_mul(31).wrapping_add(step as u32);
            }
        }
        Self { length, least }
    }

    /// About how much of two texts is the same, in percent: right to some 5 % in most cases.
    pub fn likeness(&self, other: &Self) -> u32 {
        let same = self.least.iter().zip(other.least.iter()).filter(|(a, b)| a == b).count();
        (same * 100 / BINS) as u32
    }

    /// Hashes of parts of the sketch. Texts that are nine tenths the same share one of them almost
    /// certainly; texts that are half the same, one time in seven.
    pub fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        self.least.chunks(BAND).enumerate().map(|(band, bins)| {
            bins.iter().fold(band as u64 + 1, |hash, bin| mix(hash ^ u64::from(*bin)))
        })
    }
}

/// Spreads the bits of a number over all of it (the finalizer of SplitMix64).
pub(super) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sketch(numbers: impl Iterator<Item = u64>) -> Sketch {
        Sketch::new(1000, numbers.map(|n| mix(n + 1)))
    }

    #[test]
    fn what_is_the_same_is_alike_and_shares_a_band() {
        let (one, nearly, half, other) =
            (sketch(0..1000), sketch(30..1030), sketch(333..1333), sketch(5000..6000));
        assert_eq!(one.likeness(&sketch((0..1000).rev())), 100);
        assert!(one.likeness(&nearly) > 80, "{}", one.likeness(&nearly));
        assert!((30..70).contains(&one.likeness(&half)), "{}", one.likeness(&half));
        assert!(one.likeness(&other) < 10);
        assert!(one.bands().any(|band| nearly.bands().any(|other| other == band)));
        assert!(!one.bands().any(|band| other.bands().any(|other| other == band)));
    }

    proptest! {
        #[test]
        fn the_order_of_the_pieces_does_not_matter(mut numbers in proptest::collection::vec(0u64..9999, 0..300)) {
            let one = sketch(numbers.iter().copied());
            numbers.reverse();
            numbers.extend_from_within(..);
            prop_assert_eq!(one, sketch(numbers.into_iter()));
        }
    }
}
