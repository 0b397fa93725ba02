#!/usr/bin/env python3
"""Reads an adapter folder that LoraGen saved with Hugging Face's PEFT, on any machine that has it.

    python check_with_peft.py FOLDER

A model of bare layers is made from the names and shapes in the file (Linear, Embedding, convolutions, and modules that
only hold what trains whole), PEFT adapts it from the folder, and every tensor that PEFT then holds is compared with the
file's. Exit code: 0 they agree, 1 they don't, 2 wrong use,
3 this Python has no peft.
"""

import os
import sys

PREFIX = "base_model.model."


def main(arguments):
    if len(arguments) != 1 or not os.path.isdir(arguments[0]):
        print(__doc__)
        return 2
    try:
        import peft  # noqa: F401
        import safetensors.torch
        import torch
    except ImportError as missing:
        print(f"not checked: this Python has no {missing.name}; pip install peft")
        return 3

    folder = arguments[0]
    tensors = safetensors.torch.load_file(os.path.join(folder, "adapter_model.safetensors"))
    model = peft.PeftModel.from_pretrained(skeleton(torch, tensors), folder)
    held = peft.get_peft_model_state_dict(model)
    # With bias="lora_only" PEFT leaves its trained biases out of what it would save; the model has them.
    held = {**{name: value for name, value in model.state_dict().items() if name in tensors}, **held}

    faults = [f"PEFT has no {name}" for name in tensors if name not in held]
    faults += [f"PEFT has {name}, the file does not" for name in held if name not in tensors]
    faults += [f"{name} differs" for name in tensors if name in held and not torch.equal(tensors[name].float(), held[name].float())]
    for fault in faults:
        print(fault)
    config = model.peft_config["default"]
    print(f"{len(tensors)} tensors, {len(faults)} faults; r={config.r}, lora_alpha={config.lora_alpha}, use_rslora={config.use_rslora}, "
          f"target_modules={config.target_modules}")
    return 1 if faults else 0


def skeleton(torch, tensors):
    """A module tree with a layer wherever the file has an A and a B, and with what else it has parameters of."""
    root = torch.nn.Module()
    for name, first in tensors.items():
        if name.endswith(".lora_A.weight"):
            path = name[len(PREFIX):-len(".lora_A.weight")]
            add(torch, root, path, layer(torch, first, tensors[f"{PREFIX}{path}.lora_B.weight"]))
        elif name.endswith(".lora_embedding_A"):
            path = name[len(PREFIX):-len(".lora_embedding_A")]
            second = tensors[f"{PREFIX}{path}.lora_embedding_B"]
            add(torch, root, path, torch.nn.Embedding(first.shape[1], second.shape[0]))
    for name, value in tensors.items():
        if ".lora_" in name or ".base_layer." in name:
            continue
        path, _, leaf = name[len(PREFIX):].rpartition(".")
        module = find(torch, root, path.split(".") if path else [])
        if not hasattr(module, leaf) and value.is_floating_point():
            module.register_parameter(leaf, torch.nn.Parameter(torch.zeros_like(value)))
        elif not hasattr(module, leaf):
            module.register_buffer(leaf, torch.zeros_like(value))
    return root


def layer(torch, first, second):
    """A Linear of A [r, in] and B [out, r]; a convolution of A [r, in, kernel...] and B [out, r / groups, 1...]."""
    if first.dim() == 2:
        return torch.nn.Linear(first.shape[1], second.shape[0])
    convolution = {3: torch.nn.Conv1d, 4: torch.nn.Conv2d, 5: torch.nn.Conv3d}[first.dim()]
    groups = first.shape[0] // second.shape[1]
    return convolution(first.shape[1], second.shape[0], tuple(first.shape[2:]), groups=groups)


def add(torch, root, path, module):
    *parents, last = path.split(".")
    find(torch, root, parents).add_module(last, module)


def find(torch, root, path):
    """The module of that path, made where it is not there."""
    module = root
    for name in path:
        if not hasattr(module, name):
            module.add_module(name, torch.nn.Module())
        module = getattr(module, name)
    return module


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
