"""What forms, subscriptions and gates ask, and what they answer (widgets.md 2.6 to 2.8)."""

import re
from typing import Annotated, Literal

from pydantic import Field

from understudy.widgets.actions import Action
from understudy.widgets.fields import Seconds, Vendor, checked, parse_instant
from understudy.widgets.syntax import pattern_fault

ElementType = Literal[
    "text", "input", "email", "us-postal-code", "date", "textarea", "select", "radio-group", "checkbox-group"
]
AMERICAN = re.compile(r"(\d{2})[-/](\d{2})[-/](\d{4})")


def day_fault(text: str) -> str:
    """What keeps a text from being the bound of a date field, or an empty string."""
    match = AMERICAN.fullmatch(text)
    iso = f"{match[3]}-{match[1]}-{match[2]}" if match else text
    return "" if text == "today" or parse_instant(iso) else "not a day"


Day = Annotated[str, checked(day_fault, "write today, 2026-12-31 or 12-31-2026")]
Pattern = Annotated[str, checked(pattern_fault, "write a JavaScript regular expression, without slashes around it")]


class Choice(Vendor):
    """One of the values to choose from."""

    value: str = Field(description="What is sent.")
    label: str = Field("", description="What the visitor reads.")


class FormElement(Vendor):
    """One element of a form of your own."""

    type: ElementType = Field(description="What kind of element.")
    name: str = Field(min_length=1, description="The name that its value is sent under.")
    label: str = Field("", description="What stands above it.")
    placeholder: str = Field("", description="What stands in it while it is empty; the first choice of a select.")
    required: bool = Field(False, description="Whether it has to be filled in.")
    values: list[Choice] = Field([], description="What there is to choose, in a select or a group.")
    pattern: Pattern = Field("", description="A JavaScript regular expression that a value has to match.")
    min_date: Day = Field("", description="The first day allowed: today, 2026-12-31 or 12-31-2026.")
    max_date: Day = Field("", description="The last day allowed.")


class FieldFlags(Vendor):
    """Yes or no for the built-in fields. What is left out is as the type has it (widgets.md 2.2)."""

    name: bool = Field(default_factory=bool, description="The name.")
    email: bool = Field(default_factory=bool, description="The e-mail address.")
    title: bool = Field(default_factory=bool, description="The title.")
    company: bool = Field(default_factory=bool, description="The company.")
    phone: bool = Field(default_factory=bool, description="The phone number.")
    country: bool = Field(default_factory=bool, description="The country, from a list.")
    referral_email: bool = Field(default_factory=bool, description="The e-mail address of somebody else.")
    message: bool = Field(default_factory=bool, description="A longer text.")


class FieldTexts(Vendor):
    """What stands in the built-in fields while they are empty."""

    name: str = Field("Name", description="In the name.")
    email: str = Field("Email", description="In the e-mail address.")
    title: str = Field("Title", description="In the title.")
    company: str = Field("Company", description="In the company.")
    phone: str = Field("Phone Number", description="In the phone number.")
    country: str = Field("Country", description="In the list of countries.")
    referral_email: str = Field("Referral Email", description="In the e-mail address of somebody else.")
    message: str = Field("Message", description="In the longer text.")


class FormTexts(Vendor):
    """What a form says when it is not right. Not the vendor's: there these texts are fixed or missing."""

    required: str = Field("required", description="On the flag of an empty field and below it.")
    invalid: str = Field("invalid", description="On the flag of a wrong value, and below one that nobody else words.")
    email: str = Field("", description="Below a wrong e-mail address; by default the browser words it.")
    date: str = Field("", description="Below a wrong date; by default the browser words it.")


class FormState(Vendor):
    """What is shown in the form's place once it was sent."""

    headline: str = Field("", description="The headline.")
    msg: str = Field("", description="The message.")
    delay: Seconds = Field(
        3, description="Seconds until a success closes, or an error goes back to the form; 0 leaves it."
    )
    ok_show: bool = Field(False, description="Whether there is a confirm button; after an error it leads back.")
    ok_message: str = Field("Confirm", description="The confirm button's text.")
    confirm_action: Action = Field(Action(), description="After the confirm button.")
    cancel_show: bool = Field(False, description="Whether there is a cancel button.")
    cancel_message: str = Field("Cancel", description="The cancel button's text.")
    cancel_action: Action = Field(Action(), description="After the cancel button.")


class FormStates(Vendor):
    """What comes of sending a form."""

    success: FormState = Field(FormState(), description="It was received.")
    error: FormState = Field(FormState(), description="It was not.")
