using Granary.Application.Qualification.Named;
using Granary.Application.Settings;
using Granary.Domain.Qualification;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>A list of named accounts.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="Name">Name.</param>
/// <param name="Premium">Whether its accounts are premium.</param>
/// <param name="Source">Id of its source.</param>
/// <param name="Owner">Who keeps it.</param>
/// <param name="Note">A note.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Accounts">How many of its accounts the caller reaches.</param>
/// <param name="Stages">How many of them are in each stage.</param>
public sealed record NamedListView(
    Guid Id, int Version, string Name, bool Premium, string Source, OwnerAnswer? Owner, string? Note, DateTimeOffset CreatedAt, int Accounts, IReadOnlyDictionary<NamedAccountStage, int> Stages)
{
    internal static NamedListView Of(ListedNamedList l, Setting setting) => new(
        l.List.Id, l.List.Version, l.List.Name, l.List.Premium, l.List.Source, OwnerAnswer.Of(l.List.OwnerId, setting), l.List.Note, l.List.CreatedAt, l.Accounts,
        NamedAccounts.Stages.ToDictionary(s => s, s => l.Stages.GetValueOrDefault(s)));
}

/// <summary>What the product knows of a named account by itself.</summary>
/// <param name="TargetIndustry">Whether it is of a target industry.</param>
/// <param name="Contacts">Contacts.</param>
/// <param name="ReachableKeyPersons">Key persons with contact data.</param>
/// <param name="KnownSuppliers">Present suppliers.</param>
/// <param name="DecisionChainVisited">Whether it was visited, and its decision chain is known.</param>
/// <param name="MetOffline">Whether they were met offline.</param>
/// <param name="Opportunities">Opportunities.</param>
public sealed record NamedFactsView(bool TargetIndustry, int Contacts, int ReachableKeyPersons, int KnownSuppliers, bool DecisionChainVisited, bool MetOffline, int Opportunities)
{
    internal static NamedFactsView Of(NamedAccountFacts f) => new(f.TargetIndustry, f.Contacts, f.ReachableKeyPersons, f.KnownSuppliers, f.DecisionChainVisited, f.MetOffline, f.Opportunities);
}

/// <summary>A named account in its list.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="ListId">The list.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Account">Its name.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Industry">Its industry.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="StageSince">Since when.</param>
/// <param name="Reached">The furthest stage whose checklists hold.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="NextTouch">Its next planned touch.</param>
public sealed record NamedAccountRow(
    Guid Id, int Version, Guid ListId, Guid AccountId, string Account, OwnerAnswer? Owner, string? Industry, NamedAccountStage Stage, DateTimeOffset StageSince, NamedAccountStage Reached,
    NamedFactsView Facts, NamedTouchView? NextTouch)
{
    internal static NamedAccountRow Of(ListedNamedAccount r, Setting setting) => new(
        r.Named.Id, r.Named.Version, r.Named.ListId, r.Account.Id, r.Account.Name, OwnerAnswer.Of(r.Account.OwnerId, setting), r.Account.Industry, r.Named.Stage, r.Named.StageSince, r.Reached,
        NamedFactsView.Of(r.Facts), r.NextTouch is { } touch ? NamedTouchView.Of(touch, setting) : null);
}

/// <summary>A planned touch.</summary>
/// <param name="Id">Id.</param>
/// <param name="Instrument">Instrument.</param>
/// <param name="PlannedOn">The day it is planned for.</param>
/// <param name="Owner">Who sees to it.</param>
/// <param name="Note">What is planned.</param>
/// <param name="DoneOn">The day on which it took place.</param>
/// <param name="DoneBy">Who said so.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="CancelledAt">When it was called off.</param>
public sealed record NamedTouchView(
    Guid Id, TouchInstrument Instrument, DateOnly PlannedOn, OwnerAnswer? Owner, string? Note, DateOnly? DoneOn, OwnerAnswer? DoneBy, string? Outcome, DateTimeOffset? CancelledAt)
{
    internal static NamedTouchView Of(NamedTouch t, Setting setting) => new(
        t.Id, t.Instrument, t.PlannedOn, OwnerAnswer.Of(t.OwnerId, setting), t.Note, t.DoneOn, OwnerAnswer.Of(t.DoneById, setting), t.Outcome, t.CancelledAt);
}

/// <summary>A line of an entry checklist.</summary>
/// <param name="Stage">The stage whose entry it guards.</param>
/// <param name="Id">Id of the line.</param>
/// <param name="Name">What must be true, in the caller's language.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Known">Whether the product sees it by itself.</param>
/// <param name="Tickable">Whether people may tick it.</param>
/// <param name="Evidence">By what somebody knows it.</param>
/// <param name="By">Who ticked it.</param>
/// <param name="At">When.</param>
public sealed record NamedEntryView(NamedAccountStage Stage, string Id, string Name, bool Holds, bool Known, bool Tickable, string? Evidence, OwnerAnswer? By, DateTimeOffset? At);

/// <summary>A change of stage.</summary>
/// <param name="Before">The stage before.</param>
/// <param name="After">The stage after.</param>
/// <param name="Reason">Why, where it went back.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record NamedChangeView(NamedAccountStage Before, NamedAccountStage After, string? Reason, OwnerAnswer? By, DateTimeOffset At);

/// <summary>A named account with its checklists, touches and history.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="ListId">The list.</param>
/// <param name="List">Its name.</param>
/// <param name="Premium">Whether it is premium.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Account">Its name.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="StageSince">Since when.</param>
/// <param name="Entry">The lines of all checklists.</param>
/// <param name="Touches">Its touches, by day.</param>
/// <param name="Changes">Its changes of stage, the latest first.</param>
public sealed record NamedAccountView(
    Guid Id, int Version, Guid ListId, string List, bool Premium, Guid AccountId, string Account, OwnerAnswer? Owner, NamedAccountStage Stage, DateTimeOffset StageSince,
    IReadOnlyList<NamedEntryView> Entry, IReadOnlyList<NamedTouchView> Touches, IReadOnlyList<NamedChangeView> Changes)
{
    internal static NamedAccountView Of(NamedAccountCard c, Setting setting, NamedWords words) => new(
        c.Named.Id, c.Named.Version, c.List.Id, c.List.Name, c.List.Premium, c.Account.Id, c.Account.Name, OwnerAnswer.Of(c.Account.OwnerId, setting), c.Named.Stage, c.Named.StageSince,
        [
            .. c.Entry.Select(e =>
            {
                var tick = c.Checks.FirstOrDefault(x => x.CheckId == e.Check.Id);
                return new NamedEntryView(e.Stage, e.Check.Id, words.Check(e.Check), e.Holds, e.Known, e.Check.Tickable, tick?.Evidence, OwnerAnswer.Of(tick?.ActorId, setting), tick?.At);
            }),
        ],
        [.. c.Touches.Select(t => NamedTouchView.Of(t, setting))],
        [.. c.Changes.Select(x => new NamedChangeView(x.Before, x.After, x.Reason, OwnerAnswer.Of(x.ActorId, setting), x.At))]);
}
