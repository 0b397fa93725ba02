using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual bool has_buffer(string target)
                => _internal_buffers.ContainsKey(target) || Below(target).Any(found => found.Module.has_buffer(found.Path));

            public virtual bool has_parameter(string target)
                => _internal_params.ContainsKey(target) || Below(target).Any(found => found.Module.has_parameter(found.Path));

            public virtual Tensor? get_buffer(string target)
                => _internal_buffers.TryGetValue(target, out var own)
                    ? own.Item1
                    : Below(target).Select(found => found.Module.get_buffer(found.Path)).FirstOrDefault(buffer => buffer is not null);

            public virtual Parameter? get_parameter(string target)
                => _internal_params.TryGetValue(target, out var own)
                    ? own
                    : Below(target).Select(found => found.Module.get_parameter(found.Path)).FirstOrDefault(parameter => parameter is not null);

            /// <summary>The children that the first part of a dotted name means, each with the rest of the name.</summary>
            private IEnumerable<(Module Module, string Path)> Below(string target)
            {
                var dot = target.IndexOf('.');
                return dot < 0
                    ? []
                    : named_children().Where(child => child.name == target[..dot]).Select(child => (child.module, target[(dot + 1)..]));
            }
        }
    }
}
