namespace LoraGen.Analyzers;

/// <summary>
/// The kind of a fix. Each kind is one class in LoraGen.CodeFixes, and its data comes from the method of <see cref="FixHint"/> with the same name.
/// </summary>
internal enum FixKind
{
    /// <summary>No fix: only the author can decide.</summary>
    None,

    /// <summary>Sets an option of the attribute.</summary>
    SetOption,

    /// <summary>Removes an option of the attribute.</summary>
    RemoveOption,

    /// <summary>Replaces the marked expression or name.</summary>
    Replace,

    /// <summary>Removes the marked entry of a list.</summary>
    RemoveEntry,

    /// <summary>Removes the marked attribute.</summary>
    RemoveAttribute,

    /// <summary>Inserts a statement before the marked one, or at the end of the marked constructor.</summary>
    InsertStatement,

    /// <summary>Removes the marked statement.</summary>
    RemoveStatement,

    /// <summary>Moves the marked statement after another.</summary>
    MoveStatement,

    /// <summary>Turns the marked declaration into a <c>using</c> declaration.</summary>
    MakeUsing,

    /// <summary>Turns the marked collection into a <c>ModuleList</c>.</summary>
    MakeModuleList,

    /// <summary>Adds an attribute to the marked member.</summary>
    AddAttribute,
}
