//! Words that are filled in.

use crate::demo::draw::Draw;

const FILE: &str = include_str!("words.txt");

/// Words by name, and what people say under any post.
pub(in super::super) struct Words {
    slots: Vec<(String, Vec<&'static str>)>,
    pub(in super::super) remarks: Vec<&'static str>,
}

impl Words {
    /// All of them.
    pub(in super::super) fn read() -> Self {
        let (slots, remarks) = FILE.split_once("== remarks\n").unwrap_or((FILE, ""));
        let slot = |line: &'static str| {
            let (name, words) = line.split_once(": ")?;
            Some((format!("{{{name}}}"), words.split(", ").collect()))
        };
        Self { slots: slots.lines().filter_map(slot).collect(), remarks: remarks.lines().collect() }
    }

    /// The texts with the same words in the place of each name, and the particles that go with them.
    pub(in super::super) fn fill<const N: usize>(&self, draw: &mut Draw, texts: [&str; N]) -> [String; N] {
        let mut texts = texts.map(str::to_owned);
        for (name, words) in &self.slots {
            let word = draw.one(words).copied().unwrap_or_default();
            texts = texts.map(|text| text.replace(name, word));
        }
        texts.map(|text| particles(&text))
    }
}

/// Chooses among the two forms of a particle by whether the syllable before it ends in a consonant.
fn particles(text: &str) -> String {
    let mut text = text.to_owned();
    for (both, after_consonant, after_vowel) in
        [("을(를)", "을", "를"), ("은(는)", "은", "는"), ("이(가)", "이", "가")]
    {
        while let Some((before, after)) = text.split_once(both) {
            let closed = before.chars().last().is_some_and(ends_in_consonant);
            text = format!("{before}{}{after}", if closed { after_consonant } else { after_vowel });
        }
    }
    text
}

fn ends_in_consonant(syllable: char) -> bool {
    ('가'..='힣').contains(&syllable) && (u32::from(syllable) - u32::from('가')) % 28 != 0
}

#[cfg(test)]
mod tests {
    use super::super::{NOTES, STORIES, texts};
    use super::*;

    #[test]
    fn particles_follow_the_word_before_them() {
        assert_eq!(particles("우산을(를) 자전거은(는) 학생증이(가)"), "우산을 자전거는 학생증이");
    }

    #[test]
    fn every_name_has_words() {
        let (words, mut draw) = (Words::read(), Draw::new(1));
        assert!(words.remarks.len() > 10);
        for text in texts(NOTES).into_iter().chain(texts(STORIES)) {
            let lines = text.talk.iter().map(|line| line.text.as_str());
            for part in lines.chain([text.title.as_str(), &text.contents]) {
                let [filled] = words.fill(&mut draw, [part]);
                assert!(!filled.contains(['{', '}']), "{filled}");
            }
        }
    }
}
