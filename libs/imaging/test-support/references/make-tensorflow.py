"""Writes tensorflow.json; run it in this folder, with tensorflow or tensorflow-cpu 2.21."""

import tensorflow as tf
from keras.preprocessing.image import smart_resize
from pattern import pattern, write

references = {}
sizes = [((13, 9), (5, 4)), ((3, 12), (7, 3)), ((6, 1), (3, 2)), ((40, 31), (28, 28))]
for (width, height), (to_width, to_height) in sizes:
    name = f"{width}x{height} to {to_width}x{to_height}"
    image = tf.constant(pattern(width, height)[..., None], tf.float32)
    for method in ("bilinear", "area", "nearest"):
        references[f"{method} {name}"] = tf.image.resize(image, (to_height, to_width), method).numpy()
    references[f"triangle {name}"] = tf.image.resize(image, (to_height, to_width), antialias=True).numpy()
    # TensorFlow finds no room for an image that would be less than a pixel wide or high.
    if min(width, height) > 3:
        references[f"pad {name}"] = tf.image.resize_with_pad(image, to_height, to_width).numpy()
    references[f"crop {name}"] = smart_resize(image, (to_height, to_width))

write("tensorflow", f"tensorflow {tf.__version__}", references)
