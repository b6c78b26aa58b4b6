"""The script that somebody writes on an afternoon: a page of each document with PyYAML, Jinja2 and Markdown.

    script.py DOCUMENTS PAGES
"""

import pathlib
import sys

import jinja2
import markdown
import yaml

HERE = pathlib.Path(__file__).resolve().parent


def prose(text):
    return jinja2.utils.markupsafe.Markup(markdown.markdown(text, extensions=["tables", "fenced_code"]))


def main():
    documents, pages = (pathlib.Path(given) for given in sys.argv[1:3])
    pages.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["prose"] = prose
    template = environment.get_template("page.html")
    # The loader that is written in C, where it is there.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for file in sorted(documents.glob("*.yaml")):
        document = yaml.load(file.read_text(), Loader=loader)
        (pages / f"{file.stem}.html").write_text(template.render(document))


main()
