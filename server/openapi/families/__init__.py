"""What each surface of the server says of its routes, in the order in which people look for them."""

from understudy.server.openapi.families.accounts import ACCOUNTS
from understudy.server.openapi.families.audiences import AUDIENCES
from understudy.server.openapi.families.collection import COLLECTION
from understudy.server.openapi.families.content import CONTENT
from understudy.server.openapi.families.experiences import EXPERIENCES
from understudy.server.openapi.families.profiles import PROFILES
from understudy.server.openapi.families.programs import PROGRAMS
from understudy.server.openapi.families.reports import REPORTS
from understudy.server.openapi.families.scripts import SCRIPTS
from understudy.server.openapi.families.triggers import TRIGGERS

FAMILIES = (
    SCRIPTS, COLLECTION, PROFILES, AUDIENCES, CONTENT, EXPERIENCES, PROGRAMS, TRIGGERS, REPORTS, ACCOUNTS
)  # fmt: skip
