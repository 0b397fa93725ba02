namespace LoraGen.Analyzers;

/// <summary>What mends a place; each kind is one class in LoraGen.CodeFixes, and needs what the method of <see cref="FixHint"/> of its name takes.</summary>
internal enum FixKind
{
    /// <summary>Nothing that could be done without the author.</summary>
    None,

    /// <summary>An option of the attribute gets a value.</summary>
    SetOption,

    /// <summary>An option of the attribute goes.</summary>
    RemoveOption,

    /// <summary>The marked expression or name becomes another.</summary>
    Replace,

    /// <summary>The marked entry of a list goes.</summary>
    RemoveEntry,

    /// <summary>The marked attribute goes.</summary>
    RemoveAttribute,

    /// <summary>A statement is put before the marked one, or at the end of the marked constructor.</summary>
    InsertStatement,

    /// <summary>The marked statement goes.</summary>
    RemoveStatement,

    /// <summary>The marked statement moves behind another.</summary>
    MoveStatement,

    /// <summary>The marked declaration becomes a <c>using</c> declaration.</summary>
    MakeUsing,

    /// <summary>The marked collection becomes a <c>ModuleList</c>.</summary>
    MakeModuleList,

    /// <summary>The marked member gets an attribute.</summary>
    AddAttribute,
}
