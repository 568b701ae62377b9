"""Writes scikit-image.json; run it in this folder, with scikit-image 0.26 and Pillow 12.3."""

import numpy as np
import PIL
import skimage
from pattern import pattern, write
from PIL import Image
from skimage.filters import threshold_otsu
from skimage.transform import resize

references = {}
for (width, height), (to_width, to_height) in [((13, 9), (5, 4)), ((3, 12), (7, 3)), ((6, 1), (3, 2)), ((40, 31), (28, 28))]:
    name = f"{width}x{height} to {to_width}x{to_height}"
    image = pattern(width, height)
    references[f"scikit-image {name}"] = resize(image, (to_height, to_width), order=1, anti_aliasing=True)
    # Of floats, so that Pillow does not round to 8 bits between the two axes.
    floats = Image.fromarray(image.astype(np.float32), mode="F")
    for method in ("triangle", "nearest"):
        how = Image.Resampling.BILINEAR if method == "triangle" else Image.Resampling.NEAREST
        references[f"{method} {name}"] = np.asarray(floats.resize((to_width, to_height), how))

for width, height in [(13, 9), (40, 31)]:
    references[f"otsu {width}x{height}"] = threshold_otsu(pattern(width, height).astype(np.float32) ** 2)

write("scikit-image", f"scikit-image {skimage.__version__}, Pillow {PIL.__version__}", references)
