using LoraGen.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>
/// Decides on an edit of the project as it is; null where it would change nothing: run again on the very same compilation, Roslyn's driver may forget
/// files that the run before had to insert (4.14).
/// </summary>
/// <param name="random">Decides where and what.</param>
/// <param name="project">As earlier edits left it.</param>
/// <param name="earlier">As it was some edits ago, for what is taken back.</param>
internal delegate Edit? EditKind(Prng random, CSharpCompilation project, CSharpCompilation earlier);
