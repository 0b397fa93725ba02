using Google.Protobuf;

namespace LoraGen.Training.Tests.Support;

/// <summary>Reads the scalars of TensorBoard's event files by the format's description: records with a length, and a message of type Event in each.</summary>
internal static class EventFile
{
    public static IReadOnlyList<(string Tag, long Step, float Value)> Read(string path)
    {
        List<(string, long, float)> all = [];
        using var reader = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var length = reader.ReadInt64();
            reader.ReadInt32();
            var message = reader.ReadBytes((int)length);
            reader.ReadInt32();
            var step = 0L;
            foreach (var (field, value) in Fields(message))
            {
                if (field == 2)
                    step = (long)value;
                if (field == 5)
                    all.AddRange(Fields((byte[])value).Select(entry => Scalar((byte[])entry.Value, step)));
            }
        }

        return all;
    }

    private static (string Tag, long Step, float Value) Scalar(byte[] message, long step)
    {
        var fields = Fields(message).ToDictionary(field => field.Number, field => field.Value);
        return (System.Text.Encoding.UTF8.GetString((byte[])fields[1]), step, (float)fields[2]);
    }

    private static List<(int Number, object Value)> Fields(byte[] message)
    {
        List<(int, object)> fields = [];
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadInt64(),
                WireFormat.WireType.Fixed64 => input.ReadDouble(),
                WireFormat.WireType.Fixed32 => input.ReadFloat(),
                _ => input.ReadBytes().ToByteArray(),
            };
            fields.Add((WireFormat.GetTagFieldNumber(tag), value));
        }

        return fields;
    }
}
