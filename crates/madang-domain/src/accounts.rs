//! Users, their one-time links and their failed logins.

mod admin;
mod change_user;
mod create_admin;
mod email;
mod links;
mod login_bucket;
mod me;
mod members;
mod names;
mod repository;
mod settings;
mod update_me;
mod user;

pub use admin::{find_user, list_users};
pub use change_user::{ChangeUser, ChangeUserError, GivenRole, change_user};
pub use create_admin::{CreateAdmin, CreateAdminError, create_admin};
pub use email::Email;
pub use links::{LinkPurpose, OneTimeLink};
pub use login_bucket::{BucketKey, LoginBucket};
pub use me::{Me, show_me};
pub use members::{AccountFilter, AccountKey, AccountQuery, Enrolment, Member, UserSummary};
pub use names::{Nickname, Username};
pub use repository::{
    AccountRepository, AddressHolder, EnrolmentProof, LinkRepository, LogInName, LogInRecord,
    LoginBucketRepository, NewUser,
};
pub use settings::{NotificationKind, Settings, SettingsPatch};
pub use update_me::{UpdateMe, UpdateMeError, update_me};
pub use user::{AccountState, PasswordHash, User, role};
