using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>A promotion task as somebody writes it.</summary>
/// <param name="Title">Title, 1 to 200 characters.</param>
/// <param name="Material">Words to forward, and where pictures lie, up to 2,000 characters.</param>
/// <param name="Goal">Leads that each is to bring, 0 to 10,000.</param>
/// <param name="Deadline">By when.</param>
/// <param name="People">Who is to forward it, 1 to 500; somebody active.</param>
public sealed record PromotionInput(string? Title, string? Material, int? Goal, DateOnly? Deadline, IReadOnlyList<Guid> People);

/// <summary>Promotion by employees 全员营销 (§14 Before): who forwards what by when; which leads came of it is told by who referred them.</summary>
public sealed class PromoteCampaign(CampaignVerb verb)
{
    private const int MostPeople = 500, MostTasks = 100;

    /// <summary>Adds a task, or changes one. Who is left out of it keeps what they forwarded only in the log.</summary>
    public Task<AccountResult<CampaignTask>> Save(Viewer viewer, Guid campaignId, Guid? taskId, PromotionInput input, int? seen = null, CancellationToken ct = default) => verb.Run<CampaignTask>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            var tasks = work.Db.Set<CampaignTask>().Where(t => t.CampaignId == campaignId);
            var task = taskId is { } id ? await tasks.SingleOrDefaultAsync(t => t.Id == id, ct) : null;
            if (taskId is not null && task is null)
            {
                return new AccountResult<CampaignTask>.NotFound();
            }

            if (work.Closed || (seen is { } version && version != task?.Version))
            {
                return work.Closed ? new AccountResult<CampaignTask>.Refused(CampaignRefusal.Closed) : new AccountResult<CampaignTask>.Stale(task?.Version ?? 0);
            }

            var parts = await work.Db.Set<CampaignTaskPart>().Where(p => taskId != null && p.TaskId == taskId).ToListAsync(ct);
            var (title, material, people, checks) = (CleanText.Line(input.Title), CleanText.Lines(input.Material), input.People.Distinct().ToList(), new CampaignChecks());
            checks.Text(title, "title", 200, required: true);
            checks.Text(material, "material", 2_000);
            checks.Range(input.Goal, "goal", 10_000);
            checks.Check(input.Deadline is null or { Year: >= 2000 and <= 2099 }, "deadline", "out_of_range", "2000–2099");
            checks.Check(people.Count > 0, "people", "required");
            checks.Check(people.Count <= MostPeople, "people", "too_many", $"{MostPeople}");
            checks.Check(people.TrueForAll(p => work.Knows(p) || parts.Exists(x => x.UserId == p)), "people", "unknown_value");
            checks.Check(task is not null || await tasks.CountAsync(ct) < MostTasks, "title", "too_many", $"{MostTasks}");
            if (checks.Refused<CampaignTask>() is { } refused)
            {
                return refused;
            }

            if (task is null)
            {
                task = new CampaignTask { Id = Clock.NewId(work.Now), CampaignId = campaignId, Title = title!, CreatedById = viewer.UserId, CreatedAt = work.Now };
                work.Db.Add(task);
            }
            else
            {
                task.Version++;
            }

            (task.Title, task.Material, task.Goal, task.Deadline) = (title!, material, input.Goal ?? 0, input.Deadline);
            work.Db.RemoveRange(parts.Where(p => !people.Contains(p.UserId)));
            foreach (var user in people.Where(p => !parts.Exists(x => x.UserId == p)))
            {
                work.Db.Add(new CampaignTaskPart { TaskId = task.Id, UserId = user });
                work.Tell(user, NoticeKind.CampaignTaskGiven);
            }

            work.Happened(CampaignEvent.Task, new { taskId = task.Id, task.Title, task.Goal, task.Deadline, people = people.Count });
            return new AccountResult<CampaignTask>.Done(task);
        },
        ct);

    /// <summary>Notes that somebody forwarded the material of a task of theirs.</summary>
    public Task<AccountResult<CampaignTaskPart>> Forward(Viewer viewer, Guid campaignId, Guid taskId, CancellationToken ct = default) => verb.Run<CampaignTaskPart>(
        viewer,
        campaignId,
        Permission.JoinCampaigns,
        null,
        async work =>
        {
            var part = await work.Db.Set<CampaignTaskPart>()
                .SingleOrDefaultAsync(p => p.TaskId == taskId && p.UserId == viewer.UserId && work.Db.Set<CampaignTask>().Any(t => t.Id == taskId && t.CampaignId == campaignId), ct);
            if (part is null || work.Closed)
            {
                return part is null ? new AccountResult<CampaignTaskPart>.NotFound() : new AccountResult<CampaignTaskPart>.Refused(CampaignRefusal.Closed);
            }

            (part.Forwards, part.ForwardedAt) = (part.Forwards + 1, work.Now);
            work.Happened(CampaignEvent.Forwarded, new { taskId, part.Forwards });
            return new AccountResult<CampaignTaskPart>.Done(part);
        },
        ct);
}
