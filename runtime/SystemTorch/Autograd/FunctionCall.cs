using System.Runtime.InteropServices;

namespace TorchSharp;

using static torch;

/// <summary>One application of a custom function: what its callbacks need, from forward until the graph is freed.</summary>
internal sealed unsafe class FunctionCall
{
    private readonly IManagedFunction function;
    private readonly autograd.AutogradContext context = new();
    private readonly bool[] isTensor;
    private object[] vars;

    private FunctionCall(IManagedFunction function, object[] vars)
    {
        (this.function, this.vars) = (function, vars);
        isTensor = Array.ConvertAll(vars, v => v is Tensor { IsInvalid: false });
    }

    internal static List<Tensor> Run(IManagedFunction function, object[] vars)
    {
        var call = new FunctionCall(function, vars);
        var inputs = vars.OfType<Tensor>().Where(t => !t.IsInvalid).Select(t => t.Handle).ToArray();
        var callbacks = new NativeCallbacks(&Forward, &Backward, &Release);
        IntPtr* outputs;
        int count;
        fixed (IntPtr* handles = inputs)
        {
            count = Native.st_apply_function(callbacks, GCHandle.ToIntPtr(GCHandle.Alloc(call)), handles, inputs.Length, &outputs);
        }

        GC.KeepAlive(vars);
        return count >= 0 ? [.. NativeList.Take(outputs, count)] : throw NativeError.Take();
    }

    [UnmanagedCallersOnly]
    private static int Forward(IntPtr state, IntPtr context, IntPtr outputs)
    {
        try
        {
            Of(state).Forward(context, outputs);
            return 0;
        }
        catch (Exception e)
        {
            ManagedFailure.Leave(e);
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    private static int Backward(IntPtr state, IntPtr context, IntPtr* grads, int count, IntPtr results)
    {
        try
        {
            var tensors = new List<Tensor>(count);
            for (var i = 0; i < count; i++)
            {
                tensors.Add(new Tensor(grads[i]));
            }

            Of(state).Backward(tensors, results);
            return 0;
        }
        catch (Exception e)
        {
            ManagedFailure.Leave(e);
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(IntPtr state)
    {
        Of(state).context.Forget();
        GCHandle.FromIntPtr(state).Free();
    }

    private static FunctionCall Of(IntPtr state) => (FunctionCall)GCHandle.FromIntPtr(state).Target!;

    private void Forward(IntPtr native, IntPtr outputs)
    {
        var results = function.Forward(context, vars);
        vars = [];
        context.Commit(native);
        Add(results, outputs);
    }

    private void Backward(List<Tensor> grads, IntPtr results)
    {
        var gradients = function.Backward(context, grads);
        var missing = gradients.Count < isTensor.Length;
        if (missing || gradients.Skip(isTensor.Length).Any(IsGiven))
        {
            throw new InvalidOperationException(
                $"Function {function.Name} returned an incorrect number of gradients (expected {isTensor.Length}, got {gradients.Count}): " +
                "one for each argument of apply.");
        }

        for (var i = 0; i < isTensor.Length; i++)
        {
            if (!isTensor[i] && IsGiven(gradients[i]))
            {
                throw new InvalidOperationException(
                    $"Function {function.Name} returned a gradient at position {i + 1}, but that argument of apply was no tensor: return null there.");
            }
        }

        Add(gradients.Take(isTensor.Length).Where((_, i) => isTensor[i]), results);
    }

    private static bool IsGiven(Tensor? tensor) => tensor is { IsInvalid: false };

    private static void Add(IEnumerable<Tensor?> tensors, IntPtr list)
    {
        foreach (var tensor in tensors)
        {
            Native.st_add_to_list(list, IsGiven(tensor) ? tensor!.Handle : IntPtr.Zero);
            GC.KeepAlive(tensor);
        }
    }
}
