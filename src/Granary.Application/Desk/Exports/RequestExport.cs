using Granary.Application.Desk.Exports.Records;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk.Exports;

/// <summary>What somebody wants to take out.</summary>
/// <param name="Query">The list's query string.</param>
/// <param name="Columns">Columns in their order.</param>
/// <param name="Format">Format.</param>
/// <param name="Plain">Whether contact data is wanted in plain.</param>
/// <param name="Reason">Why; must be given where somebody has to approve.</param>
/// <param name="Language">Language of headings and words.</param>
public sealed record ExportWish(string? Query, IReadOnlyList<string> Columns, ExportFormat Format, bool Plain, string? Reason, string Language)
{
    /// <summary>What it is to hold; of other things than leads the query is that of their list, and the columns are given.</summary>
    public ExportKind Kind { get; init; }
}

/// <summary>Asks for an export (§18): small ones are made at once, larger ones wait for somebody else's approval, too large ones are refused.</summary>
public sealed class RequestExport(Store store, Vault vault, SettingCache settings, TimeProvider time, IEnumerable<RecordExport>? kinds = null)
{
    /// <summary>Most exports of one person that wait or run at once.</summary>
    public const int MostOpen = 5;

    /// <summary>Longest query string.</summary>
    public const int LongestQuery = 4_000;

    private const int MostTold = 10;

    /// <summary>How many leads it would hold, up to one more than may be taken out, and what becomes of it.</summary>
    public async Task<(int Rows, ExportVerdict Verdict)> Count(Viewer viewer, LeadFilter filter, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var leads = await ExportReach.Leads(db, vault, setting, viewer, filter, ct);
        var rows = await leads.Select(l => l.Id).Take(setting.Exports.MostRows + 1).CountAsync(ct);
        return (rows, setting.Exports.Judge(rows));
    }

    /// <summary>Whether somebody may take out such records at all.</summary>
    public bool May(Viewer viewer, ExportKind kind) => viewer.May(Permission.ExportLeads) && (kind == ExportKind.Leads || viewer.May(Of(kind).Permission));

    /// <summary>How many records of another kind it would hold, up to one more than may be taken out, and what becomes of it.</summary>
    public async Task<(int Rows, ExportVerdict Verdict)> Count(Viewer viewer, ExportKind kind, string query, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var rows = await Of(kind).Count(viewer, query, setting.Exports.MostRows + 1, ct);
        return (rows, setting.Exports.Judge(rows));
    }

    /// <summary>Asks for it.</summary>
    public async Task<ExportResult> Request(Viewer viewer, ExportWish wish, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if (wish.Kind != ExportKind.Leads)
        {
            return await Records(viewer, setting, wish, ct);
        }

        var filter = LeadFilter.Parse(wish.Query, out var unread);
        var errors = unread.Select(e => e with { Field = $"query.{e.Field}" }).Concat(Wrong(viewer, setting, wish)).ToList();
        if (errors.Count > 0)
        {
            return new ExportResult.Invalid(errors);
        }

        return await Ask(viewer, setting, wish, filter.ToString(), await Count(viewer, filter, ct), ct);
    }

    private RecordExport Of(ExportKind kind) => kinds!.Single(k => k.Kind == kind);

    private async Task<ExportResult> Records(Viewer viewer, Setting setting, ExportWish wish, CancellationToken ct)
    {
        List<FieldError> errors =
        [
            .. !Enum.IsDefined(wish.Kind) ? [new FieldError("kind", "not_a_choice")] : !May(viewer, wish.Kind) ? [new FieldError("kind", "not_permitted")] : Array.Empty<FieldError>(),
            .. wish.Columns.Count > 0 ? [new FieldError("columns", "not_both")] : Array.Empty<FieldError>(),
            .. wish.Plain ? [new FieldError("plain", "not_permitted")] : Array.Empty<FieldError>(),
            .. Lengths(wish),
        ];
        return errors.Count > 0 ? new ExportResult.Invalid(errors) : await Ask(viewer, setting, wish, wish.Query ?? "", await Count(viewer, wish.Kind, wish.Query ?? "", ct), ct);
    }

    private async Task<ExportResult> Ask(Viewer viewer, Setting setting, ExportWish wish, string query, (int Rows, ExportVerdict Verdict) counted, CancellationToken ct)
    {
        var (rows, verdict) = counted;
        if (rows == 0 || verdict == ExportVerdict.TooMany)
        {
            return new ExportResult.Invalid([rows == 0 ? new FieldError("query", "nothing_to_export") : new FieldError("query", "too_many_rows", $"{setting.Exports.MostRows}")]);
        }

        var waits = verdict == ExportVerdict.NeedsApproval;
        if (waits && string.IsNullOrWhiteSpace(wish.Reason))
        {
            return new ExportResult.Invalid([new FieldError("reason", "required")]);
        }

        return await store.Write(scope => Write(scope, viewer, setting, wish, query, rows, waits, ct), ct);
    }

    private async Task<ExportResult> Write(WriteScope scope, Viewer viewer, Setting setting, ExportWish wish, string query, int rows, bool waits, CancellationToken ct)
    {
        var (now, me) = (time.Now, viewer.UserId);
        // Their own row is the lock: two at once count one after the other.
        await scope.Db.Users.Where(u => u.Id == me).ExecuteUpdateAsync(u => u.SetProperty(x => x.Name, x => x.Name), ct);
        if (await scope.Db.Set<ExportRequest>().CountAsync(e => e.AskedById == me && (e.State == ExportState.Waiting || e.State == ExportState.Running), ct) >= MostOpen)
        {
            return new ExportResult.Refused(ExportRefusal.ExportsOpen);
        }

        var asked = new ExportRequest
        {
            Id = time.NewId(),
            AskedById = me,
            AskedAt = now,
            Kind = wish.Kind,
            Query = vault.Seal(query),
            Columns = [.. wish.Columns],
            Format = wish.Format,
            Language = wish.Language,
            Plain = wish.Plain,
            Reason = VerbReason.Kept(wish.Reason),
            Rows = rows,
            State = waits ? ExportState.Waiting : ExportState.Running,
            ExpiresAt = waits ? now.AddDays(setting.Exports.DaysKept) : null,
        };
        scope.Db.Add(asked);
        scope.Db.Add(time.Event(me, asked.Id, ExportEvent.Requested, new { asked.Kind, rows, asked.Format, asked.Columns, asked.Plain, waits, asked.Reason }));
        if (waits)
        {
            scope.Db.AddRange(ExportReach.Deciders(setting, me, MostTold).Select(user => new Notice { Id = time.NewId(), UserId = user, Kind = NoticeKind.ExportWaits, SubjectId = asked.Id, At = now }));
        }

        await scope.Db.SaveChangesAsync(ct);
        return new ExportResult.Done(asked);
    }

    private static IEnumerable<FieldError> Wrong(Viewer viewer, Setting setting, ExportWish wish)
    {
        if (wish.Columns.Count == 0)
        {
            yield return new FieldError("columns", "required");
        }

        foreach (var (i, column) in wish.Columns.Index())
        {
            if (!LeadExportColumns.With(setting.Fields).Contains(column))
            {
                yield return new FieldError($"columns[{i}]", "unknown");
            }
            else if (wish.Columns.Take(i).Contains(column))
            {
                yield return new FieldError($"columns[{i}]", "duplicate");
            }
        }

        if (wish.Plain && !(setting.Exports.PlainContacts && viewer.May(Permission.RevealContacts)))
        {
            yield return new FieldError("plain", "not_permitted");
        }

        if (wish.Plain && setting.Masking.ReasonForOthers && string.IsNullOrWhiteSpace(wish.Reason))
        {
            yield return new FieldError("reason", "required");
        }

        foreach (var error in Lengths(wish))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Lengths(ExportWish wish) =>
    [
        .. wish.Query?.Length > LongestQuery ? [new FieldError("query", "too_long", $"{LongestQuery}")] : Array.Empty<FieldError>(),
        .. wish.Reason?.Trim().Length > VerbReason.Most ? [new FieldError("reason", "too_long", $"{VerbReason.Most}")] : Array.Empty<FieldError>(),
    ];
}
