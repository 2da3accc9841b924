using System.Buffers;
using System.Globalization;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>Text in runs, as cells and shared texts have it; readings of Japanese words (<c>rPh</c>) do not count.</summary>
internal static class RichText
{
    /// <summary>Appends the text of the element just started and moves to its end.</summary>
    public static void Append(PartReader part, string element, ArrayBufferWriter<char> into, int most)
    {
        if (part.IsEmpty)
        {
            return;
        }

        var reading = false;
        while (part.Read() && !part.Ends(element))
        {
            if (part.Starts("rPh"))
            {
                reading = !part.IsEmpty;
            }
            else if (part.Ends("rPh"))
            {
                reading = false;
            }
            else if (!reading && part.Starts("t"))
            {
                part.AppendText("t", into, most);
            }
        }

        Unescape(into);
    }

    // The format writes characters that XML cannot hold as _x000B_, and an underscore before such a text as _x005F_.
    private static void Unescape(ArrayBufferWriter<char> text)
    {
        if (text.WrittenSpan.IndexOf("_x", StringComparison.Ordinal) < 0)
        {
            return;
        }

        var escaped = text.WrittenSpan.ToString();
        text.ResetWrittenCount();
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '_' && i + 6 < escaped.Length && escaped[i + 1] == 'x' && escaped[i + 6] == '_'
                && ushort.TryParse(escaped.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Write([(char)code]);
                i += 6;
            }
            else
            {
                text.Write([escaped[i]]);
            }
        }
    }
}
