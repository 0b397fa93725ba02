namespace LoraGen.Runtime.Tests.Interop;

/// <summary>What PEFT makes of an adapter folder.</summary>
/// <param name="Scalings">The scaling of each layer that gets an adapter, by its path; 1 for IA³.</param>
/// <param name="Held">The modules that modules_to_save wraps.</param>
/// <param name="Base">The tensors that are loaded into the base model itself.</param>
/// <param name="Faults">Missing and unexpected keys, wrong shapes, and what PEFT raises an error for.</param>
internal sealed record PeftReading(
    IReadOnlyDictionary<string, double> Scalings, IReadOnlyList<string> Held, IReadOnlyList<string> Base, IReadOnlyList<string> Faults);
