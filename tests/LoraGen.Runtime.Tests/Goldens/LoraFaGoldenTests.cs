using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Six steps of LoRA-FA from PEFT's start to PEFT's end, with the AdamW that PEFT's optimizer is.</summary>
public sealed class LoraFaGoldenTests
{
    [Fact]
    public void Losses_and_the_trained_adapter_are_PEFTs()
    {
        var golden = new GoldenCase("train_lorafa_fp32");
        using var model = golden.Model();
        using var lora = model.AttachLoraFaFrom(golden.AdapterFolder + "_init");
        Assert.Equal(new ParameterCount(golden.Count("trainable"), golden.Count("total")), lora.ParameterCount);
        using var optimizer = lora.Optimizer(parameters => new PeftAdamW(parameters, lr: 0.01, decay: 0.01));
        foreach (var expected in golden.Losses)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.forward(golden.Input), golden.Expected("target"));
            loss.backward();
            optimizer.step();
            Assert.Equal(expected, loss.item<float>(), 1e-5);
        }

        using (no_grad())
            Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), 1e-4);
        using var trained = SafetensorsFile.Open(Path.Combine(golden.AdapterFolder, "adapter_model.safetensors"));
        foreach (var tensor in trained.Tensors)
            Expect.Close(trained.Read(tensor.Name, TestDevice.Device), GoldenCase.Parameter(lora, tensor.Name), 1e-4, tensor.Name);
    }

    /// <summary>AdamW as transformers had it: ε beside the uncorrected root, and the decay after the step.</summary>
    private sealed class PeftAdamW(IReadOnlyList<Parameter> trained, double lr, double decay) : optim.Optimizer(0)
    {
        private readonly Tensor[] _first = [.. trained.Select(parameter => zeros_like(parameter.detach()))];
        private readonly Tensor[] _second = [.. trained.Select(parameter => zeros_like(parameter.detach()))];
        private int _steps;

        public override IEnumerable<optim.ILearningRateController> ParamGroups => [];

        public override IEnumerable<Parameter> parameters() => trained;

        public override void zero_grad()
        {
            foreach (var parameter in trained)
                parameter.grad?.zero_();
        }

        public override Tensor step(Func<Tensor>? closure = null)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            _steps++;
            var size = lr * Math.Sqrt(1 - Math.Pow(0.999, _steps)) / (1 - Math.Pow(0.9, _steps));
            for (var i = 0; i < trained.Count; i++)
            {
                var gradient = trained[i].grad!;
                _first[i].mul_(0.9).add_(gradient, alpha: 0.1);
                _second[i].mul_(0.999).addcmul_(gradient, gradient, value: 0.001);
                trained[i].addcdiv_(_first[i], _second[i].sqrt().add_(1e-6), value: -size);
                trained[i].add_(trained[i], alpha: -lr * decay);
            }

            return null!;
        }
    }
}
