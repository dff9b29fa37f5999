"""The editor's screen of the declaration: its sections in plain words, in the order in which it is printed."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from ..findings.panels import FindingsPanel
from .panels import DescribedPlacesPanel, ReviewLinkPanel

EDITOR = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title", read_only=True),
                MultiFieldPanel(
                    ["subject", FieldRowPanel(["site_published_on", "site_updated_on"])],
                    heading=_("Institution and website"),
                ),
                MultiFieldPanel([FindingsPanel(heading=_("What the findings say")), "status"], heading=_("Conformity")),
                InlinePanel(
                    "barriers",
                    heading=_("Barriers"),
                    label=_("Barrier"),
                    help_text=_("Each thing on the site that someone cannot use, in words anyone understands."),
                ),
                InlinePanel(
                    "exemptions",
                    heading=_("Content the act does not cover"),
                    label=_("Content"),
                    help_text=_(
                        "Only what really belongs to a point of art. 3 section 2. The provision is printed by itself."
                    ),
                ),
                InlinePanel(
                    "excessive_costs",
                    heading=_("Excessive costs"),
                    label=_("Element"),
                    help_text=_(
                        "Rarely needed: one element whose repair would cost more than it gives, with the assessment "
                        "that shows it (art. 8)."
                    ),
                ),
            ],
            heading=_("Website"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        ReviewLinkPanel(heading=_("Yearly review")),
                        FieldRowPanel(["drawn_up_on", "last_review_on"]),
                        "basis",
                        FieldRowPanel(["basis_by", "basis_url"]),
                    ],
                    heading=_("How it was prepared"),
                ),
                InlinePanel(
                    "checks",
                    heading=_("Checks made"),
                    label=_("Check"),
                    help_text=_("Shown on the page with evidence: what was checked, how and with what result."),
                ),
                MultiFieldPanel(["improvements", "plans"], heading=_("Voluntary information")),
                InlinePanel(
                    "shortcuts",
                    heading=_("Keyboard shortcuts of our own"),
                    label=_("Shortcut"),
                    help_text=_("Only shortcuts that other sites do not have. This site has none unless you add one."),
                ),
            ],
            heading=_("Preparation"),
        ),
        ObjectList(
            [
                MultiFieldPanel(["contact_unit", FieldRowPanel(["email", "telephone"])], heading=_("Contact")),
                MultiFieldPanel(
                    ["online_interpreter", "interpreter_note", "communication"], heading=_("Communication")
                ),
            ],
            heading=_("Contact and communication"),
        ),
        ObjectList(
            [
                "architecture_url",
                InlinePanel(
                    "places",
                    heading=_("Buildings"),
                    label=_("Building"),
                    help_text=_("The main seat first. Venues described on the site are added by themselves."),
                ),
                DescribedPlacesPanel(heading=_("Described on the pages of venues")),
                InlinePanel(
                    "apps",
                    heading=_("Mobile applications"),
                    label=_("Application"),
                    help_text=_("Only applications that the centre itself publishes."),
                ),
            ],
            heading=_("Buildings and applications"),
        ),
        ObjectList(
            [MultiFieldPanel(["seo_title", "search_description"], heading=_("Search engines"))],
            heading=_("Promote"),
        ),
    ]
)
