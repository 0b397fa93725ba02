#!/usr/bin/env python3
"""Reads an adapter folder that LoraGen saved with Hugging Face's PEFT, on any machine that has it.

    python check_with_peft.py ADAPTER [BASE]

ADAPTER is the folder with adapter_config.json. BASE is the base model's checkpoint: a .safetensors file, or a folder
with some. Its names give the base model's modules, also those that the adapter does not train, so that targets or
modules_to_save that select more than they should are found. Without it the model consists of what the adapter has.

PEFT adapts a model of bare layers (Linear, Embedding, convolutions, lists, and modules that only have tensors). Then
- no key may be missing or unexpected, and each tensor must have the file's value,
- exactly the layers of which the file has tensors must be adapted,
- what modules_to_save selects beyond the trained modules must have the base's values,
- the scaling of each layer is printed, and compared with SCALINGS if that is given:

    python check_with_peft.py ADAPTER BASE SCALINGS

SCALINGS is a JSON object with the scaling of each layer by its path, as LoraGen reports it (Site.Scaling).
Exit code: 0 all of it agrees, 1 something does not, 2 wrong use, 3 this Python has no peft.
"""

import json
import math
import os
import sys

PREFIX = "base_model.model."


def main(arguments):
    if not 1 <= len(arguments) <= 3 or not os.path.isdir(arguments[0]) or not all(map(os.path.exists, arguments)):
        print(__doc__)
        return 2
    try:
        import peft
        import safetensors.torch
        import torch
    except ImportError as missing:
        print(f"not checked: this Python has no {missing.name}; pip install peft")
        return 3

    folder = arguments[0]
    tensors = safetensors.torch.load_file(os.path.join(folder, "adapter_model.safetensors"))
    base = checkpoint(safetensors.torch, arguments[1]) if len(arguments) > 1 else {}
    with open(os.path.join(folder, "adapter_config.json"), encoding="utf-8") as file:
        trained = json.load(file).get("modules_to_save") or []
    model = skeleton(torch, tensors, base, trained)
    faults = unknown(base, tensors, model)
    try:
        adapted = peft.PeftModel.from_pretrained(model, folder)
    except (KeyError, TypeError, ValueError, RuntimeError) as refused:
        print(f"PEFT refuses the folder: {type(refused).__name__}: {refused}")
        return 1

    faults += differences(torch, peft, adapted, tensors)
    faults += selected(torch, adapted, tensors, base)
    scalings = dict(layers(adapted))
    wrapped = set(scalings)
    expected = {path_of(name) for name in tensors if path_of(name)}
    faults += [f"PEFT adapts {path}, the file has no tensors for it" for path in sorted(wrapped - expected)]
    faults += [f"PEFT does not adapt {path}" for path in sorted(expected - wrapped)]
    if len(arguments) > 2:
        with open(arguments[2], encoding="utf-8") as file:
            faults += scaling_faults(scalings, json.load(file))
    for path, scaling in sorted(scalings.items()):
        print(f"{path}: scaling {scaling}")
    for fault in faults:
        print(fault)
    config = adapted.peft_config["default"]
    print(f"{len(tensors)} tensors, {len(wrapped)} layers, {len(faults)} faults; target_modules={config.target_modules}, "
          f"modules_to_save={config.modules_to_save}")
    return 1 if faults else 0


def checkpoint(reader, path):
    """All tensors of a file, or of the files in a folder."""
    files = [path] if os.path.isfile(path) else sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".safetensors"))
    return {name: tensor for file in files for name, tensor in reader.load_file(file).items()}


def unknown(base, tensors, model):
    """With a base, nothing that the file adapts or trains may be missing there."""
    if not base:
        return []
    modules = {name.rpartition(".")[0] for name in base}
    trained = [name for name in tensors if name.startswith(PREFIX) and not path_of(name) and ".base_layer." not in name]
    faults = [f"the base has no layer {path}" for path in sorted({path_of(name) for name in tensors if path_of(name)} - modules)]
    return faults + [f"the base has no {name[len(PREFIX):]}" for name in trained if name[len(PREFIX):] not in base]


def differences(torch, peft, model, tensors):
    """Keys that PEFT has and the file does not, the reverse, and values that differ."""
    held = peft.get_peft_model_state_dict(model, save_embedding_layers=False)
    # Biases that are trained alone, and the base's own weights, are in the model under the file's names.
    own = model.state_dict()
    held = {**{name: own[name] for name in tensors if name in own}, **held}
    bias = getattr(model.peft_config["default"], "bias", "none")
    faults = [f"unexpected key {name}" for name in tensors if name not in held]
    faults += [f"missing key {name}" for name in held if name not in tensors and not (bias == "all" and is_copy(name))]
    return faults + [f"{name} differs" for name in tensors if name in held and not same(torch, tensors[name], held[name])]


def is_copy(name):
    """Whether it is a bias that PEFT lists with bias="all" in addition, beside the one under the module's own name."""
    return ".original_module." in name or ".modules_to_save." in name


def selected(torch, model, tensors, base):
    """The modules that modules_to_save wraps: those with other values than the base's are trained, and are printed."""
    faults = []
    for path, module in model.named_modules():
        if type(module).__name__ != "ModulesToSaveWrapper":
            continue
        path = path[len(PREFIX):]
        names = [f"{path}.{name}" for name in module.modules_to_save["default"].state_dict()]
        faults += [f"missing key {PREFIX}{name}" for name in names if PREFIX + name not in tensors]
        known = [name for name in names if name in base and PREFIX + name in tensors]
        is_base = bool(known) and all(same(torch, base[name], tensors[PREFIX + name]) for name in known)
        print(f"{path}: modules_to_save{', with the values of the base' if is_base else ''}")
    return faults


def layers(model):
    """The adapted layers with their scalings; IA3, OFT and VeRA have none."""
    for path, module in model.named_modules():
        if hasattr(module, "base_layer") and any(hasattr(module, name) for name in ("lora_A", "ia3_l", "oft_R", "vera_lambda_b")):
            yield path[len(PREFIX):], getattr(module, "scaling", {}).get("default", 1.0)


def scaling_faults(theirs, ours):
    """Scalings that differ, and layers that only one side has."""
    faults = [f"scaling of {path}: only on one side" for path in sorted(set(theirs) ^ set(ours))]
    return faults + [f"scaling of {path} is {theirs[path]} in PEFT and {ours[path]} in LoraGen" for path in sorted(set(theirs) & set(ours))
                     if not math.isclose(theirs[path], ours[path], rel_tol=1e-6)]


def same(torch, one, other):
    return one.shape == other.shape and torch.equal(one.float(), other.float())


def path_of(name):
    """The path of the layer whose adapter has the tensor; empty for other tensors."""
    for mark in (".lora_A.", ".lora_B.", ".lora_embedding_", ".lora_magnitude_vector", ".ia3_l", ".oft_R.", ".vera_lambda_"):
        if mark in name:
            return name[len(PREFIX):name.rindex(mark)]
    return ""


def skeleton(torch, tensors, base, trained):
    """A module tree with a layer wherever the file has an adapter, and with all other tensors of the base and the file."""
    root = torch.nn.Module()
    sizes = {name: tuple(value.shape) for name, value in base.items()}
    # VeRA's projections are those of all layers, and no part of the model.
    projection = tensors.get("base_model.vera_A")
    tensors = {name: value for name, value in tensors.items() if name.startswith(PREFIX)}
    lists = containers(set(sizes) | {name[len(PREFIX):] for name in tensors}, trained)
    for name, first in tensors.items():
        path = path_of(name)
        if name.endswith(".lora_A.weight"):
            add(torch, root, lists, path, layer(torch, first, tensors[f"{PREFIX}{path}.lora_B.weight"], sizes.get(f"{path}.weight")))
        elif name.endswith(".lora_embedding_A"):
            add(torch, root, lists, path, torch.nn.Embedding(first.shape[1], tensors[f"{PREFIX}{path}.lora_embedding_B"].shape[0]))
        elif name.endswith(".ia3_l"):
            add(torch, root, lists, path, scaled(torch, first, sizes.get(f"{path}.weight")))
        elif name.endswith(".oft_R.weight") and f"{path}.weight" not in sizes:
            add(torch, root, lists, path, torch.nn.Linear(first.shape[0] * (1 + math.isqrt(1 + 8 * first.shape[1])) // 2, 1))
        elif name.endswith(".vera_lambda_b") and f"{path}.weight" not in sizes:
            add(torch, root, lists, path, torch.nn.Linear(1 if projection is None else projection.shape[1], first.shape[0]))
    # A layer of the base that the file does not adapt is a Linear, so that PEFT adapts it if a target selects it.
    for name, shape in sizes.items():
        path, _, leaf = name.rpartition(".")
        if leaf == "weight" and len(shape) == 2 and path and not has(root, path.split(".")):
            add(torch, root, lists, path, torch.nn.Linear(shape[1], shape[0], bias=f"{path}.bias" in sizes))
    others = {name[len(PREFIX):]: value for name, value in tensors.items() if not path_of(name)}
    for name, value in {**others, **base}.items():
        if ".base_layer." in name:
            name = name.replace(".base_layer.", ".")
        path, _, leaf = name.rpartition(".")
        module = find(torch, root, lists, path.split(".") if path else [])
        if getattr(module, leaf, None) is not None:
            with torch.no_grad():
                if name in base and getattr(module, leaf).shape == value.shape:
                    getattr(module, leaf).copy_(value)
        elif value.is_floating_point():
            module.register_parameter(leaf, torch.nn.Parameter(value.clone() if name in base else torch.zeros_like(value)))
        else:
            module.register_buffer(leaf, value.clone() if name in base else torch.zeros_like(value))
    return root


def containers(names, trained):
    """The paths of which all children have numbers: lists, which PEFT refuses in modules_to_save. One that is named there is a Sequential."""
    children = {}
    for name in names:
        parts = name.split(".")
        for end in range(1, len(parts)):
            children.setdefault(".".join(parts[:end]), set()).add(parts[end])
    lists = {path for path, inner in children.items() if all(part.isdigit() for part in inner)}
    return {path for path in lists if not any(path == name or path.endswith("." + name) for name in trained)}


def layer(torch, first, second, size):
    """A Linear of A [r, in] and B [out, r]; a convolution of A [r, in, kernel...] and B [out, r / groups, 1...]."""
    if first.dim() == 2:
        return torch.nn.Linear(first.shape[1], second.shape[0])
    convolution = {3: torch.nn.Conv1d, 4: torch.nn.Conv2d, 5: torch.nn.Conv3d}[first.dim()]
    groups = first.shape[1] // size[1] if size else first.shape[0] // second.shape[1]
    return convolution(first.shape[1], second.shape[0], tuple(first.shape[2:]), groups=groups)


def scaled(torch, vector, size):
    """The layer of an IA3 vector; without the base only one of its sizes is known."""
    size = size or tuple(count if count > 1 else 1 for count in vector.shape)
    if len(size) == 2:
        return torch.nn.Linear(size[1], size[0])
    convolution = {4: torch.nn.Conv2d, 5: torch.nn.Conv3d}[len(size)]
    return convolution(size[1], size[0], tuple(size[2:]))


def has(root, path):
    module = root
    for name in path:
        module = module._modules.get(name)
        if module is None:
            return False
    return True


def add(torch, root, lists, path, module):
    *parents, last = path.split(".")
    find(torch, root, lists, parents).add_module(last, module)


def find(torch, root, lists, path):
    """The module of that path, made where it is not there."""
    module = root
    for index, name in enumerate(path):
        if name not in module._modules:
            module.add_module(name, torch.nn.ModuleList() if ".".join(path[:index + 1]) in lists else torch.nn.Module())
        module = module._modules[name]
    return module


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
