//! Pairs of adjacent characters, by which texts are found whatever the language: Korean words carry their particles with
//! them, so that whole words find too little, and two syllables are the least that people search for.

use std::collections::HashSet;
use std::fmt::Write as _;

/// Most different pairs of one text that are kept; a text of the usual greatest length has half as many.
const GRAMS_MAX: usize = 50_000;

/// The pairs of the folded `texts`, each once, and `marks` besides, as words of an index: ASCII letters and digits between
/// spaces. Pairs do not reach over white space.
pub fn index_words(texts: &[&str], marks: &[String]) -> String {
    let mut seen = HashSet::new();
    let mut words = marks.join(" ");
    for pair in texts.iter().flat_map(|text| pairs(text)) {
        if seen.len() < GRAMS_MAX && seen.insert(pair) {
            if !words.is_empty() {
                words.push(' ');
            }
            push(&mut words, pair);
        }
    }
    words
}

/// The words that the index of every text holding all of `terms` has, each once: none when every word of the terms is one
/// character.
pub fn query_words(terms: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let pairs = terms.iter().flat_map(|term| pairs(term)).filter(|pair| seen.insert(*pair));
    pairs
        .map(|pair| {
            let mut word = String::new();
            push(&mut word, pair);
            word
        })
        .collect()
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1)).filter(|(a, b)| !a.is_whitespace() && !b.is_whitespace())
}

/// Both characters in hexadecimal with a letter between that no number holds: the same for every tokenizer.
fn push(words: &mut String, (a, b): (char, char)) {
    // A String never refuses what is written to it.
    let _ = write!(words, "{:x}z{:x}", u32::from(a), u32::from(b));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pairs_stay_within_words_and_come_once() {
        assert_eq!(index_words(&["가나 다", "가나"], &["b1".to_owned()]), "b1 ac00zb098");
        assert_eq!(index_words(&["다"], &[]), "");
        assert_eq!(query_words(&["가나".to_owned(), "a b".to_owned()]), ["ac00zb098"]);
    }

    proptest! {
        /// A text that holds a term has all its words.
        #[test]
        fn x_4_no_match_is_lost(before in ".{0,10}", term in ".{2,6}", after in ".{0,10}") {
            let text = format!("{before}{term}{after}");
            let words = index_words(&[&text], &[]);
            let words: HashSet<&str> = words.split(' ').collect();
            prop_assert!(query_words(&[term]).iter().all(|word| words.contains(word.as_str())));
        }
    }
}
