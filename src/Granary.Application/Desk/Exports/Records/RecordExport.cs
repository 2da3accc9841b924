using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Domain.People;

namespace Granary.Application.Desk.Exports.Records;

/// <summary>Puts a kind of record into words, as the settings stand and in the language of the moment.</summary>
/// <param name="Head">The headings.</param>
/// <param name="Row">The cells of a record.</param>
/// <param name="Watermark">The mark: who took it out, when, under which number, how many rows.</param>
public sealed record RecordWording<T>(IReadOnlyList<string> Head, Func<T, IReadOnlyList<ExportCell>> Row, Func<string, string, Guid, int, string> Watermark);

/// <summary>The words of a kind of record.</summary>
public delegate RecordWording<T> RecordWordings<T>(Setting setting);

/// <summary>Reads a list's query string; what cannot be understood is left out.</summary>
public delegate TFilter RecordQueries<out TFilter>(string query);

/// <summary>Some rows of a file.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Leads">Leads about which they say something of a person.</param>
/// <param name="Next">Where the next page begins; null behind the last.</param>
internal sealed record RecordPage(IReadOnlyList<IReadOnlyList<ExportCell>> Rows, IReadOnlyList<Guid> Leads, Guid? Next);

/// <summary>A kind of record that is taken out with somebody else's approval (§18), as leads are: what of it somebody may take out, and how it is written.</summary>
public abstract class RecordExport
{
    internal const int PageSize = 500;

    /// <summary>What it holds.</summary>
    public abstract ExportKind Kind { get; }

    /// <summary>Who sees such records; besides, <see cref="Permission.ExportLeads"/> has to reach each.</summary>
    public abstract Permission Permission { get; }

    /// <summary>How many records of a query somebody may take out, counted up to a number.</summary>
    internal abstract Task<int> Count(Viewer viewer, string query, int most, CancellationToken ct);

    /// <summary>Whether an approver reaches every record of a query that somebody asks for.</summary>
    internal abstract Task<bool> Covers(Viewer approver, Viewer asker, string query, CancellationToken ct);

    /// <summary>The headings and the mark of a file.</summary>
    internal abstract (IReadOnlyList<string> Head, Func<string, string, Guid, int, string> Watermark) Words(Setting setting);

    /// <summary>A page of rows, in the words of the moment's language.</summary>
    internal abstract Task<RecordPage> Page(Viewer viewer, Setting setting, string query, Guid? after, CancellationToken ct);
}

/// <summary>A kind of record whose list is read page by page.</summary>
public abstract class RecordExport<T, TFilter>(RecordWordings<T> wordings, RecordQueries<TFilter> queries) : RecordExport
{
    /// <summary>A page of what somebody may take out.</summary>
    protected abstract Task<(IReadOnlyList<T> Items, Guid? Next)> Read(Viewer viewer, TFilter filter, Guid? after, CancellationToken ct);

    /// <summary>Whose it is.</summary>
    protected abstract Guid? OwnerOf(T item);

    /// <summary>The lead of which it names a person; null for none.</summary>
    protected virtual Guid? LeadOf(T item) => null;

    internal sealed override async Task<int> Count(Viewer viewer, string query, int most, CancellationToken ct)
    {
        var count = 0;
        await foreach (var page in Pages(viewer, query, ct))
        {
            count += page.Count;
            if (count >= most)
            {
                return most;
            }
        }

        return count;
    }

    internal sealed override async Task<bool> Covers(Viewer approver, Viewer asker, string query, CancellationToken ct)
    {
        if (approver.Owners(Permission.ApproveExports) is not { } owners)
        {
            return true;
        }

        await foreach (var page in Pages(asker, query, ct))
        {
            if (page.Any(item => !(OwnerOf(item) is { } owner && owners.Contains(owner))))
            {
                return false;
            }
        }

        return true;
    }

    internal sealed override (IReadOnlyList<string> Head, Func<string, string, Guid, int, string> Watermark) Words(Setting setting)
    {
        var words = wordings(setting);
        return (words.Head, words.Watermark);
    }

    internal sealed override async Task<RecordPage> Page(Viewer viewer, Setting setting, string query, Guid? after, CancellationToken ct)
    {
        var words = wordings(setting);
        var (items, next) = await Read(viewer, queries(query), after, ct);
        return new RecordPage([.. items.Select(words.Row)], [.. items.Select(LeadOf).OfType<Guid>().Distinct()], next);
    }

    private async IAsyncEnumerable<IReadOnlyList<T>> Pages(Viewer viewer, string query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        Guid? after = null;
        do
        {
            var (items, next) = await Read(viewer, queries(query), after, ct);
            yield return items;
            after = next;
        }
        while (after is not null);
    }
}
