using System.Text;
using LoraGen.Generator.Tests.EditScripts;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>Writes a model whose constructor and methods are put together at random, of what a count repeats and a little of what it refuses.</summary>
/// <param name="random">Decides everything.</param>
internal sealed class RandomConstructor(Prng random)
{
    private static readonly string[] Names = ["a", "b", "c", "width", "sites", "model", "path", "@class", "item", "größe"];

    private readonly StringBuilder _text = new();
    private readonly List<string> _makers = [];
    private readonly List<string> _sizes = [];
    private readonly List<string> _adders = [];
    private RandomScope _scope = new(null, isFunction: true);
    private bool _isStatic;
    private int _depth;

    public string Write()
    {
        _text.AppendLine("[Lora(Rank = 1)] public sealed class Model : Module<Tensor, Tensor> {");
        _text.AppendLine("private readonly Linear first = Linear(2, 3); private int alpha = 2; private long beta = 3;");
        _text.AppendLine("private Linear? one; private Module<Tensor, Tensor>? two;");
        _text.AppendLine("private readonly ModuleList<Module<Tensor, Tensor>> blocks = new();");
        for (var i = random.Below(4); i > 0; i--)
            Method(i);

        _text.Append("public Model(int ").Append(Enter("a")).Append(" = ").Append(random.Below(6)).AppendLine(", bool flag = true) : base(\"Model\") {");
        Statements(3 + random.Below(7));
        _text.AppendLine("RegisterComponents(); }");
        _text.AppendLine("public override Tensor forward(Tensor x) => throw new NotSupportedException($\"{one}{two}{alpha}{beta}{first}\"); }");
        return _text.ToString();
    }

    private string Enter(string parameter)
    {
        _scope = new RandomScope(null, isFunction: true);
        _scope.Declare(parameter);
        return parameter;
    }

    private void Method(int number)
    {
        // A size is asked for within expressions, where nothing may change.
        var kind = random.Below(3);
        _isStatic = kind == 1 || random.Below(4) == 0;
        var modifiers = _isStatic ? "private static " : "private ";
        var name = $"{(kind == 0 ? "Make" : kind == 1 ? "Size" : "Add")}{number}";
        if (kind == 2)
            (_isStatic, modifiers) = (false, "private ");
        var returned = kind == 0 ? "Linear" : kind == 1 ? "int" : "void";
        _text.AppendLine($"{modifiers}{returned} {name}(int {Enter(Pick(Names))}) {{");
        Statements(1 + random.Below(4));
        _text.AppendLine(kind == 0 ? $"return Linear({Size()}, {Size()});" : kind == 1 ? $"return {Size()};" : $"blocks.Add({Module()});").AppendLine("}");
        var added = kind == 0 ? _makers : kind == 1 ? _sizes : _adders;
        added.Add(name);
        _isStatic = false;
    }

    private void Statements(int count)
    {
        for (var i = 0; i < count; i++)
            Statement();
    }

    private void Inner(string head, Action? first = null)
    {
        _text.Append(head).AppendLine(" {");
        Within(() =>
        {
            first?.Invoke();
            Statements(1 + random.Below(2));
        });
        _text.AppendLine("}");
    }

    private void Within(Action write, bool isFunction = false)
    {
        var outer = _scope;
        _scope = new RandomScope(outer, isFunction);
        _depth++;
        write();
        _depth--;
        _scope = outer;
    }

    private void Statement()
    {
        switch (random.Below(_depth > 2 ? 9 : 17))
        {
            case 0 or 1:
                var start = Value();
                if (NewName() is not { } name)
                    break;
                _text.AppendLine($"var {name} = {start};");
                _scope.Declare(name);
                break;
            case 2 when Variable() is { } changed:
                _text.AppendLine($"{changed} {Pick("=", "+=", "-=", "*=")} {Size()};");
                break;
            case 3 when Variable() is { } stepped:
                _text.AppendLine(random.Below(2) == 0 ? $"{stepped}++;" : $"--{stepped};");
                break;
            case 4 when !_isStatic:
                _text.AppendLine($"this.{Pick("alpha", "beta")} {Pick("=", "+=", "*=")} {Size()};");
                break;
            case 5 or 6 when !_isStatic:
                _text.AppendLine($"blocks.Add({Module()});");
                break;
            case 7 when !_isStatic:
                _text.AppendLine(random.Below(2) == 0 ? $"one = {Maker()};" : $"two = {Module()};");
                break;
            case 8 when !_isStatic && _adders.Count > 0:
                _text.AppendLine($"{Pick([.. _adders])}({Value()});");
                break;
            case 9:
                Inner($"if ({Condition()})");
                if (random.Below(2) == 0)
                    Inner("else");
                break;
            case 10 or 11:
                Loop();
                break;
            case 12:
                Switch();
                break;
            case 13:
                Inner(string.Empty);
                break;
            case 14 when !_isStatic:
                List();
                break;
            case 15:
                Function();
                break;
            default:
                _text.AppendLine($"if ({Value()} == 12345) throw new ArgumentException(\"never\");");
                break;
        }
    }

    private void Loop()
    {
        var (size, value) = (Size(), Value());
        var name = NewName() ?? "i" + _depth;
        switch (random.Below(4))
        {
            case 0:
                Inner($"for (var {name} = 0; {name} < {size} % 4; {name}++)", () => _scope.DeclareFixed(name));
                break;
            case 1:
                Inner($"foreach (var {name} in new int[] {{ {size}, {value} }})", () => _scope.DeclareFixed(name));
                break;
            default:
                _text.AppendLine($"{{ var {name} = {size} % 4;");
                Within(() =>
                {
                    _scope.DeclareFixed(name);
                    var isDo = random.Below(2) == 0;
                    Inner(isDo ? "do" : $"while ({name} > 0)", () => _text.AppendLine($"{name}--;"));
                    _text.AppendLine(isDo ? $"while ({name} > 0); }}" : "}");
                });
                break;
        }
    }

    private void Switch()
    {
        _text.AppendLine($"switch ({Size()}) {{ case 1: case 2: {{");
        Within(() => Statements(1));
        _text.AppendLine($"break; }} case > 6 when {Condition()}: {{");
        Within(() => Statements(1));
        _text.AppendLine(random.Below(2) == 0 ? "break; } }" : "break; } default: break; }");
    }

    private void List()
    {
        var name = "list" + random.Below(1000);
        _text.AppendLine($"var {name} = new List<Module<Tensor, Tensor>> {{ {Module()} }};");
        _text.AppendLine($"for (var i{name} = 0; i{name} < {Size()} % 3; i{name}++) {name}.Add(Linear(i{name} + 1, {name}.Count));");
        _text.AppendLine($"{Pick("two = Sequential", "blocks.extend")}({name});");
    }

    // What it captures is by value, so it changes its own alone; or it is refused.
    private void Function()
    {
        var name = "F" + random.Below(100_000);
        var parameter = Pick(Names);
        _text.AppendLine($"Linear {name}(int {parameter}) {{");
        Within(
            () =>
            {
                _scope.Declare(parameter);
                Statements(1 + random.Below(2));
                _text.AppendLine($"return Linear({Size()}, {Size()}); }}");
            },
            isFunction: true);
        if (!_isStatic)
            _text.AppendLine($"one = {name}({Value()});");
    }

    private string Module()
    {
        return random.Below(5) switch
        {
            0 => $"Sequential({Maker()}, ReLU(), {Maker()})",
            1 => $"({Condition()} ? {Maker()} : LayerNorm({Size()}))",
            2 => "Dropout(0.1)",
            _ => Maker(),
        };
    }

    private string Maker()
    {
        return _makers.Count > 0 && !_isStatic && random.Below(2) == 0 ? $"{Pick([.. _makers])}({Value()})" : $"Linear({Size()}, {Size()})";
    }

    private string Size() => $"(Math.Abs({Value()}) % 9 + 1)";

    private string Condition() => $"{Value()} {Pick("<", ">", "==", "!=", ">=")} {Value()}"
        + (random.Below(4) == 0 ? $" {Pick("&&", "||")} {Value()} > 2" : "");

    private string Value(int depth = 0)
    {
        return random.Below(depth > 1 ? 4 : 10) switch
        {
            0 or 1 => _scope.All(random) ?? "3",
            2 when !_isStatic => "this.alpha",
            4 => $"({Value(depth + 1)} {Pick("+", "-", "*")} {Value(depth + 1)})",
            5 => $"({Value(depth + 1)} > 3 ? {Value(depth + 1)} : {Value(depth + 1)})",
            6 => $"Math.Max({Value(depth + 1)}, {Value(depth + 1)})",
            7 => $"({Value(depth + 1)} switch {{ 1 or 2 => {Value(depth + 1)}, > 4 => 5, _ => {Value(depth + 1)} }})",
            8 when _sizes.Count > 0 && !_isStatic => $"{Pick([.. _sizes])}({Value(depth + 1)})",
            9 => $"(int)({Value(depth + 1)} * 1.5)",
            _ => random.Below(8).ToString(),
        };
    }

    private string? Variable() => _scope.Own(random);

    private string? NewName() => Enumerable.Range(0, 4).Select(_ => Pick(Names)).FirstOrDefault(_scope.MayDeclare);

    private string Pick(params string[] items) => items[random.Below(items.Length)];
}
