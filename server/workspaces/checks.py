"""Rules between the files of a workspace: no two widgets with one id, no audience that does not exist."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from understudy.server.personas import Persona
from understudy.widgets.experience import EVERYONE, Experience
from understudy.widgets.problems import Problem, did_you_mean


def one_owner(
    experiences: Iterable[Experience], before: Iterable[Experience], problems: list[Problem]
) -> list[Experience]:
    """The experiences without those whose id another one has; each of these is a problem that names both files.

    The file that had the id before keeps it, so that copying a file takes nothing away; else the one that is named
    after it, else the first by name.
    """
    held = {(experience.id, experience.file) for experience in before}
    owners: dict[str, str] = {}
    kept: list[Experience] = []

    def claim(one: Experience) -> tuple[bool, bool, str]:
        return (one.id, one.file) not in held, PurePosixPath(one.file).stem != one.id, one.file

    for experience in sorted(experiences, key=claim):
        taken = next((name for name in experience.widget_ids if name in owners), None)
        if taken is None:
            owners.update(dict.fromkeys(experience.widget_ids, experience.file))
            kept.append(experience)
            continue
        place = experience.place("id")
        message = f"the id {taken!r} is taken by {owners[taken]}"
        hint = "give this one another `id:`; until then it is left out"
        problems.append(Problem(experience.file, place.line, place.column, taken, message, hint))
    return sorted(kept, key=lambda one: one.file)


def missing_audiences(experiences: Iterable[Experience], known: Collection[str]) -> Iterator[Problem]:
    """A problem for each audience that an experience names and nobody defines."""
    for experience in experiences:
        named = [(experience.audience, ("audience",))]
        named += [(slug, ("exclude", index)) for index, slug in enumerate(experience.exclude)]  # type: ignore[misc]
        for slug, path in named:
            if slug != EVERYONE and slug not in known:
                place = experience.place(*path)
                near = did_you_mean(slug, known)
                hint = near if "mean" in near else f"add audiences/{slug}.fql"
                message = f"there is no audience {slug!r}, so nobody is in it"
                yield Problem(experience.file, place.line, place.column, slug, message, hint)


def one_persona_each(personas: Sequence[Persona], problems: list[Problem]) -> list[Persona]:
    """The personas without those whose name another file has taken; each of these is a problem."""
    kept: dict[str, Persona] = {}
    for persona in personas:
        if persona.id in kept:
            message = f"the persona {persona.id!r} is in {kept[persona.id].file} already"
            problems.append(Problem(persona.file, 1, 1, persona.id, message, "rename one of the files"))
        else:
            kept[persona.id] = persona
    return list(kept.values())
