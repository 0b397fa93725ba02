namespace LoraGen.Generator.Tests.Counting;

/// <summary>Ways to write a size, a name or a condition: each against the model that is made with it.</summary>
public sealed class CountedValueTests
{
    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) register_module($\"block_{i}\", new Block(i + 1));")]
    [InlineData("register_module($\"{{{config.Kind}}}\\t{config.Width,4:D3}{(config.IsDeep ? 1 : 2)}{Config.Fixed}\", Linear(2, 3));")]
    [InlineData("for (var i = 0; i < 2; i++) register_module(\"conv\" + i, Conv2d(i + 1, 4, 3)); register_module(nameof(config.Width) + @\"\\n\", Linear(1, 1));")]
    [InlineData("var name = \"up\" + config.Width; third = Sequential((name, Linear(4, 8)), ($\"{name}_{nameof(Block)}\", new Block(8)));")]
    public void Name(string body) => Agrees(body);

    [Theory]
    [InlineData("var width = config.Form switch { Form.Narrow => 2, Form.Wide or Form.Deep => 5, _ => 7 }; second = Linear(width, width);")]
    [InlineData("second = Linear(config.Width switch { < 3 => 1, >= 3 and < 9 => 2, _ => throw new ArgumentException(\"wide\") }, 4);")]
    [InlineData("second = Linear(config.Kind switch { \"narrow\" => 1, \"wide\" when config.IsDeep => 2, _ => 3 }, Config.Fixed switch { Config.Fixed => 8, _ => 9 });")]
    [InlineData("second = Linear(config.Width switch { -1 => 1, _ when config.Layers > 9 => 2, 4 => 6, _ => 3 }, config.Inner switch { null => 4, _ => 5 });")]
    [InlineData("third = config.Form switch { Form.Narrow => Linear(1, 2), Form.Deep => Sequential(new Block(3), ReLU()), _ => null };")]
    [InlineData("if (config.Form == Form.Deep && config.Scale != Config.Size.Small) second = Linear((int)config.Form, (int)Config.Size.Large + 3);")]
    [InlineData("if (config.Form is Form.Wide or Form.Deep) second = Linear(1, 2); if (config.Form is not Form.Wide) third = Linear(1, 2);")]
    [InlineData("if (config.Scale is Config.Size.Large) second = Linear(1, 2); if (config.Width is Config.Fixed) third = Linear(1, 2);")]
    [InlineData("switch (config.Form) { case Form.Narrow: second = Linear(1, 2); break; case Form.Wide: case Form.Deep: second = Linear(3, 4); break; }")]
    [InlineData("int width; switch (config.Kind) { case \"narrow\": width = 3; break; case \"wide\" when config.IsDeep: { width = 5; break; } default: width = 6; break; } second = Linear(width, 1);")]
    [InlineData("switch (config.Width) { default: second = Linear(1, 9); break; case > 3 and < 8: second = Linear(2, 9); break; case 2: throw new ArgumentException(); }")]
    [InlineData("for (var i = 0; i < 4; i++) switch (i) { case 1: continue; case 2: blocks.Add(new Block(7)); break; default: blocks.Add(new Block(i + 2)); break; }")]
    public void Choice(string body) => Agrees(body);

    [Theory]
    [InlineData("second = Linear(config.Inner ?? 9, config.Nested?.Width ?? 3);")]
    [InlineData("second = Linear(config.Nested?.Nested?.Width ?? 2, config.Nested?.Kind.Length ?? 3);")]
    [InlineData("second = Linear(checked(config.Width * 3), unchecked(config.Width + 1));")]
    [InlineData("second = Linear(config.Widths[^1], config.Sizes[^2] + config.Widths.Count + config.Depths.Count + config.Depths[1]);")]
    [InlineData("second = Linear(1 << config.Width, config.Width % 2 == 0 ? (int)Math.Sqrt(16.5) : Math.Max(1, config.Width >> 1));")]
    [InlineData("int[] widths = [64, config.Width]; second = Linear(widths[0], widths[^1]); for (var i = 0; i < widths.Length - 1; i++) blocks.Add(new Block(widths[i]));")]
    [InlineData("var dims = new[] { 1, config.Width }; foreach (var dim in dims) blocks.Add(new Block(dim)); second = Linear(dims[1], dims.Length);")]
    [InlineData("long[] dims = { 3, 4 }; var more = new int[] { 5 }; var list = new List<int> { 6, 7 }; second = Linear(dims[1] + more[0], list[1] + list.Count);")]
    [InlineData("IReadOnlyList<int> dims = [3, config.Width]; List<long> more = new() { 8 }; second = Linear(dims[1], more[0]);")]
    [InlineData("foreach (int width in config.Widths) blocks.Add(new Block(width)); foreach (long depth in config.Depths) blocks.Add(new Block(depth));")]
    [InlineData("var (width, layers) = (config.Width, config.Layers + 1); second = Linear(width, layers);")]
    [InlineData("(int width, var layer) = (config.Width + 1, Linear(3, 4)); second = layer; register_module(\"late\", Linear(width, 1));")]
    [InlineData("var width = config.Width; while (width > 1) { blocks.Add(new Block(width)); width /= 2; }")]
    [InlineData("var width = 1; do { width *= 2; blocks.Add(new Block(width)); } while (width < 9); second = Linear(width, width);")]
    [InlineData("for (var i = 0; ; i++) { if (i == 1) continue; if (i > 3) break; blocks.Add(new Block(i + 1)); }")]
    [InlineData("for (int i = 0, width = 2; i < 3; i++, width *= 2) blocks.Add(new Block(width)); for (int i = 0; i < 1; i++) second = Linear(9, 9);")]
    [InlineData("int j = 5; for (j = 2; j < 4; j++) blocks.Add(new Block(j)); second = Linear(j, j);")]
    [InlineData("second = Linear(config.HeadWidth, int.MaxValue - int.MaxValue + 2);")]
    [InlineData("ArgumentNullException.ThrowIfNull(config); Debug.Assert(config.Width > 0); second = Linear(config.Width > 0 ? config.Width : throw new ArgumentException(\"width\"), 2);")]
    [InlineData("var checkedConfig = config ?? throw new ArgumentNullException(nameof(config)); second = Linear(checkedConfig.Width, 2);")]
    [InlineData("if (config.Width > 3) { second = Linear(2, 2); } else { throw new ArgumentException(\"narrow\"); } _ = config.Kind.Trim();")]
    [InlineData("if (config.Width < 0) return; second = Linear(4, 4); if (config.IsDeep) { RegisterComponents(); return; }")]
    public void Value(string body) => Agrees(body);

    [Theory]
    [InlineData("register_module($\"{DateTime.Now}\", Linear(1, 1));", "Model: DateTime.Now can't be told from the source")]
    [InlineData("second = Linear(config switch { { Width: 3 } => 2, _ => 1 }, 2);", "Model: { Width: 3 } can't be told from the source")]
    [InlineData("second = Linear(config.Width is var width && width > 2 ? 2 : 1, 2);", "Model: var width can't be told from the source")]
    [InlineData("var i = 1; second = Linear(i++, i);", "Model: i++ can't be told from the source")]
    [InlineData("var dims = new[] { 1, 2 }; dims[0] = 3; second = Linear(dims[0], 1);", "Model: dims[0] = 3 can't be told from the source")]
    [InlineData("var dims = new[] { 1, 2 }; Array.Reverse(dims); second = Linear(dims[0], 1);", "Model: Array.Reverse(dims) can't be told from the source")]
    [InlineData("var dims = new[] { 3, 2 }; var at = Array.BinarySearch(dims, 2); second = Linear(1, 1);", "Model: Array.BinarySearch(dims, 2) can't be told from the source")]
    [InlineData("var dims = new List<int> { 1 }; dims.Add(2); second = Linear(dims.Count, 1);", "Model: dims.Add(2) can't be told from the source")]
    [InlineData("switch (config.Width) { case 1: int width = 2; break; default: width = 3; second = Linear(width, 1); break; }", "Model: switch (config.Width) { case 1: int width = 2; break; default: width = 3; second…")]
    [InlineData("for (int i = 0, j = 0; i < 3; i++, j++) { if (i == 1) continue; blocks.Add(new Block(j + 1)); }", "Model: for (int i = 0, j = 0; i < 3; i++, j++) { if (i == 1) continue; blocks.Add(new B…")]
    [InlineData("var i = 0; do { i++; if (i == 1) continue; blocks.Add(new Block(i)); } while (i < 3);", "Model: do { i++; if (i == 1) continue; blocks.Add(new Block(i)); } while (i < 3); can't be told from the source")]
    [InlineData("foreach (var (i, width) in config.Widths.Select((width, i) => (i, width))) blocks.Add(new Block(width + i));", "Model: foreach (var (i, width) in config.Widths.Select((width, i) => (i, width))) block…")]
    [InlineData("using var scope = NewDisposeScope(); second = Linear(1, 1);", "Model: using var scope = NewDisposeScope(); can't be told from the source")]
    [InlineData("goto end; end: second = Linear(1, 1);", "Model: goto end; can't be told from the source")]
    public void Never_guessed(string body, string why)
    {
        CountedModel.IsUncounted(Model(body), why.EndsWith('…') ? why + " can't be told from the source" : why);
    }

    private static void Agrees(string body) => CountedModel.Agrees(Model(body));

    private static string Model(string body) => "using System.Diagnostics;\n" + CountedModel.WithConstructor("Config config", "this.config = config; " + body);
}
