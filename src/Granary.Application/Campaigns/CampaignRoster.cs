using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>A team as somebody writes it.</summary>
/// <param name="Name">Name, 1 to 60 characters, unique within the campaign.</param>
/// <param name="CaptainId">Captain; becomes a member. Somebody active.</param>
/// <param name="Region">Region, up to 60 characters.</param>
/// <param name="Goal">Companies that it is to link, 0 to 100,000.</param>
public sealed record TeamInput(string? Name, Guid? CaptainId, string? Region, int? Goal);

/// <summary>A member of a team as somebody writes it.</summary>
/// <param name="UserId">Who; somebody active.</param>
/// <param name="TeamId">Their team.</param>
/// <param name="Exhibitors">Exhibitors that are theirs, one a line, up to 4,000 characters.</param>
/// <param name="Goal">Companies that they are to link, 0 to 10,000.</param>
public sealed record MemberInput(Guid? UserId, Guid? TeamId, string? Exhibitors, int? Goal);

/// <summary>Keeps the roster of teams of an event (§14 On site).</summary>
public sealed class CampaignRoster(CampaignVerb verb)
{
    private const int MostTeams = 100, MostMembers = 1_000;

    /// <summary>Adds a team, or changes one.</summary>
    public Task<AccountResult<CampaignTeam>> Save(Viewer viewer, Guid campaignId, Guid? teamId, TeamInput input, CancellationToken ct = default) => verb.Run<CampaignTeam>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            var teams = work.Db.Set<CampaignTeam>().Where(t => t.CampaignId == campaignId);
            var team = teamId is { } id ? await teams.SingleOrDefaultAsync(t => t.Id == id, ct) : null;
            if (teamId is not null && team is null)
            {
                return new AccountResult<CampaignTeam>.NotFound();
            }

            if (work.Closed)
            {
                return new AccountResult<CampaignTeam>.Refused(CampaignRefusal.Closed);
            }

            var (name, region, checks) = (CleanText.Line(input.Name), CleanText.Line(input.Region), new CampaignChecks());
            var own = team?.Id ?? Guid.Empty;
            checks.Text(name, "name", 60, required: true);
            checks.Check(name is null or "" || !await teams.AnyAsync(t => t.Name == name && t.Id != own, ct), "name", "duplicate");
            checks.Check(input.CaptainId is { } captain && (captain == team?.CaptainId || work.Knows(captain)), "captainId", input.CaptainId is null ? "required" : "unknown_value");
            checks.Text(region, "region", 60);
            checks.Range(input.Goal, "goal", 100_000);
            checks.Check(team is not null || await teams.CountAsync(ct) < MostTeams, "name", "too_many", $"{MostTeams}");
            if (checks.Refused<CampaignTeam>() is { } refused)
            {
                return refused;
            }

            if (team is null)
            {
                team = new CampaignTeam { Id = Clock.NewId(work.Now), CampaignId = campaignId, Name = name! };
                work.Db.Add(team);
            }

            (team.Name, team.CaptainId, team.Region, team.Goal) = (name!, input.CaptainId!.Value, region, input.Goal ?? 0);
            await Put(work, team.CaptainId, team.Id, null, null, ct);
            work.Happened(CampaignEvent.Team, new { teamId = team.Id, team.Name, team.CaptainId, team.Goal });
            return new AccountResult<CampaignTeam>.Done(team);
        },
        ct);

    /// <summary>Puts somebody into a team, or changes what is theirs there; whoever was in another team of the campaign leaves that.</summary>
    public Task<AccountResult<CampaignMember>> Put(Viewer viewer, Guid campaignId, MemberInput input, CancellationToken ct = default) => verb.Run<CampaignMember>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (work.Closed)
            {
                return new AccountResult<CampaignMember>.Refused(CampaignRefusal.Closed);
            }

            var (exhibitors, checks) = (CleanText.Lines(input.Exhibitors), new CampaignChecks());
            checks.Check(work.Knows(input.UserId), "userId", input.UserId is null ? "required" : "unknown_value");
            checks.Check(input.TeamId is { } t && await work.Db.Set<CampaignTeam>().AnyAsync(x => x.Id == t && x.CampaignId == campaignId, ct), "teamId", input.TeamId is null ? "required" : "unknown_value");
            checks.Text(exhibitors, "exhibitors", 4_000);
            checks.Range(input.Goal, "goal", 10_000);
            checks.Check(await work.Db.Set<CampaignMember>().CountAsync(m => m.CampaignId == campaignId, ct) < MostMembers, "userId", "too_many", $"{MostMembers}");
            if (checks.Refused<CampaignMember>() is { } refused)
            {
                return refused;
            }

            var member = await Put(work, input.UserId!.Value, input.TeamId!.Value, exhibitors, input.Goal ?? 0, ct);
            work.Happened(CampaignEvent.Team, new { member.TeamId, member.UserId, member.Goal });
            return new AccountResult<CampaignMember>.Done(member);
        },
        ct);

    /// <summary>Takes a member out. What they linked stays; a captain leaves with their team.</summary>
    public Task<AccountResult<CampaignMember>> Leave(Viewer viewer, Guid campaignId, Guid userId, CancellationToken ct = default) => verb.Run<CampaignMember>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignMember>().SingleOrDefaultAsync(m => m.CampaignId == campaignId && m.UserId == userId, ct) is not { } member)
            {
                return new AccountResult<CampaignMember>.NotFound();
            }

            if (await work.Db.Set<CampaignTeam>().AnyAsync(t => t.CampaignId == campaignId && t.CaptainId == userId, ct))
            {
                return new AccountResult<CampaignMember>.Refused(CampaignRefusal.InUse);
            }

            work.Db.Remove(member);
            work.Happened(CampaignEvent.Team, new { member.TeamId, member.UserId, left = true });
            return new AccountResult<CampaignMember>.Done(member);
        },
        ct);

    /// <summary>Dissolves a team that nobody but its captain is in.</summary>
    public Task<AccountResult<CampaignTeam>> Dissolve(Viewer viewer, Guid campaignId, Guid teamId, CancellationToken ct = default) => verb.Run<CampaignTeam>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignTeam>().SingleOrDefaultAsync(t => t.Id == teamId && t.CampaignId == campaignId, ct) is not { } team)
            {
                return new AccountResult<CampaignTeam>.NotFound();
            }

            var members = await work.Db.Set<CampaignMember>().Where(m => m.TeamId == teamId).ToListAsync(ct);
            if (members.Exists(m => m.UserId != team.CaptainId))
            {
                return new AccountResult<CampaignTeam>.Refused(CampaignRefusal.InUse);
            }

            work.Db.RemoveRange(members);
            work.Db.Remove(team);
            work.Happened(CampaignEvent.Team, new { teamId, team.Name, dissolved = true });
            return new AccountResult<CampaignTeam>.Done(team);
        },
        ct);

    private static async Task<CampaignMember> Put(CampaignWork work, Guid userId, Guid teamId, string? exhibitors, int? goal, CancellationToken ct)
    {
        var member = await work.Db.Set<CampaignMember>().SingleOrDefaultAsync(m => m.CampaignId == work.Campaign.Id && m.UserId == userId, ct);
        if (member is null)
        {
            member = new CampaignMember { CampaignId = work.Campaign.Id, UserId = userId };
            work.Db.Add(member);
            work.Tell(userId, NoticeKind.CampaignTaskGiven);
        }

        member.TeamId = teamId;
        if (goal is { } set)
        {
            (member.Exhibitors, member.Goal) = (exhibitors, set);
        }

        return member;
    }
}
