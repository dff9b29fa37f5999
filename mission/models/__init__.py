"""Who the centre is and what for: one file a concept."""

from ..fragments import Edition
from ..limits import Tally
from ..outbox.models import Letter
from .base import BasePage
from .centre import CentreKind, CentreSettings, NoticeLevel, OpeningHours, SocialLink, Weekday
from .images import CentreImage, CentreRendition, ImageLicence
from .news import NewsIndexPage, NewsPage
from .plain import ContactPage, DataProtectionPage, MinorsProtectionPage, StandardPage
from .projects import PartnerIndexPage, PartnerPage, ProjectIndexPage, ProjectLogo, ProjectPage
from .purpose import GoalIndexPage, GoalPage, MissionPage, StrategicAreaPage

__all__ = [
    "BasePage",
    "CentreImage",
    "CentreKind",
    "CentreRendition",
    "CentreSettings",
    "ContactPage",
    "DataProtectionPage",
    "Edition",
    "GoalIndexPage",
    "GoalPage",
    "ImageLicence",
    "Letter",
    "MinorsProtectionPage",
    "MissionPage",
    "NewsIndexPage",
    "NewsPage",
    "NoticeLevel",
    "OpeningHours",
    "PartnerIndexPage",
    "PartnerPage",
    "ProjectIndexPage",
    "ProjectLogo",
    "ProjectPage",
    "SocialLink",
    "StandardPage",
    "StrategicAreaPage",
    "Tally",
    "Weekday",
]
