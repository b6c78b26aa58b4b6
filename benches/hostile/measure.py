"""Runs commands over hostile documents, and prints which of them took long or much."""

import os
import pathlib
import subprocess
import sys

MOST_SECONDS = 0.1
MOST_KIB = 64 * 1024
# Fixing and formatting go in rounds, each with two readings, and hold two documents at a time.
ROUNDS, TEXTS = 12, 2
FORMATS = "human concise json jsonl sarif github gitlab junit rdjson checkstyle".split()


def run(command, folder):
    """The exit code, the least time of processors of three runs in seconds, and the peak in KiB."""
    seconds, peak = [], 0
    for _ in range(3):
        # Nothing on stdin either: no terminal, nobody to ask.
        with open(os.devnull, "r+b") as nowhere:
            process = subprocess.Popen(command, cwd=folder, stdin=nowhere, stdout=nowhere, stderr=nowhere)
            _, status, usage = os.wait4(process.pid, 0)
        code = process.returncode = os.waitstatus_to_exitcode(status)
        seconds.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss)
        if seconds[-1] <= MOST_SECONDS:
            break
    return code, min(seconds), peak


def main():
    tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    commands = [["lint", f"--format={name}"] for name in FORMATS]
    changing = [["lint", "--diff", "--fix=safe"], ["lint", "--diff", "--fix=unsafe"], ["fmt", "--check"]]
    commands += [*changing, ["fill"], ["render", "--format=md"], ["render", "--format=html"], ["show"]]
    files = sorted(folder.glob("*.yaml"))
    missed, slowest, largest = 0, (0.0, ""), (0, "")
    for file in files:
        for command in commands:
            code, seconds, peak = run([tool, *command, file.name], folder)
            name = f"{' '.join(command)} {file.name}"
            slowest, largest = max(slowest, (seconds, name)), max(largest, (peak, name))
            rounds, texts = (ROUNDS, TEXTS) if command in changing else (1, 1)
            if code not in (0, 1, 2) or seconds > MOST_SECONDS * rounds or peak > MOST_KIB * texts:
                missed += 1
                print(f"missed: {name}: exit code {code}, {seconds * 1000:.0f} ms, {peak / 1024:.0f} MiB")
    runs = len(files) * len(commands)
    print(f"{runs} runs over {len(files)} documents, {missed} of them missed the goal")
    print(f"slowest: {slowest[0] * 1000:.0f} ms of processors, {slowest[1]}")
    print(f"largest: {largest[0] / 1024:.0f} MiB, {largest[1]}")
    sys.exit(1 if missed else 0)


main()
