using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();

                foreach (var entry in _internal_params)
                {
                    if (seen.IsNew(entry.Item2))
                        yield return entry;
                }

                if (!recurse)
                    yield break;

                foreach (var (child, module) in _internal_submodules)
                {
                    foreach (var (inner, parameter) in module.named_parameters(true))
                    {
                        if (seen.IsNew(parameter))
                            yield return ($"{child}.{inner}", parameter);
                    }
                }
            }

            /// <summary>Buffers that were registered as not persistent are left out whatever <paramref name="include_nonpersistent"/> says.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();

                foreach (var (key, (buffer, persistent)) in _internal_buffers)
                {
                    if (persistent && seen.IsNew(buffer))
                        yield return (key, buffer);
                }

                if (!recurse)
                    yield break;

                foreach (var (child, module) in _internal_submodules)
                {
                    foreach (var (inner, buffer) in module.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.IsNew(buffer))
                            yield return ($"{child}.{inner}", buffer);
                    }
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            /// <summary>All modules below this one: first the children, then what is below each; a module that stands at two places comes twice.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in _internal_submodules)
                    yield return child;

                foreach (var (child, module) in _internal_submodules)
                {
                    foreach (var (inner, below) in module.named_modules())
                        yield return ($"{child}.{inner}", below);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
                => named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);
        }
    }
}
