using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The interceptor of a <c>forward</c>: it runs it and adds the adapters' contributions, or notifies the model's adapters of the call.</summary>
internal static class ForwardInterceptor
{
    public static (string Signature, string Body) Write(ForwardMethod method)
    {
        var parameters = method.Parameters.Select((type, index) => $"{type} input{index + 1}").Prepend($"this {method.Receiver} module");
        var arguments = string.Join(", ", method.Parameters.Select((_, index) => $"input{index + 1}"));
        return (
            $"{method.Result} Forward({string.Join(", ", parameters)})",
            method.IsOfLayer
                ? $"global::LoraGen.CompilerServices.ForwardCall.Run(module, {arguments})"
                : $"global::LoraGen.CompilerServices.ForwardCall.End(module, global::LoraGen.CompilerServices.ForwardCall.Begin(module).forward({arguments}))");
    }
}
