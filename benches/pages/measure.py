"""Makes pages with several programs turn by turn, and prints medians and ratios."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "peers"))

from turns import corpus, share, times, versus  # noqa: E402


def sound(folder):
    """The documents of a corpus that have no findings, in a folder of their own: those with an even number."""
    clean = folder / "clean"
    if not clean.exists():
        clean.mkdir()
        for file in (folder / "postmortems").iterdir():
            if int(file.stem.rpartition("-")[2]) % 2 == 0:
                shutil.copy(file, clean)
    return clean


def main():
    ask = argparse.ArgumentParser(prog="./benches/pages/run", description=__doc__)
    for given in ("--postmortem", "--typed-read", "--python", "--corpus"):
        ask.add_argument(given, type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    ask.add_argument("--files", type=int, default=1000, help="how many documents (1000)")
    ask.add_argument("--rounds", type=int, default=9, help="how often one page is made (9)")
    ask.add_argument("--many-rounds", type=int, default=5, help="how often all pages are made (5)")
    given = ask.parse_args()

    folder = corpus(given.corpus / str(2 * given.files), 2 * given.files)
    clean = sound(folder)
    print(f"{given.files} documents, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    goals = []
    if given.rounds:
        document = sorted(clean.iterdir())[0].relative_to(folder)
        made = [given.postmortem, "render", document, "-o", "one.md"]
        subprocess.run(made, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        pandoc = ["pandoc", "--standalone", "one.md", "--output", "pandoc.html"]
        pandoc = ("pandoc", pandoc, "pandoc.html")
        for name in ("ours.html", "ours.md"):
            ours = [given.postmortem, "render", document, "-o", name]
            print(f"one page, {name.partition('.')[2]}:")
            goals.append(versus(("postmortem render", ours, name), pandoc, folder, given.rounds, times(20)))
    if given.many_rounds:
        script = [given.python, HERE / "script.py", "clean", "script"]
        bare = ("bare typed read", [given.typed_read, "clean"])
        for ending in ("html", "md"):
            ours = [given.postmortem, "render", "clean", "-o", f"pages/{{id}}.{ending}"]
            ours = (f"postmortem render, {ending}", ours, "pages")
            print(f"{given.files} pages, {ending}:")
            goals.append(versus(ours, ("PyYAML, Jinja2, Markdown", script, "script"), folder, given.many_rounds, times(20)))
            goals.append(versus(ours, bare, folder, given.many_rounds, share(4)))
    sys.exit(0 if all(goals) else 1)


main()
