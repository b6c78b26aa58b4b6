"""Runs linters on the same files turn by turn, and prints medians and ratios."""

import argparse
import os
import pathlib
import statistics
import sys

from turns import Tool, corpus, share, times, versus

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parents[1] / "postmortem.schema.json"
RYL_RULES = "key-duplicates,trailing-spaces,truthy"


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
