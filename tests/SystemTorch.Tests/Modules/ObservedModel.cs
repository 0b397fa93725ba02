using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

/// <summary>A base class whose private field must be found too.</summary>
public abstract class ObservedBase(string name) : nn.Module<Tensor, Tensor>(name)
{
    private readonly Linear baseLin = nn.Linear(2, 2);

    protected Linear Base => baseLin;
}

/// <summary>The model of the observations of TorchSharp's behaviour: one field of each kind that registration treats differently.</summary>
public sealed class ObservedModel : ObservedBase
{
    public readonly Linear fcReadonly = nn.Linear(3, 4);
    public readonly Parameter scaleReadonly = nn.Parameter(ones(1));
    public readonly ModuleList<Linear> blocks = new(nn.Linear(4, 4), nn.Linear(4, 4));

    [ComponentName(Name = "renamed")]
    private readonly Linear _original = nn.Linear(4, 2);

    public readonly Linear tied1 = nn.Linear(2, 2);
    public readonly Linear tied2;
    private readonly Dropout drop = nn.Dropout(0.1);
    public readonly Tensor plainTensor = ones(2);
    public readonly List<Linear> listed = [nn.Linear(2, 2)];
    public static readonly Linear Shared = nn.Linear(2, 2);
    public Linear? late;

    public ObservedModel() : base(nameof(ObservedModel))
    {
        tied2 = tied1;
        RegisterComponents();
        late = nn.Linear(2, 2);
    }

    public Linear AutoProp { get; } = nn.Linear(2, 2);

    public override Tensor forward(Tensor input)
    {
        var x = fcReadonly.call(input) * scaleReadonly;
        foreach (var block in blocks)
            x = block.call(x);
        x = AutoProp.call(_original.call(x)) + plainTensor;
        return Base.call(tied2.call(drop.call(tied1.call(x))));
    }

    public void RegisterAgain() => RegisterComponents();
}
