"""What a file leaves open: asked once, with the likelier answer; where nobody answers, nothing is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dealer_desktop.core.i18n import gettext as _


@dataclass(frozen=True)
class Choice:
    value: str
    """As ``ImportOptions.answers`` takes it."""
    words: str


@dataclass(frozen=True)
class Question:
    key: str
    words: str
    """What is not certain, as a sentence."""
    choices: tuple[Choice, ...]
    likely: str
    """The likelier choice's value."""
    stops: bool
    """Whether nothing can be imported without an answer; else what is meant is left out, and told."""
    answer: str = ""
    """The choice in force; empty where there is none."""

    def for_the_command_line(self) -> str:
        """The sentence with the options that decide it."""
        choices = ", ".join(f"{choice.value} ({choice.words})" for choice in self.choices)
        return self.words + " " + _("(--answer {key}=…: {choices})").format(key=self.key, choices=choices)


@dataclass
class Asked:
    """The questions of one file as they come up, and the answers that were given."""

    answers: Mapping[str, str]
    take_likely: bool
    """Where the person sees question and answer beside each other, the likelier one stands until they choose."""
    questions: list[Question] = field(default_factory=list)

    def ask(self, key: str, words: str, choices: list[tuple[str, str]], likely: str, *, stops: bool = False) -> str:
        """The answer in force; empty where nobody gave one."""
        known = [value for value, _words in choices]
        given = self.answers.get(key, "")
        answer = given if given in known else likely if self.take_likely else ""
        self.questions.append(Question(key, words, tuple(Choice(*choice) for choice in choices), likely, stops, answer))
        return answer

    def wrong(self) -> list[str]:
        """Answers that fit no question of this file."""
        found = []
        for key, value in self.answers.items():
            question = next((question for question in self.questions if question.key == key), None)
            if question is not None and value not in [choice.value for choice in question.choices]:
                found.append(
                    _("“{value}” is no answer to “{key}”; the answers are {choices}.").format(
                        value=value[:60], key=key, choices=", ".join(choice.value for choice in question.choices)
                    )
                )
        return found
