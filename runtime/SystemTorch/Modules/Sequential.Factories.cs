using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Sequential Sequential() => new();

        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => Named(modules);

        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Numbered(modules);

        public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) => Named(modules.Select(pair => pair.ToValueTuple()));

        public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => Named(modules);

        public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules) => Named(modules.Select(pair => pair.ToValueTuple()));

        public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => Numbered(modules);

        private static Sequential Named(IEnumerable<(string Name, Module<Tensor, Tensor> Module)> steps)
        {
            var sequential = new Sequential();
            foreach (var (name, module) in steps)
                sequential.Add(name, module);
            return sequential;
        }

        private static Sequential Numbered(IEnumerable<Module<Tensor, Tensor>> steps)
        {
            var sequential = new Sequential();
            foreach (var module in steps)
                sequential.Add(module);
            return sequential;
        }
    }
}
