greeting = { $username } 님, 안녕하세요.
closing = 우리 학교의 마당, 마당 드림
link-limit = 이 링크는 { $minutes }분 안에 한 번만 쓸 수 있습니다.

verify-email-subject = 이메일 주소를 확인해 주세요
verify-email-body =
    마당에 { $username } 계정으로 가입하면서 이 주소를 적은 분이 있습니다. 본인이라면 아래 링크를 열어 주소를 확인해 주세요.

    본인이 아니라면 아무것도 하지 않으셔도 됩니다. 이 링크 없이는 아무도 이 주소로 계정을 쓸 수 없습니다.
verify-email-action = 이 주소 확인하기

confirm-email-change-subject = 새 이메일 주소를 확인해 주세요
confirm-email-change-body =
    마당 계정 { $username }의 이메일을 이 주소로 바꾸려고 합니다. 아래 링크를 열어 주소를 확인해 주세요. 그때까지는 이전 주소가 그대로 쓰입니다.

    모르는 일이라면 아무것도 하지 않으셔도 됩니다.
confirm-email-change-action = 이 주소 확인하기

reset-password-subject = 새 비밀번호를 정해 주세요
reset-password-body =
    마당 계정 { $username }의 새 비밀번호를 요청한 분이 있습니다. 본인이라면 아래 링크를 열어 주세요.

    본인이 아니라면 아무것도 하지 않으셔도 됩니다. 비밀번호는 그대로입니다.
reset-password-action = 새 비밀번호 정하기

address-in-use-subject = 이 이메일 주소를 적은 분이 있습니다
address-in-use-body =
    마당에 이 주소를 적은 분이 있지만, 이 주소는 이미 { $username } 계정의 것입니다. 바뀐 것은 없습니다.

    본인이라면 그 계정으로 로그인하거나 로그인 화면에서 새 비밀번호를 정해 주세요.

email-change-requested-subject = 이메일 주소를 바꾸려는 요청이 있습니다
email-change-requested-body =
    마당 계정 { $username }의 이메일 주소를 바꾸려는 요청이 있었습니다. 새 주소가 확인될 때까지는 이 주소가 그대로 쓰입니다.

    본인이 아니라면 지금 비밀번호를 바꿔 주세요.

password-changed-subject = 비밀번호가 바뀌었습니다
password-changed-body =
    마당 계정 { $username }의 비밀번호가 바뀌었고, 다른 기기에서는 로그아웃되었습니다.

    본인이 아니라면 지금 로그인 화면에서 새 비밀번호를 정해 주세요.

session-replayed-subject = 안전을 위해 한 기기에서 로그아웃했습니다
session-replayed-body =
    마당 계정 { $username }의 지난 로그인 정보가 다시 쓰였습니다. 누군가 베꼈을 수 있어 그 기기에서 로그아웃했습니다.

    짐작 가는 일이 없다면 비밀번호를 바꿔 주세요.
