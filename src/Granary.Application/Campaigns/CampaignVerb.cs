using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>A transaction about one campaign, with what it writes to the log and to whom it tells it.</summary>
internal sealed record CampaignWork(GranaryDb Db, Setting Setting, Viewer Viewer, Campaign Campaign, DateTimeOffset Now)
{
    public DateOnly Today => Setting.Calendar.DateOf(Now);

    public bool Closed => CampaignLife.Closed(Campaign.Stage);

    public void Happened<T>(string kind, T data) => Db.Add(AccountEvent.Of(Campaign.Id, kind, Now, Viewer.UserId, data));

    public void Tell(Guid user, NoticeKind kind)
    {
        if (user != Viewer.UserId && Setting.CanOwn(user))
        {
            Db.Add(new Notice { Id = Clock.NewId(Now), UserId = user, Kind = kind, SubjectId = Campaign.Id, At = Now });
        }
    }

    /// <summary>Counts a change of the campaign's own row.</summary>
    public void Changed() => (Campaign.Version, Campaign.ChangedAt) = (Campaign.Version + 1, Now);

    /// <summary>Whether somebody active may be named: whoever was there before may stay.</summary>
    public bool Knows(Guid? user) => Setting.CanOwn(user);
}

/// <summary>Does a verb on one campaign: finds it within the viewer's reach, does it, and writes everything in one transaction.</summary>
public sealed class CampaignVerb(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Runs a verb; work is done again from the start when somebody else changed the campaign between.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="permission">What the verb asks for.</param>
    /// <param name="seen">The version that was seen; null where they do not say.</param>
    /// <param name="act">What is done; only a record that is <see cref="AccountResult{T}.Done"/> is kept.</param>
    /// <param name="ct">Cancellation.</param>
    internal async Task<AccountResult<T>> Run<T>(Viewer viewer, Guid id, Permission permission, int? seen, Func<CampaignWork, Task<AccountResult<T>>> act, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        return await store.Write(
            async scope =>
            {
                var (work, refusal) = await Find<T>(scope.Db, setting, viewer, id, permission, seen, time.Now, ct);
                var result = refusal ?? await act(work!);
                if (result is AccountResult<T>.Done)
                {
                    await scope.Db.SaveChangesAsync(ct);
                }
                else
                {
                    scope.Abandon();
                }

                return result;
            },
            ct);
    }

    /// <summary>The campaign for a verb, or why the viewer cannot do it.</summary>
    internal static async Task<(CampaignWork? Work, AccountResult<T>? Refusal)> Find<T>(
        GranaryDb db, Setting setting, Viewer viewer, Guid id, Permission permission, int? seen, DateTimeOffset now, CancellationToken ct)
    {
        if (await viewer.Campaigns(db).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } campaign)
        {
            return (null, new AccountResult<T>.NotFound());
        }

        return !await viewer.Campaigns(db, permission).AnyAsync(c => c.Id == id, ct) ? (null, new AccountResult<T>.Refused(CampaignRefusal.Forbidden))
            : seen is { } version && version != campaign.Version ? (null, new AccountResult<T>.Stale(campaign.Version))
            : (new CampaignWork(db, setting, viewer, campaign, now), null);
    }
}

/// <summary>Collects what is wrong with fields.</summary>
internal sealed class CampaignChecks
{
    public List<FieldError> Errors { get; } = [];

    public void Check(bool holds, string field, string code, string? limit = null) => Errors.AddRange(holds ? [] : [new FieldError(field, code, limit)]);

    public void Text(string? text, string field, int longest, bool required = false)
    {
        Check(!required || !string.IsNullOrEmpty(text), field, "required");
        Check(!(text?.Length > longest), field, "too_long", $"{longest}");
    }

    public void Range(int? number, string field, int most) => Check(number is null or >= 0 && !(number > most), field, "out_of_range", $"0–{most}");

    public void Money(decimal? amount, string field) => Check(amount is null or (>= 0 and <= 10_000_000_000m), field, "out_of_range", "0");

    public AccountResult<T>? Refused<T>() => Errors.Count > 0 ? new AccountResult<T>.Invalid(Errors) : null;
}
