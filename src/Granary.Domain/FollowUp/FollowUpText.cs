using System.Globalization;

namespace Granary.Domain.FollowUp;

/// <summary>How much a follow-up says (§10).</summary>
public static class FollowUpText
{
    /// <summary>A character that is repeated says no more than so many of it.</summary>
    private const int Repeats = 3;

    /// <summary>
    /// Characters of a text as a reader counts them: an emoji or a rare character is one, white space is none, and of one
    /// character that is repeated three count, so that <c>……………………</c> is no record of a call.
    /// </summary>
    public static int Length(string? text)
    {
        var (count, run) = (0, 0);
        var before = ReadOnlySpan<char>.Empty;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var element = rest[..StringInfo.GetNextTextElementLength(rest)];
            rest = rest[element.Length..];
            if (element.IsWhiteSpace())
            {
                continue;
            }

            run = element.SequenceEqual(before) ? run + 1 : 1;
            before = element;
            count += run <= Repeats ? 1 : 0;
        }

        return count;
    }
}
