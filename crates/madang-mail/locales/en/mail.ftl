greeting = Hello { $username },
closing = Madang, the yard of your campus
link-limit =
    { $minutes ->
        [one] The link works once, within one minute.
       *[other] The link works once, within { $minutes } minutes.
    }

verify-email-subject = Confirm your e-mail address
verify-email-body =
    somebody signed up to Madang as { $username } and gave this address. If it was you, open the link below to prove that the address is yours.

    If it was not you, do nothing: nobody can use the account at your address without this link.
verify-email-action = Confirm this address

confirm-email-change-subject = Confirm your new e-mail address
confirm-email-change-body =
    this address is to become the one of the Madang account { $username }. Open the link below to prove that it is yours; until then the old one stays.

    If you know nothing of it, do nothing.
confirm-email-change-action = Confirm this address

reset-password-subject = Choose a new password
reset-password-body =
    somebody asked for a new password of the Madang account { $username }. If it was you, open the link below.

    If it was not you, do nothing: your password stays as it is.
reset-password-action = Choose a new password

address-in-use-subject = Somebody named your e-mail address
address-in-use-body =
    somebody gave this address to Madang, but it belongs to your account { $username } already. Nothing has changed.

    If it was you, log in with your account, or choose a new password on the login page.

email-change-requested-subject = Your e-mail address is to change
email-change-requested-body =
    a new e-mail address was asked for on the Madang account { $username }. Until somebody proves the new one, this address stays in force.

    If it was not you, change your password at once.

password-changed-subject = Your password was changed
password-changed-body =
    the password of the Madang account { $username } was changed, and its other devices were logged out.

    If it was not you, choose a new password on the login page at once.

session-replayed-subject = A device was logged out for safety
session-replayed-body =
    an old login of the Madang account { $username } was used a second time. It may have been copied, so that device was logged out.

    If you do not know why, change your password.
