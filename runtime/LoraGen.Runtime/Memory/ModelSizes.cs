using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Memory;

/// <summary>The sizes of a model for the memory formula, in elements.</summary>
/// <param name="Matrices">The sizes of the weights that a quantised base stores in fewer bits.</param>
/// <param name="TrainedBlocks">The parameters that train if only the last blocks do.</param>
/// <param name="Results">The results of the forward pass per token.</param>
/// <param name="LastOutput">The last layer's output per token.</param>
/// <param name="Blocks">Of each module of the list that holds most parameters: the input and the results of its forward pass per token.</param>
internal sealed record ModelSizes(
    IReadOnlyList<(long Outputs, long Inputs)> Matrices, long TrainedBlocks, long Results, long LastOutput, IReadOnlyList<(long Input, long Results)> Blocks)
{
    public static ModelSizes Of(nn.Module model, int trainedBlocks)
    {
        var modules = Walk("", model).ToArray();
        var parameters = modules
            .SelectMany(entry => entry.Module.named_parameters(recurse: false)
                .Select(named => new BaseParameter(entry.Path, entry.Module, named.name, named.parameter)))
            .ToArray();
        var rows = parameters.Where(parameter => parameter.Module is Embedding).Select(parameter => parameter.Parameter.shape[0]).ToHashSet();
        var groups = SharedParameters.Group(parameters);
        var matrices = groups
            .Where(group => group.Count == 1 && IsMatrix(group[0]) && !rows.Contains(group[0].Parameter.shape[0]))
            .Select(group => (group[0].Parameter.shape[0], group[0].Parameter.shape[1]))
            .ToArray();
        var blocks = PathsOfBlocks(modules, parameters);
        var trained = blocks.TakeLast(trainedBlocks).ToArray();
        var results = parameters.GroupBy(parameter => parameter.ModulePath).Select(own => own.ToArray()).Select(Made).ToArray();
        return new ModelSizes(
            matrices,
            groups.Where(group => group.Any(parameter => trained.Any(block => parameter.Path.StartsWith(block, StringComparison.Ordinal))))
                .Sum(group => group[0].Parameter.NumberOfElements),
            results.Sum(result => result.All),
            results.LastOrDefault(result => result.Output > 0).Output,
            [.. blocks.Select(block => Block(parameters.Where(parameter => parameter.Path.StartsWith(block, StringComparison.Ordinal))))]);
    }

    // Each module before those that follow it; named_modules() has the nested ones last.
    private static IEnumerable<(string Path, nn.Module Module)> Walk(string path, nn.Module module)
    {
        return module.named_children().SelectMany(child => Walk(path.Length == 0 ? child.name : $"{path}.{child.name}", child.module)).Prepend((path, module));
    }

    private static bool IsMatrix(BaseParameter parameter) => parameter is { Module: Linear, Name: QuantizedLayer.WeightName };

    // The paths, each with a dot, of the modules of the list that holds most parameters; of the model's own modules if there is no list.
    private static IReadOnlyList<string> PathsOfBlocks((string Path, nn.Module Module)[] modules, BaseParameter[] parameters)
    {
        var lists = modules.Where(entry => entry.Module is IEnumerable<nn.Module>).ToArray();
        var (path, list) = lists.Length == 0 ? modules[0] : lists.MaxBy(entry => Within(entry.Path).Sum(parameter => parameter.Parameter.NumberOfElements));
        return [.. list.named_children().Select(child => (path.Length == 0 ? "" : path + ".") + child.name + ".")];

        IEnumerable<BaseParameter> Within(string list) => parameters.Where(parameter => parameter.Path.StartsWith(list + ".", StringComparison.Ordinal));
    }

    // The input of a block is that of its first matrix.
    private static (long Input, long Results) Block(IEnumerable<BaseParameter> parameters)
    {
        var modules = parameters.GroupBy(parameter => parameter.ModulePath).Select(own => own.ToArray()).ToArray();
        var matrix = modules.SelectMany(own => own).FirstOrDefault(parameter => parameter.Parameter.shape.Length >= 2);
        return (matrix?.Parameter.shape[1] ?? 0, modules.Sum(own => Made(own).All));
    }

    // For a module's own parameters: all results, and the output if it is a layer.
    private static (long All, long Output) Made(BaseParameter[] own)
    {
        long[][] shapes = [.. own.Select(parameter => parameter.Parameter.shape)];
        if (own[0].Module is Embedding)
            return (shapes[0][1], 0);

        var matrices = shapes.Where(shape => shape.Length >= 2).ToArray();
        return matrices.Length > 0
            ? (matrices.Sum(shape => shape[1] + (2 * shape[0])), matrices[^1][0])
            : (3 * shapes.Select(shape => shape.DefaultIfEmpty(1).Single()).Max(), 0);
    }
}
