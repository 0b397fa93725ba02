#nullable disable
using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimizer's groups, a step an epoch.</summary>
            public abstract class LRScheduler
            {
                internal readonly Optimizer _optimizer;
                internal readonly IList<double> _base_lrs;
                internal readonly IList<double> _last_lrs;
                internal int _last_epoch = -1;

                private readonly bool _verbose;

                protected int _step_count;

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _last_epoch = last_epoch;
                    _verbose = verbose;
                    _base_lrs = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    _last_lrs = [.. Rates];
                }

                private protected IEnumerable<double> Rates => _optimizer.ParamGroups.Select(group => group.LearningRate);

                public IEnumerable<double> get_last_lr() => _last_lrs;

                public virtual void step() => step(null);

                /// <summary>A scheduler that does not watch a metric does not look at it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;

                    // Read to the end before anything is set: the recursive forms start from the present rates.
                    List<double> rates = [.. epoch.HasValue ? get_closed_form_lr() : get_lr()];

                    foreach (var (group, i) in _optimizer.ParamGroups.Take(rates.Count).Select((group, i) => (group, i)))
                    {
                        group.LearningRate = rates[i];
                        if (_verbose && _last_lrs[i] != rates[i])
                            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Adjusting learning rate to {rates[i]}"));
                        _last_lrs[i] = rates[i];
                    }
                }

                protected virtual IEnumerable<double> get_lr() => Rates;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }
        }
    }
}
