using System.Security.Cryptography;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>What became of a change to tracked links.</summary>
public abstract record LinkResult
{
    /// <summary>It was done.</summary>
    /// <param name="Links">The links that were made or changed.</param>
    public sealed record Done(IReadOnlyList<TrackedLink> Links) : LinkResult;

    /// <summary>It is refused; nothing was written.</summary>
    /// <param name="Errors">The fields and why.</param>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : LinkResult;

    /// <summary>Somebody changed it meanwhile.</summary>
    /// <param name="Link">The link as it stands.</param>
    public sealed record Stale(TrackedLink Link) : LinkResult;

    /// <summary>There is no such link within the viewer's reach.</summary>
    public sealed record Missing : LinkResult;
}

/// <summary>
/// Makes, changes and retires tracked links (§3 Links). Whoever may share links makes their own; for others, and for nobody in
/// particular, as far as their permission reaches. A code is never changed, and never used again.
/// </summary>
public sealed class SaveLink(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Most links that are made at once.</summary>
    public const int Most = 1_000;

    /// <summary>Makes a link.</summary>
    public Task<LinkResult> Create(Viewer viewer, LinkInput input, CancellationToken ct = default) => Create(viewer, input, [input.UserId], ct);

    /// <summary>Makes a link for each member of a department and those below it who is at work and may be reached.</summary>
    public async Task<LinkResult> CreateForDepartment(Viewer viewer, LinkInput input, Guid department, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if (!setting.Departments.ContainsKey(department))
        {
            return new LinkResult.Refused([new FieldError("departmentId", "unknown")]);
        }

        var tree = setting.Subtree(department);
        Guid?[] members = [.. setting.People.Values.Where(p => p.Status != PersonStatus.Departed && p.DepartmentId is { } d && tree.Contains(d) && LinkScope.Reaches(viewer, p.Id)).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (Guid?)p.Id)];
        return members.Length switch
        {
            0 => new LinkResult.Refused([new FieldError("departmentId", "not_permitted")]),
            > Most => new LinkResult.Refused([new FieldError("departmentId", "too_many", $"{Most}")]),
            _ => await Create(viewer, input, members, ct),
        };
    }

    /// <summary>Changes a link; who has it keeps it, and its code stays.</summary>
    public async Task<LinkResult> Change(Viewer viewer, Guid id, Func<LinkInput, LinkInput> change, int? seen, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await Write(viewer, id, seen, (scope, link) =>
        {
            var before = Input(link);
            var input = change(before).Trimmed() with { UserId = link.UserId };
            if (input.Validate(setting) is { Count: > 0 } errors)
            {
                return new LinkResult.Refused(errors);
            }

            Take(link, input);
            scope.Db.Add(time.Event(viewer.UserId, link.Id, "link.changed", new { before, after = input }));
            return null;
        }, ct);
    }

    /// <summary>Takes a link out of use, or into it again.</summary>
    public Task<LinkResult> Retire(Viewer viewer, Guid id, bool retired, CancellationToken ct = default) => Write(viewer, id, null, (scope, link) =>
    {
        if ((link.RetiredAt is not null) != retired)
        {
            link.RetiredAt = retired ? time.Now : null;
            scope.Db.Add(time.Event(viewer.UserId, link.Id, retired ? "link.retired" : "link.reopened", new { link.Code, link.Name }));
        }

        return null;
    }, ct);

    /// <summary>A link as it is entered.</summary>
    public static LinkInput Input(TrackedLink link) => new() { Name = link.Name, Target = link.Target, Utm = link.Utm, ChannelId = link.ChannelId, Campaign = link.Campaign, Content = link.Content, UserId = link.UserId };

    private async Task<LinkResult> Create(Viewer viewer, LinkInput input, IReadOnlyList<Guid?> users, CancellationToken ct)
    {
        input = input.Trimmed();
        var setting = await settings.Get(ct);
        var errors = users.SelectMany(u => (input with { UserId = u }).Validate(setting)).DistinctBy(e => (e.Field, e.Code)).ToList();
        if (users.Any(u => !LinkScope.Reaches(viewer, u)))
        {
            errors.Add(new FieldError("userId", "not_permitted"));
        }

        if (errors.Count > 0)
        {
            return new LinkResult.Refused(errors);
        }

        return await store.Write<LinkResult>(
            async scope =>
            {
                List<TrackedLink> made = [];
                foreach (var user in users)
                {
                    var link = new TrackedLink { Id = time.NewId(), Code = NewCode(), Name = "", Target = "", UserId = user, AuthorId = viewer.UserId, CreatedAt = time.Now };
                    Take(link, input);
                    made.Add(link);
                    scope.Db.Add(link);
                    scope.Db.Add(time.Event(viewer.UserId, link.Id, "link.created", new { link.Code, link.Name, link.Target, link.UserId, link.ChannelId, link.Campaign }));
                }

                await scope.Db.SaveChangesAsync(ct);
                return new LinkResult.Done(made);
            },
            ct);
    }

    private Task<LinkResult> Write(Viewer viewer, Guid id, int? seen, Func<WriteScope, TrackedLink, LinkResult?> change, CancellationToken ct) => store.Write<LinkResult>(
        async scope =>
        {
            if (await viewer.Links(scope.Db).SingleOrDefaultAsync(l => l.Id == id, ct) is not { } link)
            {
                return new LinkResult.Missing();
            }

            if (seen is { } version && version != link.Version)
            {
                return new LinkResult.Stale(link);
            }

            if (change(scope, link) is { } refused)
            {
                scope.Abandon();
                return refused;
            }

            if (scope.Db.ChangeTracker.HasChanges())
            {
                link.Version++;
            }

            await scope.Db.SaveChangesAsync(ct);
            return new LinkResult.Done([link]);
        },
        ct);

    private static void Take(TrackedLink link, LinkInput input)
    {
        (link.Name, link.Target, link.ChannelId, link.Campaign, link.Content) = (input.Name!, input.Target!, input.ChannelId, input.Campaign, input.Content);
        (link.UtmSource, link.UtmMedium, link.UtmCampaign, link.UtmTerm, link.UtmContent) = (input.Utm.Source, input.Utm.Medium, input.Utm.Campaign, input.Utm.Term, input.Utm.Content);
    }

    // One that is taken already meets the unique index, and everything is done again with others.
    private static string NewCode()
    {
        while (true)
        {
            if (LinkCode.Of(RandomNumberGenerator.GetBytes(2 * LinkCode.Length)) is { } code)
            {
                return code;
            }
        }
    }
}

/// <summary>Which tracked links somebody reaches: those that people within their scope share, and those that they made.</summary>
public static class LinkScope
{
    /// <summary>Whether somebody may make a link for a user; for nobody in particular only who reaches everybody.</summary>
    public static bool Reaches(Viewer viewer, Guid? user) => viewer.Owners(Permission.ShareLinks) is not { } owners || (user is { } id && owners.Contains(id));

    extension(Viewer viewer)
    {
        /// <summary>The links within reach.</summary>
        public IQueryable<TrackedLink> Links(GranaryDb db)
        {
            if (viewer.Owners(Permission.ShareLinks) is not { } owners)
            {
                return db.Set<TrackedLink>();
            }

            var (me, list) = (viewer.UserId, owners.ToArray());
            return db.Set<TrackedLink>().Where(l => (l.UserId != null && list.Contains(l.UserId.Value)) || l.AuthorId == me);
        }
    }
}
