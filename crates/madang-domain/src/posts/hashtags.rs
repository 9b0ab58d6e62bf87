//! Hashtags of a text (POST-11).

use crate::fold::fold;
use unicode_normalization::char::is_combining_mark;

const CHARS_MIN: usize = 2;
const CHARS_MAX: usize = 30;

/// The hashtags of `contents` in order of first use, folded, without `#`, each once, at most `max`: a `#` at the start
/// of a word, followed by 2 to 30 letters, digits, marks or `_`.
pub fn hashtags(contents: &str, max: usize) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    // Every stretch between two `#` but the first begins where a tag might.
    let mut before = None;
    for (n, stretch) in contents.split('#').enumerate() {
        let follows_word = (n > 1 && before.is_none()) || before.is_some_and(is_tag_char);
        before = stretch.chars().next_back();
        let tag: String = stretch.chars().take_while(|c| is_tag_char(*c)).collect();
        if n == 0 || follows_word || !(CHARS_MIN..=CHARS_MAX).contains(&tag.chars().count()) {
            continue;
        }
        let tag = fold(&tag);
        if tags.len() < max && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn post_11_hashtags_are_folded_distinct_and_bounded() {
        let text = "#시험 공부 #Midterm #midterm, (#도서_관2) a#no ##no #가 #";
        assert_eq!(hashtags(text, 10), ["시험", "midterm", "도서_관2"]);
        assert_eq!(hashtags(text, 1), ["시험"]);
        assert_eq!(hashtags(&format!("#{} #{}", "가".repeat(30), "나".repeat(31)), 10), ["가".repeat(30)]);
    }
}
