#nullable disable
namespace TorchSharp;

/// <summary>Makes backward passes say which forward operation failed, until it is disposed.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool enabledBefore = IsEnabled;
    private readonly bool checkedBefore = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Set(enabled, check_nan);

    public static bool IsEnabled => Native.st_anomaly_mode() != 0;

    public static bool ShouldCheckNaN => Native.st_anomaly_checks_nan() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Set(enabledBefore, checkedBefore);
        }
    }

    private static void Set(bool enabled, bool checkNaN) => Native.st_set_anomaly_mode(enabled ? 1 : 0, checkNaN ? 1 : 0);
}
