using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using LoraGen.Runtime.Tests.Memory;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Files that are damaged or made to do harm: each an error that names the file, the tensor, what was expected and what is there.</summary>
public sealed class HostileFileTests
{
    private const string F32 = "\"dtype\":\"F32\",";

    /// <summary>Header, how many bytes of data follow, what the message says.</summary>
    public static TheoryData<string, int, string> Headers => new()
    {
        { "", 0, "its header should begin with {, is empty" },
        { "[]", 0, "its header should begin with {, begins with byte 0x5B" },
        { " {}", 0, "its header should begin with {, begins with byte 0x20" },
        { "{", 0, "its header is not JSON" },
        { "{}{}", 0, "its header is not JSON" },
        { "{} x", 0, "its header is not JSON" },
        { "{\"a\":" + new string('[', 1000), 0, "tensor \"a\" should be an object, is an array" },
        { "{\"a\":{\"x\":" + new string('[', 1000), 0, "maximum configured depth" },
        { "{\"a\":1}", 0, "tensor \"a\" should be an object, is \"1\"" },
        { "{\"a\\ud800\":1}", 0, "a string that is not Unicode" },
        { "{\"__metadata__\":null}", 0, "__metadata__ should be an object, is \"null\"" },
        { "{\"__metadata__\":{\"a\":1}}", 0, "__metadata__, \"a\", should be a string, is \"1\"" },
        { "{\"__metadata__\":{\"a\":{}}}", 0, "__metadata__, \"a\", should be a string, is an object" },
        { "{\"__metadata__\":{\"a\":\"b\",\"a\":\"b\"}}", 0, "__metadata__ has \"a\" twice" },
        { "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "its header has __metadata__ twice" },
        { One("\"shape\":[1],\"data_offsets\":[0,4]"), 4, "tensor \"a\": it has no dtype" },
        { One(F32 + "\"data_offsets\":[0,4]"), 4, "tensor \"a\": it has no shape" },
        { One(F32 + "\"shape\":[1]"), 4, "tensor \"a\": it has no data_offsets" },
        { One(F32 + F32 + "\"shape\":[1],\"data_offsets\":[0,4]"), 4, "tensor \"a\": it has dtype twice" },
        { One(F32 + "\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]"), 4, "tensor \"a\": it has shape twice" },
        { One("\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]"), 1, "its dtype \"F8_E4M3\" is not one of the supported types: BOOL, U8," },
        { One("\"dtype\":\"f32\",\"shape\":[1],\"data_offsets\":[0,4]"), 4, "its dtype \"f32\" is not one of" },
        { One("\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]"), 4, "its dtype should be a string, is \"32\"" },
        { One(F32 + "\"shape\":1,\"data_offsets\":[0,4]"), 4, "its shape should be an array of whole numbers, is \"1\"" },
        { One(F32 + "\"shape\":[-1],\"data_offsets\":[0,4]"), 4, "its shape should hold whole numbers from 0 to 9223372036854775807, has \"-1\"" },
        { One(F32 + "\"shape\":[1.0],\"data_offsets\":[0,4]"), 4, "its shape should hold whole numbers from 0 to 9223372036854775807, has \"1.0\"" },
        { One(F32 + "\"shape\":[1e0],\"data_offsets\":[0,4]"), 4, "its shape should hold whole numbers from 0 to 9223372036854775807, has \"1e0\"" },
        { One(F32 + "\"shape\":[\"1\"],\"data_offsets\":[0,4]"), 4, "its shape should hold whole numbers" },
        { One(F32 + "\"shape\":[[1]],\"data_offsets\":[0,4]"), 4, "its shape should hold whole numbers from 0 to 9223372036854775807, has an array" },
        { One(F32 + "\"shape\":[99999999999999999999],\"data_offsets\":[0,4]"), 4, "has \"99999999999999999999\"" },
        { One(F32 + $"\"shape\":[{string.Join(',', Enumerable.Repeat(1, 65))}],\"data_offsets\":[0,4]"), 4, "its shape has more than 64 numbers" },
        { One(F32 + "\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]"), 0, "its shape [4611686018427387904, 4] has more elements than" },
        { One(F32 + "\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]"), 0, "has more elements than can be counted" },
        { One(F32 + "\"shape\":[0,4294967296,4294967296],\"data_offsets\":[0,0]"), 0, "has more elements than can be counted" },
        { One(F32 + "\"shape\":[2305843009213693952],\"data_offsets\":[0,0]"), 0, "has more elements than can be counted" },
        { One(F32 + "\"shape\":[1],\"data_offsets\":[0]"), 4, "its data_offsets should be two numbers, begin and end, are 1" },
        { One(F32 + "\"shape\":[1],\"data_offsets\":[0,4,4]"), 4, "its data_offsets has more than 2 numbers" },
        { One(F32 + "\"shape\":[1],\"data_offsets\":[-4,0]"), 4, "its data_offsets should hold whole numbers" },
        { One(F32 + "\"shape\":[1],\"data_offsets\":[4,0]"), 4, "its bytes begin at 4 and end before, at 0" },
        { One(F32 + "\"shape\":[2,3],\"data_offsets\":[0,20]"), 20, "shape [2, 3] of F32 takes 24 bytes, its data_offsets [0, 20] hold 20" },
        { One(F32 + "\"shape\":[],\"data_offsets\":[0,0]"), 0, "shape [] of F32 takes 4 bytes, its data_offsets [0, 0] hold 0" },
        { One(F32 + "\"shape\":[1],\"data_offsets\":[0,9223372036854775807]"), 4, "takes 4 bytes, its data_offsets [0, 9223372036854775807] hold" },
        { One(F32 + "\"shape\":[2],\"data_offsets\":[0,8]"), 6, "its bytes end at 8, and the file has 6 after its header: it is cut off, 2 bytes are missing" },
        { One(F32 + "\"shape\":[1],\"data_offsets\":[0,4]"), 7, "take 4 bytes, and the file has 7 after its header: 3 at its end belong to no tensor" },
        { One(F32 + "\"shape\":[1],\"data_offsets\":[4,8]"), 8, "its bytes begin at 4, and those before it end at 0: 4 belong to no tensor" },
        { "{}", 5, "its tensors take 0 bytes, and the file has 5 after its header" },
        { Two(0, 4, 2, 6), 6, "tensor \"b\": its bytes begin at 2, within those of \"a\", which end at 4" },
        { Two(0, 4, 0, 4), 4, "tensor \"b\": its bytes begin at 0, within those of \"a\", which end at 4" },
        { Two(0, 4, 8, 12), 12, "tensor \"b\": its bytes begin at 8, and those before it end at 4: 4 belong to no tensor" },
        { Two(0, 4, 4, 8).Replace("\"b\"", "\"a\""), 8, "its header has tensor \"a\" twice" },
        { "{\"" + new string('n', 5000) + "\\u0007\":1}", 0, "tensor \"" + new string('n', 100) + "…\" should be an object" },
    };

    [Theory, MemberData(nameof(Headers))]
    public void Header_is_refused(string header, int dataLength, string message)
    {
        ExpectRefused(SafetensorsBytes.Of(header, new byte[dataLength]), message);
    }

    [Theory]
    [InlineData(0, "it has 0 bytes, and the length of its header alone takes 8")]
    [InlineData(7, "it has 7 bytes, and the length of its header alone takes 8")]
    [InlineData(8, "announce a header of 56 bytes, and only 0 follow")]
    [InlineData(40, "announce a header of 56 bytes, and only 32 follow")]
    [InlineData(66, "is cut off, 2 bytes are missing")]
    public void Cut_off_file_is_refused(int length, string message)
    {
        var whole = SafetensorsBytes.Of(One(F32 + "\"shape\":[1],\"data_offsets\":[0,4]").PadRight(56), new byte[4]);
        ExpectRefused(whole[..length], message);
    }

    [Theory, InlineData(100_000_001), InlineData(ulong.MaxValue), InlineData(1UL << 63)]
    public void Header_longer_than_the_most_is_refused(ulong length)
    {
        var file = SafetensorsBytes.Of("{}");
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        ExpectRefused(file, $"announce a header of {length} bytes, and the most is 100000000");
    }

    [Theory, InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:…"), InlineData("<!DOCTYPE html><html></html>")]
    public void Something_else_is_refused_with_a_guess(string content)
    {
        ExpectRefused(Encoding.UTF8.GetBytes(content), "a Git LFS pointer or a saved web page also looks like this");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        ExpectRefused(SafetensorsBytes.Of([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}'], []), "its header is not valid UTF-8");
    }

    [Fact]
    public void Bool_that_is_none_is_refused()
    {
        using var file = new SafetensorsFile(new MemoryBytes(SafetensorsBytes.Of(One("\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]"), 0, 1, 2)));
        var left = LiveTensors.Count();
        Assert.Contains("tensor \"a\": element 2 should be 0 or 1, as a BOOL, is 2", Assert.Throws<InvalidDataException>(() => file.Read("a")).Message);
        Assert.Equal(0, LiveTensors.LeftSince(left));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void File_that_is_cut_off_while_open_is_an_error(bool map)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.safetensors", SafetensorsBytes.Of(One(F32 + "\"shape\":[1024],\"data_offsets\":[0,4096]"), new byte[4096]));
        using var file = SafetensorsFile.Open(path, map);
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            other.SetLength(100);
        Assert.Contains("ends after 100 now", Assert.Throws<InvalidDataException>(() => file.Read("a")).Message);
    }

    [Fact]
    public void Files_that_can_not_be_opened()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(folder["none"]));
        Assert.Contains(nameof(SafetensorsCheckpoint), Assert.Throws<ArgumentException>(() => SafetensorsFile.Open(folder.Path)).Message);
    }

    // A pipe that nobody writes to would never open, and some devices never end.
    [Theory, InlineData(true), InlineData(false)]
    public void Pipes_and_devices_are_refused_at_once(bool map)
    {
        using var folder = new TemporaryFolder();
        var pipe = folder["pipe"];
        if (OperatingSystem.IsWindows())
            File.WriteAllBytes(pipe, []);
        else
            Assert.Equal(0, MakePipe(pipe, 0b110_000_000));
        File.CreateSymbolicLink(folder["first"], pipe);
        File.CreateSymbolicLink(folder["second"], "first");
        string[] devices = OperatingSystem.IsWindows() ? [] : ["/dev/zero", "/dev/null", "/dev/random"];
        foreach (var path in devices.Concat([pipe, folder["first"], folder["second"]]))
        {
            var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path, map));
            Assert.StartsWith($"{path}: it has 0 bytes", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Links_to_a_file_are_followed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.safetensors", SafetensorsBytes.Of(One(F32 + "\"shape\":[1],\"data_offsets\":[0,4]"), 0, 0, 0x80, 0x3F));
        File.CreateSymbolicLink(folder["first"], "a.safetensors");
        File.CreateSymbolicLink(folder["second"], folder["first"]);
        using var file = SafetensorsFile.Open(folder["second"]);
        Assert.Equal(1, file.Read("a").item<float>());
        File.CreateSymbolicLink(folder["broken"], "none");
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(folder["broken"]));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Unknown_name_and_closed_file(bool map)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.safetensors", SafetensorsBytes.Of(One(F32 + "\"shape\":[1],\"data_offsets\":[0,4]"), new byte[4]));
        var file = SafetensorsFile.Open(path, map);
        Assert.Contains($"{path} has no tensor \"b\". Nearest: a.", Assert.Throws<KeyNotFoundException>(() => file.Read("b")).Message);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read("a"));
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    private static string One(string fields) => $"{{\"a\":{{{fields}}}}}";

    private static string Two(int begin, int end, int otherBegin, int otherEnd)
    {
        return $"{{\"a\":{{{F32}\"shape\":[1],\"data_offsets\":[{begin},{end}]}},\"b\":{{{F32}\"shape\":[1],\"data_offsets\":[{otherBegin},{otherEnd}]}}}}";
    }

    private static void ExpectRefused(byte[] file, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => new SafetensorsFile(new MemoryBytes(file)));
        Assert.StartsWith("memory.safetensors: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
