using LoraGen.Benchmarks.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>The graphs of the methods without a golden, against the formula of the method in float64.</summary>
public sealed class ComputedGraphTests
{
    private const int Inputs = 12;
    private const int Outputs = 10;
    private const int Rank = 3;
    private const int Tokens = 7;
    private const double Tolerance = 1e-12;

    private readonly Linear _layer = Make.Model(() => nn.Linear(Inputs, Outputs), dtype: ScalarType.Float64);
    private readonly Tensor _input = Normal(1, 1, Tokens, Inputs);
    private readonly Tensor _outputGradient = Normal(2, 1, Tokens, Outputs);

    public ComputedGraphTests()
    {
        foreach (var parameter in _layer.parameters())
            parameter.requires_grad = false;
        _input.requires_grad = true;
    }

    [Fact]
    public void GLoRA_is_one_Linear_with_the_changed_weight_and_bias()
    {
        Tensor[] parts =
        [
            Normal(3, Outputs, Rank), Normal(4, Rank, Inputs), Normal(5, Outputs, Rank), Normal(6, Rank, Inputs), Normal(7, Inputs, Rank), Normal(8, Rank, 1),
            Normal(9, 1), Normal(10, 1),
        ];
        Compare(
            () => PeftGraph.Glora(_layer, _input, (parts[0], parts[1]), (parts[2], parts[3]), (parts[4], parts[5]), parts[6], parts[7]),
            () =>
            {
                var (weight, bias) = (_layer.weight!, _layer.bias!);
                var changed = (weight * (1 + parts[0].matmul(parts[1]))) + parts[2].matmul(parts[3]);
                var moved = (bias * (1 + parts[6])) + parts[7] + weight.matmul(parts[4].matmul(parts[5])).flatten();
                return _input.matmul(changed.t()) + moved;
            },
            parts);
    }

    [Fact]
    public void The_bias_of_B_is_scaled_too()
    {
        Tensor[] parts = [Normal(3, Rank, Inputs), Normal(4, Outputs, Rank), Normal(5, Outputs)];
        Compare(
            () => PeftGraph.Lora(_layer, _input, parts[0], parts[1], 1.5, biasB: parts[2]),
            () => _layer.forward(_input) + ((_input.matmul(parts[1].matmul(parts[0]).t()) + parts[2]) * 1.5),
            parts);
    }

    // x̂ is made element by element: in each group of a token, the projection on v.
    [Fact]
    public void VeLoRA_has_the_gradient_of_A_of_the_projected_input()
    {
        const int group = 3;
        const double gradientScale = 0.7;
        var (a, b, v) = (Normal(3, Rank, Inputs).requires_grad_(), Normal(4, Outputs, Rank).requires_grad_(), Normal(5, group));
        PeftGraph.Velora(_layer, _input, a, b, v, gradientScale, 1.5).backward([_outputGradient]);

        var numbers = _input.detach().view(Tokens, Inputs);
        var projected = zeros_like(numbers);
        for (var token = 0; token < Tokens; token++)
        {
            for (var i = 0; i < Inputs; i++)
            {
                var first = i / group * group;
                var product = Enumerable.Range(0, group).Sum(j => numbers[token, first + j].item<double>() * v[j].item<double>());
                projected[token, i] = product * v[i - first].item<double>() * gradientScale;
            }
        }

        var ofHidden = _outputGradient.view(Tokens, Outputs).matmul(b.detach()) * 1.5;
        Expect.Close(ofHidden.t().matmul(projected), a.grad!, Tolerance);
        Expect.Close(_outputGradient.matmul(_layer.weight! + (b.detach().matmul(a.detach()) * 1.5)), _input.grad!, Tolerance);
        Expect.Close(_outputGradient.view(Tokens, Outputs).t().matmul(numbers.matmul(a.detach().t())) * 1.5, b.grad!, Tolerance);
    }

    [Fact]
    public void A_bottleneck_adds_its_scaled_change_to_the_output()
    {
        Tensor[] parts = [Normal(3, Rank, Outputs), Normal(4, Rank), Normal(5, Outputs, Rank), Normal(6, Outputs)];
        Compare(
            () => AdapterHubGraph.Bottleneck(_layer, _input, parts[0], parts[1], parts[2], parts[3], 1.5),
            () =>
            {
                var output = _input.matmul(_layer.weight!.t()) + _layer.bias!;
                var hidden = output.matmul(parts[0].t()) + parts[1];
                return output + (1.5 * (((hidden * hidden.gt(0)).matmul(parts[2].t())) + parts[3]));
            },
            parts);
    }

    [Fact]
    public void Trainable_tokens_of_a_head_replace_rows_of_its_weight()
    {
        var rows = Normal(3, 2, Inputs);
        Compare(
            () => PeftGraph.TrainableTokensOfHead(_layer.weight!, _input, [8, 1], rows),
            () => _input.matmul(cat([_layer.weight![..1], rows[1..], _layer.weight[2..8], rows[..1], _layer.weight[9..]], 0).t()),
            rows);
    }

    private void Compare(Func<Tensor> graph, Func<Tensor> formula, params Tensor[] trained)
    {
        foreach (var tensor in trained)
            tensor.requires_grad = true;
        Tensor[] inputs = [_input, .. trained];
        var (actual, expected) = (graph(), formula());
        Expect.Close(expected, actual, Tolerance);
        var actualGradients = autograd.grad([actual], inputs, [_outputGradient]);
        foreach (var (gradient, actualGradient) in autograd.grad([expected], inputs, [_outputGradient]).Zip(actualGradients))
            Expect.Close(gradient, actualGradient, Tolerance);
    }

    private static Tensor Normal(int seed, params long[] shape) => Make.Normal(seed, shape).to(ScalarType.Float64);
}
