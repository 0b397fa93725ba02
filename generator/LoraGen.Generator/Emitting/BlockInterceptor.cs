using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>
/// The interceptors of calls of modules that may be checkpointed blocks, and of backward passes. A block's inputs and results are passed one by one, so that
/// the graph has the tensors in tuples too.
/// </summary>
internal static class BlockInterceptor
{
    private const string CheckpointCall = "global::LoraGen.CompilerServices.CheckpointCall";
    private const string Tensor = "global::TorchSharp.torch.Tensor";

    public static (string Signature, string Body) Call(BlockForward method)
    {
        var signature = ForwardInterceptor.Signature(ForwardInterceptor.Pascal(method.Name), method.Receiver, method);
        var results = method.Results.Count == 1
            ? $"new {Tensor}?[] {{ block.{method.Name}({Values(method)}) }}"
            : $"{{ var result = block.{method.Name}({Values(method)}); return new {Tensor}?[] {{ {Items("result", method.Results.Count)} }}; }}";
        var inputs = $"new object?[] {{ {Inputs(method)} }}";
        var run = $"{CheckpointCall}.Run(module, static (block, values) => {results}, static results => {Result(method)}, {inputs})";
        return (signature, $"{CheckpointCall}.Applies(module) ? {run} : module.{method.Name}({ForwardInterceptor.Arguments(method)})");
    }

    public static (string Signature, string Body) Backward(BackwardPass method)
    {
        var name = ForwardInterceptor.Pascal(method.Name);
        var arguments = ForwardInterceptor.Arguments(method);
        if (method.Receiver is { } receiver)
            return (ForwardInterceptor.Signature(name, receiver, method), $"{CheckpointCall}.{name}(() => module.{method.Name}({arguments}))");

        var parameters = string.Join(", ", method.Parameters.Select((type, index) => $"{type} input{index + 1}"));
        return ($"{method.Result} {name}({parameters})", $"{CheckpointCall}.{name}(() => global::TorchSharp.torch.autograd.{method.Name}({arguments}))");
    }

    private static string Inputs(BlockForward method)
    {
        return string.Join(", ", method.Inputs.Select((types, index) => types.Count == 1 ? $"input{index + 1}" : Items($"input{index + 1}", types.Count)));
    }

    private static string Items(string tuple, int count) => string.Join(", ", Enumerable.Range(1, count).Select(item => $"{tuple}.Item{item}"));

    private static string Values(BlockForward method)
    {
        var next = 0;
        return string.Join(", ", method.Inputs.Select(types =>
        {
            var values = string.Join(", ", types.Select(type => $"({type})values[{next++}]!"));
            return types.Count == 1 ? values : $"({values})";
        }));
    }

    private static string Result(BlockForward method)
    {
        var results = string.Join(", ", method.Results.Select((_, index) => $"results[{index}]!"));
        return method.Results.Count == 1 ? results : $"({results})";
    }
}
