//! The contract of personal tokens.

use crate::people::{add_user, people, user};
use crate::support::noon;
use chrono::TimeDelta;
use madang_domain::ids::UserId;
use madang_domain::paging::PageRequest;
use madang_domain::personal_tokens::{PersonalToken, TokenDigest};
use madang_domain::store::{Store, StoreError, UnitOfWork};
use madang_testkit::on_each_database;
use uuid::Uuid;

fn token(user: UserId, n: u8) -> (PersonalToken, TokenDigest) {
    let created_at = noon() + TimeDelta::seconds(n.into());
    let token = PersonalToken {
        id: Uuid::from_u128(u128::from(n)).into(),
        user,
        name: format!("Token {n}"),
        created_at,
        expires_at: created_at + TimeDelta::days(90),
        last_used_at: None,
    };
    (token, TokenDigest([n; 32]))
}

fn write<T: Send + 'static>(
    store: &(dyn Store + 'static),
    work: impl Fn(&mut dyn UnitOfWork) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.write_blocking(work).unwrap()
}

on_each_database! {
    fn auth_16_tokens_are_found_listed_used_and_ended_by_their_owner_alone(database) {
        let store = database.store();
        let (school, owner) = people(&*store);
        let (mine, other) = (owner.id, add_user(&*store, user(school, "baram", 2)).id);
        let (first, digest) = token(mine, 1);
        let later = noon() + TimeDelta::minutes(1);
        let all = PageRequest { page: 1, page_size: 100 };
        let (id, written) = (first.id, first.clone());
        write(&*store, move |uow| {
            for (token, digest) in [token(mine, 1), token(mine, 2), token(other, 3)] {
                uow.personal_tokens().add(&token, digest)?;
            }
            Ok(())
        });
        write(&*store, move |uow| {
            let tokens = uow.personal_tokens();
            assert_eq!(tokens.find(id, mine)?, Some(written.clone()));
            assert_eq!(tokens.find(id, other)?, None);
            let page = tokens.list_live(mine, later, all)?;
            let names: Vec<_> = page.items.iter().map(|token| token.name.clone()).collect();
            assert_eq!((page.count, names), (2, vec!["Token 2".to_owned(), "Token 1".to_owned()]));
            assert_eq!(tokens.list_live(mine, noon() + TimeDelta::days(91), all)?.count, 0);

            tokens.mark_used(digest, later)?;
            tokens.mark_used(digest, noon())?;
            let found = tokens.find_standing(digest)?.unwrap();
            assert_eq!((found.user, found.last_used_at), (mine, Some(later)));
            assert!(!found.standing.ended && found.standing.abs_at == written.expires_at);
            assert_eq!(tokens.find_standing(TokenDigest([9; 32]))?, None);

            assert!(!tokens.end(id, other, later)?);
            assert!(tokens.end(id, mine, later)?);
            assert!(!tokens.end(id, mine, later)?);
            assert!(tokens.find_standing(digest)?.unwrap().standing.ended);
            assert_eq!(tokens.count_live(mine, later)?, 1);
            assert_eq!(tokens.end_all(mine, later)?, 1);
            assert_eq!((tokens.count_live(mine, later)?, tokens.count_live(other, later)?), (0, 1));
            assert_eq!(tokens.purge(noon() + TimeDelta::days(89))?, 0);
            assert_eq!(tokens.purge(noon() + TimeDelta::days(91))?, 3);
            Ok(())
        });
    }
}
