#nullable disable
namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                => new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Lowers the rates to a floor along half a cosine of T_max epochs, and raises them again after it.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _half;
                    private readonly double _floor;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _half = T_max;
                        _floor = eta_min;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0)
                            return Rates;

                        // After the floor the quotient below would divide by zero.
                        if ((_last_epoch - 1 - _half) % (2 * _half) == 0)
                            return Rates.Select((rate, i) => rate + (_base_lrs[i] - _floor) * (1 - Math.Cos(Math.PI / _half)) / 2);

                        var factor = (1 + Phase(_last_epoch)) / (1 + Phase(_last_epoch - 1));
                        return Rates.Select(rate => factor * (rate - _floor) + _floor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                        => _base_lrs.Select(rate => _floor + (rate - _floor) * (1 + Phase(_last_epoch)) / 2);

                    private double Phase(int epoch) => Math.Cos(Math.PI * epoch / _half);
                }
            }
        }
    }
}
