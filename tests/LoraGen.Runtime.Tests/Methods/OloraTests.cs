using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>What is OLoRA's alone.</summary>
public sealed class OloraTests
{
    // Gram and Schmidt's orthogonalization of the weight's columns. The sign of each vector is free, and cancels in the product.
    [Theory, InlineData("Linear"), InlineData("Embedding"), InlineData("Conv2d")]
    public void It_starts_from_the_first_orthogonal_columns_of_the_weight(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind), dtype: ScalarType.Float64);
        using var olora = model.AttachOlora();
        var site = (OloraSite)olora.Sites[0];
        using var rows = site.Layer.Rows(site.Layer.Weight!);
        var weight = rows.detach().contiguous();
        var (outputs, inputs) = (weight.shape[0], weight.shape[1]);
        var numbers = weight.data<double>().ToArray();
        var vectors = new List<double[]>();
        for (var column = 0; column < site.Rank; column++)
        {
            double[] rest = [.. Enumerable.Range(0, (int)outputs).Select(row => numbers[(row * inputs) + column])];
            foreach (var vector in vectors)
            {
                var along = rest.Zip(vector, (x, y) => x * y).Sum();
                rest = [.. rest.Zip(vector, (x, y) => x - (along * y))];
            }

            var norm = Math.Sqrt(rest.Sum(x => x * x));
            vectors.Add([.. rest.Select(x => x / norm)]);
        }

        var q = tensor([.. vectors.SelectMany(vector => vector)], [site.Rank, outputs], device: TestDevice.Device).t();
        var (a, b) = (site.A.detach().flatten(1), site.B.detach().flatten(1));
        Expect.Close(q.mm(q.t()).mm(weight), b.mm(a), 1e-12);
        Expect.Close(q.abs(), b.abs(), 1e-12);
        Expect.Close(eye(site.Rank, dtype: ScalarType.Float64, device: TestDevice.Device), b.t().mm(b), 1e-12);
        Expect.SameBits(site.A, site.StartA);
        Expect.SameBits(-site.B, site.StartB);
    }

    [Fact]
    public void The_weight_stays_as_it_is()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var bits = ModelState.BitsOf(model);
        using var olora = model.AttachOlora();
        Assert.Equal(bits, ModelState.BitsOf(model));
    }

    [Fact]
    public void Groups_are_refused_at_attach()
    {
        using var model = Make.Model(() => new OneLayer("grouped Conv1d"));
        var before = ModelState.Of(model);
        var error = Assert.Throws<ArgumentException>(() => model.AttachOlora());
        Assert.StartsWith(
            "layer: OLoRA starts from the orthogonal columns of the weight, but the Conv1d has 2 groups.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_at_attach()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using (no_grad())
            ((TorchSharp.Modules.Linear)model.Layer).weight[2].fill_(float.NaN);
        var error = Assert.Throws<InvalidOperationException>(() => model.AttachOlora());
        Assert.StartsWith("layer: the base model's weight has values that are not finite, and OLoRA starts from it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_residual_form_of_PiSSA_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new Toy());
        using (var pissa = model.AttachResidualPissa("default"))
            pissa.Save(folder.Path);
        var error = Assert.Throws<InvalidDataException>(() => model.AttachResidualOloraFrom(folder.Path, "default"));
        Assert.Contains("- init_lora_weights is \"pissa\": the adapter belongs to a changed base model", error.Message, StringComparison.Ordinal);
    }
}
