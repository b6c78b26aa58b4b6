"""What benches that compare programs share: runs turn by turn, medians and ratios."""

import atexit
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


class Tool:
    """A program, what it is given, what it makes, and what its runs took."""

    def __init__(self, name, command, makes=None):
        self.name = name
        # Gone before each run: to write over what is there takes longer, and no two programs do it alike.
        self.makes = makes
        self.command = [str(part) for part in command]
        self.wall = []
        self.cpu = []
        self.peak = 0

    def run(self, folder, counted=True):
        if self.makes and (folder / self.makes).is_dir():
            # Not deleted before the end: where many files went just now, ext4 looks long for room for new ones.
            aside = pathlib.Path(tempfile.mkdtemp(prefix="made-", dir=folder))
            (folder / self.makes).rename(aside / self.makes)
            atexit.register(shutil.rmtree, aside)
        elif self.makes:
            (folder / self.makes).unlink(missing_ok=True)
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
