"""Finding the sheet that a person means, and ids that can be given: each refusal is a sentence with what would be right."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import PydanticCustomError

from factbook.catalogue import Catalogue
from factbook.meant import Meant
from factbook.model.collections import ALL, RESERVED
from factbook.model.values import check_id
from factbook.problems import nearest


class RefusedError(Exception):
    """What was asked cannot be done; its text says why and what would be right."""


def owner_of_former(catalogue: Catalogue, id: str) -> str | None:
    """The sheet that was once called so; None where none was."""
    for sheet in catalogue.sheets.values():
        if id in sheet.sheet.former_ids:
            return sheet.id
    return None


def existing(catalogue: Catalogue, unread: Mapping[str, str], id: str) -> str:
    """The id itself where there is such a sheet; a path of its file will do. Raises RefusedError with the nearest."""
    id = id.rsplit("/", 1)[-1].removesuffix(".yml").removesuffix(".md")
    if id in catalogue:
        return id
    if id in unread:
        raise RefusedError(
            f'"{id}" is there, but it cannot be read. “build.py check” says what is wrong with it.'
        )
    if now := owner_of_former(catalogue, id):
        raise RefusedError(f'"{id}" is now called "{now}".')
    if gone := catalogue.withdrawn.get(id):
        raise RefusedError(
            f'"{id}" was withdrawn on {gone.stone.withdrawn.day}: {gone.path}. “build.py check” says who still refers to it.'
        )
    raise RefusedError(f'There is no sheet "{id}".{Meant(catalogue.sheets).hint(id)}')


def a_free_id(
    catalogue: Catalogue, unread: Mapping[str, str], id: str, collection: str, *, but: str = ""
) -> None:
    """Raises RefusedError where the id cannot be given to a sheet of the collection. `but` is a sheet that gives its own up."""
    try:
        check_id(id)
    except PydanticCustomError as fault:
        raise RefusedError(f'"{id}" cannot be an id. {fault.message()}') from None
    if id in catalogue:
        sheet = catalogue.sheets[id]
        raise RefusedError(
            f'"{id}" exists already: {sheet.path} ("{sheet.sheet.title_text}"). '
            "An id stands for one thing in the whole publication: choose another."
        )
    if gone := catalogue.withdrawn.get(id):
        raise RefusedError(
            f'"{id}" was withdrawn on {gone.stone.withdrawn.day}, and its address says so: {gone.path}. Choose another.'
        )
    if id in unread:
        raise RefusedError(f'"{id}" exists already, among the {unread[id]}. Choose another.')
    former = owner_of_former(catalogue, id)
    if former and former != but:
        raise RefusedError(
            f'"{id}" is a former id of {catalogue.sheets[former].path}, and its old address leads there. Choose another.'
        )
    if collection == "briefings" and id in (*ALL, *RESERVED):
        raise RefusedError(f'"{id}" is the address of something else on the site. Choose another.')


def a_collection(name: str, collections: Mapping[str, object]) -> None:
    """Raises RefusedError where there is no such collection."""
    if name in collections:
        return
    singular = next((kind.name for kind in ALL.values() if kind.one == name.lower()), None)
    near = singular or nearest(name, collections)
    hint = f' Did you mean "{near}"?' if near else f" There are: {', '.join(collections)}."
    raise RefusedError(f'There is no collection "{name}".{hint}')
