"""Writes keras.json: what Keras and TensorFlow give for each operation of a network, in 64-bit floats.

Run with Keras 3 on TensorFlow 2.21: python make-keras.py. Every case has two rows of input.
"""

import json
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

keras.backend.set_floatx("float64")
random = np.random.default_rng(4)
ROWS = 2
cases = []


def values(*shape, low=-2.0, high=2.0):
    return np.round(random.uniform(low, high, shape), 3)


def tensor(array):
    # Nine digits tell any two 32-bit floats apart.
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in np.ravel(array)]}


def case(name, operation, inputs, output):
    operation = {k: tensor(v) if isinstance(v, np.ndarray) else v for k, v in operation.items() if v is not None}
    batch = lambda array: {**tensor(array), "shape": list(array.shape[1:])}
    cases.append({"name": name, "operation": operation, "inputs": [batch(i) for i in inputs],
                  "output": batch(np.array(output))})


def weighted(layer, x):
    """Builds a layer on x and gives it weights without a pattern, variances above 0."""
    layer.build((None, *x.shape[1:]))
    layer.set_weights([values(*w.shape, low=0.2, high=1.5) if "variance" in w.path else values(*w.shape, low=-0.8, high=0.8)
                       for w in layer.weights])
    return [np.array(w) for w in layer.get_weights()]


def same(size, span, stride):
    total = max(0, (-(-size // stride) - 1) * stride + span - size)
    return [total // 2, total - total // 2]


def margins(x, padding, spans, strides):
    if padding == "causal":
        return [[spans[0] - 1, 0]]
    return [same(x.shape[i + 1], s, strides[i]) if padding == "same" else [0, 0] for i, s in enumerate(spans)]


def spans(window, dilations):
    return [(w - 1) * d + 1 for w, d in zip(window, dilations)]


def conv(name, size, window, strides, dilations, padding, groups=1, filters=4, bias=True):
    x = values(ROWS, *size)
    make = {1: keras.layers.Conv1D, 2: keras.layers.Conv2D, 3: keras.layers.Conv3D}[len(window)]
    layer = make(filters, window, strides=strides, dilation_rate=dilations, padding=padding, groups=groups, use_bias=bias)
    kernel, *rest = weighted(layer, x)
    case(name, {"kind": "conv", "kernel": kernel, "bias": rest[0] if rest else None, "strides": strides,
                "dilations": dilations, "groups": groups,
                "margins": margins(x, padding, spans(window, dilations), strides)}, [x], layer(x))


conv("conv2d", (6, 5, 2), (3, 2), (1, 1), (1, 1), "valid")
conv("conv2d same, strides 2 3", (7, 6, 2), (3, 2), (2, 3), (1, 1), "same")
conv("conv2d same, stride above the window", (7, 6, 2), (1, 2), (3, 3), (1, 1), "same", bias=False)
conv("conv2d dilated", (7, 6, 2), (3, 2), (1, 1), (2, 3), "same")
conv("conv2d in groups", (5, 4, 6), (2, 2), (1, 1), (1, 1), "valid", groups=2)
conv("conv2d of five channels", (4, 4, 5), (2, 2), (1, 1), (1, 1), "same", filters=3)
conv("conv1d causal, dilated", (9, 2), (3,), (1,), (2,), "causal")
conv("conv1d same, stride 2", (9, 2), (4,), (2,), (1,), "same")
conv("conv3d", (4, 3, 4, 2), (2, 2, 3), (1, 1, 1), (1, 1, 1), "same", filters=2)


def depthwise(name, size, window, strides, dilations, padding, multiplier):
    x = values(ROWS, *size)
    layer = keras.layers.DepthwiseConv2D(window, strides=strides, dilation_rate=dilations, padding=padding,
                                         depth_multiplier=multiplier)
    kernel, bias = weighted(layer, x)
    channels = size[-1]
    case(name, {"kind": "conv", "kernel": kernel.reshape(*window, 1, channels * multiplier), "bias": bias,
                "strides": strides, "dilations": dilations, "groups": channels,
                "margins": margins(x, padding, spans(window, dilations), strides)}, [x], layer(x))


depthwise("depthwise conv2d", (5, 6, 3), (3, 2), (1, 1), (1, 1), "same", 1)
depthwise("depthwise conv2d, two of each, stride 2", (5, 6, 3), (3, 3), (2, 2), (1, 1), "same", 2)
depthwise("depthwise conv2d, dilated", (7, 6, 3), (2, 3), (1, 1), (2, 2), "valid", 1)


def transpose_crop(size, window, stride, padding):
    """Before and after: what is cut off the full result. A result longer than that ends in zeros."""
    full = (size - 1) * stride + window
    out = size * stride + (max(window - stride, 0) if padding == "valid" else 0)
    # As the convolution from that result back to the input would pad it.
    before = max(0, full - out) // 2
    return [before, full - out - before]


def conv_transpose(name, size, window, strides, padding, filters=3):
    x = values(ROWS, *size)
    make = {1: keras.layers.Conv1DTranspose, 2: keras.layers.Conv2DTranspose}[len(window)]
    layer = make(filters, window, strides=strides, padding=padding)
    kernel, bias = weighted(layer, x)
    crop = [transpose_crop(size[i], window[i], strides[i], padding) for i in range(len(window))]
    case(name, {"kind": "conv-transpose", "kernel": kernel, "bias": bias, "strides": strides,
                "dilations": [1] * len(window), "crop": crop}, [x], layer(x))


conv_transpose("conv2d transpose", (3, 4, 2), (3, 2), (1, 1), "valid")
conv_transpose("conv2d transpose, strides 2 3", (3, 4, 2), (3, 2), (2, 3), "valid")
conv_transpose("conv2d transpose same, strides 2 2", (3, 4, 2), (3, 4), (2, 2), "same")
conv_transpose("conv2d transpose same, stride above the window", (3, 4, 2), (2, 1), (3, 2), "same")
conv_transpose("conv1d transpose same, stride 2", (5, 2), (5,), (2,), "same")


def pool(kind, name, size, window, strides, padding):
    x = values(ROWS, *size)
    prefix = {"max": "MaxPooling", "average": "AveragePooling"}[kind]
    layer = getattr(keras.layers, f"{prefix}{len(window)}D")(window, strides=strides, padding=padding)
    case(name, {"kind": "pool", "reduce": kind, "size": window, "strides": strides,
                "margins": margins(x, padding, window, strides)}, [x], layer(x))


for kind in ("max", "average"):
    pool(kind, f"{kind} pool", (6, 5, 3), (2, 3), (2, 1), "valid")
    pool(kind, f"{kind} pool same", (6, 5, 3), (3, 2), (2, 2), "same")
    pool(kind, f"{kind} pool of a sequence", (7, 2), (3,), (2,), "same")

x = values(ROWS, 3, 4, 2)
for kind, function in {"max": tf.reduce_max, "min": tf.reduce_min, "mean": tf.reduce_mean, "sum": tf.reduce_sum}.items():
    case(f"{kind} of the outer axes", {"kind": "reduce", "reduce": kind, "axes": [0, 2], "keepAxes": False}, [x],
         function(x, [1, 3]))
    case(f"{kind} of one axis, kept", {"kind": "reduce", "reduce": kind, "axes": [1], "keepAxes": True}, [x],
         function(x, [2], keepdims=True))

for size in ((7,), (3, 5)):
    x = values(ROWS, *size)
    layer = keras.layers.Dense(4)
    kernel, bias = weighted(layer, x)
    case(f"dense of rank {len(size)}", {"kind": "dense", "kernel": kernel, "bias": bias}, [x], layer(x))

x = values(ROWS, 3, 2, 4)
layer = keras.layers.BatchNormalization(epsilon=0.02)
gamma, beta, mean, variance = weighted(layer, x)
case("batch normalization", {"kind": "batch-normalization", "epsilon": 0.02, "mean": mean, "variance": variance,
                             "scale": gamma, "offset": beta}, [x], layer(x, training=False))
for axes in (1, 2):
    layer = keras.layers.LayerNormalization(axis=list(range(-axes, 0)), epsilon=0.03)
    gamma, beta = weighted(layer, x)
    case(f"layer normalization of {axes}", {"kind": "layer-normalization", "axes": axes, "epsilon": 0.03, "scale": gamma,
                                            "offset": beta}, [x], layer(x))

x = np.round(np.linspace(-8, 8, 34), 3).reshape(ROWS, -1)
activations = keras.activations
for function, output in {
    "sigmoid": activations.sigmoid, "tanh": activations.tanh, "selu": activations.selu, "softplus": activations.softplus,
    "softsign": activations.softsign, "swish": activations.silu, "mish": activations.mish,
    "exponential": activations.exponential, "absolute": tf.abs, "negate": tf.negative, "square": tf.square,
    "reciprocal": tf.math.reciprocal,
}.items():
    case(function, {"kind": "activate", "function": function}, [x + 0.125], output(tf.constant(x + 0.125)))
positive = np.abs(x) + 0.125
case("square-root", {"kind": "activate", "function": "square-root"}, [positive], tf.sqrt(positive))
case("logarithm", {"kind": "activate", "function": "logarithm"}, [positive], tf.math.log(positive))
case("relu with options", {"kind": "activate", "function": "relu", "slope": 0.3, "threshold": 1.5, "most": 4}, [x],
     keras.layers.ReLU(max_value=4, negative_slope=0.3, threshold=1.5)(x))
case("elu", {"kind": "activate", "function": "elu", "alpha": 0.7}, [x], keras.layers.ELU(alpha=0.7)(x))
for approximate in (False, True):
    case("gelu by tanh" if approximate else "gelu", {"kind": "activate", "function": "gelu", "approximate": approximate}, [x],
         activations.gelu(tf.constant(x), approximate=approximate))
case("hard sigmoid", {"kind": "activate", "function": "hard-sigmoid", "alpha": 1 / 6, "beta": 0.5}, [x],
     activations.hard_sigmoid(tf.constant(x)))
case("clip", {"kind": "activate", "function": "clip", "least": -1, "most": 2}, [x], tf.clip_by_value(x, -1, 2))

x = values(ROWS, 3, 4)
layer = keras.layers.PReLU(shared_axes=[1])
(slope,) = weighted(layer, x)
case("prelu", {"kind": "prelu", "slope": slope}, [x], layer(x))
for axis in (0, 1):
    case(f"softmax of axis {axis}", {"kind": "softmax", "axis": axis, "logarithm": False}, [x], tf.nn.softmax(x * 1.0, axis + 1))
    case(f"logarithm of softmax of axis {axis}", {"kind": "softmax", "axis": axis, "logarithm": True}, [x],
         tf.nn.log_softmax(x * 1.0, axis + 1))

a, b = values(ROWS, 3, 1, 2), values(ROWS, 1, 4, 2, low=0.2)
for operator, function in {"add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.divide,
                           "maximum": np.maximum, "minimum": np.minimum}.items():
    case(operator, {"kind": "arithmetic", "operator": operator}, [a, b], function(a, b))
case("power", {"kind": "arithmetic", "operator": "power"}, [np.abs(a), b], np.power(np.abs(a), b))
c = values(ROWS, 2)
case("add of fewer axes", {"kind": "arithmetic", "operator": "add"}, [a, c], a + c[:, None, None, :])

a, b = values(ROWS, 3, 2, 2), values(ROWS, 3, 4, 2)
case("concatenate", {"kind": "concatenate", "axis": 1}, [a, b], np.concatenate([a, b], 2))
x = values(ROWS, 2, 3, 4)
case("transpose", {"kind": "transpose", "order": [2, 0, 1]}, [x], np.transpose(x, (0, 3, 1, 2)))
case("reshape", {"kind": "reshape", "shape": [6, 4]}, [x], x.reshape(ROWS, 6, 4))
around = ((1, 0), (2, 1), (0, 3))
for mode in ("constant", "reflect", "edge"):
    options = {"constant_values": 0.5} if mode == "constant" else {}
    case(f"pad {mode}", {"kind": "pad", "margins": around, "mode": mode, "value": 0.5}, [x],
         np.pad(x, ((0, 0), *around), mode, **options))
case("slice", {"kind": "slice", "axes": [{"start": 1, "end": 2, "step": 1}, {"start": 2, "end": -1, "step": -2},
                                         {"start": 0, "end": 4, "step": 3}]}, [x], x[:, 1:2, ::-2, 0:4:3])
case("repeat", {"kind": "repeat", "times": [2, 1, 3]}, [x], np.repeat(np.repeat(x, 2, 1), 3, 3))

for size in ((7, 2), (3, 9), (1, 1)):
    x = values(ROWS, 4, 5, 2)
    for pixels, options in {"half-pixel": {"half_pixel_centers": True}, "asymmetric": {},
                            "align-corners": {"align_corners": True}}.items():
        raw = tf.raw_ops.ResizeBilinear(images=x, size=size, align_corners="align_corners" in options,
                                        half_pixel_centers="half_pixel_centers" in options)
        case(f"resize to {size[0]} x {size[1]}, {pixels}", {"kind": "resize-bilinear", "size": size, "pixels": pixels}, [x], raw)

x = random.integers(0, 6, (ROWS, 5)).astype(float)
table = values(6, 3)
case("embedding", {"kind": "embedding", "table": table}, [x], table[x.astype(int)])


def recurrent(name, layer, kind, options):
    x = values(ROWS, 5, 3)
    weights = weighted(layer, x)
    kernel, recurrent_kernel, bias = weights if len(weights) == 3 else (*weights, None)
    operation = {"kind": kind, "kernel": kernel, "recurrentKernel": recurrent_kernel, "bias": bias, **options}
    if bias is not None and bias.ndim == 2:
        operation |= {"bias": bias[0], "recurrentBias": bias[1]}
    output = np.array(layer(x))
    # Keras gives the states in the order in which it went through them.
    case(name, operation, [x], output[:, ::-1] if options["reverse"] else output)


tanh, sigmoid = {"function": "tanh"}, {"function": "sigmoid"}
for reverse in (False, True):
    way = " reversed" if reverse else ""
    both = {"return_sequences": True, "go_backwards": reverse}
    recurrent("lstm" + way, keras.layers.LSTM(2, **both), "lstm",
              {"activation": tanh, "recurrentActivation": sigmoid, "reverse": reverse})
    recurrent("gru" + way, keras.layers.GRU(2, reset_after=True, **both), "gru",
              {"activation": tanh, "recurrentActivation": sigmoid, "reverse": reverse, "resetAfter": True})
    recurrent("gru, reset before" + way, keras.layers.GRU(2, reset_after=False, **both), "gru",
              {"activation": tanh, "recurrentActivation": sigmoid, "reverse": reverse, "resetAfter": False})
    recurrent("simple rnn" + way, keras.layers.SimpleRNN(2, **both), "simple-rnn", {"activation": tanh, "reverse": reverse})
recurrent("lstm without bias, linear and hard", keras.layers.LSTM(
    2, return_sequences=True, activation="linear", recurrent_activation="hard_sigmoid", use_bias=False), "lstm",
    {"activation": "linear", "recurrentActivation": {"function": "hard-sigmoid", "alpha": 1 / 6, "beta": 0.5},
     "reverse": False})

lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
Path(__file__).with_name("keras.json").write_text(f"[\n{lines}\n]\n")
print(len(cases), "cases")
