"""Which modules `make mutate` breaks and which tests must notice: when one of them moves, change its name here."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent / "hitoe"


class Area(NamedTuple):
    """Modules below scripts/hitoe (a folder stands for all in it), and the files of tests/ that must notice."""

    modules: Sequence[str]
    tests: Sequence[str]


AREAS = {
    "identity": Area(["model/identity.py"], ["test_identity.py"]),
    "ledger": Area(
        ["release/ledger.py", "values/ledger_values.py", "release/ledger_update.py"],
        ["test_ledger_rows.py", "test_ledger_update.py", "test_damaged_ledger.py", "test_ledger.py"],
    ),
    "compatibility": Area(
        ["release/compatibility.py", "model/renames.py"],
        ["test_compatibility.py", "test_compatibility_sentences.py", "test_old_paths.py"],
    ),
    "packing": Area(["sheet/layout/packing.py"], ["test_packing.py", "test_sheet_packing.py"]),
    "column-widths": Area(["sheet/layout/column_widths.py", "sheet/layout/cells.py"], ["test_column_widths.py"]),
    "validation": Area(["sheet/layout/validate.py"], ["test_validation.py"]),
    "retention": Area(
        ["progress"],
        [
            *("test_retention.py", "test_progress_report.py", "test_progress_rows.py", "test_progress_errors.py"),
            "test_progress_damaged.py",
        ],
    ),
    "study-order": Area(["deck/study_order.py"], ["test_study_order.py"]),
    "package": Area(
        ["deck/package.py", "deck/notes.py"], ["test_package.py", "test_notes.py", "test_deck_of_example.py"]
    ),
    "memory": Area(
        [
            *("memo.py", "build/collect.py", "build/topic_file.py", "build/fingerprints.py"),
            *("build/topic_parts.py", "templating/compiled_templates.py"),
        ],
        [
            "test_memo.py",
            "test_workers.py",
            "test_topic_parts.py",
            "test_fingerprints.py",
            "test_compiled_templates.py",
        ],
    ),
    "source": Area(
        [f"source/{name}.py" for name in ("nodes", "document", "document_value", "syntax", "ambiguous")],
        ["test_source.py", "test_passed_over.py", "test_syntax_parity.py", "test_slips.py", "test_parted_sources.py"],
    ),
    "kinds": Area(
        ["kinds"],
        [
            *(
                "test_kinds.py",
                "test_deck_of_example.py",
                "test_questions.py",
                "test_checks.py",
                "test_lints.py",
                "test_formula.py",
            ),
            *(
                "test_areas.py",
                "test_schema.py",
                "test_log.py",
                "test_text_fidelity.py",
                "test_calc.py",
                "test_choices.py",
            ),
            *(
                "test_tables.py",
                "test_picture_files.py",
                "test_picture_numbers.py",
                "test_identity.py",
                "test_kept_notes.py",
            ),
            *("test_signs.py", "test_heavy_pictures.py"),
        ],
    ),
    "importing": Area(
        ["importing"],
        [
            *("test_import_texts.py", "test_import_files.py", "test_import_packages.py", "test_import_round_trip.py"),
            "test_import_keeping.py",
        ],
    ),
    "text": Area(
        ["text"],
        ["test_text.py", "test_marks.py", "test_readings.py", "test_formulas_in_texts.py", "test_block_lines.py"],
    ),
}


def files(area: Area) -> list[Path]:
    """Return the files of an area's modules."""
    places = (PACKAGE / name for name in area.modules)
    return [file for place in places for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]
