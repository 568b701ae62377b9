"""Writes the images of this folder and images.json, what Pillow 12.3 reads in them; run it in this folder."""

import json
import struct
import sys

import numpy as np
import PIL
from PIL import Image, ImageOps

width, height = 13, 9
y, x = np.mgrid[:height, :width]
rgb = np.stack([20 * x, 28 * y, 255 - 10 * (x + y)], -1).astype(np.uint8)
alpha = np.where(x < 4, 0, np.where(x < 8, 128, 255)).astype(np.uint8)
colour = Image.fromarray(rgb)
grey = colour.convert("L")
clear = Image.fromarray(np.dstack([rgb, alpha]))
palette = colour.quantize(16)
images = {}


def expect(name, pixels, most_off=0):
    """On white, turned upright; `most_off`: by how many steps of 255 decoders may differ."""
    image = ImageOps.exif_transpose(pixels)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    values = np.asarray(image.convert("RGB"))
    images[name] = {"width": values.shape[1], "height": values.shape[0], "mostOff": most_off, "rgb": values.tobytes().hex()}


def save(name, image, most_off=0, **options):
    image.save(name, **options)
    with Image.open(name) as read:
        expect(name, read, most_off)


save("colour.png", colour)
save("grey.png", grey)
save("palette.png", palette)
save("one-bit.png", grey.convert("1"))
# What is half transparent is rounded differently.
save("clear.png", clear, 1)
save("clear-grey.png", clear.convert("LA"), 1)
Image.fromarray((257 * np.asarray(grey, np.uint16)).astype(np.uint16)).save("grey-16.png")
expect("grey-16.png", grey)

# Decoders of lossy formats differ by a step or two.
save("colour.jpeg", colour, 2, quality=95, subsampling=0)
save("grey.jpeg", grey, 2, quality=95)
save("progressive.jpeg", colour, 2, quality=95, subsampling=0, progressive=True)
colour.convert("CMYK").save("cmyk.jpeg")
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    save(f"turned-{orientation}.jpeg", colour, 2, quality=95, subsampling=0, exif=exif)

save("colour.webp", colour, lossless=True)
save("lossy.webp", colour, 3, quality=90)
save("moving.webp", colour, lossless=True, save_all=True, append_images=[ImageOps.invert(colour)])
save("colour.gif", palette)
save("moving.gif", palette, save_all=True, append_images=[ImageOps.invert(colour).quantize(16)])
save("clear.gif", palette, transparency=3)

for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
    save(f"{compression}.tiff", colour, compression=compression)
save("grey.tiff", grey)
save("one-bit.tiff", grey.convert("1"), compression="group4")
save("pages.tiff", colour, save_all=True, append_images=[ImageOps.invert(colour)])
Image.fromarray(np.asarray(grey, np.float32)).save("float.tiff")


def bmp(name, header, start, rows, read=None, most_off=0):
    """`rows` from below, filled up to 4 bytes unless they are run lengths."""
    data = rows if isinstance(rows, bytes) else b"".join(row + bytes(-len(row) % 4) for row in rows)
    start += 14
    with open(name, "wb") as file:
        file.write(b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + header + data)
    if read is not None:
        expect(name, read, most_off)
        return
    with Image.open(name) as image:
        expect(name, image, most_off)


def info(bits, compression=0, size=40, colours=0, top_down=False):
    return struct.pack("<IiiHHIIiiII", size, width, -height if top_down else height, 1, bits, compression, 0, 0, 0, colours, 0)


indices = np.asarray(palette)
table = b"".join(bytes([b, g, r, 0]) for r, g, b in np.array(palette.getpalette()[:48]).reshape(-1, 3).tolist())
upwards = range(height - 1, -1, -1)
nibbles = [bytes(np.packbits(np.unpackbits(indices[row][:, None], axis=1)[:, 4:].ravel()).tolist()) for row in upwards]
save("colour-24.bmp", colour)
save("palette-8.bmp", palette)
save("one-bit.bmp", grey.convert("1"))
bmp("palette-4.bmp", info(4, colours=16) + table, 40 + 64, nibbles)
bmp("top-down-24.bmp", info(24, top_down=True), 40, [rgb[row, :, ::-1].tobytes() for row in range(height)])
core = struct.pack("<IHHHH", 12, width, height, 1, 24)
bmp("core-24.bmp", core, 12, [rgb[row, :, ::-1].tobytes() for row in upwards])
fives = ((rgb[..., 0] // 8).astype(np.uint16) << 10) | ((rgb[..., 1] // 8).astype(np.uint16) << 5) | (rgb[..., 2] // 8)
of_fives = Image.fromarray(np.round(rgb // 8 * (255 / 31)).astype(np.uint8))
bmp("colour-16.bmp", info(16), 40, [fives[row].astype("<u2").tobytes() for row in upwards], of_fives)
sixes = ((rgb[..., 0] // 8).astype(np.uint16) << 11) | ((rgb[..., 1] // 4).astype(np.uint16) << 5) | (rgb[..., 2] // 8)
of_sixes = np.dstack([rgb[..., 0] // 8 * (255 / 31), rgb[..., 1] // 4 * (255 / 63), rgb[..., 2] // 8 * (255 / 31)])
masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
bmp(
    "masks-16.bmp",
    info(16, 3) + masks,
    52,
    [sixes[row].astype("<u2").tobytes() for row in upwards],
    Image.fromarray(np.round(of_sixes).astype(np.uint8)),
)
bgrx = np.dstack([rgb[..., ::-1], alpha])
bmp("colour-32.bmp", info(32), 40, [bgrx[row].tobytes() for row in upwards], colour)
v4 = info(32, 3, 108) + struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + bytes(52)
bmp("clear-32.bmp", v4, 108, [bgrx[row].tobytes() for row in upwards], clear, 1)


def run_lengths(row, bits):
    """Runs for the first half of the row, literal pixels for the second, and the code that ends it."""
    half = len(row) // 2
    coded = b"".join(bytes([1, int(value) << (8 - bits)]) for value in row[:half])
    rest = row[half:]
    literal = rest.tobytes() if bits == 8 else bytes(np.packbits(np.unpackbits(rest[:, None], axis=1)[:, 4:].ravel()).tolist())
    return coded + bytes([0, len(rest)]) + literal + bytes(len(literal) % 2) + bytes([0, 0])


for bits in (8, 4):
    runs = b"".join(run_lengths(indices[row], bits) for row in upwards) + bytes([0, 1])
    bmp(f"run-lengths-{bits}.bmp", info(bits, 1 if bits == 8 else 2, colours=16) + table, 40 + 64, runs, palette)

with open("images.json", "w") as file:
    json.dump({"source": f"Pillow {PIL.__version__}", **images}, file, indent=2)
    file.write("\n")
