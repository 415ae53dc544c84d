"""Two commands for a fresh machine: `bootstrap.py run` opens the window, `test` checks everything.

Contract: either makes .venv beside this folder, installs the pinned packages and the models if they
are not there yet, and then hands over to the program or to check.py, with all further arguments.
What the machine lacks is named in one sentence with the command that installs it (exit code 1).
When all is there, it hands over in well under two seconds. Standard library only.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

# Like this file, these are readable by Pythons too old for Attune, so that those get a sentence.
from environment import Environment, alone, packages
from machine import (
    WINDOWLESS,
    Machine,
    MachineLacks,
    check_display,
    check_libraries,
    check_python,
    this_machine,
)
from progress import Progress, StepFailed

ROOT = Path(__file__).resolve().parent.parent

EXPLANATION = """\
run    install what is missing, then open the window (further arguments go to it)
test   install what is missing and the test tools, then run the whole check
       (further arguments go to pytest)
"""
TORCH_HELP = (
    "where pip also looks for PyTorch. On Linux the plain package of torch brings several "
    "gigabytes of CUDA libraries that Attune does not use; PyTorch's index of CPU wheels is "
    "https://download.pytorch.org/whl/cpu (also: environment variable ATTUNE_TORCH_INDEX)"
)


def main(arguments: list[str]) -> int:
    """Installs what is missing and hands over; 1 with one sentence if that is impossible."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        description=EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("verb", choices=("run", "test"))
    default = os.environ.get("ATTUNE_TORCH_INDEX") or None
    parser.add_argument("--torch-index", metavar="URL", default=default, help=TORCH_HELP)
    options, further = parser.parse_known_args(arguments)
    try:
        prepare(options.verb, options.torch_index)
    except (MachineLacks, StepFailed, ModelsMissing) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("\nStopped; run the same command again to go on.")
    return hand_over(options.verb, further)


def prepare(verb: str, torch_index: str | None) -> None:
    """Brings the environment and the models into the state that the verb needs."""
    machine = this_machine()
    check_python(machine, sys.version_info[:3])
    environment = Environment(ROOT)
    progress = Progress(sys.stderr, environment.log)
    extra = "test" if verb == "test" else ""
    if not (environment.ready(packages(extra)) and environment.ready("qt")):
        with alone(ROOT, progress):
            if not environment.ready(packages(extra)):
                environment.install(extra, torch_index, machine, progress)
            check_qt(environment.python, machine)
            environment.mark("qt")
    fetch_models(environment.python)
    if verb == "run":
        check_display(machine)


def check_qt(python: Path, machine: Machine) -> None:
    """Refuses a system on which Qt cannot start, naming the libraries that are missing."""
    code = "from PySide6.QtWidgets import QApplication; QApplication([])"
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    tried = subprocess.run([str(python), "-c", code], capture_output=True, text=True, env=variables)
    if tried.returncode != 0:
        check_libraries(machine, WINDOWLESS)
        end = tried.stderr.strip().splitlines()[-1:] or [f"exit code {tried.returncode}"]
        raise MachineLacks(
            f"Qt (the part that draws the window) does not start: {end[0]}; install what it "
            "names and run the same command again."
        )


class ModelsMissing(Exception):
    """The embedded models could not be fetched; one clear sentence."""


def fetch_models(python: Path) -> None:
    """Has models/fetch.py bring the embedded models, unless they are in place."""
    spec = importlib.util.spec_from_file_location("fetch", ROOT / "models" / "fetch.py")
    assert spec is not None
    assert spec.loader is not None
    fetch = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = fetch  # its dataclasses look their module up there
    spec.loader.exec_module(fetch)

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    try:
        fetch.fetch_models(fetch.read_manifest(), ROOT / "models", say, str(python))
    except fetch.FetchError as error:
        raise ModelsMissing(str(error)) from error


def hand_over(verb: str, further: list[str]) -> int:
    """Becomes the program or the check; on Windows, waits for it."""
    further = further[1:] if further[:1] == ["--"] else further
    what = [str(ROOT / "packaging" / "check.py")] if verb == "test" else ["-m", "assistant"]
    python = str(Environment(ROOT).python)
    command = [python, *what, *further]
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(python, command)
    return subprocess.call(command)


def refuse(sentence: str) -> int:
    """Says why nothing was started."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
