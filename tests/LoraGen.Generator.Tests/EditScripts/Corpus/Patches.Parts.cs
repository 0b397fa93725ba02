namespace Acme.Vision
{
    [Lora(Rank = 3)]
    partial class Patches
    {
        private const int PatchSize = 8;
        private const int Width = 32;

        private readonly Sequential body;
        private readonly Acme.Layers.FeedForward stem;

        public Linear head { get; } = Linear(Width, 10);
    }
}
