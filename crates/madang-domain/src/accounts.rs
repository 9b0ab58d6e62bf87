//! Users, their one-time links and their failed logins.

mod admin;
mod change_user;
mod create_admin;
mod email;
mod import_user;
mod links;
mod login_bucket;
mod me;
mod members;
mod names;
mod profile;
mod purge_accounts;
mod repository;
mod restore_user;
mod settings;
mod update_me;
mod user;
mod withdraw;

pub use admin::{find_user, list_users};
pub use change_user::{ChangeUser, ChangeUserError, GivenRole, change_user};
pub use create_admin::{CreateAdmin, CreateAdminError, create_admin};
pub use email::Email;
pub use import_user::{ImportUser, ImportUserError, ImportedUser, import_user};
pub use links::{LinkPurpose, OneTimeLink};
pub use login_bucket::{BucketKey, LoginBucket};
pub use me::{Me, show_me};
pub use members::{AccountFilter, AccountKey, AccountQuery, Enrolment, Member, UserSummary};
pub use names::{Nickname, Username};
pub use profile::{Profile, find_profile};
pub use purge_accounts::purge_accounts;
pub use repository::{
    AccountRepository, AddressHolder, EnrolmentProof, LinkRepository, LogInName, LogInRecord,
    LoginBucketRepository, NewUser, TakenNames, WithdrawnUser,
};
pub use restore_user::{RestoreUserError, restore_user};
pub use settings::{NotificationKind, Settings, SettingsPatch};
pub use update_me::{UpdateMe, UpdateMeError, update_me};
pub use user::{AccountState, PasswordHash, User, role};
pub use withdraw::{WithdrawError, withdraw};
