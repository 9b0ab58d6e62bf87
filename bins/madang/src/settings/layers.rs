//! Where settings come from: defaults < file < environment < flags.

use super::raw::Raw;
use super::{Overrides, SettingsError};
use figment::error::Kind;
use figment::providers::{Env, Serialized};
use figment::value::{Dict, Map, Tag, Value};
use figment::{Figment, Metadata, Profile, Provider};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const ENVIRONMENT: &str = "environment";
const FLAGS: &str = "flags";

/// The name of the file that is read when none is named.
const FILE: &str = "madang.toml";

/// What one start reads its settings from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// `--config`; without it `madang.toml` of the working directory, if there is one.
    pub config: Option<PathBuf>,
    /// Whether `MADANG_…` variables count.
    pub environment: bool,
    /// Flags.
    pub overrides: Overrides,
}

/// All layers as one, before anything is judged but names and types.
pub(super) struct Layers {
    figment: Figment,
}

impl Layers {
    pub(super) fn read(sources: &Sources) -> Result<Self, SettingsError> {
        let mut figment = Figment::from(Serialized::defaults(Raw::default()));
        match &sources.config {
            Some(path) => figment = figment.merge(file(path)?),
            None if Path::new(FILE).is_file() => figment = figment.merge(file(Path::new(FILE))?),
            None => {}
        }
        if sources.environment {
            // The variable belongs to the tests; it is no setting of a server.
            let variables = Env::prefixed("MADANG_").ignore(&["test_postgres_url"]).split("__");
            figment =
                figment.merge(Named { name: ENVIRONMENT.to_owned(), values: variables.data().map(only) });
        }
        let flags = Ok(sources.overrides.values());
        Ok(Self { figment: figment.merge(Named { name: FLAGS.to_owned(), values: flags }) })
    }

    /// Settings written as TOML over the defaults, and nothing else.
    pub(super) fn of(text: &str) -> Result<Self, SettingsError> {
        let layer = Named { name: "the text".to_owned(), values: Ok(parse("the text", text)?) };
        Ok(Self { figment: Figment::from(Serialized::defaults(Raw::default())).merge(layer) })
    }

    /// The settings, every name known and every value of its type.
    pub(super) fn extract(&self) -> Result<Raw, SettingsError> {
        self.refuse_unknown()?;
        self.figment.extract().map_err(|error| {
            let key = error.path.join(".");
            let sentence = match &error.kind {
                Kind::InvalidType(actual, expected) | Kind::InvalidValue(actual, expected) => {
                    format!("{actual} does not fit; write {expected}")
                }
                other => format!("{other}; write a value of the kind that docs/operating.md gives"),
            };
            let origin = self.origin(&key);
            SettingsError::new(key, sentence).at_origin(origin)
        })
    }

    /// Which layer a value comes from; `None` when it is a default.
    pub(super) fn origin(&self, key: &str) -> Option<String> {
        let name = self.figment.find_metadata(key)?.name.as_ref();
        match name {
            ENVIRONMENT => Some(format!("MADANG_{}", key.replace('.', "__").to_uppercase())),
            FLAGS => Some(format!("--{}", key.rsplit('.').next().unwrap_or(key).replace('_', "-"))),
            _ if name.contains("default") || name.contains("Raw") => None,
            file => Some(file.to_owned()),
        }
    }

    /// The origin of every value that is no default.
    pub(super) fn origins(&self) -> BTreeMap<String, String> {
        let mut keys = BTreeSet::new();
        if let Ok(data) = self.figment.data() {
            collect("", &only(data), &mut keys);
        }
        keys.into_iter().filter_map(|key| Some((key.clone(), self.origin(&key)?))).collect()
    }

    fn refuse_unknown(&self) -> Result<(), SettingsError> {
        let mut known = BTreeSet::new();
        if let Ok(defaults) = Serialized::defaults(Raw::default()).data() {
            collect("", &only(defaults), &mut known);
        }
        let mut found = BTreeSet::new();
        if let Ok(data) = self.figment.data() {
            collect("", &only(data), &mut found);
        }
        // A section that was given a plain value is reported as a wrong type, with its name.
        let section = |key: &str| known.iter().any(|other: &String| other.starts_with(&format!("{key}.")));
        match found.into_iter().find(|key| !known.contains(key) && !section(key)) {
            None => Ok(()),
            Some(key) => {
                let remedy = match nearest(&key, &known) {
                    Some(other) => format!("did you mean {other}?"),
                    None => "remove it, or see docs/operating.md for the list".to_owned(),
                };
                let origin = self.origin(&key);
                Err(SettingsError::new(key, format!("there is no such setting; {remedy}")).at_origin(origin))
            }
        }
    }
}

/// One layer with a name of ours.
struct Named {
    name: String,
    values: Result<Dict, figment::Error>,
}

impl Provider for Named {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()?))
    }
}

fn only(data: Map<Profile, Dict>) -> Dict {
    data.into_iter().next().map(|(_, values)| values).unwrap_or_default()
}

fn file(path: &Path) -> Result<Named, SettingsError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        SettingsError::new("--config", format!("{name} cannot be read ({error}); name a file that can"))
    })?;
    let values = parse(&name, &text)?;
    Ok(Named { name, values: Ok(values) })
}

fn parse(name: &str, text: &str) -> Result<Dict, SettingsError> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .map_or(1, |span| text.as_bytes()[..span.start.min(text.len())].split(|&b| b == b'\n').count());
        let sentence = format!("line {line} of {name} is no TOML ({}); correct it", error.message());
        SettingsError::new("--config", sentence)
    })
}

/// The dotted names of all plain values in `values`.
fn collect(prefix: &str, values: &Dict, into: &mut BTreeSet<String>) {
    for (key, value) in values {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Dict(_, inner) => collect(&name, inner, into),
            _ => {
                into.insert(name);
            }
        }
    }
}

/// The known key that `key` was most likely meant to be: the one with the longest common beginning, or the one of
/// another section with the same last name.
fn nearest<'a>(key: &str, known: &'a BTreeSet<String>) -> Option<&'a String> {
    let (section, leaf) = key.rsplit_once('.').unwrap_or(("", key));
    let common = |other: &str| leaf.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let sibling = known
        .iter()
        .filter_map(|other| {
            let (of, name) = other.rsplit_once('.').unwrap_or(("", other));
            (of == section).then(|| (common(name), other))
        })
        .filter(|(length, _)| *length >= 3)
        .max_by_key(|(length, _)| *length)
        .map(|(_, other)| other);
    sibling.or_else(|| known.iter().find(|other| other.rsplit('.').next() == Some(leaf)))
}

/// A value of a flag.
pub(super) fn flag(text: &str) -> Value {
    Value::String(Tag::Default, text.to_owned())
}
