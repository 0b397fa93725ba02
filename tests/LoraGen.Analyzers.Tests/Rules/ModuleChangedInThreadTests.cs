namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ModuleChangedInThreadTests : RuleTests
{
    protected override string Id => "LORA4015";

    protected override string Message =>
        "model.to(…) runs while another thread may call model: its parameters are replaced and freed; do it before the threads start";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public static class Program
        {
            public static void Run(Linear model, Tensor[] inputs)
            {
                System.Threading.Tasks.Parallel.For(0, inputs.Length, i => {|LORA4015:model.to(inputs[i].device)|}.call(inputs[i]));
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        public sealed class Server(Linear model)
        {
            private readonly Net _net = new();

            public async Task Run(Tensor x)
            {
                var serving = Task.Run(() => _net.call(x));
                var moving = Task.Run(() => {|LORA4015:_net.cuda()|});
                await Task.WhenAll(serving, moving);
            }

            public void Watch(Tensor x)
            {
                var thread = new Thread(() =>
                {
                    while (true)
                        model.call(x);
                });
                thread.Start();
                var hook = {|LORA4015:model.register_forward_hook((_, _, output) => output)|};
                thread.Join();
                hook.remove();
            }
        }
        """,
        """
        using System.Threading.Tasks;

        public static class Program
        {
            public static Tensor Run(Net net, Tensor x, Tensor[] all)
            {
                Parallel.ForEach(all, each =>
                {
                    var hook = {|LORA4015:net.register_forward_pre_hook((_, input) => input)|};
                    net.call(each);
                    hook.remove();
                });
                foreach (var each in all)
                    Task.Run(() => {|LORA4015:net.to(each.device)|}.call(each));
                var halving = Task.Factory.StartNew(() => {|LORA4015:net.half()|});
                var y = net.call(x);
                halving.Wait();
                return y;
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Before or after the threads.
        """
        using System.Threading.Tasks;

        public static class Program
        {
            public static async Task Run(Net net, Tensor[] all)
            {
                net.to(CPU);
                Parallel.ForEach(all, each => net.call(each));
                var running = Task.Run(() => net.call(all[0]));
                await running;
                net.to(CPU);
                var hook = net.register_forward_hook((_, _, output) => output);
                Parallel.For(0, all.Length, i => net.call(all[i]));
                hook.remove();
            }
        }
        """,
        // One thread after another.
        """
        using System.Threading;
        using System.Threading.Tasks;

        public static class Program
        {
            public static async Task Run(Net net, Tensor x)
            {
                await Task.Run(() => net.to(CPU));
                net.call(x);
                Task.Run(() => net.half()).Wait();
                net.call(x);
                var loading = Task.Run(() => net.to(CPU).call(x));
                var y = await loading;
                net.call(y);
                var thread = new Thread(() => net.to(CPU));
                net.call(x);
                thread.Start();
                thread.Join();
                net.call(x);
            }
        }
        """,
        // Each thread has its own.
        """
        using System.Threading.Tasks;

        public static class Program
        {
            public static void Run(Net[] nets, Tensor x)
            {
                Parallel.ForEach(nets, net => net.to(CPU).call(x));
                Parallel.For(0, nets.Length, i => nets[i].to(CPU).call(x));
                Parallel.For(0, 4, _ =>
                {
                    using var own = new Net();
                    own.to(CPU).call(x);
                });
                foreach (var net in nets)
                    Task.Run(() => net.to(CPU).call(x));
                Task.WaitAll(nets.Select(net => Task.Run(() => net.to(CPU))).ToArray());
            }
        }
        """,
        // Another module, a tensor, a lambda that no thread runs.
        """
        using System.Threading.Tasks;

        public static class Program
        {
            public static void Run(Net net, Net other, Tensor[] all)
            {
                var running = Task.Run(() => net.call(all[0]));
                other.to(CPU);
                all[1].to(CPU);
                Action later = () => net.to(CPU);
                running.Wait();
                later();
                Parallel.For(0, all.Length, i => net.call(all[i].to(CPU)));
                all.ToList().ForEach(x => net.to(CPU).call(x));
            }
        }
        """,
    ];
}
