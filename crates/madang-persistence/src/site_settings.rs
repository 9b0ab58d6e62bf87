//! Changed settings.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::site_settings;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::max;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::UserId;
use madang_domain::site_settings::{Overrides, SettingValue, SettingsRepository};
use madang_domain::store::StoreError;

/// The kind of a setting that is back at its default; its row keeps the revision.
const DEFAULT: &str = "default";

/// What stands between the entries of a list, none of which holds it.
const SEPARATOR: char = '\n';

impl SettingsRepository for DieselUnitOfWork<'_> {
    fn find_revision(&mut self) -> Result<i64, StoreError> {
        let newest = site_settings::table.select(max(site_settings::revision));
        let newest: Option<i64> = run!(self, |c| newest.first(c))?;
        Ok(newest.unwrap_or(0))
    }

    fn list(&mut self) -> Result<Overrides, StoreError> {
        let changed = site_settings::table.filter(site_settings::kind.ne(DEFAULT)).select((
            site_settings::key,
            site_settings::kind,
            site_settings::value,
        ));
        let rows: Vec<(String, String, String)> = run!(self, |c| changed.load(c))?;
        Ok(rows.into_iter().filter_map(|(key, kind, text)| Some((key, value(&kind, &text)?))).collect())
    }

    fn save(
        &mut self,
        key: &str,
        value: Option<&SettingValue>,
        revision: i64,
        by: UserId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (kind, text) = value.map_or((DEFAULT, String::new()), words);
        let change = (
            site_settings::kind.eq(kind),
            site_settings::value.eq(text),
            site_settings::revision.eq(revision),
            site_settings::changed_by.eq(uid(by)),
            site_settings::changed_at.eq(at(now)),
        );
        let row = (site_settings::key.eq(key), change.clone());
        run!(self, |c| {
            diesel::insert_into(site_settings::table)
                .values(row.clone())
                .on_conflict(site_settings::key)
                .do_update()
                .set(change.clone())
                .execute(c)
        })?;
        Ok(())
    }
}

/// How a value is stored: its kind and its text.
fn words(value: &SettingValue) -> (&'static str, String) {
    match value {
        SettingValue::Whole(number) => ("whole", number.to_string()),
        SettingValue::Fraction(number) => ("fraction", number.to_string()),
        SettingValue::Truth(truth) => ("truth", truth.to_string()),
        SettingValue::Texts(texts) => ("texts", texts.join(&SEPARATOR.to_string())),
    }
}

fn value(kind: &str, text: &str) -> Option<SettingValue> {
    Some(match kind {
        "whole" => SettingValue::Whole(text.parse().ok()?),
        "fraction" => SettingValue::Fraction(text.parse().ok()?),
        "truth" => SettingValue::Truth(text.parse().ok()?),
        "texts" if text.is_empty() => SettingValue::Texts(Vec::new()),
        "texts" => SettingValue::Texts(text.split(SEPARATOR).map(str::to_owned).collect()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        let texts =
            |words: &[&str]| SettingValue::Texts(words.iter().map(|word| (*word).to_owned()).collect());
        for kept in [
            SettingValue::Whole(-3),
            SettingValue::Fraction(0.5),
            SettingValue::Truth(true),
            texts(&[]),
            texts(&["한글", "a b"]),
        ] {
            let (kind, text) = words(&kept);
            assert_eq!(value(kind, &text), Some(kept));
        }
        assert_eq!(value(DEFAULT, ""), None);
    }
}
