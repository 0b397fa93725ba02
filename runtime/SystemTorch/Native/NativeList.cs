namespace TorchSharp;

/// <summary>Lists of tensors on their way to and from native code.</summary>
internal static unsafe class NativeList
{
    /// <summary>Takes over the handles of a native list and frees the list; an undefined tensor is null.</summary>
    internal static torch.Tensor[] Take(IntPtr* handles, int count)
    {
        var tensors = new torch.Tensor[count];
        for (var i = 0; i < count; i++)
        {
            tensors[i] = handles[i] == IntPtr.Zero ? null! : new torch.Tensor(handles[i]);
        }

        Native.st_free_list(handles);
        return tensors;
    }

    /// <summary>The handles of the tensors, which the caller keeps alive; zero for null.</summary>
    internal static IntPtr[] Handles(IEnumerable<torch.Tensor?>? tensors) =>
        tensors is null ? [] : tensors.Select(t => t is null ? IntPtr.Zero : t.Handle).ToArray();
}
