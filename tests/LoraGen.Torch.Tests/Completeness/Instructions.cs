using System.Reflection.Emit;

namespace LoraGen.Torch.Tests.Completeness;

/// <summary>The members that a method's instructions name.</summary>
internal static class Instructions
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>Their metadata tokens.</summary>
    public static IEnumerable<int> MethodTokens(byte[] instructions)
    {
        for (var at = 0; at < instructions.Length;)
        {
            var value = (int)instructions[at++];
            if (value == 0xFE)
                value = (value << 8) | instructions[at++];
            var operand = OpCodesByValue[value].OperandType;
            if (operand == OperandType.InlineMethod)
                yield return BitConverter.ToInt32(instructions, at);
            at += Length(operand, instructions, at);
        }
    }

    private static int Length(OperandType operand, byte[] instructions, int at)
    {
        return operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, at)),
            _ => 4,
        };
    }
}
