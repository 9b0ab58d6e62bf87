# Writes the users of a Django site as madang takes them over:
#
#   MADANG_SCHOOL="Example University" python manage.py shell < export_users.py > users.jsonl
#
# Change the two functions when your nicknames and schools stand elsewhere.
import json, os, sys; from django.contrib.auth import get_user_model
nickname = lambda user: user.first_name or user.username
school = lambda user: os.environ["MADANG_SCHOOL"]
lines = ({"username": user.get_username(), "email": user.email, "password": user.password, "nickname": nickname(user), "school": school(user), "joined": user.date_joined.isoformat()} for user in get_user_model().objects.filter(is_active=True).order_by("pk").iterator())
sys.stdout.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
