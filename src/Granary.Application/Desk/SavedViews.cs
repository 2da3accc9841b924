using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Names for the filters of the list of leads: one's own, and those that others share.</summary>
public sealed class SavedViews(Store store, TimeProvider time)
{
    /// <summary>Longest name.</summary>
    public const int NameLength = 60;

    /// <summary>Most views of one person.</summary>
    public const int Most = 20;

    private const string Page = "leads";
    private const int QueryLength = 2000;

    /// <summary>The views somebody has: their own first, each by name.</summary>
    public async Task<IReadOnlyList<SavedView>> Of(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var views = await db.Set<SavedView>().AsNoTracking().Where(v => v.Page == Page && (v.UserId == viewer.UserId || v.Shared)).ToListAsync(ct);
        return [.. views.OrderBy(v => v.UserId != viewer.UserId).ThenBy(v => v.Name, StringComparer.Ordinal)];
    }

    /// <summary>Saves filters under a name; a name one has already gets the new filters.</summary>
    /// <returns>What is wrong; nothing when it is saved.</returns>
    public async Task<IReadOnlyList<FieldError>> Save(Viewer viewer, string? name, LeadFilter filter, bool shared, CancellationToken ct = default)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            return [new FieldError("name", "required")];
        }

        if (name.Length > NameLength)
        {
            return [new FieldError("name", "too_long", $"{NameLength}")];
        }

        // A view is kept in the clear and may be shared; a number of one person has no business in it.
        if (filter.Q is { } q && (PhoneNumber.TryParse(q, out _, out _) || EmailAddress.TryParse(q, out _, out _)))
        {
            return [new FieldError("q", "contact_data")];
        }

        var query = filter.ToString();
        if (query.Length > QueryLength)
        {
            return [new FieldError("query", "too_long", $"{QueryLength}")];
        }

        return await store.Write<IReadOnlyList<FieldError>>(
            async scope =>
            {
                var own = await scope.Db.Set<SavedView>().Where(v => v.Page == Page && v.UserId == viewer.UserId).ToListAsync(ct);
                var view = own.Find(v => v.Name == name);
                if (view is null)
                {
                    if (own.Count >= Most)
                    {
                        return [new FieldError("name", "too_many", $"{Most}")];
                    }

                    view = new SavedView { Id = time.NewId(), UserId = viewer.UserId, Page = Page, Name = name, Query = "" };
                    scope.Db.Add(view);
                }

                (view.Query, view.Shared) = (query, shared);
                await scope.Db.SaveChangesAsync(ct);
                return [];
            },
            ct);
    }

    /// <summary>Shares one's own view with everybody, or stops sharing it; false when it is not one's own.</summary>
    public Task<bool> Share(Viewer viewer, Guid id, bool shared, CancellationToken ct = default) =>
        Own(viewer, id, views => views.ExecuteUpdateAsync(v => v.SetProperty(x => x.Shared, shared), ct), ct);

    /// <summary>Deletes one's own view; false when it is not one's own.</summary>
    public Task<bool> Delete(Viewer viewer, Guid id, CancellationToken ct = default) => Own(viewer, id, views => views.ExecuteDeleteAsync(ct), ct);

    private Task<bool> Own(Viewer viewer, Guid id, Func<IQueryable<SavedView>, Task<int>> change, CancellationToken ct) =>
        store.Write(async scope => await change(scope.Db.Set<SavedView>().Where(v => v.Id == id && v.UserId == viewer.UserId)) > 0, ct);
}
