"""The wheel, installed alone into an empty environment, translates: the model and the glossary travel with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_wheel_translates_in_an_empty_environment(tmp_path: Path) -> None:
    source = shutil.copytree(ROOT, tmp_path / "source", ignore=shutil.ignore_patterns(".*", "build", "briefs", "*.egg-info"))
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, source, cwd=tmp_path)
    (wheel,) = tmp_path.glob("dwibhashi-*.whl")
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    command = tmp_path / "empty" / "bin" / "dwibhashi"
    english = run(command, "translate", "भारत में संयुक्त कार्य समूह की बैठक हुई।", cwd=tmp_path)
    assert "India" in english
    assert "Joint Working Group" in english
    database = f"sqlite:///{tmp_path / 'glossary.sqlite'}"
    added = run(
        "env", f"DWIBHASHI_DATABASE_URL={database}", command, "glossary", "add", "सूर्य योजना", "Surya Scheme", cwd=tmp_path
    )
    assert "Surya Scheme" in added  # the migrations travel with it, too
    assert "torch" not in run(python, "-m", "pip", "list", cwd=tmp_path)
    paths = ("/", "/settings", "/static/style.css", "/static/vendor/htmx.min.js", "/static/fonts/noto-sans-devanagari.woff2")
    asks = f"c = create_app().test_client(); print([c.get(path).status_code for path in {paths}])"
    answers = run("env", f"XDG_DATA_HOME={tmp_path}", python, "-c", f"from web.app import create_app; {asks}", cwd=tmp_path)
    assert answers.strip() == str([200] * len(paths))
