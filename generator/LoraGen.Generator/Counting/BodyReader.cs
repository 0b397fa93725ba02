using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>What one body is read with: what names mean in it, and the readers of its pieces, which call one another.</summary>
internal sealed class BodyReader
{
    /// <param name="names">What names mean in the part of the class that it stands in.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="fields">The fields of the class.</param>
    /// <param name="functions">The functions that others are mirrored into.</param>
    /// <param name="ending">What <c>return</c> does there.</param>
    public BodyReader(Names names, Variables variables, ClassFields fields, ShapeFunctions functions, Func<ExpressionSyntax?, BodyReader, ShapeCode> ending)
    {
        (Names, Variables, Fields, Functions, Ending) = (names, variables, fields, functions, value => ending(value, this));
        Values = new ValueReader(this);
        Patterns = new PatternReader(this);
        Texts = new TextReader(this);
        Lists = new ShapeListReader(this);
        Methods = new MethodCalls(this);
        Shapes = new ShapeReader(this);
        Effects = new Effects(this);
        Buffers = new BufferReader(this);
        Calls = new CallStatementReader(this);
        Assignments = new AssignmentReader(this);
        Loops = new LoopReader(this);
        Branches = new BranchReader(this);
        Statements = new StatementReader(this);
    }

    /// <summary>Whether there is an object that it is called on.</summary>
    public bool IsOfModule { get; init; } = true;

    public Names Names { get; }

    public Variables Variables { get; }

    public ClassFields Fields { get; }

    public ShapeFunctions Functions { get; }

    /// <summary>What a <c>return</c> with that value becomes.</summary>
    public Func<ExpressionSyntax?, ShapeCode> Ending { get; }

    public ValueReader Values { get; }

    public PatternReader Patterns { get; }

    public TextReader Texts { get; }

    public ShapeListReader Lists { get; }

    public MethodCalls Methods { get; }

    public ShapeReader Shapes { get; }

    public Effects Effects { get; }

    public BufferReader Buffers { get; }

    public CallStatementReader Calls { get; }

    public AssignmentReader Assignments { get; }

    public LoopReader Loops { get; }

    public BranchReader Branches { get; }

    public StatementReader Statements { get; }
}
