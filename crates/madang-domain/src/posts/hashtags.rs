//! Hashtags of a text (POST-11).

use crate::fold::fold;
use unicode_normalization::char::is_combining_mark;

const CHARS_MIN: usize = 2;
const CHARS_MAX: usize = 30;

/// The hashtags of `contents` in order of first use, folded, without `#`, each once, at most `max`: a `#` at the start
/// of a word or at the end of another hashtag, followed by 2 to 30 letters, digits, marks or `_`.
pub fn hashtags(contents: &str, max: usize) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    // Every stretch between two `#` but the first begins where a tag might.
    let mut may_begin = false;
    for (n, stretch) in contents.split('#').enumerate() {
        let tag: String = stretch.chars().take_while(|c| is_tag_char(*c)).collect();
        let is_tag = may_begin && (CHARS_MIN..=CHARS_MAX).contains(&tag.chars().count());
        may_begin = match stretch.chars().next_back() {
            None => n == 0,
            Some(last) => !is_tag_char(last) || (is_tag && tag.len() == stretch.len()),
        };
        let tag = fold(&tag);
        if is_tag && tags.len() < max && !tags.contains(&tag) {
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
        for (text, expected) in [
            ("#봄나들이#꽃놀이", vec!["봄나들이", "꽃놀이"]),
            ("#a1#b2#c3", vec!["a1", "b2", "c3"]),
            ("#a1#A1#b2 #a1##c3", vec!["a1", "b2"]),
            ("x#yy", vec![]),
            ("x#yy#zz", vec![]),
            ("#가#나다", vec![]),
            ("#a1!#b2 #a1 c#dd", vec!["a1", "b2"]),
        ] {
            assert_eq!(hashtags(text, 10), expected, "{text}");
        }
        assert_eq!(hashtags(&format!("#{}#bb", "가".repeat(31)), 10), [""; 0]);
        assert_eq!(hashtags(&format!("#{} #{}", "가".repeat(30), "나".repeat(31)), 10), ["가".repeat(30)]);
    }
}
