using System.Buffers.Binary;

namespace Granary.Domain.FollowUp;

/// <summary>A kind of file that may be attached to a follow-up (§10), told by what the file holds and not by what it is called.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Extensions">Extensions it goes by, the usual one first.</param>
public sealed record FileKind(string Type, params IReadOnlyList<string> Extensions)
{
    private static readonly FileKind
        Pdf = new("application/pdf", ".pdf"),
        Png = new("image/png", ".png"),
        Jpeg = new("image/jpeg", ".jpg", ".jpeg"),
        WebP = new("image/webp", ".webp"),
        Word = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        Excel = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        Text = new("text/plain", ".txt"),
        Mp4Sound = new("audio/mp4", ".m4a"),
        Mp3 = new("audio/mpeg", ".mp3"),
        Wave = new("audio/wav", ".wav");

    /// <summary>Every kind that is taken.</summary>
    public static IReadOnlyList<FileKind> All { get; } = [Pdf, Png, Jpeg, WebP, Word, Excel, Text, Mp4Sound, Mp3, Wave];

    /// <summary>What a file is; null when it is nothing that may be attached.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name; a plain text and a recording in a general container are told by it besides.</param>
    public static FileKind? Of(ReadOnlySpan<byte> content, string name) =>
        content.StartsWith("%PDF-"u8) ? Pdf
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : Riff(content, "WEBP"u8) ? WebP
        : Riff(content, "WAVE"u8) ? Wave
        : content.StartsWith("PK\u0003\u0004"u8) ? Office(content)
        : content.Length > 11 && content[4..8].SequenceEqual("ftyp"u8) ? Container(content, name)
        : content.StartsWith("ID3"u8) || IsMp3Frame(content) ? Mp3
        : Text.Names(name) && IsText(content) ? Text
        : null;

    /// <summary>
    /// The name under which a file is kept: no folders, no characters that a file system or a reader's eye could be deceived
    /// by, at most <paramref name="longest"/> characters, and the extension of what it is.
    /// </summary>
    /// <param name="name">The name as uploaded.</param>
    /// <param name="longest">Most characters.</param>
    public string Name(string name, int longest = 120)
    {
        var bare = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var extension = Extensions.FirstOrDefault(e => bare.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ?? Extensions[0];
        var stem = bare.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? bare[..^extension.Length] : bare;
        stem = string.Concat(stem.Where(IsPlain)).Trim(' ', '.');
        if (stem.Length > longest - extension.Length)
        {
            stem = stem[..(longest - extension.Length)];
            stem = char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem;
        }

        return (stem.Length == 0 ? "file" : stem) + extension;
    }

    private bool Names(string name) => Extensions.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    // Marks that turn the direction of writing make "exe.pdf" of "fdp.exe".
    private static bool IsPlain(char c) =>
        !char.IsControl(c) && !"<>:\"|?*;%".Contains(c, StringComparison.Ordinal) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format;

    private static bool Riff(ReadOnlySpan<byte> content, ReadOnlySpan<byte> form) =>
        content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual(form);

    // An archive is a document when it holds one; one with macros is not taken.
    private static FileKind? Office(ReadOnlySpan<byte> content) =>
        content.IndexOf("[Content_Types].xml"u8) < 0 || content.IndexOf("vbaProject.bin"u8) >= 0 ? null
        : content.IndexOf("word/document.xml"u8) >= 0 ? Word
        : content.IndexOf("xl/workbook.xml"u8) >= 0 ? Excel
        : null;

    // Recorders of phones write the general brands too.
    private static FileKind? Container(ReadOnlySpan<byte> content, string name)
    {
        var brand = content[8..12];
        return brand.SequenceEqual("M4A "u8) || (Mp4Sound.Names(name) && (brand.SequenceEqual("mp42"u8) || brand.SequenceEqual("isom"u8))) ? Mp4Sound : null;
    }

    // Eleven bits of synchronisation, layer III.
    private static bool IsMp3Frame(ReadOnlySpan<byte> content) =>
        content.Length > 4 && BinaryPrimitives.ReadUInt16BigEndian(content) is var head && (head & 0xFFE0) == 0xFFE0 && (head & 0x0006) == 0x0002 && (head & 0x0018) != 0x0008;

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        foreach (var b in content)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') or 0x7F)
            {
                return false;
            }
        }

        return !content.IsEmpty;
    }
}
