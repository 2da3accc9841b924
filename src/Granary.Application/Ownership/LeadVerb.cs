using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>Does a verb on one lead: finds it within the viewer's reach, does it, and writes everything in one transaction.</summary>
/// <param name="store">The database.</param>
/// <param name="settings">The settings.</param>
/// <param name="time">The clock.</param>
public sealed class LeadVerb(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Runs a verb. Work is done again from the start when somebody else changed the lead between.</summary>
    internal Task<LeadResult> Run(
        Viewer viewer, Guid id, Func<LeadWork, Lead, Permission> permission, int? seen, Func<LeadWork, Lead, Task<LeadResult>> verb, CancellationToken ct) =>
        Run(viewer.UserId, async work => (await work.Find(viewer, id, lead => permission(work, lead), seen, ct)) switch
        {
            (_, { } refusal) => refusal,
            var (lead, _) => await verb(work, lead!),
        }, ct);

    /// <inheritdoc cref="Run(Viewer, Guid, Func{LeadWork, Lead, Permission}, int?, Func{LeadWork, Lead, Task{LeadResult}}, CancellationToken)"/>
    internal Task<LeadResult> Run(Viewer viewer, Guid id, Permission permission, int? seen, Func<LeadWork, Lead, Task<LeadResult>> verb, CancellationToken ct) =>
        Run(viewer, id, (_, _) => permission, seen, verb, ct);

    /// <summary>Notes a channel that nobody knows yet.</summary>
    internal Task<Setting> Learn(string channel, CancellationToken ct) => settings.LearnChannel(time, channel, ct);

    /// <summary>Runs work that may touch several leads.</summary>
    internal Task<T> Run<T>(Guid? actorId, Func<LeadWork, Task<T>> verb, CancellationToken ct) => store.Write(
        async scope =>
        {
            var work = await LeadWork.Begin(scope, settings, time.Now, actorId, ct);
            var result = await verb(work);
            if (result is LeadResult and not LeadResult.Done)
            {
                scope.Abandon();
            }
            else
            {
                await work.Save(ct);
            }

            return result;
        },
        ct);
}
