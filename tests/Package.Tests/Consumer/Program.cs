using Consumer;
using TorchSharp;
using static TorchSharp.torch;

random.manual_seed(1);
using var model = new Classifier();
var input = randn(64, 6);
var target = input.narrow(1, 0, 4).argmax(1);
var before = model.forward(input).detach();
var failed = 0;

using (var lora = model.AttachLora())
{
    Check("the count is the formula", lora.ParameterCount.Trainable == 4 * (16 + 16) + 4 * (16 + 4));
    Check("a new adapter changes nothing", model.forward(input).Equals(before));

    var start = Loss();
    using var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-2);
    for (var step = 0; step < 40; step++)
    {
        optimizer.zero_grad();
        CrossEntropy().backward();
        optimizer.step();
    }

    Check("it trains", Loss() < 0.8 * start);
    Check("each .forward call was intercepted", lora.Hidden.B.abs().sum().item<float>() > 0 && lora.Head.B.abs().sum().item<float>() > 0);

    var adapted = model.forward(input).detach();
    Check("it changes the output", !adapted.allclose(before, 1e-2, 1e-2));
    lora.Merge();
    Check("merging changes next to nothing", model.forward(input).allclose(adapted, 1e-4, 1e-5));
}

Check("disposing brings the model back", model.forward(input).Equals(before));
return failed;

Tensor CrossEntropy() => nn.functional.cross_entropy(model.forward(input), target);

float Loss() => CrossEntropy().item<float>();

void Check(string claim, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {claim}");
    failed = holds ? failed : 1;
}
