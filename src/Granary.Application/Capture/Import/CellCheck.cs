using System.Buffers;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Capture.Import;

/// <summary>Refuses text that is not fit to be stored or shown.</summary>
internal static class CellCheck
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(static c => (char)c).Where(static c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))]);

    /// <summary>A code of <see cref="RowCodes"/>; null when nothing is wrong.</summary>
    public static string? Fault(string cell, ImportLimits limits) =>
        cell.Length > limits.CellLength ? RowCodes.CellTooLong
        : cell.AsSpan().ContainsAny(Controls) ? RowCodes.ControlCharacter
        : cell.Contains('\uFFFD', StringComparison.Ordinal) || HasHalfCharacter(cell) ? RowCodes.UnreadableCharacters
        : null;

    private static bool HasHalfCharacter(ReadOnlySpan<char> text)
    {
        int at;
        while ((at = text.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return true;
            }

            text = text[(at + 2)..];
        }

        return false;
    }
}
