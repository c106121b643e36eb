"""The forms by which a reader of the page narrows a list down."""

from collections.abc import Mapping, Sequence

from eigen_contract.report.markup import Markup, element


def filters(name: str, choices: Mapping[str, Sequence[str]], *more: Markup) -> Markup:
    """Build the form that filters the items of the element `{name}-items`.

    Args:
        choices: for each attribute of the items its values; one that has a single value is left out.
    """
    menus = [
        menu(name, attribute, distinct)
        for attribute, values in choices.items()
        if len(distinct := list(dict.fromkeys(values))) > 1
    ]
    field = f"{name}-text"
    search = element(
        "label",
        "Text",
        element("input", type="search", name="text", id=field, autocomplete="off"),
        for_=field,
    )
    count = element("output", "", aria_live="polite")
    return element(
        "form", search, *menus, *more, count, class_="filters", data_filters=f"{name}-items", role="search"
    )


def menu(name: str, attribute: str, values: Sequence[str]) -> Markup:
    """Build the choice of one attribute."""
    field = f"{name}-{attribute}"
    options = [
        element("option", "all", value=""),
        *(element("option", value, value=value) for value in values),
    ]
    title = attribute.replace("_", " ").capitalize()
    return element("label", title, element("select", *options, name=attribute, id=field), for_=field)
