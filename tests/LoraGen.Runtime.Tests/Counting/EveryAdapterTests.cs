using System.Reflection;
using LoraGen.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Each adapter of this assembly: its count before there is a model against the attached adapter's.</summary>
public sealed class EveryAdapterTests
{
    private const BindingFlags Members = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // The caller makes a layer of theirs, sets members, or gives a method's options, so that they are counted by a function alone.
    private static readonly string[] OfFunctionsAlone =
    [
        "BackboneTaskHeadLora", "BackboneTaskLora", "CompositeLora", "ConfiguredLora", "HeldBesideAdaptedScaledRows", "OneLayerBiasedScaledRows",
        "OneLayerGate", "OneLayerScaledRows", "TrainedBackboneTaskLora", "WholeLora", "WholeModelLora", "WholeWeightsLora", "WrappedConvolvedLora",
        "WrappedDroppedLora", "WrappedIndivisibleLora", "WrappedLora", "WrappedMisspeltLora", "WrappedNarrowLora", "WrappedReparametrizedLora",
        "WrappedSecondLora", "WrappedUntargetedLora",
    ];

    // Refused for its padding index, which only a layer with values tells.
    private const string OfValues = "TiedWordsPaddedTrainableTokens";

    public static TheoryData<string> Counted => [.. Adapters().Where(type => Counts(type).Any()).Select(type => type.Name)];

    [Fact]
    public void Each_adapter_has_it_for_its_constructors_but_these()
    {
        Assert.Equal(OfFunctionsAlone, Adapters().Where(type => !Counts(type).Any()).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Counted))]
    public void It_is_that_of_the_attached_adapter(string name)
    {
        var type = Adapters().Single(adapter => adapter.Name == name);
        foreach (var count in Counts(type))
        {
            foreach (var arguments in SampleArguments.Of(count.GetParameters()))
                Same(type, count, arguments);
        }
    }

    private static void Same(Type type, MethodInfo count, object?[] arguments)
    {
        var modelType = type.BaseType!.GenericTypeArguments[0];
        var constructor = modelType.GetConstructor(Members, [.. count.GetParameters().Select(parameter => parameter.ParameterType)])!;
        using var model = (nn.Module)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
        try
        {
            using var lora = AdapterAttachment.Attach(
                model,
                created => (AdapterBase)type.GetConstructors(Members).Single().Invoke(BindingFlags.DoNotWrapExceptions, null, [created, "default", null], null),
                shared: false);

            var told = (ParameterCount)count.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            Assert.Equal(lora.ParameterCount, told);
            Assert.Equal(lora.ParameterCount.Sites, told.Sites);
        }
        catch (Exception refused) when (refused is InvalidOperationException or ArgumentException && !refused.Message.Contains("MaxTrainableParameters"))
        {
            // What attaching refuses, counting refuses, in the same words but for the name under which it was attached here.
            var told = Record.Exception(() => count.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
            Assert.IsType(refused.GetType(), told);
            Assert.Equal(Tail(refused), Tail(told));
        }
        catch (InvalidOperationException overBudget) when (overBudget.Message.Contains("MaxTrainableParameters"))
        {
            Assert.Contains("has 16 trainable", overBudget.Message);
            Assert.Equal(16, ((ParameterCount)count.Invoke(null, arguments)!).Trainable);
        }
    }

    private static string Tail(Exception exception) => exception.Message[(exception.Message.IndexOf(':') + 1)..];

    private static IEnumerable<Type> Adapters()
    {
        return typeof(EveryAdapterTests).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericType: false, BaseType: { IsGenericType: true } parent }
                && (parent.GetGenericTypeDefinition() == typeof(Adapter<>) || parent.GetGenericTypeDefinition() == typeof(AdapterBase<>))
                && type.Name != OfValues)
            .OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<MethodInfo> Counts(Type adapter) => 
        adapter.GetMethods(Members).Where(method => method is { Name: "Count", IsStatic: true } && method.GetParameters() is not [{ Name: "build" }, ..]);
}
