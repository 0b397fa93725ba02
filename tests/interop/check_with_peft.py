#!/usr/bin/env python3
"""Reads an adapter folder that LoraGen saved with Hugging Face's PEFT, on any machine that has it.

    python check_with_peft.py FOLDER

A model of bare Linear layers is made from the names and shapes in the file, PEFT adapts it from the folder, and every
tensor that PEFT then holds is compared with the file's. Exit code: 0 they agree, 1 they don't, 2 wrong use,
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

    faults = [f"PEFT has no {name}" for name in tensors if name not in held]
    faults += [f"PEFT has {name}, the file does not" for name in held if name not in tensors]
    faults += [f"{name} differs" for name in tensors if name in held and not torch.equal(tensors[name].float(), held[name].float())]
    for fault in faults:
        print(fault)
    config = model.peft_config["default"]
    print(f"{len(tensors)} tensors, {len(faults)} faults; r={config.r}, lora_alpha={config.lora_alpha}, use_rslora={config.use_rslora}, "
          f"target_modules={sorted(config.target_modules)}")
    return 1 if faults else 0


def skeleton(torch, tensors):
    """A module tree with a Linear wherever the file has an A and a B."""
    root = torch.nn.Module()
    for name, first in tensors.items():
        if not name.endswith(".lora_A.weight"):
            continue
        path = name[len(PREFIX):-len(".lora_A.weight")]
        second = tensors[f"{PREFIX}{path}.lora_B.weight"]
        *parents, last = path.split(".")
        module = root
        for parent in parents:
            if not hasattr(module, parent):
                module.add_module(parent, torch.nn.Module())
            module = getattr(module, parent)
        module.add_module(last, torch.nn.Linear(first.shape[1], second.shape[0]))
    return root


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
