using System.Reflection;

namespace LoraGen.Torch.Tests.Completeness;

/// <summary>
/// Every operation of TorchSharp that the runtime or a sample calls has a test here that holds it against its definition. The calls are read from the compiled
/// assemblies in this project's output folder, so that operators, generated code and the chosen overloads are among them.
/// </summary>
public sealed class CompletenessTests
{
    /// <summary>TorchSharp's wrappers that compute something else than they say, and what to write instead.</summary>
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["Tensor.baddbmm"] = "it computes batch2 + input·batch1; write input.add(batch1.bmm(batch2))",
        ["torch.baddbmm"] = "it computes batch2 + input·batch1; write input.add(batch1.bmm(batch2))",
        ["torch.equal"] = "it compares element by element; write a.eq(b).all()",
        ["Tensor.equal"] = "it compares element by element; write a.eq(b).all()",
        ["linalg.inv_ex"] = "it is not the inverse and has no gradient; write linalg.inv",
        ["Tensor.var"] = "unbiased: false is ignored; write it with mean",
        ["torch.var"] = "unbiased: false is ignored; write it with mean",
    };

    private static readonly Assembly Own = typeof(CompletenessTests).Assembly;

    [Fact]
    public void Every_operation_that_is_called_has_a_test_of_its_definition()
    {
        var tested = Tested().ToHashSet();
        var missing = Called()
            .Where(call => !tested.Contains(call.Operation.Token))
            .GroupBy(call => call.Operation, call => call.Place)
            .Select(calls => $"{calls.Key.Signature}: called by {calls.First()}{Advice(calls.Key)}");

        None(missing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_operation_that_is_wrong_is_called()
    {
        var wrong = Called().Where(call => Wrong.ContainsKey(call.Operation.Name));

        None(wrong.Select(call => $"{call.Operation.Signature}: called by {call.Place}: {Wrong[call.Operation.Name]}"));
    }

    [Fact]
    public void Every_name_in_Semantics_is_an_operation_that_its_class_calls()
    {
        var unknown = ClassesWithNames().SelectMany(tests => tests.Names.Except(Calls.OfClass(tests.Class).Select(operation => operation.Name)));

        None(unknown);
    }

    [Fact]
    public void The_runtime_and_the_samples_are_read()
    {
        string[] expected =
        [
            "FineTune", "Inference", "Instruct", "LoraGen.Runtime", "LoraGen.Training", "Models", "OwnMethod", "Qlora", "QuickStart", "UnmodifiedModel", "Vision",
        ];

        None(expected.Except(Users().Select(user => user.GetName().Name)));
    }

    private static void None(IEnumerable<string?> findings)
    {
        var list = findings.ToArray();
        Assert.True(list.Length == 0, $"{list.Length}:\n{string.Join('\n', list)}");
    }

    private static string Advice(Operation operation)
    {
        return Wrong.TryGetValue(operation.Name, out var advice) ? $": {advice}" : $": test it under [Semantics(\"{operation.Name}\")], by this overload";
    }

    private static IEnumerable<(Operation Operation, string Place)> Called() => Users().SelectMany(Calls.In);

    private static IEnumerable<int> Tested()
    {
        return ClassesWithNames()
            .SelectMany(tests => Calls.OfClass(tests.Class).Where(operation => tests.Names.Contains(operation.Name)))
            .Select(operation => operation.Token);
    }

    private static IEnumerable<(Type Class, HashSet<string> Names)> ClassesWithNames()
    {
        return from type in Own.GetTypes()
               let names = type.GetMethods().SelectMany(method => method.GetCustomAttribute<SemanticsAttribute>()?.Operations ?? []).ToHashSet()
               where names.Count > 0
               select (type, names);
    }

    // Whatever this project references that references TorchSharp.
    private static IEnumerable<Assembly> Users()
    {
        var torch = typeof(Tensor).Assembly.GetName().Name;
        return Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileNameWithoutExtension(file) != torch && Path.GetFileNameWithoutExtension(file) != Own.GetName().Name && IsManaged(file))
            .Select(Assembly.LoadFrom)
            .Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == torch));
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
