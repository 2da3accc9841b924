using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Cleansing;

/// <summary>A page of the sensitive words.</summary>
/// <param name="Words">The words.</param>
/// <param name="Next">The word after which the next page begins; null at the end.</param>
/// <param name="Total">How many there are.</param>
public sealed record WordsPage(IReadOnlyList<SensitiveWord> Words, string? Next, int Total);

/// <summary>Lists the sensitive words.</summary>
public sealed class ListSensitiveWords(Store store)
{
    private const int Rows = 100;

    /// <summary>Words in their order.</summary>
    /// <param name="q">Part of the word; null is all.</param>
    /// <param name="allowed">The innocent ones, or the others.</param>
    /// <param name="after">The last word of the page before.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<WordsPage> Page(string? q, bool allowed, string? after, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var words = db.Set<SensitiveWord>().AsNoTracking().Where(w => w.Allowed == allowed && (q == null || w.Word.Contains(q)));
        var found = await words.Where(w => after == null || w.Word.CompareTo(after) > 0).OrderBy(w => w.Word).Take(Rows + 1).ToListAsync(ct);
        return new WordsPage([.. found.Take(Rows)], found.Count > Rows ? found[Rows - 1].Word : null, await words.CountAsync(ct));
    }
}
