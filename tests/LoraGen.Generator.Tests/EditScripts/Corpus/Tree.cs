#nullable disable
namespace Acme.Models
{
    /// <summary>A module class within itself.</summary>
    [Lora(Rank = Sizes.DefaultRank, Targets = [Sizes.Everything], Exclude = ["left.left.*"])]
    public class Tree : Module<Tensor, Tensor>
    {
        private readonly Tree left, right;
        public readonly Linear leaf;
        private readonly List<Linear> loose = new();

        public Tree(int depth = 2) : base("Tree")
        {
            if (depth > 0)
            {
                left = new Tree(depth - 1);
                right = new Tree(depth - 1);
            }

            leaf = Linear(4, 4);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var sum = leaf.forward(x);
            if (left != null) sum = sum + left.forward(x);
            if (right != null) sum = sum + right.forward(x);
            return loose.Aggregate(sum, (y, extra) => extra.forward(y));
        }
    }
}
