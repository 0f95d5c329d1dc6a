"""What is handed to the services about reports and reviews of a car."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from dealer_desktop.services.inputs.base import Input, KindOfReport, LongText, Name, Rating
from dealer_desktop.services.inputs.report_data import readable_report


class ReportInput(Input):
    """``data``: a JSON object, as text or as a mapping; deep and huge ones are refused."""

    car_id: int
    report_type: KindOfReport
    data: Annotated[dict[str, Any], BeforeValidator(readable_report)] = Field(default_factory=dict)


class ReviewInput(Input):
    car_id: int
    customer_name: Name
    rating: Rating
    comment: LongText = None
    user_id: int | None = None
