using System.Globalization;
using Inference;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // Numbers are written with a point in every culture.
return RequestCommand.Running(request =>
{
    try
    {
        new Run(request, Console.Out).Execute();
        return 0;
    }
    catch (Exception expected) when (expected is IOException or InvalidDataException or NotSupportedException or InvalidOperationException or ArgumentException)
    {
        // A problem with the files or the request; the message says what to do.
        Console.Error.WriteLine(expected.Message);
        return 1;
    }
}).Parse(args).Invoke();
