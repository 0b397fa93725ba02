// file: Usings.cs
global using System;
global using System.Collections.Generic;
global using System.Linq;
global using LoraGen;
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using static TorchSharp.torch.nn;
// file: Adapters.cs
[assembly: Lora(typeof(Zoo.Animals.Cat), Rank = 2)]
// file: Animals.cs
namespace Zoo;

public static class Animals
{
    /// <summary>Says what a cat says.</summary>
    public class Cat : Animal
    {
        private readonly ModuleList<Linear> legs = new(Linear(4, 4), Linear(4, 4));

        public Cat() : base(nameof(Cat)) => RegisterComponents();

        public override Tensor forward(Tensor x) => legs.Aggregate(brain.forward(x), (y, leg) => leg.forward(y));
    }

    public abstract class Animal(string name) : Module<Tensor, Tensor>(name)
    {
        protected readonly Linear brain = Linear(4, 4);
    }
}
