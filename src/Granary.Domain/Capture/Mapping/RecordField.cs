namespace Granary.Domain.Capture.Mapping;

/// <summary>A field of an account or an opportunity that a column of a file can become (§3 Import).</summary>
/// <param name="Path">Its name in the API, such as <c>creditCode</c> or <c>custom.region_code</c>.</param>
/// <param name="Headings">Usual headings in Chinese and English with spaces between, without spaces and punctuation of their own, in lower case.</param>
public sealed record RecordField(string Path, string Headings)
{
    /// <summary>Fields that an organisation added, with the names under which a file may call them.</summary>
    public static IEnumerable<RecordField> Of(IEnumerable<CustomField> fields) => fields.Select(f => new RecordField(
        $"custom.{f.Key}", string.Join(' ', new[] { f.Name, f.EnglishName, f.Key }.OfType<string>().Select(HeadingIndex.Loose))));

    internal bool IsCalled(string loose) => Headings.Split(' ').Contains(loose) || HeadingIndex.Loose(Path) == loose;
}
