using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Evaluating;

/// <summary>
/// A generated static class, whose methods the compiler can run itself: what they compute of constants alone, without a value of the user's, can then
/// be told where the code is written. Only what generated code is made of is understood; anything else, and what takes too long, is no constant.
/// </summary>
internal sealed class GeneratedClass
{
    // A model of a hundred blocks takes about twenty thousand.
    private const int MostSteps = 100_000;

    private readonly Dictionary<string, MethodDeclarationSyntax> _methods;
    private readonly IReadOnlyDictionary<string, EnumValue> _members;
    private readonly StatementRunner _statements;
    private int _steps;

    /// <param name="text">The class and nothing else.</param>
    /// <param name="members">The members of enumerations that it names, by what is written.</param>
    public GeneratedClass(string text, IReadOnlyDictionary<string, EnumValue> members)
    {
        _members = members;
        _methods = SyntaxFactory.ParseCompilationUnit(text)
            .Members
            .OfType<ClassDeclarationSyntax>()
            .SelectMany(type => type.Members)
            .OfType<MethodDeclarationSyntax>()
            .ToDictionary(method => method.Identifier.ValueText, StringComparer.Ordinal);
        _statements = new StatementRunner(this);
    }

    /// <summary>What a method of the class returns for those arguments, among which afterwards stands what it put into parameters by reference.</summary>
    /// <exception cref="Exception">The code would throw, or it is no constant.</exception>
    public object? Call(string name, params object?[] arguments)
    {
        if (!_methods.TryGetValue(name, out var method) || method.ParameterList.Parameters.Count != arguments.Length)
            throw new NotConstantException();

        var locals = new Locals();
        var parameters = method.ParameterList.Parameters;
        for (var i = 0; i < arguments.Length; i++)
            locals.Declare(parameters[i].Identifier.ValueText, parameters[i].Type, arguments[i]);
        var returned = _statements.Returned(method.Body ?? throw new NotConstantException(), locals);
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = locals.Read(parameters[i].Identifier.ValueText);
        return method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } ? null : Conversions.To(method.ReturnType, returned);
    }

    /// <summary>A member of an enumeration.</summary>
    public EnumValue Member(string written) => _members.TryGetValue(written, out var member) ? member : throw new NotConstantException();

    /// <summary>To be told of each statement and expression.</summary>
    public void Step()
    {
        if (++_steps > MostSteps)
            throw new NotConstantException();

        // A method that calls itself would end the compiler.
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }
}
