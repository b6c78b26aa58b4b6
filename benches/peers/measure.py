"""Runs linters on the same files turn by turn, and prints medians and ratios."""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parents[1] / "postmortem.schema.json"
RYL_RULES = "key-duplicates,trailing-spaces,truthy"


class Tool:
    """A program, what it is given, and what its runs took."""

    def __init__(self, name, command):
        self.name = name
        self.command = [str(part) for part in command]
        self.wall = []
        self.cpu = []
        self.peak = 0

    def run(self, folder, counted=True):
        # Through files, so that nobody waits for a reader of a pipe.
        with open(os.devnull, "wb") as nowhere:
            begun = time.perf_counter()
            process = subprocess.Popen(self.command, cwd=folder, stdout=nowhere, stderr=nowhere)
            _, status, usage = os.wait4(process.pid, 0)
            took = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        # 0 and 1 are clean and findings for all of them; ryl and yamllint have 2 for warnings only.
        if process.returncode not in (0, 1, 2):
            sys.exit(f"error: {self.name} ended with {process.returncode}")
        if counted:
            self.wall.append(took)
            self.cpu.append(usage.ru_utime + usage.ru_stime)
            self.peak = max(self.peak, usage.ru_maxrss)


def corpus(folder, count):
    """A folder with that many documents; made where it is not there yet as it would be made now."""
    made_by = (HERE / "corpus.py").read_bytes()
    mark = folder.parent / f"{folder.name}.made-by"
    if not (mark.exists() and mark.read_bytes() == made_by):
        shutil.rmtree(folder, ignore_errors=True)
        documents = folder / "postmortems"
        subprocess.run([sys.executable, HERE / "corpus.py", documents, str(count)], check=True)
        mark.write_bytes(made_by)
    return folder


def versus(ours, theirs, folder, rounds, counts):
    """Alternates two tools; prints both and the ratio of their medians."""
    one, other = Tool(*ours), Tool(*theirs)
    if rounds > 1:
        one.run(folder, counted=False)
        other.run(folder, counted=False)
    for number in range(rounds):
        order = (one, other) if number % 2 == 0 else (other, one)
        for tool in order:
            tool.run(folder)
    wall = statistics.median(one.wall) / statistics.median(other.wall)
    cpu = statistics.median(one.cpu) / statistics.median(other.cpu)
    for tool in (one, other):
        print(
            f"  {tool.name:34} {statistics.median(tool.wall):8.3f} s "
            f"(least {min(tool.wall):.3f}), {statistics.median(tool.cpu):8.3f} s of processors, "
            f"{tool.peak / 1024:.0f} MiB"
        )
    said, met = counts(wall)
    print(f"  {said}; by time of processors {counts(cpu)[0]}: {'met' if met else 'missed'}")
    return met


def times(least):
    return lambda ratio: (f"{1 / ratio:.0f} times as fast, goal {least}", 1 / ratio >= least)


def share(most):
    return lambda ratio: (f"{ratio:.2f} of its time, goal {most}", ratio <= most)


def growth(command, root, counts, rounds):
    """Prints what a file costs in small and large folders."""
    tools = [(count, corpus(root / str(count), count), Tool(f"{count} files", command)) for count in counts]
    for _, folder, tool in tools:
        tool.run(folder, counted=False)
    for _ in range(rounds):
        for count, folder, tool in tools:
            # As many small runs as fit, so that both see the same weather.
            for _ in range(1 if count == max(counts) else 4):
                tool.run(folder)
    each = []
    for count, _, tool in tools:
        each.append(statistics.median(tool.wall) / count)
        cpu = statistics.median(tool.cpu) / count
        print(
            f"  {count:6} files: {statistics.median(tool.wall):8.3f} s, {each[-1] * 1e6:6.1f} µs a file, "
            f"{cpu * 1e6:6.1f} µs of processors, {tool.peak / 1024:.0f} MiB"
        )
    more = each[-1] / each[0]
    met = more <= 1.15
    print(f"  a file among many costs {more:.2f} of one among few, goal 1.15: {'met' if met else 'missed'}")
    return met


def main():
    ask = argparse.ArgumentParser(prog="./benches/peers/run", description=__doc__)
    for given in ("--postmortem", "--typed-read", "--peers", "--corpus"):
        ask.add_argument(given, type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    ask.add_argument("--files", type=int, default=5000, help="how many documents (5000)")
    ask.add_argument("--rounds", type=int, default=9, help="how often the fast ones take turns (9)")
    ask.add_argument("--slow-rounds", type=int, default=1, help="how often the slow ones do (1)")
    ask.add_argument("--growth-rounds", type=int, default=3, help="how often 50,000 files are linted (3)")
    given = ask.parse_args()

    folder = corpus(given.corpus / str(given.files), given.files)
    lint = [given.postmortem, "lint", "postmortems"]
    ours = ("postmortem lint", lint)
    print(f"{given.files} documents, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    peers = given.peers
    goals = []
    if given.rounds:
        bare = ("bare typed read", [given.typed_read, "postmortems"])
        goals.append(versus(ours, bare, folder, given.rounds, share(1.6)))
        ryl = [peers / "ryl", "--no-cache", "--enable", RYL_RULES, "postmortems"]
        goals.append(versus(ours, ("ryl, three rules, no cache", ryl), folder, given.rounds, share(0.8)))
    if given.growth_rounds:
        goals.append(growth(lint, given.corpus, (500, 5000, 50000), given.growth_rounds))
    if given.slow_rounds:
        slow = ("yamllint", [peers / "yamllint", "postmortems"])
        goals.append(versus(ours, slow, folder, given.slow_rounds, times(100)))
        files = sorted(str(file.relative_to(folder)) for file in (folder / "postmortems").iterdir())
        check = [peers / "check-jsonschema", "--schemafile", SCHEMA, *files]
        goals.append(versus(ours, ("check-jsonschema", check), folder, given.slow_rounds, times(100)))
    sys.exit(0 if all(goals) else 1)


main()
