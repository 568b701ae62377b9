"""Medians of librosa's times, in milliseconds, from the bytes of a recording to its MFCCs.

    python librosa_features.py RECORDING RUNS

Prints one JSON object, or nothing when librosa cannot be imported.
"""

import io
import json
import statistics
import sys
import time

try:
    import librosa
except ImportError:
    sys.exit(0)

SAMPLE_RATE = 22050


def median_ms(run, runs):
    for _ in range(3):
        run()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(taken), 3)


def main(path, runs):
    with open(path, "rb") as file:
        recording = file.read()

    def decode():
        return librosa.load(io.BytesIO(recording), sr=None)

    def mfcc(samples):
        return librosa.feature.mfcc(y=samples, sr=SAMPLE_RATE, n_mfcc=40)

    mono, rate = decode()
    samples = librosa.resample(mono, orig_sr=rate, target_sr=SAMPLE_RATE)
    print(
        json.dumps(
            {
                "version": librosa.__version__,
                "decodeMs": median_ms(decode, runs),
                "resampleMs": median_ms(lambda: librosa.resample(mono, orig_sr=rate, target_sr=SAMPLE_RATE), runs),
                "mfccMs": median_ms(lambda: mfcc(samples), runs),
                "allMs": median_ms(lambda: mfcc(librosa.load(io.BytesIO(recording), sr=SAMPLE_RATE)[0]), runs),
            }
        )
    )


main(sys.argv[1], int(sys.argv[2]))
