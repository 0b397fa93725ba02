using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The interceptors of <c>forward</c>, and of an adapted model's <c>call</c>.</summary>
internal static class ForwardInterceptor
{
    private const string ForwardCall = "global::LoraGen.CompilerServices.ForwardCall";

    /// <summary>The interceptor of a layer's forward, which adds the adapters' contributions.</summary>
    public static (string Signature, string Body) Layer(LayerForward method)
    {
        return (Signature("Forward", method.Receiver, method), $"{ForwardCall}.Run(module, {Arguments(method)})");
    }

    /// <summary>The interceptor of a call of an adapted model, which marks its beginning and its end.</summary>
    public static (string Signature, string Body) Model(ModelForward method)
    {
        return (Signature(Pascal(method.Name), method.Receiver, method), $"{ForwardCall}.RunModel(module, () => module.{method.Name}({Arguments(method)}))");
    }

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    public static string Signature(string name, string receiver, InterceptedMethod method)
    {
        var parameters = method.Parameters.Select((type, index) => $"{type} input{index + 1}").Prepend($"this {receiver} module");
        return $"{method.Result} {name}({string.Join(", ", parameters)})";
    }

    public static string Arguments(InterceptedMethod method) => string.Join(", ", method.Parameters.Select((_, index) => $"input{index + 1}"));
}
