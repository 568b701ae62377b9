"""Writes the compressed recordings beside this file and recordings.json, what other decoders read of them.

Run by hand, with ffmpeg 5.1, sox 14.4 and flac 1.4.2 on the path: python make-recordings.py
Needs numpy and soundfile (libsndfile 1.2.2); what libsndfile does not read is read by ffmpeg or flac.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import soundfile

HERE = Path(__file__).parent
ORIGINAL = "/tmp/original.wav"
# Vorbis and Opus write channels of 5.1 in an order of their own, which ffmpeg changes to its own.
FROM_FFMPEG_ORDER = [0, 2, 1, 4, 5, 3]

FFMPEG = {
    "mono-8k-s16.flac": "-t 0.4 -ac 1 -ar 8000 -sample_fmt s16",
    "stereo-44k-s24.flac": "-t 0.1 -sample_fmt s32",
    "six-16k-s16.flac": "-t 0.1 -ar 16000 -sample_fmt s16 {six}",
    "stereo-22k.oga": "-t 0.2 -ar 22050 -sample_fmt s16 -c:a flac -f ogg",
    "mono-16k.ogg": "-t 1 -ac 1 -ar 16000 -c:a libvorbis",
    "mono-16k-second.ogg": "-t 0.3 -ac 1 -ar 16000 -c:a libvorbis -serial_offset 7",
    "stereo-44k.ogg": "-t 0.5 -c:a libvorbis",
    "six-48k.ogg": "-t 0.3 -ar 48000 -c:a libvorbis {six}",
    "mono-24k.opus": "-t 1 -ac 1 -b:a 24k -frame_duration 60 -c:a libopus",
    "stereo-64k.opus": "-t 0.5 -b:a 64k -c:a libopus",
    "six-128k.opus": "-t 0.3 -ar 48000 -b:a 128k -c:a libopus {six}",
    "stereo-44k.mp3": "-t 0.5 -b:a 96k -c:a libmp3lame",
    "stereo-48k-vbr.mp3": "-t 0.5 -ar 48000 -q:a 5 -c:a libmp3lame",
    "mono-22k-tags.mp3": "-t 0.5 -ac 1 -ar 22050 -b:a 32k -c:a libmp3lame -metadata title=Sweep -write_id3v1 1",
    "mono-8k.mp3": "-t 1 -ac 1 -ar 8000 -b:a 8k -c:a libmp3lame",
    "stereo-44k-no-header.mp3": "-t 0.3 -b:a 64k -c:a libmp3lame -write_xing 0 -id3v2_version 0",
    "stereo-48k.mp2": "-t 0.2 -ar 48000 -b:a 96k -c:a mp2",
}
SIX = "-af 'pan=5.1|c0=c0|c1=c1|c2=0.5*c0+0.5*c1|c3=0.2*c0|c4=0.7*c0|c5=0.6*c1'"
SOX_AND_FLAC = {
    "stereo-16k-s8.flac": "sox {original} -r 16000 -b 8 {file} trim 0 0.2",
    "stereo-16k-s32.flac": "sox {original} -r 16000 -b 32 /tmp/short.wav trim 0 0.1 && flac -sf -8 -o {file} /tmp/short.wav",
    "stereo-16k-plain-unknown-length.flac": (
        "sox {original} -r 16000 -b 16 -t raw - trim 0 0.1 | "
        "flac -sf -0 --force-raw-format --endian=little --sign=signed --channels=2 --bps=16 --sample-rate=16000 - > {file}"
    ),
}


def run(command):
    subprocess.run(command, shell=True, check=True)


def make():
    source = (
        "aevalsrc='0.4*sin(2*PI*440*t)+0.2*sin(2*PI*(200+1500*t)*t)"
        "|0.3*sin(2*PI*660*t+1)+0.1*sin(2*PI*3000*t)':s=44100:d=1"
    )
    run(f'ffmpeg -v error -y -f lavfi -i "{source}" -c:a pcm_s32le {ORIGINAL}')
    for name, options in FFMPEG.items():
        run(f"ffmpeg -v error -y -i {ORIGINAL} {options.format(six=SIX)} -fflags +bitexact -flags +bitexact {HERE / name}")
    for name, command in SOX_AND_FLAC.items():
        run(command.format(original=ORIGINAL, file=HERE / name))


def read(path):
    """Samples by frame and channel, their rate, and who read them."""
    if "s32" in path.name:
        run(f"flac -sdf -o /tmp/decoded.wav {path}")
        return *soundfile.read("/tmp/decoded.wav", dtype="float32", always_2d=True), "flac 1.4.2"
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
        return samples, rate, f"libsndfile {soundfile.__libsndfile_version__}"
    except (soundfile.LibsndfileError, ValueError):
        pass
    probe = f"ffprobe -v error -show_entries stream=sample_rate,channels -of csv=p=0 {path}"
    rate, channels = map(int, subprocess.check_output(probe, shell=True, text=True).split()[0].split(","))
    raw = subprocess.check_output(f"ffmpeg -nostdin -v error -i {path} -f f32le -", shell=True)
    samples = np.frombuffer(raw, np.float32).reshape(-1, channels)
    if channels == 6 and path.suffix != ".flac":
        samples = samples[:, FROM_FFMPEG_ORDER]
    return samples, rate, "ffmpeg 5.1"


def described(path):
    samples, rate, reader = read(path)
    frames, channels = samples.shape
    positions = [0, 1, 500, frames // 3, frames // 2, frames - 500, frames - 1]
    return {
        "reader": reader,
        "sampleRate": rate,
        "channels": channels,
        "frames": frames,
        "peak": float(np.abs(samples).max()),
        "rms": float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))),
        "at": {str(position): samples[position].tolist() for position in positions},
    }


if __name__ == "__main__":
    make()
    files = sorted(path for path in HERE.iterdir() if path.suffix in {".flac", ".oga", ".ogg", ".opus", ".mp3", ".mp2"})
    (HERE / "recordings.json").write_text(json.dumps({path.name: described(path) for path in files}, indent=1) + "\n")
