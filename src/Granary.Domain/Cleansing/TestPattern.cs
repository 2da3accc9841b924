namespace Granary.Domain.Cleansing;

/// <summary>Fields that are looked at for test data.</summary>
public enum TestedField
{
    /// <summary>The contact's name.</summary>
    ContactName = 1,

    /// <summary>The company's name.</summary>
    CompanyName = 2,

    /// <summary>The requirement.</summary>
    Requirement = 3,

    /// <summary>An e-mail address.</summary>
    Email = 4,
}

/// <summary>Where in a field a pattern has to stand.</summary>
public enum TextMatch
{
    /// <summary>It is the whole text, digits and punctuation around it aside: <c>test 01</c>.</summary>
    Whole = 1,

    /// <summary>The text begins with it.</summary>
    Start = 2,

    /// <summary>It stands anywhere in the text.</summary>
    Anywhere = 3,
}

/// <summary>
/// A pattern of test data (§4.5). Case does not matter, and a Latin pattern never matches a part of a longer word: <c>test</c>
/// is found in <c>Test 2</c> and <c>test2</c>, not in <c>Testa</c> or <c>contest</c>.
/// </summary>
/// <param name="Text">What is looked for, 1 to 40 characters.</param>
/// <param name="Field">Where it is looked for.</param>
/// <param name="Match">Where in the field it has to stand.</param>
public sealed record TestPattern(string Text, TestedField Field, TextMatch Match)
{
    /// <summary>Whether a text in normal form is test data.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        for (var from = 0; from < text.Length;)
        {
            var found = text[from..].IndexOf(Text, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            var at = from + found;
            var before = text[..at];
            var after = text[(at + Text.Length)..];
            if (!IsInsideWord(before, after) && Match switch
            {
                TextMatch.Whole => IsFiller(before) && IsFiller(after),
                TextMatch.Start => before.IsEmpty,
                _ => true,
            })
            {
                return true;
            }

            from = at + 1;
        }

        return false;
    }

    private bool IsInsideWord(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        !before.IsEmpty && char.IsAsciiLetter(before[^1]) && char.IsAsciiLetter(Text[0])
        || !after.IsEmpty && char.IsAsciiLetter(after[0]) && char.IsAsciiLetter(Text[^1]);

    private static bool IsFiller(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetter(c))
                return false;
        }

        return true;
    }
}
