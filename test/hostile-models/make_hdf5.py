"""Makes the small hostile HDF5 files beside this script: python make_hdf5.py, with h5py. Each is a Keras model of one
Dense layer whose kernel is not what it seems."""

import gzip
import io
import json
import os

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, make_kernel, units=2, values=3, attributes=None):
    buffer = io.BytesIO()
    with h5py.File(buffer, "w", libver="earliest") as file:
        layers = [
            {"class_name": "InputLayer", "config": {"name": "input", "batch_input_shape": [None, values]}},
            {"class_name": "Dense", "config": {"name": "dense", "units": units, "activation": "linear", "use_bias": False}},
        ]
        file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"name": "model", "layers": layers}})
        file.attrs["keras_version"] = b"2.3.1"
        file.attrs["backend"] = b"tensorflow"
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [b"dense"]
        layer = weights.create_group("dense")
        layer.attrs["weight_names"] = [b"dense/kernel:0"]
        make_kernel(file, layer.create_group("dense"))
        for key, value in (attributes or {}).items():
            weights.attrs[key] = value
    save(name, buffer.getvalue())


def save(name, content):
    with gzip.GzipFile(os.path.join(HERE, f"{name}.h5.gz"), "wb", mtime=0) as file:
        file.write(content)
    print(name, len(content))


def plain(file, group):
    group.create_dataset("kernel:0", data=np.full((3, 2), 0.5, np.float32))


def never_written(shape):
    return lambda file, group: group.create_dataset("kernel:0", shape=shape, dtype="f4", chunks=(64, 64), fillvalue=0.5)


def deflated_zeros(file, group):
    data = np.zeros((4096, 4096), np.float32)
    group.create_dataset("kernel:0", data=data, chunks=(4096, 4096), compression="gzip", compression_opts=9)


def external_values(file, group):
    group.create_dataset("kernel:0", shape=(3, 2), dtype="f4", external=[("/etc/passwd", 0, 24)])


def external_link(file, group):
    group["kernel:0"] = h5py.ExternalLink("/etc/passwd", "/kernel")


def soft_cycle(file, group):
    group["kernel:0"] = h5py.SoftLink("/model_weights/dense/dense/other")
    group["other"] = h5py.SoftLink("/model_weights/dense/dense/kernel:0")


def hard_cycle(file, group):
    group["kernel:0"] = file["model_weights"]


def virtual(file, group):
    layout = h5py.VirtualLayout(shape=(3, 2), dtype="f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "kernel", shape=(3, 2))
    group.create_virtual_dataset("kernel:0", layout)


def write_variable(name, values):
    """What a Keras 3 archive keeps the kernel of its first Dense layer in."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w", libver="earliest") as file:
        place = file.create_group("layers/dense/vars")
        place.create_dataset("0", data=values, chunks=values.shape, compression="gzip", compression_opts=9)
    save(name, buffer.getvalue())


write("plain", plain)
write("never-written", never_written((100_000, 100_000)), units=100_000, values=100_000)
write("never-written-large", never_written((20_000, 10_000)), units=10_000, values=20_000)
write("deflated-zeros", deflated_zeros, units=4096, values=4096)
write("external-values", external_values)
write("external-link", external_link)
write("soft-cycle", soft_cycle)
write("hard-cycle", hard_cycle)
write("virtual", virtual)
write_variable("deflated-variable", np.zeros((4096, 4096), np.float32))
