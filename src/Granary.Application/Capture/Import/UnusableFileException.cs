namespace Granary.Application.Capture.Import;

/// <summary>
/// A file cannot be imported at all. This is an exception rather than a result because a file is read as a stream and may
/// show at any row that it is broken or hostile; what is wrong with single rows is reported with the rows.
/// </summary>
public sealed class UnusableFileException : Exception
{
    /// <summary>A file refused for a reason.</summary>
    /// <param name="code">See <see cref="FileCodes"/>.</param>
    /// <param name="facts">What the text about it names, such as the missing columns.</param>
    public UnusableFileException(string code, params ReadOnlySpan<(string Name, string Value)> facts)
        : base($"The file cannot be imported: {code}.")
    {
        Code = code;
        var map = new Dictionary<string, string>(facts.Length, StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            map[name] = value;
        }

        Facts = map;
    }

    /// <summary>Stable code.</summary>
    public string Code { get; }

    /// <summary>Facts by name.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; }

    /// <summary>Refuses a file that lacks what every lead needs.</summary>
    /// <param name="fields">As <c>ImportMapping.Unsupplied</c> gives them.</param>
    public static UnusableFileException MissingColumns(IReadOnlyList<string> fields) =>
        new(FileCodes.MissingRequiredColumns, ("fields", string.Join(", ", fields)));
}

/// <summary>Codes of <see cref="UnusableFileException"/>: part of the contract, never renamed.</summary>
public static class FileCodes
{
    /// <summary>Nothing but blank rows.</summary>
    public const string EmptyFile = "empty_file";

    /// <summary>The file has more bytes than allowed. Fact: <c>limit</c>.</summary>
    public const string TooLarge = "too_large";

    /// <summary>More rows than a file of its kind may have.</summary>
    public const string TooManyRows = "too_many_rows";

    /// <summary>Neither CSV, TSV nor XLSX; also workbooks of the old format and those with a password.</summary>
    public const string UnknownFormat = "unknown_format";

    /// <summary>Text in none of the known encodings.</summary>
    public const string EncodingUnknown = "encoding_unknown";

    /// <summary>A workbook that unpacks to more than is allowed. Fact: <c>limit</c>.</summary>
    public const string WorkbookTooLarge = "workbook_too_large";

    /// <summary>A workbook that is damaged or not built as one.</summary>
    public const string WorkbookBroken = "workbook_broken";

    /// <summary>More columns than allowed. Facts: <c>count</c>, <c>limit</c>.</summary>
    public const string TooManyColumns = "too_many_columns";

    /// <summary>The first row holds values instead of headings. Fact: <c>row</c>.</summary>
    public const string NoHeadings = "no_headings";

    /// <summary>Columns are missing that every lead needs. Fact: <c>fields</c>.</summary>
    public const string MissingRequiredColumns = "missing_required_columns";
}
