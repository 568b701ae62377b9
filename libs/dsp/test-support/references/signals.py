"""The signals of ../signals.ts, value for value, and a writer of references."""

import json

import numpy as np


def noise(samples, seed=1):
    values = np.empty(samples)
    for i in range(samples):
        seed = seed * 48271 % 2147483647
        values[i] = seed / 2147483647 - 0.5
    return values.astype(np.float32)


def chord(samples, sample_rate=16000):
    """Three sines and noise, rising from silence."""
    t = np.arange(samples)
    tones = sum(a * np.sin(2 * np.pi * hz * t / sample_rate) for hz, a in ((220, 0.3), (1130, 0.2), (3100, 0.1)))
    return ((tones + 0.02 * noise(samples).astype(np.float64)) * t / samples).astype(np.float32)


def write(name, source, references):
    """Values in one string, with seven digits, as many as float32 has: Prettier would give each a line of its own."""
    texts = {key: " ".join(f"{value:.7g}" for value in np.asarray(values).ravel()) for key, values in references.items()}
    with open(f"{name}.json", "w") as file:
        file.write(json.dumps({"source": source, **texts}, indent=2) + "\n")
