using System.Reflection;
using LoraGen.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>
/// A model class of a loaded test project with its generated extension method. Its width is 4. It is made by its constructor, or by a static method
/// <c>Make.Model</c> where the source has one; it runs by its forward, or by <c>Make.Run</c>.
/// </summary>
internal sealed class LoadedModel(MethodInfo attach, Type? make)
{
    public const int Width = 4;

    private const string Extensions = "Extensions";

    private readonly nn.Module _model = Create(attach.GetParameters()[0].ParameterType, make);

    public nn.Module Module => _model;

    public bool IsMadeByItsConstructor => make?.GetMethod("Model") is null;

    /// <summary>Of the one adapter that the project has.</summary>
    public static LoadedModel Only(LoadedCode code) => Of(code, Attachers(code).Single());

    public static LoadedModel Of(LoadedCode code, string extensions) =>
        Of(code, Attachers(code).Single(method => method.DeclaringType!.FullName == extensions));

    public Adapter Attach(string name = "default", ScalarType? dtype = null)
    {
        object?[] given = [_model, name, dtype];
        return (Adapter)Invoke(attach, null, [.. given, .. attach.GetParameters().Skip(given.Length).Select(parameter => parameter.DefaultValue)])!;
    }

    public Tensor Run(Tensor input)
    {
        var run = make?.GetMethod("Run");
        return (Tensor)(run is null ? Invoke(Forward(), _model, [input]) : Invoke(run, null, [_model, input]))!;
    }

    /// <summary>The value of a property of generated code, by its dotted way from an adapter.</summary>
    public static object? Read(object? from, string way)
    {
        foreach (var name in way.Split('.'))
            from = Invoke(from!.GetType().GetProperty(name)!.GetMethod!, from, []);
        return from;
    }

    private static LoadedModel Of(LoadedCode code, MethodInfo attach) => new(attach, code.Assembly.GetType("Make"));

    // Without those that attach a saved adapter, which have its folder as a parameter.
    private static IEnumerable<MethodInfo> Attachers(LoadedCode code) => code.Assembly.GetTypes()
        .Where(type => type.Name.EndsWith(Extensions, StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetParameters()[1].Name == "name");

    private static nn.Module Create(Type type, Type? make)
    {
        torch.random.manual_seed(1);
        return (nn.Module)(make?.GetMethod("Model") is { } method ? Invoke(method, null, []) : Activator.CreateInstance(type, nonPublic: true))!;
    }

    private MethodInfo Forward() => _model.GetType().GetMethods().Single(method => method is { Name: "forward" } && IsOfTensor(method));

    private static bool IsOfTensor(MethodInfo method) => method.GetParameters() is [{ ParameterType: var only }] && only == typeof(Tensor);

    private static object? Invoke(MethodBase method, object? target, object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
