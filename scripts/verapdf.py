"""Checks PDF files with veraPDF, the independent validator of PDF/A and PDF/UA.

Fetches it once from Maven Central into ``var/tools/verapdf`` (32 MB; needs Java 17 and Maven), then:
``python scripts/verapdf.py 3a a.pdf b.pdf`` prints one verdict a file and fails when one does not pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "var" / "tools" / "verapdf"
VERSION = "1.30.2"
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>senda</groupId>
  <artifactId>verapdf</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.verapdf.apps</groupId><artifactId>cli</artifactId><version>{VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.verapdf</groupId><artifactId>validation-model</artifactId><version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""


class VeraPdfMissing(RuntimeError):
    """veraPDF cannot be had on this machine; the message says why."""


def fetched() -> Path:
    """Return the folder of veraPDF's jars, fetched if need be; raises VeraPdfMissing."""
    done = FOLDER / f"fetched-{VERSION}"
    if not done.exists():
        _fetch()
        done.touch()
    if not shutil.which("java"):
        raise VeraPdfMissing("Java is not installed.")
    return FOLDER / "lib"


def _fetch() -> None:
    if not shutil.which("mvn"):
        raise VeraPdfMissing("Maven is not installed.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "pom.xml").write_text(POM, encoding="utf-8")
    lib = FOLDER / "lib"
    shutil.rmtree(lib, ignore_errors=True)
    command = ["mvn", "-B", "-q", "-f", str(FOLDER / "pom.xml"), "dependency:copy-dependencies"]
    run = subprocess.run([*command, f"-DoutputDirectory={lib}"], capture_output=True, text=True, check=False)
    if run.returncode:
        raise VeraPdfMissing(f"Maven could not fetch veraPDF: {run.stdout[-400:]}{run.stderr[-400:]}")


def verdicts(flavour: str, files: Sequence[Path]) -> dict[Path, bool]:
    """Return for each file whether it is valid ``3a`` or ``ua1``. One start of Java for all of them."""
    command = ["java", "-cp", os.path.join(fetched(), "*"), "org.verapdf.apps.GreenfieldCliWrapper"]
    paths = [str(path) for path in files]
    run = subprocess.run(
        [*command, "-f", flavour, "--format", "text", *paths], capture_output=True, text=True, check=False
    )
    # A file that is no PDF at all gets no line: it is not valid either.
    passed = {
        line.removesuffix(f" {flavour}") for line in run.stdout.splitlines() if line.startswith("PASS ")
    }
    if not run.stdout.strip():
        raise RuntimeError(f"veraPDF said nothing: {run.stderr[-400:]}")
    return {path: f"PASS {path}" in passed for path in files}


def main(arguments: Sequence[str]) -> int:
    """Print a verdict for each file named on the command line."""
    flavour, *names = arguments
    found = verdicts(flavour, [Path(name) for name in names])
    for path, passed in found.items():
        print("PASS" if passed else "FAIL", path)
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
