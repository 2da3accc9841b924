using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>What somebody says about a list.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="Premium">Whether its accounts are premium.</param>
/// <param name="Source">Id of its source.</param>
/// <param name="OwnerId">Who keeps it; somebody active.</param>
/// <param name="Note">A note, up to 2,000 characters.</param>
public sealed record NamedListInput(string? Name, bool Premium, string? Source, Guid? OwnerId, string? Note)
{
    internal const int LongestName = 100, LongestNote = 2_000;

    /// <summary>A stored list.</summary>
    public static NamedListInput Of(NamedList list) => new(list.Name, list.Premium, list.Source, list.OwnerId, list.Note);
}

/// <summary>Adds, changes and removes lists of named accounts, and sets their quarterly goals.</summary>
public sealed class SaveNamedList(Store store, SettingCache settings, TimeProvider time)
{
    private const int MostGoal = 100_000;

    /// <summary>Adds a list.</summary>
    public async Task<AccountResult<NamedList>> Create(Viewer viewer, NamedListInput input, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        input = Normalised(input);
        return await store.Write<AccountResult<NamedList>>(
            async scope =>
            {
                if (await Wrong(scope.Db, setting, viewer, null, input, ct) is { Count: > 0 } errors)
                {
                    return new AccountResult<NamedList>.Invalid(errors);
                }

                var list = new NamedList { Id = time.NewId(), Name = input.Name!, Source = input.Source!, CreatedAt = time.Now, ChangedAt = time.Now };
                Write(list, input);
                scope.Db.Add(list);
                scope.Db.Add(AccountEvent.Of(list.Id, NamedEvent.ListCreated, time.Now, viewer.UserId, new { list.Name, list.Premium, list.Source, list.OwnerId }));
                await scope.Db.SaveChangesAsync(ct);
                return new AccountResult<NamedList>.Done(list);
            },
            ct);
    }

    /// <summary>Changes a list.</summary>
    /// <param name="viewer">Who; they keep it, or reach who does.</param>
    /// <param name="id">The list.</param>
    /// <param name="edit">What it is to become, from what it is.</param>
    /// <param name="seen">The version that was edited from; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AccountResult<NamedList>> Change(Viewer viewer, Guid id, Func<NamedListInput, NamedListInput> edit, int? seen = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await Kept(viewer, id, seen, async (scope, list) =>
        {
            var before = NamedListInput.Of(list);
            var input = Normalised(edit(before));
            if (await Wrong(scope.Db, setting, viewer, list, input, ct) is { Count: > 0 } errors)
            {
                return new AccountResult<NamedList>.Invalid(errors);
            }

            if (input != before)
            {
                Write(list, input);
                (list.Version, list.ChangedAt) = (list.Version + 1, time.Now);
                scope.Db.Add(AccountEvent.Of(list.Id, NamedEvent.ListEdited, time.Now, viewer.UserId, new { list.Name, list.Premium, list.Source, list.OwnerId }));
            }

            return new AccountResult<NamedList>.Done(list);
        }, ct);
    }

    /// <summary>Removes a list that holds nothing; its goals go with it.</summary>
    public Task<AccountResult<NamedList>> Remove(Viewer viewer, Guid id, CancellationToken ct = default) => Kept(viewer, id, null, async (scope, list) =>
    {
        if (await scope.Db.Set<NamedAccount>().AnyAsync(n => n.ListId == id, ct))
        {
            return new AccountResult<NamedList>.Refused(NamedRefusal.ListNotEmpty);
        }

        await scope.Db.Set<NamedGoal>().Where(g => g.ListId == id).ExecuteDeleteAsync(ct);
        scope.Db.Remove(list);
        scope.Db.Add(AccountEvent.Of(list.Id, NamedEvent.ListRemoved, time.Now, viewer.UserId, new { list.Name }));
        return new AccountResult<NamedList>.Done(list);
    }, ct);

    /// <summary>Sets how many accounts are to reach each stage in a quarter; 0 takes a goal away, stages left out stay.</summary>
    /// <param name="viewer">Who; they keep the list, or reach who does.</param>
    /// <param name="id">The list.</param>
    /// <param name="quarter">The quarter.</param>
    /// <param name="goals">By stage, 0 to 100,000; strangers have none.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<NamedList>> SetGoals(Viewer viewer, Guid id, Quarter quarter, IReadOnlyDictionary<NamedAccountStage, int> goals, CancellationToken ct = default) =>
        Kept(viewer, id, null, async (scope, list) =>
        {
            List<FieldError> errors =
            [
                .. quarter.IsValid ? Array.Empty<FieldError>() : [new FieldError("quarter", "invalid_format")],
                .. goals.Where(g => g.Key == NamedAccountStage.Stranger).Select(g => new FieldError($"goals.{WireName.Of(g.Key)}", "not_a_choice")),
                .. goals.Where(g => g.Value is < 0 or > MostGoal).Select(g => new FieldError($"goals.{WireName.Of(g.Key)}", "out_of_range", $"0–{MostGoal}")),
            ];
            if (errors.Count > 0)
            {
                return new AccountResult<NamedList>.Invalid(errors);
            }

            var stored = await scope.Db.Set<NamedGoal>().Where(g => g.ListId == id && g.Quarter == quarter.Number).ToDictionaryAsync(g => g.Stage, ct);
            foreach (var (stage, goal) in goals)
            {
                if (stored.GetValueOrDefault(stage) is not { } known)
                {
                    scope.Db.AddRange(goal == 0 ? [] : new[] { new NamedGoal { ListId = id, Quarter = quarter.Number, Stage = stage, Goal = goal, ActorId = viewer.UserId, At = time.Now } });
                }
                else if (goal == 0)
                {
                    scope.Db.Remove(known);
                }
                else
                {
                    (known.Goal, known.ActorId, known.At) = (goal, viewer.UserId, time.Now);
                }
            }

            scope.Db.Add(AccountEvent.Of(list.Id, NamedEvent.GoalsSet, time.Now, viewer.UserId, new { list.Name, quarter = quarter.ToString(), goals }));
            return new AccountResult<NamedList>.Done(list);
        }, ct);

    private Task<AccountResult<NamedList>> Kept(Viewer viewer, Guid id, int? seen, Func<WriteScope, NamedList, Task<AccountResult<NamedList>>> act, CancellationToken ct) => store.Write(
        async scope =>
        {
            if (await viewer.NamedLists(scope.Db).SingleOrDefaultAsync(l => l.Id == id, ct) is not { } list)
            {
                return new AccountResult<NamedList>.NotFound();
            }

            if (!viewer.Keeps(list))
            {
                return new AccountResult<NamedList>.Refused("forbidden");
            }

            if (seen is { } version && version != list.Version)
            {
                return new AccountResult<NamedList>.Stale(list.Version);
            }

            var result = await act(scope, list);
            if (result is AccountResult<NamedList>.Done)
            {
                await scope.Db.SaveChangesAsync(ct);
            }

            return result;
        },
        ct);

    private static NamedListInput Normalised(NamedListInput input) => input with { Name = CleanText.Line(input.Name), Source = input.Source?.Trim(), Note = CleanText.Lines(input.Note) };

    private static void Write(NamedList list, NamedListInput input) =>
        (list.Name, list.Premium, list.Source, list.OwnerId, list.Note) = (input.Name!, input.Premium, input.Source!, input.OwnerId!.Value, input.Note);

    private static async Task<List<FieldError>> Wrong(GranaryDb db, Setting setting, Viewer viewer, NamedList? before, NamedListInput input, CancellationToken ct)
    {
        var reach = viewer.Owners(Permission.ManageAccounts);
        bool Keeper(Guid id) => id == before?.OwnerId || (setting.CanOwn(id) && reach?.Contains(id) != false);
        return
        [
            .. string.IsNullOrEmpty(input.Name) ? [new FieldError("name", "required")]
                : input.Name.Length > NamedListInput.LongestName ? [new FieldError("name", "too_long", $"{NamedListInput.LongestName}")]
                : await db.Set<NamedList>().AnyAsync(l => l.Name == input.Name && l.Id != (before == null ? Guid.Empty : before.Id), ct) ? [new FieldError("name", "duplicate")] : Array.Empty<FieldError>(),
            .. string.IsNullOrEmpty(input.Source) ? [new FieldError("source", "required")]
                : input.Source == before?.Source || setting.NamedAccounts.Sources.Any(s => s.Id == input.Source) ? Array.Empty<FieldError>() : [new FieldError("source", "not_a_choice")],
            .. input.OwnerId is not { } owner ? [new FieldError("ownerId", "required")] : Keeper(owner) ? Array.Empty<FieldError>() : [new FieldError("ownerId", "unknown_value")],
            .. input.Note?.Length > NamedListInput.LongestNote ? [new FieldError("note", "too_long", $"{NamedListInput.LongestNote}")] : Array.Empty<FieldError>(),
        ];
    }
}
