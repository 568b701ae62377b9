"""Makes the small Keras files beside this script, and what Keras 3 predicts with them.

    pip install keras tensorflow-cpu
    python test/models/keras/make_references.py

Each family is one model with an output for each layer or option that is tried. It is saved as HDF5 and as a .keras
archive, both gzipped. Needed only to make them anew; the tests read the files alone.
"""

import base64
import gzip
import json
import os
import pathlib
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
import keras
import numpy as np
from keras import layers as L

HERE = pathlib.Path(__file__).parent
RNG = np.random.default_rng(7)


def chain(*steps):
    """Layers one after the other."""

    def apply(value):
        for step in steps:
            value = step(value)
        return value

    return apply


def convolutions():
    line, image, first = keras.Input((9, 4), name="line"), keras.Input((7, 6, 4), name="image"), keras.Input((4, 7, 6), name="first")
    return [line, image, first], {
        "conv1d_causal": L.Conv1D(3, 3, padding="causal", dilation_rate=2)(line),
        "conv1d_same_stride": L.Conv1D(3, 4, padding="same", strides=3, activation="relu")(line),
        "conv1d_groups": L.Conv1D(6, 2, groups=2, use_bias=False)(line),
        "conv2d_same_stride": L.Conv2D(3, (3, 2), padding="same", strides=(2, 2), activation="tanh")(image),
        "conv2d_dilation": L.Conv2D(2, 2, dilation_rate=(2, 3))(image),
        "conv2d_groups": L.Conv2D(4, 3, groups=4, padding="same")(image),
        "depthwise1d": L.DepthwiseConv1D(3, depth_multiplier=2, strides=2, padding="same")(line),
        "depthwise2d": L.DepthwiseConv2D((2, 3), depth_multiplier=2, activation="elu")(image),
        "separable1d": L.SeparableConv1D(3, 3, padding="same", depth_multiplier=2)(line),
        "separable2d": L.SeparableConv2D(3, 3, padding="same", strides=2, activation="relu")(image),
        "transposed1d_valid": L.Conv1DTranspose(3, 2, strides=3)(line),
        "transposed1d_same": L.Conv1DTranspose(3, 4, strides=2, padding="same", activation="softsign")(line),
        "transposed2d_valid": L.Conv2DTranspose(2, (3, 2), strides=(2, 3))(image),
        "transposed2d_same": L.Conv2DTranspose(2, 3, strides=2, padding="same", use_bias=False)(image),
        "transposed2d_further": L.Conv2DTranspose(2, 3, strides=(2, 3), padding="same", output_padding=(1, 2))(image),
        "transposed2d_further_valid": L.Conv2DTranspose(2, 3, strides=2, output_padding=1)(image),
    }




def poolings():
    line, image, first = keras.Input((9, 3), name="line"), keras.Input((7, 6, 3), name="image"), keras.Input((3, 7, 6), name="first")
    return [line, image, first], {
        "max1d": L.MaxPooling1D(3, strides=2)(line),
        "max1d_same": L.MaxPooling1D(2, padding="same")(line),
        "average1d_same": L.AveragePooling1D(4, strides=3, padding="same")(line),
        "max2d": L.MaxPooling2D((2, 3), strides=1)(image),
        "max2d_same": L.MaxPooling2D(2, padding="same")(image),
        "average2d_same": L.AveragePooling2D(3, strides=2, padding="same")(image),
        "global_max1d": L.GlobalMaxPooling1D(keepdims=True)(line),
        "global_average1d": L.GlobalAveragePooling1D()(line),
        "global_max2d": L.GlobalMaxPooling2D()(image),
        "global_average2d": L.GlobalAveragePooling2D(keepdims=True)(image),
        "global_max2d_first": L.GlobalMaxPooling2D(data_format="channels_first")(first),
        "global_average2d_first": L.GlobalAveragePooling2D(data_format="channels_first", keepdims=True)(first),
        "global_average1d_first": L.GlobalAveragePooling1D(data_format="channels_first")(line),
    }


def normalizations():
    line, image = keras.Input((5, 4), name="line"), keras.Input((3, 4, 2), name="image")
    mean = np.array([0.5, -1.0, 2.0, 0.25], "float32")
    adapted = L.Normalization(axis=-1, name="normalization_adapted")
    adapted.adapt(RNG.normal(1, 2, (20, 5, 4)))
    return [line, image], {
        "batch": L.BatchNormalization()(image),
        "batch_axis": L.BatchNormalization(axis=1, epsilon=0.01)(image),
        "batch_plain": L.BatchNormalization(scale=False, center=False)(line),
        "layer": L.LayerNormalization()(line),
        "layer_axes": L.LayerNormalization(axis=[2, 3], epsilon=0.1)(image),
        "layer_plain": L.LayerNormalization(scale=False, center=False)(line),
        "normalization": L.Normalization(mean=mean, variance=mean**2)(line),
        "normalization_invert": L.Normalization(mean=mean, variance=mean**2, invert=True)(line),
        "normalization_one": L.Normalization(axis=None, mean=0.5, variance=4.0)(image),
        "normalization_adapted": adapted(line),
        "rescaling": L.Rescaling(1 / 127.5, offset=-1)(image),
        "rescaling_list": L.Rescaling([2.0, 0.5], offset=[1.0, -1.0])(image),
    }


def activations():
    line = keras.Input((3, 4), name="line")
    names = "relu relu6 leaky_relu elu selu gelu silu swish mish sigmoid hard_sigmoid hard_silu tanh hard_tanh"
    names += " softmax log_softmax softplus softsign exponential log_sigmoid linear"
    outputs = {f"act_{name}": L.Activation(name)(line) for name in names.split()}
    outputs.update(
        {
            "relu_layer": L.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.25)(line),
            "leaky_relu_layer": L.LeakyReLU(negative_slope=0.15)(line),
            "elu_layer": L.ELU(alpha=0.7)(line),
            "prelu": L.PReLU()(line),
            "prelu_shared": L.PReLU(shared_axes=[1])(line),
            "softmax_axis": L.Softmax(axis=1)(line),
            "dense_leaky": L.Dense(3, activation=L.LeakyReLU(negative_slope=0.4))(line),
            "dense_function": L.Dense(3, activation=keras.activations.gelu)(line),
            "dropouts": chain(
                L.Dropout(0.5), L.SpatialDropout1D(0.5), L.GaussianNoise(0.5), L.GaussianDropout(0.5), L.AlphaDropout(0.5), L.ActivityRegularization(0.1), L.Dense(3)
            )(line),
        }
    )
    return [line], outputs


def shaping():
    vector, line = keras.Input((6,), name="vector"), keras.Input((5, 4), name="line")
    image, first = keras.Input((4, 5, 2), name="image"), keras.Input((2, 4, 5), name="first")
    return [vector, line, image, first], {
        "flatten": L.Flatten()(image),
        "flatten_first": L.Flatten(data_format="channels_first")(first),
        "reshape": L.Reshape((5, -1, 2))(image),
        "permute": L.Permute((3, 1, 2))(image),
        "repeat_vector": L.RepeatVector(3)(vector),
        "pad1d": L.ZeroPadding1D((1, 2))(line),
        "pad2d": L.ZeroPadding2D(((1, 0), (2, 3)))(image),
        "pad2d_first": L.ZeroPadding2D((1, 2), data_format="channels_first")(first),
        "crop1d": L.Cropping1D((1, 2))(line),
        "crop2d": L.Cropping2D(((1, 0), (2, 1)))(image),
        "crop2d_first": L.Cropping2D(1, data_format="channels_first")(first),
        "up1d": L.UpSampling1D(3)(line),
        "up2d": L.UpSampling2D((2, 3))(image),
        "up2d_bilinear": L.UpSampling2D((2, 3), interpolation="bilinear")(image),
        "up2d_first": L.UpSampling2D(2, data_format="channels_first")(first),
    }


def merging():
    a, b = keras.Input((3, 4), name="a"), keras.Input((3, 4), name="b")
    c, row = keras.Input((3, 4), name="c"), keras.Input((1, 4), name="row")
    return [a, b, c, row], {
        "add": L.Add()([a, b, c]),
        "add_broadcast": L.Add()([a, row]),
        "subtract": L.Subtract()([a, b]),
        "multiply": L.Multiply()([a, b, c]),
        "average": L.Average()([a, b, c]),
        "maximum": L.Maximum()([a, b, c]),
        "minimum": L.Minimum()([a, b]),
        "concatenate": L.Concatenate()([a, b, c]),
        "concatenate_axis": L.Concatenate(axis=1)([a, row]),
        "dot": L.Dot(axes=2)([a, b]),
        "dot_axes": L.Dot(axes=(1, 1))([a, b]),
        "dot_normalized": L.Dot(axes=-1, normalize=True)([L.Flatten()(a), L.Flatten()(b)]),
    }


def recurrent():
    line, image = keras.Input((5, 3), name="line"), keras.Input((4, 6, 5, 2), name="image")
    tokens = keras.Input((5,), name="tokens")
    embedded = L.Embedding(9, 3)(tokens)
    return [line, image, tokens], {
        "simple": L.SimpleRNN(2)(line),
        "simple_relu": L.SimpleRNN(2, activation="relu", use_bias=False, return_sequences=True)(line),
        "lstm": L.LSTM(2)(line),
        "lstm_sequences": L.LSTM(2, return_sequences=True, dropout=0.2)(line),
        "lstm_backwards": L.LSTM(2, return_sequences=True, go_backwards=True)(line),
        "lstm_backwards_last": L.LSTM(2, go_backwards=True)(line),
        "lstm_hard": L.LSTM(2, recurrent_activation="hard_sigmoid", use_bias=False)(line),
        "gru": L.GRU(2)(line),
        "gru_before": L.GRU(2, reset_after=False, return_sequences=True)(line),
        "gru_plain": L.GRU(2, use_bias=False)(line),
        "bidirectional_concat": L.Bidirectional(L.LSTM(2, return_sequences=True))(line),
        "bidirectional_sum": L.Bidirectional(L.GRU(2), merge_mode="sum")(line),
        "bidirectional_ave": L.Bidirectional(L.SimpleRNN(2, return_sequences=True), merge_mode="ave")(line),
        "bidirectional_mul": L.Bidirectional(L.LSTM(2), merge_mode="mul")(line),
        "bidirectional_backward": L.Bidirectional(
            L.LSTM(2, return_sequences=True), backward_layer=L.GRU(3, return_sequences=True, go_backwards=True)
        )(line),
        "distributed_dense": L.TimeDistributed(L.Dense(2, activation="relu"))(line),
        "distributed_conv": chain(
            L.TimeDistributed(L.Conv2D(2, 3, activation="relu")), L.TimeDistributed(L.MaxPooling2D()), L.TimeDistributed(L.Flatten()), L.LSTM(2)
        )(image),
        "embedding": embedded,
        "embedding_flat": chain(L.Embedding(9, 2, mask_zero=True), L.Flatten(), L.Dense(2))(tokens),
        "embedding_gru": L.GRU(2)(embedded),
    }


def models():
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    shared = L.Dense(3, activation="tanh", name="shared")
    sequence = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu"), L.Dropout(0.2), L.Dense(2)], name="sequence")
    into = keras.Input((3,))
    hidden = L.BatchNormalization()(L.Dense(3)(into))
    frozen = keras.Model(into, [hidden, L.Dense(2)(hidden)], name="frozen")
    frozen.layers[1].trainable = False
    outer = keras.Sequential([keras.Input((3,)), L.Dense(3), keras.Sequential([keras.Input((3,)), L.Dense(3), L.Dense(2)])], name="outer")
    left, right = shared(a), shared(b)
    one, two = frozen(left, training=False)
    three, four = frozen(right)
    return [a, b], {
        "shared_left": L.Activation("linear")(left),
        "shared_right": L.Activation("linear")(right),
        "sequence_left": L.Identity()(sequence(left)),
        "sequence_right": L.Identity()(sequence(right)),
        "frozen_one": L.Identity()(one),
        "frozen_four": L.Add()([two, four]),
        "frozen_three": L.Identity()(three),
        "nested": L.Identity()(outer(left)),
    }


def volumes():
    volume, tiny = keras.Input((5, 6, 4, 3), name="volume"), keras.Input((2, 3, 2, 2), name="tiny")
    return [volume, tiny], {
        "conv3d_same": L.Conv3D(4, 3, padding="same", activation="relu")(volume),
        "conv3d_strides": L.Conv3D(2, (2, 3, 1), strides=(2, 1, 2), padding="same", use_bias=False)(volume),
        "conv3d_dilation": L.Conv3D(2, 2, dilation_rate=(2, 1, 3))(volume),
        "conv3d_groups": L.Conv3D(6, 2, groups=3)(volume),
        "transposed3d_valid": L.Conv3DTranspose(3, 2, strides=(1, 2, 3))(tiny),
        "transposed3d_same": L.Conv3DTranspose(2, 3, strides=2, padding="same", activation="tanh")(tiny),
        "max3d": L.MaxPooling3D(2)(volume),
        "max3d_same": L.MaxPooling3D(3, strides=2, padding="same")(volume),
        "average3d": L.AveragePooling3D((2, 3, 1))(volume),
        "average3d_same": L.AveragePooling3D(3, strides=(1, 2, 2), padding="same")(volume),
        "global_max3d": L.GlobalMaxPooling3D()(volume),
        "global_average3d": L.GlobalAveragePooling3D(keepdims=True)(volume),
        "global_average3d_first": L.GlobalAveragePooling3D(data_format="channels_first")(volume),
        "padding3d": L.ZeroPadding3D(((1, 0), (0, 2), (1, 1)))(volume),
        "padding3d_all": L.ZeroPadding3D(1, data_format="channels_first")(volume),
        "cropping3d": L.Cropping3D(((1, 0), (2, 1), (0, 1)))(volume),
        "up3d": L.UpSampling3D((1, 2, 3))(tiny),
        "up3d_first": L.UpSampling3D(2, data_format="channels_first")(tiny),
        "dropout3d": L.SpatialDropout3D(0.3)(tiny),
        "batch_normalization": L.BatchNormalization()(volume),
    }


def statistics():
    line, image = keras.Input((5, 6), name="line"), keras.Input((4, 3, 6), name="image")
    return [line, image], {
        "group": L.GroupNormalization(3)(image),
        "group_each": L.GroupNormalization(-1, epsilon=1e-2, scale=False)(image),
        "group_first": L.GroupNormalization(2, axis=1, center=False)(image),
        "group_line": L.GroupNormalization(1)(line),
        "root_mean_square": L.RMSNormalization()(image),
        "root_mean_square_two": L.RMSNormalization(axis=[1, 2], epsilon=1e-2)(line),
        "unit": L.UnitNormalization()(line),
        "unit_two": L.UnitNormalization(axis=[1, 2])(image),
        "unit_of_nothing": L.UnitNormalization()(L.ReLU(threshold=100.0)(line)),
    }


def augmentation():
    image = keras.Input((8, 7, 3), name="image")
    augmented = chain(L.RandomFlip(), L.RandomRotation(0.2), L.RandomZoom(0.2), L.RandomTranslation(0.1, 0.1), L.RandomContrast(0.2))
    return [image], {
        "augmented": L.Conv2D(2, 3)(augmented(image)),
        "erasing": L.RandomErasing()(image),
        "colour": chain(L.RandomHue(0.2), L.RandomGrayscale())(image),
        "centre": L.CenterCrop(5, 4)(image),
        "centre_first": L.CenterCrop(4, 3, data_format="channels_first")(image),
    }


def operators():
    from keras import ops

    line, image, other = keras.Input((6, 4), name="line"), keras.Input((4, 5, 3), name="image"), keras.Input((6, 4), name="other")
    positive = ops.absolute(line) + 0.1
    return [line, image, other], {
        "arithmetic": 1.0 - (2.0 * line + other) / positive,
        "constants": line * np.array([1.0, -2.0, 3.0, 0.5], "float32") + ops.convert_to_tensor([0.1, 0.2, 0.3, 0.4]),
        "spread": image - ops.mean(image, axis=[1, 2], keepdims=True),
        "power": positive**1.5,
        "extremes": ops.maximum(ops.minimum(line, other), -0.5),
        "roots": ops.sqrt(positive) + ops.rsqrt(positive) + ops.log(positive) + ops.reciprocal(positive),
        "squares": ops.square(line) + ops.exp(-line),
        "clip": ops.clip(line, -0.5, 0.25),
        "rectified": ops.relu(line) + ops.relu6(4 * line) + ops.leaky_relu(line, 0.1),
        "elu": ops.elu(line, 0.5) + ops.selu(line) + ops.gelu(line) + ops.gelu(line, approximate=False),
        "smooth": ops.silu(line) + ops.sigmoid(line) + ops.tanh(line) + ops.softplus(line) + ops.softsign(line) + ops.log_sigmoid(line),
        "hard": ops.hard_sigmoid(line) + ops.hard_silu(line) + ops.hard_tanh(line),
        "softmax": ops.softmax(line, axis=1) + ops.log_softmax(line),
        "max": ops.max(image, axis=-1),
        "min": ops.min(image, axis=(1, 3)),
        "sum": ops.sum(line, axis=1),
        "concatenate": ops.concatenate([line, other, line], axis=1),
        "reshape": ops.reshape(line, (-1, 2, 12)),
        "dimensions": ops.squeeze(ops.expand_dims(line, -1) * 2.0, -1) + ops.squeeze(ops.expand_dims(line, 1), 1),
        "transpose": ops.transpose(image, (0, 3, 1, 2)),
        "last_step": line[:, -1],
        "first_values": line[:, :, 0],
        "steps": image[:, ::2, -4:-1, 1],
    }


def randomise(model):
    for weight in model.weights:
        role = weight.path.split("/")[-1]
        if "normalization_adapted" in weight.path:
            continue
        value = RNG.normal(0, 0.5, weight.shape)
        if "variance" in role:
            value = RNG.uniform(0.5, 1.5, weight.shape)
        if role == "gamma":
            value = RNG.uniform(0.5, 1.5, weight.shape)
        weight.assign(value.astype("float32"))


def encoded(value):
    value = np.asarray(value, "<f4")
    return {"shape": list(value.shape), "base64": base64.b64encode(value.tobytes()).decode()}


def compressed(path):
    return gzip.compress(pathlib.Path(path).read_bytes(), 9, mtime=0)


def make(family):
    keras.utils.clear_session()
    inputs, outputs = globals()[family]()
    outputs = {f"to_{name}": L.Identity(name=f"to_{name}")(value) for name, value in outputs.items()}
    model = keras.Model(inputs, list(outputs.values()), name=family)
    randomise(model)
    given = [
        RNG.integers(0, 9, (2, *i.shape[1:])) if i.name == "tokens" else RNG.normal(0, 1.2, (2, *i.shape[1:])) for i in inputs
    ]
    given = [value.astype("float32") for value in given]
    predicted = model(given if len(given) > 1 else given[0], training=False)
    predicted = predicted if isinstance(predicted, (list, tuple)) else [predicted]
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("h5", "keras"):
            model.save(f"{folder}/model.{ending}")
            (HERE / f"{family}.{ending}.gz").write_bytes(compressed(f"{folder}/model.{ending}"))
    record = {
        "inputs": [encoded(value) for value in given],
        "outputs": {name: encoded(value) for name, value in zip(outputs, predicted)},
    }
    (HERE / f"{family}.json.gz").write_bytes(gzip.compress(json.dumps(record).encode(), 9, mtime=0))


FAMILIES = ["convolutions", "poolings", "normalizations", "activations", "shaping", "merging", "recurrent", "models"]
FAMILIES += ["volumes", "statistics", "augmentation", "operators"]

for family in sys.argv[1:] or FAMILIES:
    make(family)
