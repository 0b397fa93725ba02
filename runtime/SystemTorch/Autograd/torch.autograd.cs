#nullable disable
namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor> grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            IntPtr[] ofOutputs = NativeList.Handles(outputs), ofInputs = NativeList.Handles(inputs), ofGrads = NativeList.Handles(grad_outputs);
            var results = new IntPtr[ofInputs.Length];
            fixed (IntPtr* o = ofOutputs, i = ofInputs, g = ofGrads, r = results)
            {
                NativeError.Check(Native.st_grads(
                    o, ofOutputs.Length, i, ofInputs.Length, g, ofGrads.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);

            // The gradient of an unused input is a tensor without a handle, as in TorchSharp.
            return results.Select(handle => new Tensor(handle)).ToList();
        }

        public static void backward(
            IList<Tensor> tensors, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            IntPtr[] ofTensors = NativeList.Handles(tensors), ofGrads = NativeList.Handles(grad_tensors), ofInputs = NativeList.Handles(inputs);
            fixed (IntPtr* t = ofTensors, g = ofGrads, i = ofInputs)
            {
                NativeError.Check(Native.st_backward(
                    t, ofTensors.Length, g, ofGrads.Length, retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, i, ofInputs.Length));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);
    }
}
