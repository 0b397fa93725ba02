using System.Globalization;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Threads;

/// <summary>All members of adapters beside calls, on eight threads. LORAGEN_STRESS_SECONDS sets the duration.</summary>
public sealed class StressTests : IDisposable
{
    private const int Callers = 5;
    private const int Changers = 3;

    private static readonly TimeSpan Duration =
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("LORAGEN_STRESS_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    private readonly Paused _model = Make.Model(() => new Paused());
    private readonly Tensor _input = Make.Normal(3, 5, 6);
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_call_gives_the_output_of_one_set_of_adapters()
    {
        var before = ModelState.Of(_model);
        var expected = Expected();
        Run(1, expected);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (tensors, bytes) = (Tensor.TotalCount, Environment.WorkingSet);

        var (calls, changes) = Run(Duration.TotalSeconds, expected);
        Assert.True(calls > 100 && changes > 100, $"Only {calls} calls and {changes} changes.");
        Assert.Equal(before, ModelState.Of(_model));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(Environment.WorkingSet - bytes < 100 << 20, $"The process grew by {(Environment.WorkingSet - bytes) >> 20} MiB.");
        Assert.True(Tensor.TotalCount - tensors < 1000 + (20 * changes), $"{Tensor.TotalCount - tensors} tensors more after {changes} changes.");
    }

    // One output for each set of adapters.
    private List<Tensor> Expected()
    {
        var adapters = Enumerable.Range(0, Changers).Select(Attach).ToArray();
        var outputs = new List<Tensor>();
        using var noGrad = no_grad();
        for (var set = 0; set < 1 << Changers; set++)
        {
            for (var i = 0; i < Changers; i++)
                adapters[i].IsActive = (set & (1 << i)) != 0;
            outputs.Add(_model.call(_input));
        }

        foreach (var adapter in adapters)
            adapter.Dispose();
        return outputs;
    }

    private (long Calls, long Changes) Run(double seconds, IReadOnlyList<Tensor> expected)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(seconds);
        long calls = 0, changes = 0;
        var errors = new List<Exception>();
        var threads = Enumerable.Range(0, Callers + Changers).Select(index => new Thread(() =>
        {
            try
            {
                var random = new Random(index);
                while (DateTime.UtcNow < end)
                {
                    using var scope = NewDisposeScope();
                    if (index < Callers)
                        Interlocked.Add(ref calls, Call(index, expected));
                    else
                        Interlocked.Add(ref changes, Change(index - Callers, random));
                }
            }
            catch (Exception error)
            {
                lock (errors)
                    errors.Add(error);
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.Empty(errors);
        return (calls, changes);
    }

    private int Call(int index, IReadOnlyList<Tensor> expected)
    {
        using var noGrad = no_grad();
        var output = index % 2 == 0 ? _model.call(_input) : _model.forward(_input);
        Assert.Contains(expected, each => each.allclose(output, rtol: 1e-4, atol: 1e-5));
        return 1;
    }

    // An adapter from attaching to disposing.
    private int Change(int index, Random random)
    {
        var folder = Folder("saved", index);
        var lora = Attach(index);
        try
        {
            for (var step = 0; step < 8; step++)
            {
                switch (random.Next(7))
                {
                    case 0:
                        lora.IsActive = false;
                        break;
                    case 1:
                        lora.IsActive = true;
                        break;
                    case 2:
                        lora.IsActive = true;
                        lora.Merge();
                        lora.Unmerge();
                        break;
                    case 3:
                        lora.Save(folder);
                        lora.Load(folder);
                        break;
                    case 4:
                        lora.To(ScalarType.Float32);
                        break;
                    case 5:
                        lora.Detach();
                        lora.Dispose();
                        lora = Attach(index);
                        break;
                    default:
                        _ = lora.ParameterCount.Trainable + lora.Parameters().Count;
                        break;
                }
            }

            lora.IsActive = true;
            if (random.Next(2) == 0)
                lora.Merge();
            return 8;
        }
        finally
        {
            lora.Dispose();
        }
    }

    // Loads the values while attaching, so that no call uses the adapter without them.
    private PausedLora Attach(int index)
    {
        var folder = Folder("start", index);
        var name = string.Create(CultureInfo.InvariantCulture, $"adapter{index}");
        if (!Directory.Exists(folder))
        {
            using var made = Make.Model(() => new Paused());
            using var lora = Make.Trained(made.AttachLora(name), seed: 100 * (index + 1));
            lora.Save(folder);
        }

        return _model.AttachLoraFrom(folder, name);
    }

    private string Folder(string name, int index) => Path.Combine(_folder.Path, string.Create(CultureInfo.InvariantCulture, $"{name}{index}"));
}
