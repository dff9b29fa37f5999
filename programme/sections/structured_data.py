"""Classes in the words of schema.org."""

from mission.plain_text import plain_line

from ..schema_org import age_range, filled, weekly
from ..venues.structured_data import place


def course(page, groups, *, centre, season):
    """A class's page as a dict for JSON-LD.

    `page`: SectionPage; `groups`: its groups; `centre`: CentreSettings; `season`: ProgrammeSettings.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": plain_line(page.title),
        "url": page.full_url,
        "description": plain_line(page.summary or page.title),
        "disambiguatingDescription": centre.demonstration_notice,
        "inLanguage": "pl",
        "provider": {"@type": "Organization", "name": plain_line(centre.name)},
        "hasCourseInstance": [_instance(group, season) for group in groups],
    }
    return filled(data)


def _instance(group, season):
    meetings = list(group.meetings.all())
    venues = {meeting.venue_id: meeting.venue for meeting in meetings if meeting.venue}
    data = {
        "@type": "CourseInstance",
        "name": plain_line(group.name),
        "courseMode": "onsite",
        "location": [place(venue) for venue in venues.values()],
        "instructor": {"@type": "Person", "name": plain_line(group.instructor)} if group.instructor else None,
        "courseSchedule": [
            weekly(meeting.weekday, meeting.start, meeting.end, season.season_start, season.season_end)
            for meeting in meetings
        ],
        "typicalAgeRange": age_range(group),
    }
    return filled(data)
