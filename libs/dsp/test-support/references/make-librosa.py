"""Writes librosa.json; run it in this folder, with librosa 0.11."""

import librosa
import numpy as np
import scipy.signal
from signals import chord, noise, write

references = {}


def keep(name, values):
    references[name] = values


y = chord(2000)
bands = dict(sr=16000, n_fft=256, hop_length=250, n_mels=6)
for name, options in {
    "reflect": dict(pad_mode="reflect"),
    "edge": dict(pad_mode="edge"),
    "magnitude": dict(power=1),
    "hamming": dict(window="hamming", win_length=200),
    "blackman": dict(window="blackman", win_length=201),
    "bartlett": dict(window="bartlett"),
    "symmetric": dict(window=scipy.signal.get_window("hann", 256, fftbins=False)),
    "htk": dict(htk=True, norm=None, fmin=300, fmax=5000),
}.items():
    keep(f"mel {name}", librosa.feature.melspectrogram(y=y, **bands, **options))
keep("mel fft 400", librosa.feature.melspectrogram(y=y, **{**bands, "n_fft": 400}))
keep("mel reflect, 50 samples", librosa.feature.melspectrogram(y=chord(50), **bands, pad_mode="reflect"))

levels = (np.abs(noise(24)) ** 6).reshape(4, 6)
keep("decibels max", librosa.power_to_db(levels, ref=np.max, top_db=30))
keep("decibels ref 0.01", librosa.power_to_db(levels, ref=0.01, amin=1e-6, top_db=None))
keep("decibels amplitude", librosa.amplitude_to_db(levels, ref=np.max))
keep("decibels amplitude ref 1", librosa.amplitude_to_db(levels, ref=1.0, top_db=50))

features = noise(60).reshape(5, 12) * 10
for kind in (1, 2, 3):
    for norm in ("ortho", None):
        coefficients = librosa.feature.mfcc(S=features, n_mfcc=4, dct_type=kind, norm=norm)
        keep(f"dct {kind} {norm or 'none'}", coefficients)
keep("lifter 22", librosa.feature.mfcc(S=features, n_mfcc=4, lifter=22))
keep("mfcc", librosa.feature.mfcc(y=y, n_mfcc=5, dct_type=3, norm=None, lifter=3, htk=True, **bands))
for width, order, mode in ((9, 1, "interp"), (9, 2, "interp"), (5, 3, "interp"), (9, 1, "nearest"), (7, 2, "nearest")):
    keep(f"delta {width} {order} {mode}", librosa.feature.delta(features, width=width, order=order, mode=mode))

energies = np.abs(noise(40)).reshape(4, 10) * 1000
keep("pcen", librosa.pcen(energies, sr=16000, hop_length=160))
keep("pcen other", librosa.pcen(energies, sr=8000, gain=0.7, bias=1.5, power=0.25, time_constant=0.1, eps=1e-3))
keep("pcen power 0", librosa.pcen(energies, b=0.1, power=0))
keep("pcen bias 0", librosa.pcen(energies, b=0.1, bias=0))

keep("preemphasis", librosa.effects.preemphasis(y[1000:1020]))
keep("preemphasis kept", librosa.effects.preemphasis(y[1000:1020], coef=0.9, zi=np.zeros(1)))

hushed = np.concatenate([noise(9000) * 1e-5, chord(9000), noise(9000, 2) * 1e-4])
keep("trim", librosa.effects.trim(hushed)[1])
keep("trim 30", librosa.effects.trim(hushed, top_db=30, frame_length=400, hop_length=160)[1])
keep("trim ref 1", librosa.effects.trim(hushed, ref=1.0, top_db=20)[1])
keep("trim silence", librosa.effects.trim(np.zeros(5000))[1])

write("librosa", f"librosa {librosa.__version__}, numpy {np.__version__}", references)
