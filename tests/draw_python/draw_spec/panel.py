"""Section 10: the default panel."""

from itertools import combinations


def default_panel(seats, panel):
    """The ascending list of seat numbers, or None."""
    ordered = sorted(seats, key=lambda seat: seat["seat"])
    for chosen in combinations(ordered, panel["size"]):
        if _suits(chosen, panel):
            return [seat["seat"] for seat in chosen]
    return None


def _suits(chosen, panel):
    specialties = [seat["specialty"] for seat in chosen]
    return (len({seat["employer"] for seat in chosen}) == len(chosen)
            and len(set(specialties)) >= panel["minSpecialties"]
            and specialties.count(panel["mainSpecialty"]) >= panel["minMain"])
