"""Writes the graph models of this folder, and what TensorFlow computes with them.

python make_references.py, with tensorflow 2.21 and numpy. Each network is frozen, and written as the converter of
TensorFlow.js writes graph models: GraphDef in JSON, constants in a file of weights. `fused` is `images` after
TensorFlow's remapper, which makes the fused operations that the converter makes, too.
"""

import base64
import gzip
import json
import os

import numpy as np
import tensorflow as tf
from google.protobuf.json_format import MessageToDict
from tensorflow.core.protobuf import config_pb2, device_properties_pb2, meta_graph_pb2
from tensorflow.core.protobuf import rewriter_config_pb2
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
from tensorflow.python.grappler import cluster as grappler_cluster
from tensorflow.python.grappler import tf_optimizer
from tensorflow.python.training.saver import export_meta_graph

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)


def numbers(*shape):
    return tf.constant(rng.normal(0, 0.4, shape), tf.float32)


def images(x):
    y = tf.nn.conv2d(x, numbers(3, 3, 2, 4), [1, 2, 2, 1], "SAME")
    y = tf.nn.relu(tf.nn.bias_add(y, numbers(4)))
    y, _, _ = tf.compat.v1.nn.fused_batch_norm(
        y, numbers(4), numbers(4), numbers(4), tf.abs(numbers(4)) + 0.5, 0.001, is_training=False)
    y = tf.nn.depthwise_conv2d(y, numbers(3, 3, 4, 2), [1, 1, 1, 1], "SAME", dilations=[2, 2])
    y = tf.nn.leaky_relu(y, 0.3)
    y = tf.nn.conv2d_transpose(y, numbers(3, 3, 5, 8), tf.stack([tf.shape(y)[0], 10, 8, 5]), [1, 2, 2, 1], "SAME")
    y = tf.nn.max_pool2d(y, 3, 2, "SAME") + tf.nn.avg_pool2d(y, 3, 2, "SAME")
    y = tf.pad(y, [[0, 0], [1, 0], [0, 2], [0, 0]])
    y = tf.nn.elu(tf.nn.bias_add(tf.nn.conv2d(y, numbers(2, 2, 5, 3), 1, [[0, 0], [1, 0], [0, 1], [0, 0]]), numbers(3)))
    y = tf.nn.relu6(tf.nn.bias_add(tf.nn.conv2d(y, numbers(1, 1, 3, 3), 1, "VALID"), numbers(3)))
    flat = tf.reshape(y, [tf.shape(y)[0], int(np.prod(y.shape[1:]))])
    hidden = tf.nn.relu(tf.nn.bias_add(flat @ numbers(flat.shape[1], 6), numbers(6)))
    return {"scores": tf.nn.softmax(hidden @ numbers(6, 3) + numbers(3)), "mean": tf.reduce_mean(y, [1, 2])}


def sequences(x):
    y = tf.squeeze(tf.nn.conv2d(tf.expand_dims(tf.pad(x, [[0, 0], [2, 0], [0, 0]]), 1), numbers(1, 3, 4, 6), 1, "VALID"), [1])
    y = tf.tensordot(y, numbers(6, 5), [[2], [0]]) + numbers(5)
    mean = tf.reduce_mean(y, -1, keepdims=True)
    variance = tf.reduce_mean(tf.math.squared_difference(y, mean), -1, keepdims=True)
    y = (y - mean) * tf.math.rsqrt(variance + 0.001) * numbers(5) + numbers(5)
    gate, value = tf.split(tf.concat([y, tf.nn.swish(y)], 2), [4, 6], 2)
    y = tf.concat([tf.sigmoid(gate), tf.transpose(tf.transpose(tf.nn.tanh(value), [0, 2, 1]), [0, 2, 1])], -1)
    y = tf.reshape(y, [-1, 4, 20])
    return {"steps": y[:, ::-2, 1:-1:3], "last": tf.nn.log_softmax(y[:, -1])}


def operations(x, image):
    a, b, c = tf.unstack(x, axis=1)
    y = tf.stack([a, tf.maximum(a, b), tf.minimum(b, c), tf.abs(a) / (tf.exp(c) + 1.0), tf.pow(tf.abs(b) + 0.1, c)], 2)
    y = tf.tile(y, [1, 2, 1]) - tf.clip_by_value(tf.gather(y, [3, 0, 0, 1, 3, 2, 1, 0], axis=1), -0.5, 0.7)
    y = tf.math.softplus(y) + tf.math.softsign(y) * tf.nn.selu(y) - tf.sqrt(tf.square(y) + 0.5) + tf.math.log(tf.abs(y) + 1.0)
    y = tf.pad(y, [[0, 0], [2, 1], [1, 2]], "REFLECT")
    larger = tf.image.resize(image, [7, 9])
    nearest = tf.compat.v1.image.resize_nearest_neighbor(image, [8, 6], half_pixel_centers=True)
    corners = tf.compat.v1.image.resize_bilinear(image, [5, 2], align_corners=True)
    pooled = [tf.reduce_max(larger, [1, 2]), tf.reduce_sum(nearest[:, 1:3], [1, 2]), tf.reduce_min(corners, [1, 2])]
    return {"values": -y, "pooled": tf.concat(pooled, 1), "larger": tf.math.add_n([larger, larger, tf.math.reciprocal(larger + 4.0)])}


def words(x):
    y = tf.gather(numbers(9, 4), tf.cast(x, tf.int32))
    return {"mean": tf.nn.relu(tf.reduce_mean(y, 1) @ tf.transpose(numbers(3, 4)))}


def frozen(function, shapes):
    signature = [tf.TensorSpec([None, *shape], tf.float32, name=name) for name, shape in shapes.items()]
    return convert_variables_to_constants_v2(tf.function(function).get_concrete_function(*signature))


def remapped(concrete):
    graph = concrete.graph
    outputs = meta_graph_pb2.CollectionDef()
    outputs.node_list.value.extend(tensor.name for tensor in concrete.outputs)
    graph_def = graph.as_graph_def()
    for node in graph_def.node:
        node.device = "/device:CPU:0"
    meta = export_meta_graph(graph_def=graph_def, graph=graph)
    meta.collection_def["train_op"].CopyFrom(outputs)
    config = config_pb2.ConfigProto()
    rewriter = config.graph_options.rewrite_options
    rewriter.optimizers.extend(["remap"])
    rewriter.meta_optimizer_iterations = rewriter_config_pb2.RewriterConfig.ONE
    rewriter.min_graph_nodes = -1
    device = device_properties_pb2.NamedDevice(name="/CPU:0")
    device.properties.type = "CPU"
    device.properties.environment.update({"architecture": "4"})
    cluster = grappler_cluster.Cluster(devices=[device])
    return tf_optimizer.OptimizeGraph(config, meta, cluster=cluster)


def write(name, concrete, shapes, names, graph_def=None):
    weights, data = [], b""
    graph_def = graph_def or concrete.graph.as_graph_def()
    for node in graph_def.node:
        if node.op != "Const":
            continue
        value = tf.make_ndarray(node.attr["value"].tensor)
        dtype = {"float32": "float32", "int32": "int32", "int64": "int32", "bool": "bool"}[value.dtype.name]
        weights.append({"name": node.name, "shape": list(value.shape), "dtype": dtype})
        data += value.astype(dtype).tobytes()
        for field in ("tensor_content", "float_val", "int_val", "int64_val", "bool_val"):
            node.attr["value"].tensor.ClearField(field)
    rows = 3
    given = {}
    for key, shape in shapes.items():
        whole = name == "words"
        given[key] = (rng.integers(0, 9, (rows, *shape)) if whole else rng.normal(0, 1, (rows, *shape))).astype(np.float32)
    computed = concrete(*[tf.constant(value) for value in given.values()])
    tensors = dict(zip(names, concrete.outputs))
    model = {
        "format": "graph-model",
        "signature": {
            "inputs": {key: {"name": tensor.name} for key, tensor in zip(shapes, concrete.inputs)},
            "outputs": {key: {"name": tensor.name} for key, tensor in tensors.items()},
        },
        "modelTopology": MessageToDict(graph_def),
        "weightsManifest": [{"paths": [f"{name}.bin"], "weights": weights}],
    }
    packed = lambda value: {"shape": list(value.shape), "dtype": "float32", "data_b64": base64.b64encode(np.asarray(value, "<f4").tobytes()).decode()}
    content = {
        "model": model,
        "weights": base64.b64encode(data).decode(),
        "inputs": [packed(value) for value in given.values()],
        "outputs": [packed(value.numpy()) for value in computed],
    }
    with gzip.GzipFile(os.path.join(HERE, f"{name}.json.gz"), "wb", mtime=0) as file:
        file.write(json.dumps(content).encode())
    print(name, sorted({node.op for node in graph_def.node}))


def main():
    shapes = {"image": [9, 7, 2]}
    concrete = frozen(lambda image: images(image), shapes)
    # A dictionary's outputs come in the order of its keys.
    write("images", concrete, shapes, ["mean", "scores"])
    write("fused", concrete, shapes, ["mean", "scores"], remapped(concrete))
    shapes = {"steps": [8, 4]}
    write("sequences", frozen(lambda steps: sequences(steps), shapes), shapes, ["last", "steps"])
    shapes = {"x": [3, 4], "image": [4, 3, 2]}
    write("operations", frozen(lambda x, image: operations(x, image), shapes), shapes, ["larger", "pooled", "values"])
    shapes = {"numbers": [5]}
    write("words", frozen(lambda numbers: words(numbers), shapes), shapes, ["mean"])


main()
