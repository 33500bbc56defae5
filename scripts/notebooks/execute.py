"""Executes notebooks from top to bottom, each in a kernel of its own.

  execute.py NOTEBOOK...            compares every printed output with the committed one; pictures are made, not compared
  execute.py --update NOTEBOOK...   writes the outputs into the notebooks instead
"""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient


def printed(cell):
    """Text of a cell's outputs: streams, and the plain text of values that are no picture."""
    texts = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if output["output_type"] == "stream" and output["name"] == "stdout":
            texts.append(output["text"])
        elif "image/png" not in data and "text/plain" in data:
            texts.append(data["text/plain"])
    return "".join(texts)


def execute(path):
    notebook = nbformat.read(path, as_version=4)
    committed = [printed(cell) for cell in notebook.cells]
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook, committed


def without_machine(notebook):
    """When a cell ran, and on which Python, says nothing of the notebook."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def main(arguments):
    update = "--update" in arguments
    stale = 0
    for path in map(pathlib.Path, filter(lambda argument: argument != "--update", arguments)):
        notebook, committed = execute(path)
        if update:
            nbformat.write(without_machine(notebook), path)
        for number, (before, cell) in enumerate(zip(committed, notebook.cells)):
            if not update and printed(cell) != before:
                stale += 1
                print(f"{path.name}, cell {number}: committed\n{before}\nexecuted\n{printed(cell)}", file=sys.stderr)
        print(f"{path.name}: {sum(cell.cell_type == 'code' for cell in notebook.cells)} cells executed")
    if stale:
        print("npm run test:notebooks -- --update writes the new outputs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
