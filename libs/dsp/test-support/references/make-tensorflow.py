"""Writes tensorflow.json; run it in this folder, with tensorflow or tensorflow-cpu 2.21."""

import tensorflow as tf
from signals import chord, write

references = {}
references["spectrogram 255/128"] = tf.transpose(tf.abs(tf.signal.stft(chord(600), 255, 128))).numpy()


def log_mel(name, window, stride, lower, upper, sample_rate=16000, samples=3200):
    spectrum = tf.signal.stft(chord(samples, sample_rate), window, stride)
    bank = tf.signal.linear_to_mel_weight_matrix(40, spectrum.shape[-1], sample_rate, lower, upper)
    references[name] = tf.transpose(tf.math.log(tf.abs(spectrum) @ bank + 1e-6)).numpy()


log_mel("log-mel 30/20", 480, 320, 20.0, 4000.0)
log_mel("log-mel 40/20", 640, 320, 20.0, 7600.0)
log_mel("log-mel odd", 441, 176, 80.0, 3800.0, sample_rate=11025)


def cepstrum(name, window, stride, sample_rate=16000, samples=3200, gain=1, **options):
    audio = gain * chord(samples, sample_rate)[:, None]
    spectrogram = tf.raw_ops.AudioSpectrogram(input=audio, window_size=window, stride=stride, magnitude_squared=True)
    coefficients = tf.raw_ops.Mfcc(spectrogram=spectrogram, sample_rate=sample_rate, **options)
    references[name] = tf.transpose(coefficients[0]).numpy()


cepstrum("mfcc 30/10", 480, 160)
cepstrum("mfcc 30/20, 40", 480, 320, dct_coefficient_count=40)
cepstrum("mfcc odd", 441, 176, sample_rate=11025, dct_coefficient_count=10)
cepstrum("mfcc of silence", 480, 160, samples=480, gain=0)

write("tensorflow", f"tensorflow {tf.__version__}", references)
