"""Slips of the fingers in a table: a value of another kind, a key too many, a key that is gone."""

from collections.abc import Mapping

from hypothesis import strategies as st

ODD: st.SearchStrategy[object] = st.sampled_from(
    ["", " ", "x", "3", 0, -1, 3, 10**30, 1.5, float("nan"), float("inf"), True, [], [[]], [""], [1], ["x", "x"], {}]
)
ODDLY: st.SearchStrategy[object] = ODD | st.dictionaries(st.sampled_from(["", "x", "kind", "a.b"]), ODD, max_size=2)


@st.composite
def slips(draw: st.DrawFn, table: Mapping[str, object]) -> dict[str, object]:
    """Return a table with one thing in it that is not as it should be, at any depth."""
    changed = dict(table)
    how = draw(st.sampled_from(["deeper"] * 4 + ["other", "more", "gone"]))
    if how == "more" or not changed:
        changed[draw(st.sampled_from(["", "colour", "x y"]))] = draw(ODDLY)
        return changed
    key = draw(st.sampled_from(sorted(changed)))
    if how == "gone":
        del changed[key]
    else:
        changed[key] = _slip(draw, changed[key]) if how == "deeper" else draw(ODDLY)
    return changed


def _slip(draw: st.DrawFn, value: object) -> object:
    if isinstance(value, Mapping):
        return draw(slips({str(key): held for key, held in value.items()}))
    if isinstance(value, list) and value:
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], _slip(draw, value[at]), *value[at + 1 :]]
    return draw(ODDLY)
