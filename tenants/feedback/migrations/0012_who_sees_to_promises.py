"""Whoever was named with a decision sees to the point from now on."""

from django.db import migrations

NAME = """
UPDATE feedback_point AS point
SET owner_membership_id = latest.owner_membership_id, owner_role = latest.owner_role
FROM (
    SELECT DISTINCT ON (point_id) point_id, owner_membership_id, owner_role
    FROM feedback_round
    ORDER BY point_id, number DESC
) AS latest
WHERE latest.point_id = point.id
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0011_owners_questions_evidence")]

    operations = [migrations.RunSQL(NAME, migrations.RunSQL.noop)]
