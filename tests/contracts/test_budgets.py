from __future__ import annotations

from statistics import median, quantiles

from tests.contracts.project import functions, modules, texts


def _p90(sizes: list[int]) -> float:
    return quantiles(sizes, n=10, method="inclusive")[-1]


def test_files_are_short() -> None:
    sizes = {path: len(texts()[path].splitlines()) for path in modules()}
    assert {path: size for path, size in sizes.items() if size > 300} == {}
    written = [size for size in sizes.values() if size]  # empty doors would flatter the median
    assert median(written) <= 100
    assert _p90(written) <= 220


def test_functions_are_short() -> None:
    sizes = dict(functions())
    assert {place: size for place, size in sizes.items() if size > 40} == {}
    assert median(sizes.values()) <= 7
    assert _p90(list(sizes.values())) <= 20
