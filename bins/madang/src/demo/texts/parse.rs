//! Reading the texts, which stand in files of their own.

use super::BoardKind;
use crate::demo::pictures::Scene;

/// A post with what is said under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Text {
    pub(in super::super) kind: BoardKind,
    /// Whether its author and all who speak do so without their names.
    pub(in super::super) is_anonymous: bool,
    /// A picture with what its author says about it.
    pub(in super::super) picture: Option<(Scene, String)>,
    pub(in super::super) title: String,
    pub(in super::super) contents: String,
    pub(in super::super) talk: Vec<Line>,
}

/// Something that is said under a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Line {
    /// Who says it; 0 is the author of the post.
    pub(in super::super) who: usize,
    /// Whether it answers the last that was no answer itself.
    pub(in super::super) is_answer: bool,
    pub(in super::super) text: String,
}

/// The texts of a file. Each begins with `==` and its kind; `--` parts title, contents and talk.
pub(in super::super) fn texts(file: &str) -> Vec<Text> {
    file.split("\n== ").skip(1).filter_map(text).collect()
}

fn text(block: &str) -> Option<Text> {
    let (head, rest) = block.split_once('\n')?;
    let (words, picture) = match head.split_once(" picture ") {
        Some((words, picture)) => (words, Some(picture.split_once(' ')?)),
        None => (head, None),
    };
    let picture = match picture {
        Some((scene, caption)) => Some((Scene::from_word(scene)?, caption.to_owned())),
        None => None,
    };
    let mut words = words.split(' ');
    let kind = BoardKind::from_word(words.next()?)?;
    let (title, rest) = rest.split_once("\n--\n")?;
    let (contents, talk) = rest.split_once("\n--\n")?;
    Some(Text {
        kind,
        is_anonymous: words.next() == Some("anonymous"),
        picture,
        title: title.to_owned(),
        contents: contents.to_owned(),
        talk: talk.lines().filter(|line| !line.is_empty()).map(line).collect::<Option<_>>()?,
    })
}

fn line(line: &str) -> Option<Line> {
    let (is_answer, rest) = match line.strip_prefix("> ") {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let (who, text) = rest.split_once(' ')?;
    Some(Line { who: who.parse().ok()?, is_answer, text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::{NOTES, STORIES};
    use super::*;

    #[test]
    fn no_text_is_lost() {
        for (file, least) in [(STORIES, 20), (NOTES, 42)] {
            let begun = file.lines().filter(|line| line.starts_with("== ")).count();
            let read = texts(file);
            assert_eq!(read.len(), begun);
            assert!(begun >= least);
            for text in read {
                assert!(!text.talk.is_empty(), "{}", text.title);
                assert!(text.kind.takes_anonymous() || !text.is_anonymous, "{}", text.title);
                assert!(text.talk.iter().all(|line| line.text.chars().count() <= 300), "{}", text.title);
                assert!(!text.talk[0].is_answer, "{}", text.title);
            }
        }
    }
}
