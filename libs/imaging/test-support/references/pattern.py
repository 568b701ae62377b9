"""The pattern that every reference is computed of, and how references are written."""

import json

import numpy as np


def pattern(width, height):
    y, x = np.mgrid[:height, :width]
    return ((7 * y * y + 3 * x * x + 5 * x * y) % 97) / 96


def write(name, source, references):
    lines = {key: " ".join(f"{value:.7g}" for value in np.ravel(values)) for key, values in references.items()}
    with open(f"{name}.json", "w") as file:
        json.dump({"source": source, **lines}, file, indent=2)
        file.write("\n")
