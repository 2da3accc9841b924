using Granary.Application.Campaigns;
using Granary.Application.Settings;
using Granary.Domain.Campaigns;
using Granary.Domain.Policies;
using Granary.Web.People;

namespace Granary.Web.Campaigns;

/// <summary>A campaign to add, or the fields of one that change.</summary>
/// <param name="Code">Code, 1 to 60 letters and digits of any script, blanks, <c>-</c>, <c>_</c>, <c>.</c>; unique, and kept once it is there.</param>
/// <param name="Name">Name, 1 to 200 characters.</param>
/// <param name="Type">Id of its type in the policy of campaigns, such as <c>expo</c>.</param>
/// <param name="OwnerId">Who answers for it; whoever adds it when left out.</param>
/// <param name="Region">Region whose market it serves, up to 60 characters.</param>
/// <param name="Place">Where, up to 200 characters.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day; the first one when left out.</param>
/// <param name="Purpose">What for, up to 2,000 characters.</param>
/// <param name="FormId">The form that is its questionnaire.</param>
/// <param name="Targets">Targets.</param>
/// <param name="ExpectedAmount">Expected order amount, not below 0.</param>
/// <param name="Summary">Summary, up to 10,000 characters.</param>
public sealed record CampaignBody(
    string? Code = null, string? Name = null, string? Type = null, Guid? OwnerId = null, string? Region = null, string? Place = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null, string? Purpose = null, Guid? FormId = null,
    CampaignTargets? Targets = null, decimal? ExpectedAmount = null, string? Summary = null)
{
    internal static CampaignBody Of(CampaignInput i) => new(i.Code, i.Name, i.Type, i.OwnerId, i.Region, i.Place, i.StartsOn, i.EndsOn, i.Purpose, i.FormId, i.Targets, i.ExpectedAmount, i.Summary);

    internal CampaignInput Input(Guid? owner) => new(Code, Name, Type, owner, Region, Place, StartsOn, EndsOn, Purpose, FormId, Targets, ExpectedAmount, Summary);
}

/// <summary>A campaign.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes; the ETag.</param>
/// <param name="Code">Code: what leads, links and the check-in page carry.</param>
/// <param name="Name">Name.</param>
/// <param name="Type">Id of its type.</param>
/// <param name="Stage">evaluate, charter, prepare, run, convert, summarised or cancelled.</param>
/// <param name="StageAt">Since when.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Region">Region.</param>
/// <param name="Place">Where.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day.</param>
/// <param name="Purpose">What for.</param>
/// <param name="FormId">Questionnaire.</param>
/// <param name="Targets">Targets.</param>
/// <param name="ExpectedAmount">Expected order amount.</param>
/// <param name="AppliedBy">Who applied for its charter.</param>
/// <param name="AppliedAt">When.</param>
/// <param name="DecidedBy">Who decided about it.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="DecisionNote">What was said with it.</param>
/// <param name="Summary">Summary.</param>
/// <param name="SplitAt">When its leads were split.</param>
/// <param name="ReportOn">Day of the next tracking report.</param>
/// <param name="Leads">Leads that came of it.</param>
/// <param name="Planned">Planned costs.</param>
/// <param name="Cost">Real costs.</param>
public sealed record CampaignView(
    Guid Id, int Version, string Code, string Name, string Type, CampaignStage Stage, DateTimeOffset StageAt, OwnerAnswer? Owner, string? Region, string? Place, DateOnly? StartsOn, DateOnly? EndsOn, string? Purpose, Guid? FormId,
    CampaignTargets Targets, decimal? ExpectedAmount, OwnerAnswer? AppliedBy, DateTimeOffset? AppliedAt, OwnerAnswer? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionNote, string? Summary, DateTimeOffset? SplitAt,
    DateOnly? ReportOn, int Leads, decimal Planned, decimal Cost)
{
    internal static CampaignView Of(Campaign c, int leads, decimal planned, decimal cost, Setting setting) => new(
        c.Id, c.Version, c.Code, c.Name, c.Type, c.Stage, c.StageAt, OwnerAnswer.Of(c.OwnerId, setting), c.Region, c.Place, c.StartsOn, c.EndsOn, c.Purpose, c.FormId, CampaignTargets.Of(c), c.ExpectedAmount,
        OwnerAnswer.Of(c.AppliedById, setting), c.AppliedAt, OwnerAnswer.Of(c.DecidedById, setting), c.DecidedAt, c.DecisionNote, c.Summary, c.SplitAt, c.ReportOn, leads, planned, cost);
}

/// <summary>A campaign with what has come of it, and what is missing for its next stage.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Outcome">What has come of it by now.</param>
/// <param name="ExpectedReturn">Expected order amount ÷ planned costs; null without a budget.</param>
/// <param name="Missing">What is missing for the next stage: budget, targets, owner, dates, begun, summary, reason.</param>
public sealed record CampaignDetailView(CampaignView Campaign, CampaignOutcome Outcome, decimal? ExpectedReturn, IReadOnlyList<CampaignNeed> Missing)
{
    internal static CampaignDetailView Of(CampaignDetail d, Setting setting) => new(
        CampaignView.Of(d.Campaign, d.Outcome.Leads, d.Outcome.Planned, d.Outcome.Cost, setting), d.Outcome,
        d.Campaign.ExpectedAmount is { } amount ? CampaignFigures.Return(amount, d.Outcome.Planned) : null, d.Missing);
}

/// <summary>A line of a checklist.</summary>
/// <param name="Id">Id.</param>
/// <param name="Step">assess, charter, prepare, onSite or convert.</param>
/// <param name="Name">What is to be done; a key where it came with the product.</param>
/// <param name="Owner">Who sees to it.</param>
/// <param name="DueOn">By when.</param>
/// <param name="State">open, done or notApplicable.</param>
/// <param name="Reason">Why it is not applicable, or a note.</param>
/// <param name="DoneAt">When it was closed.</param>
public sealed record CampaignItemView(Guid Id, ChecklistStep Step, string Name, OwnerAnswer? Owner, DateOnly? DueOn, ItemState State, string? Reason, DateTimeOffset? DoneAt)
{
    internal static CampaignItemView Of(CampaignItem i, Setting setting) => new(i.Id, i.Step, i.Name, OwnerAnswer.Of(i.OwnerId, setting), i.DueOn, i.State, i.Reason, i.DoneAt);
}

/// <summary>A line of costs.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="Category">Id of its category.</param>
/// <param name="Planned">Planned.</param>
/// <param name="Actual">What it was.</param>
/// <param name="OnDay">The day it was spent on.</param>
/// <param name="Supplier">Supplier.</param>
/// <param name="Note">A note.</param>
public sealed record CampaignCostView(Guid Id, int Version, string Category, decimal Planned, decimal? Actual, DateOnly? OnDay, string? Supplier, string? Note)
{
    internal static CampaignCostView Of(CampaignCost c) => new(c.Id, c.Version, c.Category, c.Planned, c.Actual, c.OnDay, c.Supplier, c.Note);
}

/// <summary>An invitation; without contact data, which the lead and the contact show.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="ContactId">The contact.</param>
/// <param name="Person">Name, as far as the reader may know.</param>
/// <param name="Company">Company, as far as the reader may know.</param>
/// <param name="Owner">Who sees to it.</param>
/// <param name="Channel">call, message, weChat, mail, inPerson or partner.</param>
/// <param name="State">listed, invited, accepted, declined or attended.</param>
/// <param name="RemindOn">The day of the reminder.</param>
/// <param name="AttendedAt">When they checked in.</param>
/// <param name="Note">A note.</param>
public sealed record InvitationView(
    Guid Id, int Version, Guid? LeadId, Guid? ContactId, string? Person, string? Company, OwnerAnswer? Owner, InvitationChannel Channel, InvitationState State, DateOnly? RemindOn, DateTimeOffset? AttendedAt, string? Note)
{
    internal static InvitationView Of(CampaignInvitation i, string? person, string? company, Setting setting) => new(
        i.Id, i.Version, i.LeadId, i.ContactId, person, company, OwnerAnswer.Of(i.OwnerId, setting), i.Channel, i.State, i.RemindOn, i.AttendedAt, i.Note);
}

/// <summary>An employee's part in a promotion task.</summary>
/// <param name="User">Who.</param>
/// <param name="Forwards">How often they forwarded it.</param>
/// <param name="ForwardedAt">When last.</param>
/// <param name="Link">Their own address of the campaign's page.</param>
/// <param name="Leads">Leads that they referred.</param>
public sealed record PromotionPartView(OwnerAnswer? User, int Forwards, DateTimeOffset? ForwardedAt, string Link, int Leads);

/// <summary>A promotion task.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="Title">Title.</param>
/// <param name="Material">What to forward.</param>
/// <param name="Goal">Leads that each is to bring.</param>
/// <param name="Deadline">By when.</param>
/// <param name="Parts">Everybody's part.</param>
public sealed record PromotionView(Guid Id, int Version, string Title, string? Material, int Goal, DateOnly? Deadline, IReadOnlyList<PromotionPartView> Parts)
{
    internal static PromotionView Of(Promotion p, string code, Setting setting) => new(
        p.Task.Id, p.Task.Version, p.Task.Title, p.Task.Material, p.Task.Goal, p.Task.Deadline,
        [.. p.Parts.Select(x => new PromotionPartView(OwnerAnswer.Of(x.Part.UserId, setting), x.Part.Forwards, x.Part.ForwardedAt, CampaignUrls.Door(code, x.Part.UserId), x.Leads))]);
}

/// <summary>A company linked on site.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="User">Who linked it.</param>
/// <param name="LeadId">The lead it made or touched.</param>
/// <param name="Company">The company.</param>
/// <param name="KeyPerson">Whether it was a key person.</param>
/// <param name="Intent">Whether there was intent.</param>
/// <param name="OnDay">The day.</param>
/// <param name="Void">Whether it counts no more.</param>
/// <param name="Correction">Why it was corrected.</param>
public sealed record CampaignLinkView(Guid Id, int Version, OwnerAnswer? User, Guid? LeadId, string Company, bool KeyPerson, bool Intent, DateOnly OnDay, bool Void, string? Correction)
{
    internal static CampaignLinkView Of(CampaignLink l, Setting setting) => new(l.Id, l.Version, OwnerAnswer.Of(l.UserId, setting), l.LeadId, l.Company, l.KeyPerson, l.Intent, l.OnDay, l.Void, l.Correction);
}

/// <summary>A team on site.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Captain">Captain.</param>
/// <param name="Region">Region.</param>
/// <param name="Goal">Companies it is to link.</param>
public sealed record TeamView(Guid Id, string Name, OwnerAnswer? Captain, string? Region, int Goal)
{
    internal static TeamView Of(CampaignTeam t, Setting setting) => new(t.Id, t.Name, OwnerAnswer.Of(t.CaptainId, setting), t.Region, t.Goal);
}

/// <summary>A member with what they did.</summary>
/// <param name="User">Who.</param>
/// <param name="TeamId">Their team.</param>
/// <param name="Exhibitors">Exhibitors that are theirs.</param>
/// <param name="Goal">Companies they are to link.</param>
/// <param name="Day">What they did on the day.</param>
/// <param name="Total">What they did up to and on it.</param>
/// <param name="Completion">How much of the goal is done, in per cent.</param>
public sealed record MemberView(OwnerAnswer? User, Guid? TeamId, string? Exhibitors, int Goal, SiteFigures Day, SiteFigures Total, int? Completion);

/// <summary>Roster, daily report and ranking.</summary>
/// <param name="Day">The day.</param>
/// <param name="Teams">Teams.</param>
/// <param name="Members">Members by rank.</param>
/// <param name="Total">All together.</param>
public sealed record SiteView(DateOnly Day, IReadOnlyList<TeamView> Teams, IReadOnlyList<MemberView> Members, SiteFigures Total)
{
    internal static SiteView Of(SiteReport r, Setting setting)
    {
        var exhibitors = r.Members.ToDictionary(m => m.UserId, m => m.Exhibitors);
        return new(
            r.Day, [.. r.Teams.Select(t => TeamView.Of(t, setting))],
            [.. r.Reports.Select(m => new MemberView(OwnerAnswer.Of(m.UserId, setting), m.TeamId, exhibitors.GetValueOrDefault(m.UserId), m.Goal, m.Figures, m.Total, m.Completion))], r.Total);
    }
}

/// <summary>Where a lead goes, or went.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Way">holdings, market, general, cleaning or stays.</param>
/// <param name="Owner">Whose holdings.</param>
/// <param name="Explanation">Why.</param>
public sealed record SplitLineView(Guid LeadId, SplitWay Way, OwnerAnswer? Owner, IReadOnlyList<Reason> Explanation);

/// <summary>Where the leads go, or went.</summary>
/// <param name="At">When it was done; null in a preview.</param>
/// <param name="Total">How many leads.</param>
/// <param name="Counts">How many each way.</param>
/// <param name="Leads">Each lead once.</param>
public sealed record SplitView(DateTimeOffset? At, int Total, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<SplitLineView> Leads)
{
    internal static SplitView Of(SplitReport r, Setting setting) => new(
        r.At, r.Placements.Count, r.Counts.ToDictionary(c => WireName.Of(c.Key), c => c.Value),
        [.. r.Placements.Select(p => new SplitLineView(p.LeadId, p.Way, OwnerAnswer.Of(p.OwnerId, setting), p.Reasons))]);
}

/// <summary>A tracking report.</summary>
/// <param name="OnDay">The last day that it counts.</param>
/// <param name="Points">What the day is: month, quarter, year, secondYear, thirdYear.</param>
/// <param name="Leads">Leads.</param>
/// <param name="MqlLeads">MQL.</param>
/// <param name="SqlLeads">SQL.</param>
/// <param name="Opportunities">Opportunities.</param>
/// <param name="OpportunityAmount">Their amount.</param>
/// <param name="Won">Won.</param>
/// <param name="WonAmount">Their amount.</param>
/// <param name="Payments">Payments.</param>
/// <param name="Cost">Real costs.</param>
/// <param name="Return">Order amount ÷ cost.</param>
/// <param name="NetReturn">(Payments − cost) ÷ cost.</param>
/// <param name="MadeAt">When it was made.</param>
public sealed record TrackingView(
    DateOnly OnDay, IReadOnlyList<string> Points, int Leads, int MqlLeads, int SqlLeads, int Opportunities, decimal OpportunityAmount, int Won, decimal WonAmount, decimal Payments, decimal Cost, decimal? Return, decimal? NetReturn,
    DateTimeOffset MadeAt)
{
    internal static TrackingView Of(CampaignReport r) => new(
        r.OnDay, [.. CampaignWords.PointsOf(r.Points).Select(p => WireName.Of(p))], r.Leads, r.MqlLeads, r.SqlLeads, r.Opportunities, r.OpportunityAmount, r.Won, r.WonAmount, r.Payments, r.Cost,
        CampaignFigures.Return(r.WonAmount, r.Cost), CampaignFigures.NetReturn(r.Payments, r.Cost), r.MadeAt);
}
