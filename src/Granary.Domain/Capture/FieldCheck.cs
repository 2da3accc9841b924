using System.Buffers;
using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>Collects what is wrong with single fields.</summary>
internal sealed class FieldCheck
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create([.. Letters(char.IsControl), .. Letters(char.IsSurrogate)]);

    public List<FieldError> Errors { get; } = [];

    public void Add(string field, string code, string? limit = null) => Errors.Add(new FieldError(field, code, limit));

    /// <summary>A text of one line: white space around it does not count, no control characters within.</summary>
    public void Text(string field, string? text, int limit) => Text(field, text, limit, allowsLines: false);

    /// <summary>A text of several lines: line breaks and tabs may stand in it.</summary>
    public void Lines(string field, string? text, int limit) => Text(field, text, limit, allowsLines: true);

    public void Texts(string field, IReadOnlyList<string> texts, int most, int limit)
    {
        if (texts.Count > most)
        {
            Add(field, "too_many", Number(most));
            return;
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is { } text && !IsFine(text, limit))
                Text($"{field}[{i}]", text, limit);
        }
    }

    public void Range<T>(string field, T? value, T least, T most)
        where T : struct, IComparable<T>, IFormattable
    {
        if (value is { } number && (number.CompareTo(least) < 0 || number.CompareTo(most) > 0))
            Add(field, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"{least}–{most}"));
    }

    public void Defined<T>(string field, T? value)
        where T : struct, Enum
    {
        if (value is { } member && !Enum.IsDefined(member))
            Add(field, "unknown_value");
    }

    public void Past(string field, DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } instant)
            return;
        if (instant > now + FieldLimits.ClockSkew)
            Add(field, "in_the_future");
        else if (instant.UtcDateTime.Year < FieldLimits.FirstYear)
            Add(field, "out_of_range", $"{FieldLimits.FirstYear}–{FieldLimits.LastYear}");
    }

    private void Text(string field, string? text, int limit, bool allowsLines)
    {
        if (text is null || IsFine(text, limit))
            return;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length > limit)
            Add(field, "too_long", Number(limit));
        else if (HasControl(trimmed, allowsLines))
            Add(field, "control_character");
        else if (HasHalfLetter(trimmed))
            Add(field, "invalid_text");
    }

    private static bool IsFine(string text, int limit) => text.Length <= limit && !text.AsSpan().ContainsAny(Suspicious);

    private static bool HasControl(ReadOnlySpan<char> text, bool allowsLines)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && !(allowsLines && c is '\n' or '\r' or '\t'))
                return true;
        }

        return false;
    }

    private static bool HasHalfLetter(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    private static string Number(int limit) => limit.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<char> Letters(Func<char, bool> isWanted) => Enumerable.Range(0, char.MaxValue + 1).Select(static c => (char)c).Where(isWanted);
}
