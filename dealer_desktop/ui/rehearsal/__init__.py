"""The window played without a person: the main job through its real dialogs, and pictures of every tab and dialog."""

from dealer_desktop.ui.rehearsal.main_job import MainJob
from dealer_desktop.ui.rehearsal.robot import Robot, StepFailed

__all__ = ["MainJob", "Robot", "StepFailed"]
